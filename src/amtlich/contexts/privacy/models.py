# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from amtlich.kernel.commitment import commit
from amtlich.kernel.ids import new_id


class Access(models.Model):
    """One access to personal data: that it happened. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, editable=False)
    authority_id = models.UUIDField()
    at = models.DateTimeField()
    case_id = models.UUIDField(null=True)
    subject_holder_id = models.UUIDField(null=True)
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        db_table = "privacy_access"
        indexes = [
            models.Index(fields=["authority_id", "case_id", "at"], name="privacy_access_by_case"),
            models.Index(fields=["authority_id", "subject_holder_id", "at"], name="privacy_access_by_holder"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def commitment_to(self, payload: Mapping[str, Any], salt: bytes) -> bytes:
        """Binds the payload to this row: neither can be changed or exchanged unnoticed."""
        row = {
            "id": self.id,
            "authority_id": self.authority_id,
            "at": self.at,
            "case_id": self.case_id,
            "subject_holder_id": self.subject_holder_id,
            "actor_kind": self.actor_kind,
            "actor_id": self.actor_id,
        }
        return commit({"row": row, "payload": payload}, salt)


class AccessPayload(models.Model):
    """What was accessed and why. The retention role deletes it with its salt; the commitment stays."""

    access = models.OneToOneField(
        Access, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="payload"
    )
    authority_id = models.UUIDField()
    payload = models.JSONField()
    salt = models.BinaryField(max_length=32)

    class Meta:
        db_table = "privacy_accesspayload"

    def __str__(self) -> str:
        return str(self.access_id)


class Deletion(models.Model):
    """Proof that rows were deleted under a rule: how many, never which. Only ever added.

    ``authority_id`` is ``upkeep.INSTALLATION`` for what belongs to no authority. What had begun to wait at
    ``before`` or earlier was due.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    purge = models.CharField(max_length=60)
    rule_of = models.DateField()  # valid_from of the rule
    before = models.DateTimeField()
    count = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        db_table = "privacy_deletion"
        indexes = [models.Index(fields=["authority_id", "at"], name="privacy_deletion_by_time")]

    def __str__(self) -> str:
        return f"{self.purge} {self.count}"


class Upkeep(models.Model):
    """The last run: one row, under ``upkeep.INSTALLATION``. ``began_at`` never goes back by itself."""

    authority_id = models.UUIDField(primary_key=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # null: it is under way, or was cut off
    complete = models.BooleanField(default=False)

    class Meta:
        db_table = "privacy_upkeep"

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d %H:%M}"
