# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Drafts that are resumed by a code, outlive a log-out and a newer package, and say that they are gone."""

from django.db import migrations, models

from amtlich.platform.database.rls import tenant_table


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.AddField("draft", "earlier", models.JSONField(null=True)),
        migrations.AddField("draft", "parked", models.JSONField(null=True)),
        migrations.AddField("draft", "resume_hash", models.BinaryField(max_length=32, null=True)),
        migrations.AddField("draft", "deleted_at", models.DateTimeField(null=True)),
        migrations.AddConstraint(
            "draft",
            models.UniqueConstraint(fields=("authority_id", "resume_hash"), name="cases_one_draft_per_code"),
        ),
        migrations.CreateModel(
            name="ResumeAttempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("source", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "cases_resumeattempt",
                "indexes": [models.Index(fields=["authority_id", "at"], name="cases_attempts_by_time")],
            },
        ),
        tenant_table("cases_resumeattempt"),
    ]
