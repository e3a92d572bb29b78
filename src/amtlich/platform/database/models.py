# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.db import models


class ProgramVersion(models.Model):
    """Which version of the program has brought the schema to where it is: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.CharField(max_length=40)
    since = models.DateTimeField()

    class Meta:
        db_table = "database_version"

    def __str__(self) -> str:
        return self.version
