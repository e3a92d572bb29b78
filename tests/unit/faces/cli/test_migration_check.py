# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A migration that destroys data is found, wherever it hides; one that says why is not."""

import pytest
from django.db import migrations, models

from amtlich.faces.cli.migration_check import destructive, findings


def migration(*operations, **more):
    made = migrations.Migration("0002_x", "cases")
    made.operations = list(operations)
    for name, value in more.items():
        setattr(made, name, value)
    return {("cases", "0002_x"): made}


@pytest.mark.parametrize(
    "operation",
    [
        migrations.RemoveField("case", "token"),
        migrations.DeleteModel("case"),
        migrations.RenameField("case", "token", "address"),
        migrations.RenameModel("case", "file"),
        migrations.AlterModelTable("case", "files"),
        migrations.RunSQL("ALTER TABLE cases_case DROP COLUMN token"),
        migrations.RunSQL(["SELECT 1", ("truncate cases_case", None)]),
        migrations.SeparateDatabaseAndState([migrations.RemoveField("case", "token")]),
    ],
)
def test_what_destroys_data_is_refused_with_a_remedy(operation):
    (said,) = destructive(migration(operation))
    assert "cases.0002_x" in said
    assert "destroys" in said


def test_what_adds_or_says_why_is_accepted():
    add = migrations.AddField("case", "colour", models.CharField(max_length=3, default=""))
    assert list(destructive(migration(add))) == []
    gone = migrations.RemoveField("case", "token")
    assert list(destructive(migration(gone, destroys="nothing has read it since 0.1"))) == []


def test_our_own_migrations_are_complete_and_destroy_nothing():
    assert findings() == []
