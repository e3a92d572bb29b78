# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One thing that happened. A column ``xid`` (see the migration) orders rows for the live tail."""

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField()
    stream = models.UUIDField()
    seq = models.IntegerField()
    type = models.CharField(max_length=60)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    commitment = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "events_event"
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="events_one_per_place")]


class Payload(models.Model):
    """What an event says, erasable. Deleted by the retention role, with its salt."""

    event = models.OneToOneField(Event, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False)
    authority_id = models.UUIDField()
    payload = models.JSONField()
    salt = models.BinaryField(max_length=32)

    class Meta:
        db_table = "events_payload"
