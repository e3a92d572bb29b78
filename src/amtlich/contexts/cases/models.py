# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from typing import Any

from django.db import models

from amtlich.engines.procedure import WaitingOn
from amtlich.kernel.ids import new_id, new_token


class Case(models.Model):
    """A case (Vorgang): the projection of its events, written in the same transaction as they are.

    It holds no statement of the citizen; those lie in the erasable payloads of the events.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    token = models.CharField(max_length=26, unique=True, default=new_token)
    reference = models.CharField(max_length=20)
    holder_id = models.UUIDField()
    service = models.CharField(max_length=60)
    package_version = models.CharField(max_length=40)
    lifecycle = models.CharField(max_length=20)
    seq = models.IntegerField()
    head = models.BinaryField(max_length=32)
    phase = models.CharField(max_length=20)
    waiting_on = models.CharField(max_length=12, default=WaitingOn.NOBODY.value)
    waiting_reason = models.CharField(max_length=80, blank=True)
    waiting_since = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    file_number = models.CharField(max_length=30, blank=True)
    evidence = models.JSONField(default=dict)
    decision_id = models.CharField(max_length=36, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    documents = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True)
    notified_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    request = models.JSONField(null=True)
    failed_channels = models.JSONField(default=list)
    # The day by which whoever it waits for should have acted, for lists; follows from the state.
    due_on = models.DateField(null=True)
    heard = models.CharField(max_length=10, default="", blank=True, db_default="")

    class Meta:
        db_table = "cases_case"
        indexes = [
            models.Index(fields=["authority_id", "holder_id", "-received_at"], name="cases_by_holder"),
            models.Index(fields=["authority_id", "waiting_on"], name="cases_by_waiting"),
            models.Index(fields=["authority_id", "waiting_on", "due_on", "id"], name="cases_by_due"),
            models.Index(fields=["authority_id", "-received_at", "id"], name="cases_by_receipt"),
            models.Index(fields=["authority_id", "-decided_at", "id"], name="cases_by_decision"),
            models.Index(fields=["authority_id", "reference"], name="cases_by_reference"),
            models.Index(fields=["authority_id", "file_number"], name="cases_by_file_number"),
            models.Index(
                fields=["id"], condition=models.Q(closed_at=None, withdrawn_at=None), name="cases_open"
            ),
        ]


class ListEntry(models.Model):
    """Under which name the office finds a case. Erased with the case's payloads, unlike the bare row.

    ``name_key`` orders as Germans do (DIN 5007-1); ``words`` holds the folded words of the name, each after
    a blank, so that the beginning of any of them can be searched for.
    """

    case_id = models.UUIDField(primary_key=True)
    authority_id = models.UUIDField()
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=240, db_collation="C")
    words = models.CharField(max_length=240, db_collation="C")

    class Meta:
        db_table = "cases_listentry"
        indexes = [models.Index(fields=["authority_id", "name_key", "case_id"], name="cases_by_name")]


class Submission(models.Model):
    """Which key led to which case: the same form sent twice gives the same receipt."""

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField()
    holder_id = models.UUIDField()
    key = models.CharField(max_length=120)
    body_hash = models.BinaryField(max_length=32)
    case_id = models.UUIDField()

    class Meta:
        db_table = "cases_submission"
        constraints = [
            models.UniqueConstraint(
                fields=["authority_id", "holder_id", "key"], name="cases_one_case_per_key"
            )
        ]


class Draft(models.Model):
    """A form being filled in. Emptied when it is submitted, so that the statements exist once.

    ``earlier`` holds answers to questions that a newer version of the package asks otherwise, until the
    person has answered anew. ``parked`` is what was sent for a page after the session had ended. A draft
    that was deleted stays as an empty row until it would have expired, so that its owner is told.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    token = models.CharField(max_length=26, unique=True, default=new_token)
    holder_id = models.UUIDField()
    service = models.CharField(max_length=60)
    package_version = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    revision = models.IntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    case_id = models.UUIDField(null=True)
    earlier: models.JSONField[Any, Any] = models.JSONField(null=True)
    parked: models.JSONField[Any, Any] = models.JSONField(null=True)
    resume_hash = models.BinaryField(max_length=32, null=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "cases_draft"
        indexes = [
            models.Index(fields=["authority_id", "holder_id", "service"], name="cases_draft_by_holder")
        ]
        constraints = [
            models.UniqueConstraint(fields=["authority_id", "resume_hash"], name="cases_one_draft_per_code")
        ]


class ResumeAttempt(models.Model):
    """That a resume code was tried and was wrong. ``source`` is a keyed hash of the network address."""

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField()
    source = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "cases_resumeattempt"
        indexes = [models.Index(fields=["authority_id", "at"], name="cases_attempts_by_time")]


class FileNumberCounter(models.Model):
    """The last file number given, per office and year of receipt. Gap-free: it moves with the event."""

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField()
    office = models.CharField(max_length=20)
    year = models.IntegerField()
    last = models.IntegerField()

    class Meta:
        db_table = "cases_filenumbercounter"
        constraints = [
            models.UniqueConstraint(fields=["authority_id", "office", "year"], name="cases_one_counter")
        ]


class DecisionRecord(models.Model):
    """That a decision was made, by which model: append-only. What it rested on is in the payload."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    case_id = models.UUIDField(db_index=True)
    service = models.CharField(max_length=60)
    package_version = models.CharField(max_length=40)
    package_digest = models.CharField(max_length=64)
    engine_version = models.CharField(max_length=20)
    decision = models.CharField(max_length=80)
    legal_state_date = models.DateField()
    decided_at = models.DateTimeField()
    mode = models.CharField(max_length=10)
    outcome = models.CharField(max_length=40)
    commitment = models.BinaryField(max_length=32)

    class Meta:
        db_table = "cases_decisionrecord"


class DecisionPayload(models.Model):
    """Inputs with origin, parameters, fired rules, near misses and reasons of a decision; erasable."""

    record = models.OneToOneField(
        DecisionRecord, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False
    )
    authority_id = models.UUIDField()
    payload = models.JSONField()
    salt = models.BinaryField(max_length=32)

    class Meta:
        db_table = "cases_decisionpayload"
