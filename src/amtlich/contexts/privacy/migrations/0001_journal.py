# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The access journal: append-only entries, erasable payloads."""

from django.db import migrations, models

from amtlich.platform.database.rls import append_only_table, payload_table


class Migration(migrations.Migration):
    initial = True
    dependencies = [("database", "0001_schema"), ("tenancy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Access",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False, editable=False)),
                ("authority_id", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("case_id", models.UUIDField(null=True)),
                ("subject_holder_id", models.UUIDField(null=True)),
                ("actor_kind", models.CharField(max_length=12)),
                ("actor_id", models.UUIDField(null=True)),
                ("commitment", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "privacy_access",
                "indexes": [
                    models.Index(fields=["authority_id", "case_id", "at"], name="privacy_access_by_case"),
                    models.Index(
                        fields=["authority_id", "subject_holder_id", "at"], name="privacy_access_by_holder"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessPayload",
            fields=[
                (
                    "access",
                    models.OneToOneField(
                        on_delete=models.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        db_constraint=False,
                        related_name="payload",
                        to="privacy.access",
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("payload", models.JSONField()),
                ("salt", models.BinaryField(max_length=32)),
            ],
            options={"db_table": "privacy_accesspayload"},
        ),
        append_only_table("privacy_access"),
        payload_table("privacy_accesspayload"),
    ]
