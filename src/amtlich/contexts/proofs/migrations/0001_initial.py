# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import django.db.models.deletion
from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import append_only_table, payload_table


class Migration(migrations.Migration):
    initial = True

    dependencies = [("database", "0001_schema")]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("case_id", models.UUIDField()),
                ("notice", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=10)),
                ("filename", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=80)),
                ("size", models.IntegerField()),
                ("pages", models.IntegerField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                ("sealed", models.BooleanField()),
                ("check_code", models.CharField(blank=True, max_length=14)),
                ("issued_at", models.DateTimeField()),
            ],
            options={
                "db_table": "proofs_document",
            },
        ),
        migrations.CreateModel(
            name="Content",
            fields=[
                (
                    "document",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="proofs.document",
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("content", models.BinaryField()),
            ],
            options={
                "db_table": "proofs_content",
            },
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("case_id", "notice"), name="proofs_one_document_per_notice"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("check_code", ""), _negated=True),
                fields=("check_code",),
                name="proofs_one_document_per_code",
            ),
        ),
        append_only_table("proofs_document"),
        payload_table("proofs_content"),
    ]
