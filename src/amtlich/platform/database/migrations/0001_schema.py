# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who may enter the schema at all. Runs before every other migration of ours."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            "GRANT USAGE ON SCHEMA public TO amtlich_app, amtlich_system, amtlich_retention",
            migrations.RunSQL.noop,
        ),
        # Every role may ask whether the schema is the one it was written for.
        migrations.RunSQL(
            "GRANT SELECT ON django_migrations TO amtlich_app, amtlich_system, amtlich_retention",
            migrations.RunSQL.noop,
        ),
    ]
