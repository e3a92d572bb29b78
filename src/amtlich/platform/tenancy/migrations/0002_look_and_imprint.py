# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]

    operations = [
        migrations.AddField(
            "authority",
            "email",
            models.CharField(blank=True, default="", max_length=254),
            preserve_default=False,
        ),
        migrations.AddField(
            "authority",
            "website",
            models.CharField(blank=True, default="", max_length=500),
            preserve_default=False,
        ),
        migrations.AddField("authority", "look", models.JSONField(default=dict)),
        migrations.AddField("authority", "imprint", models.JSONField(default=dict)),
        migrations.AddField("authority", "login", models.JSONField(default=dict)),
    ]
