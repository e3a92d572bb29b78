# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Feedback and reports of barriers."""

from django.db import migrations, models

from amtlich.kernel.ids import new_id
from amtlich.platform.database.rls import tenant_table


class Migration(migrations.Migration):
    initial = True
    dependencies = [("database", "0001_schema"), ("tenancy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Feedback",
            fields=[
                ("id", models.UUIDField(default=new_id, editable=False, primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=10)),
                ("occasion", models.CharField(max_length=40)),
                ("answer", models.CharField(blank=True, max_length=10)),
                ("route", models.CharField(blank=True, max_length=120)),
                ("language", models.CharField(max_length=8)),
                ("text", models.TextField(blank=True)),
                ("email", models.CharField(blank=True, max_length=254)),
            ],
            options={
                "db_table": "steering_feedback",
                "indexes": [models.Index(fields=["authority_id", "at"], name="steering_feedback_by_time")],
            },
        ),
        tenant_table("steering_feedback"),
    ]
