# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whether the files of documents are those that were issued."""

from __future__ import annotations

import hashlib
from uuid import UUID

from amtlich.contexts.proofs.models import Content, Document, Revocation
from amtlich.platform import integrity
from amtlich.platform.tenancy import tenant

_BATCH = 50  # files are in memory then
_DOCUMENT, _CONTENT = Document._meta.db_table, Content._meta.db_table


def check_documents(authority_id: UUID, report: integrity.Report) -> None:
    """Every file has the checksum and the size that stand in the book."""
    last = UUID(int=0)
    while rows := _next(authority_id, last):
        last = rows[-1].pk
        report.rows += len(rows)
        for row in rows:
            if not hasattr(row, "content"):
                report.erased += 1
                continue
            content = bytes(row.content.content)
            if hashlib.sha256(content).hexdigest() != row.sha256 or len(content) != row.size:
                report.wrong(_CONTENT, row.pk, "Die Datei ist nicht die, die ausgestellt wurde.")
    with tenant(authority_id):
        known = Document.objects.values("pk")
        for key in Content.objects.exclude(pk__in=known).values_list("pk", flat=True):
            report.wrong(_DOCUMENT, key, "Das Dokument fehlt, seine Datei ist da.")
        for key in Revocation.objects.exclude(document__in=known).values_list("document", flat=True):
            report.wrong(_DOCUMENT, key, "Das Dokument fehlt, sein Widerruf ist da.")


def _next(authority_id: UUID, last: UUID) -> list[Document]:
    with tenant(authority_id):
        return list(Document.objects.filter(pk__gt=last).select_related("content").order_by("pk")[:_BATCH])


def register() -> None:
    """Called once, while the app starts."""
    integrity.register(
        integrity.Check(
            "proofs.files", "Dateien gegen ihre Prüfsummen", (_CONTENT, _DOCUMENT), check_documents
        )
    )
