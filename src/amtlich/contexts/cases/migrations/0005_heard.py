# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How the hearing before an adverse decision ended; and which cases are open, found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_office_list")]
    operations = [
        migrations.AddField(
            "case", "heard", models.CharField(max_length=10, default="", blank=True, db_default="")
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["id"],
                condition=models.Q(closed_at=None, withdrawn_at=None),
                name="cases_open",
            ),
        ),
    ]
