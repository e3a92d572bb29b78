# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A confirmation is asked for by one holder: two people at one device never share an address."""

from django.db import migrations, models

import amtlich.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("mail", "0001_initial")]
    # The version before it never left the workshop.
    destroys = "Nie ausgeliefert: Die Spalte gab es nur zwischen zwei Ständen derselben Arbeit."
    operations = [
        migrations.RemoveField(model_name="confirmation", name="holders"),
        migrations.AddField(
            model_name="confirmation",
            name="holder_id",
            # Whoever waits for a confirmation at this very moment asks once more.
            field=models.UUIDField(default=amtlich.kernel.ids.new_id),
            preserve_default=False,
        ),
    ]
