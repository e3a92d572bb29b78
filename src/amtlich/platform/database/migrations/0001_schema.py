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
    ]
