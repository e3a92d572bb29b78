# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Package versions for all, publications per authority; the running programs only ever add."""

from django.db import migrations, models

from amtlich.platform.database.rls import append_only_table, global_table


class Migration(migrations.Migration):
    initial = True
    dependencies = [("database", "0001_schema"), ("tenancy", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="PackageVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("slug", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("archive", models.BinaryField()),
                ("published_at", models.DateTimeField()),
                ("published_by", models.CharField(max_length=120)),
            ],
            options={
                "db_table": "catalog_packageversion",
                "constraints": [
                    models.UniqueConstraint(fields=["slug", "version"], name="catalog_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("authority_id", models.UUIDField()),
                ("slug", models.CharField(max_length=60)),
                ("version", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=10)),
                ("by", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "catalog_publication",
                "indexes": [
                    models.Index(fields=["authority_id", "slug", "-id"], name="catalog_publication_newest")
                ],
            },
        ),
        global_table("catalog_packageversion", app="SELECT, INSERT"),
        append_only_table("catalog_publication"),
    ]
