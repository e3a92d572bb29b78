# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.db import models

from amtlich.kernel.ids import new_id


class Document(models.Model):
    """A document that was issued in a case. Append-only: a notice is followed by another, never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    case_id = models.UUIDField()
    notice = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    filename = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    size = models.IntegerField()
    pages = models.IntegerField(null=True)
    sha256 = models.CharField(max_length=64)
    sealed = models.BooleanField()
    check_code = models.CharField(max_length=14, blank=True)
    issued_at = models.DateTimeField()

    class Meta:
        db_table = "proofs_document"
        indexes = [models.Index(fields=["authority_id", "sha256"], name="proofs_document_by_digest")]
        constraints = [
            models.UniqueConstraint(fields=["case_id", "notice"], name="proofs_one_document_per_notice"),
            models.UniqueConstraint(
                fields=["check_code"], condition=~models.Q(check_code=""), name="proofs_one_document_per_code"
            ),
        ]


class Content(models.Model):
    """The bytes of a document; erasable, while what was issued stays known by its hash."""

    document = models.OneToOneField(
        Document, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False
    )
    authority_id = models.UUIDField()
    content = models.BinaryField()

    class Meta:
        db_table = "proofs_content"


class Revocation(models.Model):
    """That a document no longer holds, since when, why, and who said so. Append-only, once per document."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    authority_id = models.UUIDField()
    document = models.OneToOneField(
        Document, on_delete=models.DO_NOTHING, db_constraint=False, related_name="revocation"
    )
    at = models.DateTimeField()
    reason = models.CharField(max_length=20)
    by = models.CharField(max_length=120)

    class Meta:
        db_table = "proofs_revocation"
