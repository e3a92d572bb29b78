# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.db import models

from amtlich.kernel.ids import new_id


class Feedback(models.Model):
    """One answer or one report. Nothing here says who gave it, but an e-mail address if it was given."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=10)  # answer or barrier
    occasion = models.CharField(max_length=40)
    answer = models.CharField(max_length=10, blank=True)  # yes, partly, no
    route = models.CharField(max_length=120, blank=True)  # vorgaenge/<slug:token>/: never the address itself
    language = models.CharField(max_length=8)
    text = models.TextField(blank=True)
    email = models.CharField(max_length=254, blank=True)

    class Meta:
        db_table = "steering_feedback"
        indexes = [models.Index(fields=["authority_id", "at"], name="steering_feedback_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.occasion}"
