# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from amtlich.kernel.ids import new_id


class AccountManager(BaseUserManager["Account"]):
    """Accounts are looked up inside one authority; row-level security sees to it."""


class Account(AbstractBaseUser):
    """A person's account at one authority. ``identity`` is what the last log-in vouched for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField(db_index=True)
    username = models.CharField(max_length=150)
    display_name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, default="citizen")
    identity: models.JSONField[Any, Any] = models.JSONField(null=True)
    is_active = models.BooleanField(default=True)
    # Who says who this is, and its name for the person: never an e-mail address, which can change hands.
    issuer = models.CharField(max_length=500, blank=True, default="")
    subject = models.CharField(max_length=255, blank=True, default="")

    USERNAME_FIELD = "username"
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        db_table = "accounts_account"
        constraints = [
            models.UniqueConstraint(
                fields=["authority_id", "username"], name="accounts_username_in_authority"
            ),
            models.UniqueConstraint(
                fields=["authority_id", "issuer", "subject"],
                condition=~models.Q(subject=""),
                name="accounts_subject_of_issuer_in_authority",
            ),
        ]


class LoginAttempt(models.Model):
    """A log-in that was begun and not yet answered; taken out by the first answer, so none counts twice.

    Stored are the hash of ``state`` and of what binds it to one browser. ``person`` is the account that
    was logged in there when it began.
    """

    state_hash = models.CharField(max_length=64, primary_key=True)
    authority_id = models.UUIDField()
    browser_hash = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    verifier = models.CharField(max_length=128)
    onward = models.CharField(max_length=2000)
    wished = models.SmallIntegerField()
    person = models.UUIDField(null=True)
    begun_at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "accounts_login_attempt"


class Session(AbstractBaseSession):
    """A session. The key is stored as its hash: who reads the table cannot take a session over."""

    account_id = models.UUIDField(null=True, db_index=True)
    holder_id = models.UUIDField(null=True)
    # The hash of the provider's name for its own session (sid), so that ending that one ends this one.
    provider_session = models.CharField(max_length=64, blank=True, default="", db_index=True)

    class Meta:
        db_table = "accounts_session"

    @classmethod
    def get_session_store_class(cls) -> Any:
        from amtlich.platform.accounts.sessions import SessionStore  # noqa: PLC0415 (they need each other)

        return SessionStore
