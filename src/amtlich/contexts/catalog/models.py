# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Versions are for all authorities; which of them an authority offers is its own affair."""

from __future__ import annotations

from django.db import models


class PackageVersion(models.Model):
    """One immutable version of one service package, with all its files. Never changed, never deleted."""

    id = models.BigAutoField(primary_key=True)
    slug = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64, unique=True)  # bundle.Bundle.digest
    archive = models.BinaryField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=120)

    class Meta:
        db_table = "catalog_packageversion"
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="catalog_version_once")]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class Publication(models.Model):
    """A step of a version at one authority: handed in, published, rejected, or the offer ended.

    Of the released and withdrawn rows the newest counts. A released row names the one it answers
    (``proposal_id``) and who handed that in (``proposer``): a foreign key holds both to the row they
    name, and a check holds ``person`` to be somebody else. So the database itself refuses what one
    person alone would publish. ``exempt`` says why a row may do without.
    """

    id = models.BigAutoField(primary_key=True)
    WAITING = "waiting"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    EFFECTIVE = (RELEASED, WITHDRAWN)

    DEMONSTRATION = "demonstration"  # demonstrations and tests publish without a second person
    EARLIER = "earlier"  # rows from before the database asked for two

    authority_id = models.UUIDField()
    slug = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10)
    by = models.CharField(max_length=120)
    person = models.CharField(max_length=120)  # persons.Person.key
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    proposal_id = models.BigIntegerField(null=True)
    proposer = models.CharField(max_length=120, null=True)  # null takes the foreign key out of force
    exempt = models.CharField(max_length=20, blank=True)

    class Meta:
        db_table = "catalog_publication"
        indexes = [models.Index(fields=["authority_id", "slug", "-id"], name="catalog_publication_newest")]
        constraints = [
            models.CheckConstraint(
                name="catalog_two_persons",
                condition=~models.Q(state="released")
                | ~models.Q(exempt="")
                | (models.Q(proposal_id__isnull=False) & ~models.Q(proposer=models.F("person"))),
            ),
            models.CheckConstraint(
                name="catalog_end_has_reason",
                condition=~models.Q(state__in=("withdrawn", "rejected"))
                | ~models.Q(exempt="")
                | ~models.Q(reason=""),
            ),
            models.UniqueConstraint(fields=["proposal_id"], name="catalog_answered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version} {self.state}"


class PublishedDirectory(models.Model):
    """The services that an authority lists, with or without an online form. The newest row counts."""

    id = models.BigAutoField(primary_key=True)
    authority_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    content = models.JSONField()  # directory.from_content
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        db_table = "catalog_directory"
        indexes = [models.Index(fields=["authority_id", "-id"], name="catalog_directory_newest")]

    def __str__(self) -> str:
        return f"{self.digest[:12]} {self.at:%Y-%m-%d}"
