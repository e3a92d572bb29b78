# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Confirmed addresses, confirmations that wait, and the outbox."""

import django.contrib.postgres.fields
from django.db import migrations, models

import amtlich.kernel.ids
from amtlich.platform.database.rls import tenant_table

_ID = (
    "id",
    models.UUIDField(primary_key=True, serialize=False, editable=False, default=amtlich.kernel.ids.new_id),
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("database", "0001_schema"), ("tenancy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Recipient",
            fields=[
                _ID,
                ("authority_id", models.UUIDField()),
                ("holder_id", models.UUIDField()),
                ("address", models.CharField(max_length=254)),
                ("language", models.CharField(max_length=6)),
                ("confirmed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "mail_recipient",
                "constraints": [
                    models.UniqueConstraint(
                        fields=["authority_id", "holder_id"], name="mail_one_address_per_holder"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                _ID,
                ("authority_id", models.UUIDField()),
                (
                    "holders",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                ("browser", models.CharField(max_length=64)),
                ("link", models.CharField(max_length=64)),
                ("address", models.CharField(max_length=254)),
                ("language", models.CharField(max_length=6)),
                ("asked_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("wrong_codes", models.PositiveSmallIntegerField(default=0)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("replaced", models.BooleanField(default=False)),
            ],
            options={
                "db_table": "mail_confirmation",
                "indexes": [
                    models.Index(fields=["authority_id", "asked_at"], name="mail_confirmation_asked"),
                    models.Index(fields=["authority_id", "link"], name="mail_confirmation_link"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                _ID,
                ("authority_id", models.UUIDField()),
                ("key", models.CharField(max_length=120)),
                ("kind", models.CharField(max_length=20)),
                ("holder_id", models.UUIDField(null=True)),
                ("case_id", models.UUIDField(null=True)),
                ("case_token", models.CharField(max_length=26, blank=True)),
                ("reference", models.CharField(max_length=60, blank=True)),
                ("confirmation_id", models.UUIDField(null=True)),
                ("address", models.CharField(max_length=254)),
                ("language", models.CharField(max_length=6)),
                ("state", models.CharField(max_length=20, default="created")),
                ("fence", models.PositiveIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("reply_code", models.PositiveSmallIntegerField(default=0)),
                ("reason", models.CharField(max_length=300, blank=True)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "mail_message",
                "constraints": [
                    models.UniqueConstraint(fields=["authority_id", "key"], name="mail_one_message_per_key")
                ],
                "indexes": [
                    models.Index(fields=["authority_id", "case_id"], name="mail_message_by_case"),
                    models.Index(
                        fields=["authority_id", "state", "created_at"], name="mail_message_by_state"
                    ),
                ],
            },
        ),
        tenant_table("mail_recipient"),
        tenant_table("mail_confirmation"),
        tenant_table("mail_message"),
    ]
