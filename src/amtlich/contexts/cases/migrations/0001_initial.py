# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import django.db.models.deletion
from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import append_only_table, payload_table, tenant_table


class Migration(migrations.Migration):
    initial = True

    dependencies = [("database", "0001_schema")]

    operations = [
        migrations.CreateModel(
            name="DecisionRecord",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("case_id", models.UUIDField(db_index=True)),
                ("service", models.CharField(max_length=60)),
                ("package_version", models.CharField(max_length=40)),
                ("package_digest", models.CharField(max_length=64)),
                ("engine_version", models.CharField(max_length=20)),
                ("decision", models.CharField(max_length=80)),
                ("legal_state_date", models.DateField()),
                ("decided_at", models.DateTimeField()),
                ("mode", models.CharField(max_length=10)),
                ("outcome", models.CharField(max_length=40)),
                ("commitment", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "cases_decisionrecord",
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("token", models.CharField(default=amtlich.kernel.ids.new_token, max_length=26, unique=True)),
                ("reference", models.CharField(max_length=20)),
                ("holder_id", models.UUIDField()),
                ("service", models.CharField(max_length=60)),
                ("package_version", models.CharField(max_length=40)),
                ("lifecycle", models.CharField(max_length=20)),
                ("seq", models.IntegerField()),
                ("head", models.BinaryField(max_length=32)),
                ("phase", models.CharField(max_length=20)),
                ("waiting_on", models.CharField(default="nobody", max_length=12)),
                ("waiting_reason", models.CharField(blank=True, max_length=60)),
                ("waiting_since", models.DateTimeField(null=True)),
                ("received_at", models.DateTimeField()),
                ("file_number", models.CharField(blank=True, max_length=30)),
                ("evidence", models.JSONField(default=dict)),
                ("decision_id", models.CharField(blank=True, max_length=36)),
                ("outcome", models.CharField(blank=True, max_length=40)),
                ("documents", models.JSONField(default=list)),
                ("decided_at", models.DateTimeField(null=True)),
                ("notified_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "cases_case",
                "indexes": [
                    models.Index(
                        fields=["authority_id", "holder_id", "-received_at"], name="cases_by_holder"
                    ),
                    models.Index(fields=["authority_id", "waiting_on"], name="cases_by_waiting"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionPayload",
            fields=[
                (
                    "record",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="cases.decisionrecord",
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("payload", models.JSONField()),
                ("salt", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "cases_decisionpayload",
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("token", models.CharField(default=amtlich.kernel.ids.new_token, max_length=26, unique=True)),
                ("holder_id", models.UUIDField()),
                ("service", models.CharField(max_length=60)),
                ("package_version", models.CharField(max_length=40)),
                ("data", models.JSONField(default=dict)),
                ("revision", models.IntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("updated_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("case_id", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "cases_draft",
                "indexes": [
                    models.Index(
                        fields=["authority_id", "holder_id", "service"], name="cases_draft_by_holder"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FileNumberCounter",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("office", models.CharField(max_length=20)),
                ("year", models.IntegerField()),
                ("last", models.IntegerField()),
            ],
            options={
                "db_table": "cases_filenumbercounter",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "office", "year"), name="cases_one_counter"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("holder_id", models.UUIDField()),
                ("key", models.CharField(max_length=120)),
                ("body_hash", models.BinaryField(max_length=32)),
                ("case_id", models.UUIDField()),
            ],
            options={
                "db_table": "cases_submission",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority_id", "holder_id", "key"), name="cases_one_case_per_key"
                    )
                ],
            },
        ),
        tenant_table("cases_case"),
        tenant_table("cases_submission"),
        tenant_table("cases_draft"),
        tenant_table("cases_filenumbercounter"),
        append_only_table("cases_decisionrecord"),
        payload_table("cases_decisionpayload"),
    ]
