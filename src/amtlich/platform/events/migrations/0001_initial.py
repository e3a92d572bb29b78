# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
import django.db.models.deletion
from django.db import migrations, models

from amtlich.platform.database.rls import append_only_table, payload_table


class Migration(migrations.Migration):
    initial = True

    dependencies = [("database", "0001_schema")]

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("stream", models.UUIDField()),
                ("seq", models.IntegerField()),
                ("type", models.CharField(max_length=60)),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=12)),
                ("actor_id", models.UUIDField(null=True)),
                ("commitment", models.BinaryField(max_length=32)),
                ("previous", models.BinaryField(max_length=32)),
                ("hash", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "events_event",
            },
        ),
        migrations.CreateModel(
            name="Payload",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        serialize=False,
                        to="events.event",
                    ),
                ),
                ("authority_id", models.UUIDField()),
                ("payload", models.JSONField()),
                ("salt", models.BinaryField(max_length=32)),
            ],
            options={
                "db_table": "events_payload",
            },
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("stream", "seq"), name="events_one_per_place"),
        ),
        migrations.RunSQL(
            'ALTER TABLE "events_event" ADD COLUMN "xid" xid8 NOT NULL DEFAULT pg_current_xact_id()',
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            'CREATE INDEX "events_event_tail" ON "events_event" ("xid", "id")', migrations.RunSQL.noop
        ),
        append_only_table("events_event"),
        payload_table("events_payload"),
    ]
