# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Our own tables beside procrastinate's, its costly triggers off, and what the app role may do."""

from django.db import migrations, models

_TABLES = ("procrastinate_jobs", "procrastinate_workers", "procrastinate_periodic_defers")

# NOTIFY lets only one commit flush at a time (3,450 commits a second become 222 on a real disk); workers
# poll. The others write a diary of each job, which nobody here reads and which doubles the writing.
_TRIGGERS_OFF = (
    "procrastinate_jobs_notify_queue_job_inserted_v1",
    "procrastinate_trigger_status_events_insert_v1",
    "procrastinate_trigger_status_events_update_v1",
    "procrastinate_trigger_scheduled_events_v1",
    "procrastinate_trigger_abort_requested_events_v1",
)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("database", "0001_schema"), ("procrastinate", "0041_post_retry_failed_job")]
    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("job_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("task", models.CharField(max_length=128)),
                ("ids", models.JSONField(default=dict)),
                ("lock", models.TextField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("postponed", models.PositiveIntegerField(default=0)),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                ("parked_at", models.DateTimeField(db_index=True, null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("tell_after", models.DateTimeField(null=True)),
            ],
            options={"db_table": "jobs_attempt"},
        ),
        migrations.CreateModel(
            name="WorkerProcess",
            fields=[
                ("worker_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("host", models.CharField(max_length=200)),
                ("pid", models.IntegerField()),
                ("started_at", models.DateTimeField()),
            ],
            options={"db_table": "jobs_worker"},
        ),
        migrations.RunSQL(
            [f"ALTER TABLE procrastinate_jobs DISABLE TRIGGER {name}" for name in _TRIGGERS_OFF],
            [f"ALTER TABLE procrastinate_jobs ENABLE TRIGGER {name}" for name in _TRIGGERS_OFF],
        ),
        migrations.RunSQL(
            [
                *(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO amtlich_app" for table in _TABLES),
                "GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_periodic_defers_id_seq "
                "TO amtlich_app",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON jobs_attempt, jobs_worker TO amtlich_app",
                f"GRANT SELECT ON {', '.join(_TABLES)}, jobs_attempt, jobs_worker TO amtlich_system",
            ],
            migrations.RunSQL.noop,
        ),
    ]
