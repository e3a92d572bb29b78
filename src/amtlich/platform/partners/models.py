# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from amtlich.kernel.ids import new_id


class Partner(models.Model):
    """A program of somebody else that an authority lets in. What it submits belongs to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=120)
    contact = models.CharField(max_length=200)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "partners_partner"
        constraints = [models.UniqueConstraint(fields=["authority_id", "slug"], name="partners_one_slug")]

    def __str__(self) -> str:
        return self.slug


class ApiKey(models.Model):
    """A key of a partner. Stored is its hash; ``prefix`` finds it and may be shown."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    partner_id = models.UUIDField(db_index=True)
    prefix = models.CharField(max_length=12, unique=True)
    key_hash = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=20))
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=140)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        db_table = "partners_apikey"

    def __str__(self) -> str:
        return self.prefix
