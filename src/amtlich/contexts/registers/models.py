# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.db import models


class Resident(models.Model):
    """A resident of the built-in register. The match columns are ``matching.MatchKeys`` of the record."""

    id = models.UUIDField(primary_key=True, editable=False)
    authority_id = models.UUIDField()
    record = models.JSONField()  # ResidentRecord.to_json()
    status = models.CharField(max_length=12)  # matching.Status
    blocked = models.BooleanField(default=False)  # BMG § 51
    match_family = models.TextField()
    match_given = models.TextField()
    match_birth = models.CharField(max_length=10)
    match_place = models.TextField()

    class Meta:
        db_table = "registers_resident"
        indexes = [
            models.Index(
                fields=["authority_id", "match_family", "match_birth"], name="registers_resident_match"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
