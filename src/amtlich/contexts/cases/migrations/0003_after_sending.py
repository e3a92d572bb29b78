# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.db import migrations, models


class Migration(migrations.Migration):
    """Questions of the office with their clock, withdrawal, and channels that failed."""

    dependencies = [("cases", "0002_drafts")]

    operations = [
        migrations.AddField("case", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField("case", "request", models.JSONField(null=True)),
        migrations.AlterField("case", "waiting_reason", models.CharField(blank=True, max_length=80)),
        migrations.AddField("case", "failed_channels", models.JSONField(default=list)),
    ]
