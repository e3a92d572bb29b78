# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A version is published by two people, and the database holds them to be two.

Rows from before stay as they are, marked as such; the person of each is read from its label. That is done
by a change of the column's type, because the owner of the table sees no rows under row-level security.
"""

from django.db import migrations, models

_PERSON_OF_LABEL = """
ALTER TABLE catalog_publication ALTER COLUMN person TYPE varchar(120)
USING lower(coalesce(substring("by" from '^Kommandozeile \\((.*)\\)$'), "by"))
"""

_PROPOSAL = (
    "ALTER TABLE catalog_publication ADD CONSTRAINT catalog_proposal"
    " UNIQUE (id, authority_id, digest, person)",
    "ALTER TABLE catalog_publication ADD CONSTRAINT catalog_answers_proposal"
    " FOREIGN KEY (proposal_id, authority_id, digest, proposer)"
    " REFERENCES catalog_publication (id, authority_id, digest, person)",
    "ALTER TABLE catalog_publication ADD CONSTRAINT catalog_proposer_of_proposal"
    " CHECK ((proposal_id IS NULL) = (proposer IS NULL))",
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_directory")]
    operations = [
        migrations.AddField(
            "publication", "person", models.CharField(max_length=120, default=""), preserve_default=False
        ),
        migrations.AddField("publication", "reason", models.TextField(blank=True, default="")),
        migrations.AddField("publication", "proposal_id", models.BigIntegerField(null=True)),
        migrations.AddField("publication", "proposer", models.CharField(max_length=120, null=True)),
        migrations.AddField(
            "publication",
            "exempt",
            models.CharField(max_length=20, blank=True, default="earlier"),
            preserve_default=False,
        ),
        migrations.AlterField("publication", "reason", models.TextField(blank=True)),
        migrations.RunSQL(_PERSON_OF_LABEL, migrations.RunSQL.noop),
        migrations.RunSQL([(each, None) for each in _PROPOSAL], migrations.RunSQL.noop),
        migrations.AddConstraint(
            "publication",
            models.CheckConstraint(
                name="catalog_two_persons",
                condition=~models.Q(state="released")
                | ~models.Q(exempt="")
                | (models.Q(proposal_id__isnull=False) & ~models.Q(proposer=models.F("person"))),
            ),
        ),
        migrations.AddConstraint(
            "publication",
            models.CheckConstraint(
                name="catalog_end_has_reason",
                condition=~models.Q(state__in=("withdrawn", "rejected"))
                | ~models.Q(exempt="")
                | ~models.Q(reason=""),
            ),
        ),
        migrations.AddConstraint(
            "publication", models.UniqueConstraint(fields=["proposal_id"], name="catalog_answered_once")
        ),
    ]
