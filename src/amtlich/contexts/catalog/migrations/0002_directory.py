# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Each authority's directory of services; a new one is added, none is changed."""

from django.db import migrations, models

from amtlich.platform.database.rls import append_only_table


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_packages")]
    operations = [
        migrations.CreateModel(
            name="PublishedDirectory",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("by", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "catalog_directory",
                "indexes": [models.Index(fields=["authority_id", "-id"], name="catalog_directory_newest")],
            },
        ),
        append_only_table("catalog_directory"),
    ]
