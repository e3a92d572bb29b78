# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Revocations: what was issued stays in the book, and that it no longer holds is written beside it."""

import django.db.models.deletion
from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import append_only_table


class Migration(migrations.Migration):
    dependencies = [("proofs", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=amtlich.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority_id", models.UUIDField()),
                (
                    "document",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="revocation",
                        to="proofs.document",
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=20)),
                ("by", models.CharField(max_length=120)),
            ],
            options={"db_table": "proofs_revocation"},
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["authority_id", "sha256"], name="proofs_document_by_digest"),
        ),
        append_only_table("proofs_revocation"),
    ]
