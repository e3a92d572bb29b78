# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Members of staff with their second factor, sessions, links and failed log-ins."""

import django.contrib.postgres.fields
from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import append_only_table, tenant_table


class Migration(migrations.Migration):
    initial = True

    dependencies = [("database", "0001_schema")]

    operations = [
        migrations.CreateModel(
            name="Enrolment",
            fields=[
                ("token_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("staff_id", models.UUIDField(db_index=True)),
                ("secret", models.CharField(max_length=200)),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "staff_enrolment",
            },
        ),
        migrations.CreateModel(
            name="Recovery",
            fields=[
                ("staff_id", models.UUIDField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("asked_by", models.CharField(max_length=140)),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "staff_recovery",
            },
        ),
        migrations.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("staff_id", models.UUIDField(db_index=True)),
                ("code_hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "staff_recovery_code",
            },
        ),
        migrations.CreateModel(
            name="StaffSession",
            fields=[
                ("key_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("staff_id", models.UUIDField(db_index=True)),
                ("confirmed", models.BooleanField(default=False)),
                ("agent", models.CharField(blank=True, max_length=80)),
                ("begun_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
            ],
            options={
                "db_table": "staff_session",
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("source", models.BinaryField(max_length=32)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "staff_attempt",
                "indexes": [
                    models.Index(fields=["authority_id", "source", "at"], name="staff_attempts_of_source")
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("staff_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=140)),
                ("what", models.CharField(max_length=200)),
            ],
            options={
                "db_table": "staff_change",
                "indexes": [models.Index(fields=["authority_id", "at"], name="staff_changes_by_time")],
            },
        ),
        migrations.CreateModel(
            name="Staff",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("name", models.CharField(max_length=60)),
                ("display_name", models.CharField(max_length=120)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), size=None
                    ),
                ),
                ("password", models.CharField(blank=True, max_length=200)),
                ("totp_secret", models.CharField(blank=True, max_length=200)),
                ("totp_step", models.BigIntegerField(default=0)),
                ("enabled", models.BooleanField(default=True)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "db_table": "staff_staff",
                "constraints": [
                    models.UniqueConstraint(fields=("authority_id", "name"), name="staff_one_name")
                ],
            },
        ),
        *(
            tenant_table(table)
            for table in (
                "staff_staff",
                "staff_enrolment",
                "staff_recovery_code",
                "staff_session",
                "staff_attempt",
                "staff_recovery",
            )
        ),
        append_only_table("staff_change"),
    ]
