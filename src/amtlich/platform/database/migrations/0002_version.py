# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which version of the program the schema belongs to, so that another one does not work on it."""

from django.db import migrations, models

from amtlich.platform.database.rls import global_table


class Migration(migrations.Migration):
    dependencies = [("database", "0001_schema")]
    operations = [
        migrations.CreateModel(
            name="ProgramVersion",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False, default=1)),
                ("version", models.CharField(max_length=40)),
                ("since", models.DateTimeField()),
            ],
            options={"db_table": "database_version"},
        ),
        global_table("database_version"),
    ]
