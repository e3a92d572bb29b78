# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.db import models


class Run(models.Model):
    """The last run over an authority: one row each. ``tampered`` holds the first findings, as JSON."""

    authority_id = models.UUIDField(primary_key=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # null: it is under way, or was cut off
    rows = models.BigIntegerField(default=0)
    found = models.IntegerField(default=0)
    tampered = models.JSONField(default=list)

    class Meta:
        db_table = "integrity_run"

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M} {self.found}"
