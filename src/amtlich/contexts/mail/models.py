# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.db import models

from amtlich.contexts.mail.delivery import State
from amtlich.kernel.ids import new_id


class Recipient(models.Model):
    """The confirmed address of a holder, and the language form in which mails to it speak."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    holder_id = models.UUIDField()
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=6)
    confirmed_at = models.DateTimeField()

    class Meta:
        db_table = "mail_recipient"
        constraints = [
            models.UniqueConstraint(fields=["authority_id", "holder_id"], name="mail_one_address_per_holder")
        ]


class Confirmation(models.Model):
    """An address that somebody has typed and must show to be theirs.

    Link and code are not stored: both are derived from the id with the secret of the installation. Neither
    is of use without ``browser``, the hash of what only the asking session knows.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    holder_id = models.UUIDField()
    browser = models.CharField(max_length=64)
    link = models.CharField(max_length=64)  # hash of the link's token, to find it by
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=6)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True)
    replaced = models.BooleanField(default=False)  # a newer one, or the person has thought better of it

    class Meta:
        db_table = "mail_confirmation"
        indexes = [
            models.Index(fields=["authority_id", "asked_at"], name="mail_confirmation_asked"),
            models.Index(fields=["authority_id", "link"], name="mail_confirmation_link"),
        ]


class Message(models.Model):
    """One mail on its way. ``fence`` counts claims: only the last one may say how it ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=20)
    holder_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    case_token = models.CharField(max_length=26, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    confirmation_id = models.UUIDField(null=True)
    address = models.CharField(max_length=254)
    language = models.CharField(max_length=6)
    state = models.CharField(max_length=20, default=State.CREATED.value)
    fence = models.PositiveIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)  # temporary failures in a row
    next_at = models.DateTimeField(null=True)
    reply_code = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=300, blank=True)  # for operators; no address in it
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "mail_message"
        constraints = [
            models.UniqueConstraint(fields=["authority_id", "key"], name="mail_one_message_per_key")
        ]
        indexes = [
            models.Index(fields=["authority_id", "case_id"], name="mail_message_by_case"),
            models.Index(fields=["authority_id", "state", "created_at"], name="mail_message_by_state"),
        ]
