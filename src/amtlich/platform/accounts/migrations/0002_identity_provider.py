# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.db import migrations, models

from amtlich.platform.database.rls import tenant_table


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("account", "issuer", models.CharField(blank=True, default="", max_length=500)),
        migrations.AddField("account", "subject", models.CharField(blank=True, default="", max_length=255)),
        migrations.AddConstraint(
            "account",
            models.UniqueConstraint(
                fields=("authority_id", "issuer", "subject"),
                condition=models.Q(("subject", ""), _negated=True),
                name="accounts_subject_of_issuer_in_authority",
            ),
        ),
        migrations.AddField(
            "session",
            "provider_session",
            models.CharField(blank=True, db_index=True, default="", max_length=64),
        ),
        migrations.CreateModel(
            name="LoginAttempt",
            fields=[
                ("state_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("browser_hash", models.CharField(max_length=64)),
                ("nonce", models.CharField(max_length=64)),
                ("verifier", models.CharField(max_length=128)),
                ("onward", models.CharField(max_length=2000)),
                ("wished", models.SmallIntegerField()),
                ("person", models.UUIDField(null=True)),
                ("begun_at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "accounts_login_attempt"},
        ),
        tenant_table("accounts_login_attempt"),
    ]
