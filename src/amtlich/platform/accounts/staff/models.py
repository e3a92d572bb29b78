# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Staff are rows of one authority each, apart from citizens: the same name elsewhere is somebody else."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from amtlich.kernel.ids import new_id


class Staff(models.Model):
    """A member of staff. Without password and second factor (not enrolled yet) nobody gets in.

    ``totp_secret`` is sealed under the installation's secret; ``totp_step`` is the last time step that was
    used, so that no code counts twice (RFC 6238, 5.2).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    name = models.CharField(max_length=60)
    display_name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=20))
    password = models.CharField(max_length=200, blank=True)
    totp_secret = models.CharField(max_length=200, blank=True)
    totp_step = models.BigIntegerField(default=0)
    enabled = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "staff_staff"
        constraints = [models.UniqueConstraint(fields=["authority_id", "name"], name="staff_one_name")]

    def __str__(self) -> str:
        return self.name


class Enrolment(models.Model):
    """A link that lets one person set password and second factor, once. Stored is its hash."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    authority_id = models.UUIDField()
    staff_id = models.UUIDField(db_index=True)
    secret = models.CharField(max_length=200)  # the second factor that is offered, sealed
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "staff_enrolment"


class RecoveryCode(models.Model):
    """A code that stands for the second factor, once. Stored is its hash; it goes when it is used."""

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField()
    staff_id = models.UUIDField(db_index=True)
    code_hash = models.CharField(max_length=64)

    class Meta:
        db_table = "staff_recovery_code"


class StaffSession(models.Model):
    """A session in the office. Until the second factor was shown (``confirmed``) it opens nothing."""

    key_hash = models.CharField(max_length=64, primary_key=True)
    authority_id = models.UUIDField()
    staff_id = models.UUIDField(db_index=True)
    confirmed = models.BooleanField(default=False)
    agent = models.CharField(max_length=80, blank=True)
    begun_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "staff_session"


class Attempt(models.Model):
    """That a log-in failed: ``source`` is a keyed hash of a name or of a network address."""

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField()
    source = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        db_table = "staff_attempt"
        indexes = [models.Index(fields=["authority_id", "source", "at"], name="staff_attempts_of_source")]


class Recovery(models.Model):
    """Somebody has lost all factors; one person has asked for a new link, a second has to confirm it."""

    staff_id = models.UUIDField(primary_key=True)
    authority_id = models.UUIDField()
    asked_by = models.CharField(max_length=140)
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "staff_recovery"


class Change(models.Model):
    """Who changed what about whose account, when. Only ever added."""

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField()
    staff_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.CharField(max_length=140)
    what = models.CharField(max_length=200)

    class Meta:
        db_table = "staff_change"
        indexes = [models.Index(fields=["authority_id", "at"], name="staff_changes_by_time")]


class Passkey(models.Model):
    """A passkey (WebAuthn credential). ``data`` is what the library calls attested credential data.

    ``sign_count`` is the authenticator's counter as it was last seen: a lower one later means a copy.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    staff_id = models.UUIDField(db_index=True)
    credential_id = models.BinaryField(max_length=1023)
    data = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    blocked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "staff_passkey"
        constraints = [
            models.UniqueConstraint(fields=["authority_id", "credential_id"], name="staff_one_credential")
        ]


class Challenge(models.Model):
    """A question to an authenticator, answered once. ``staff_id`` is None where nobody is known yet."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    authority_id = models.UUIDField()
    staff_id = models.UUIDField(null=True)
    challenge = models.CharField(max_length=200)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "staff_challenge"
