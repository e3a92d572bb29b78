# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from amtlich.kernel.ids import new_id


class Authority(models.Model):
    """A public authority (Behörde, § 1 (4) VwVfG) that runs its dealings on this instance."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)  # Stadt Musterstadt
    short_name = models.CharField(max_length=80)  # Musterstadt
    office = models.CharField(max_length=120)  # Bürgeramt, Meldebehörde
    street = models.CharField(max_length=120)
    city = models.CharField(max_length=120)  # 12345 Musterstadt
    phone = models.CharField(max_length=60)
    hours = models.CharField(max_length=120)
    land = models.CharField(max_length=2)  # NW, BW, ...: which law and which holidays
    hosts = ArrayField(models.CharField(max_length=253))
    enabled = models.BooleanField(default=True)
    register_kind = models.CharField(max_length=10, default="builtin")  # builtin or http
    register_url = models.CharField(max_length=500, blank=True)
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=500, blank=True)
    look = models.JSONField(default=dict)  # read with look.look_of
    imprint = models.JSONField(default=dict)  # read with imprint.imprint_of
    login = models.JSONField(default=dict)  # read with platform.accounts

    class Meta:
        db_table = "tenancy_authority"

    def __str__(self) -> str:
        return self.name
