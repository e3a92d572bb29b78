# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich proofs`: see what was issued under a code, and revoke it."""

import argparse
from typing import TYPE_CHECKING

from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel.errors import BadInput
from amtlich.kernel.words import datetime_de, exact_time_de

if TYPE_CHECKING:  # Django is set up by the commands
    from amtlich.contexts.proofs.api import DocumentStatus


def show(chosen: argparse.Namespace) -> int:
    """What stands in the book under the code; no person is named but who revoked."""
    set_up_with_database()
    for line in _lines(_find(chosen.code)):
        say(line)
    return 0


def revoke(chosen: argparse.Namespace) -> int:
    """Revoke the document, or say that it was revoked before."""
    set_up_with_database()
    from amtlich.contexts.proofs import api as proofs

    try:
        reason = proofs.RevocationReason(chosen.reason)
    except ValueError:
        possible = ", ".join(f"{one} ({proofs.REVOCATION_WORDS[one]})" for one in proofs.RevocationReason)
        raise BadInput(
            f"Den Grund „{str(chosen.reason)[:40]}“ gibt es nicht. Möglich sind: {possible}"
        ) from None
    before = _find(chosen.code)
    now = proofs.revoke(before.authority_id, before.code, reason, chosen.by)
    if before.revoked_at is not None:
        say("Dieses Dokument war schon widerrufen. Es bleibt beim ersten Widerruf:")
    for line in _lines(now):
        say(line)
    return 0


def _find(code: str) -> "DocumentStatus":
    """A code is unique over all authorities; whose it is, nobody has to know."""
    from amtlich.contexts.proofs import api as proofs
    from amtlich.platform.tenancy.registry import all_authorities

    for authority in all_authorities():
        try:
            return proofs.document_status(authority.id, code)
        except proofs.NoSuchDocument:
            continue
    raise proofs.NoSuchDocument(code)


def _lines(document: "DocumentStatus") -> list[str]:
    from amtlich.contexts.proofs import api as proofs

    lines = [
        f"{document.code}: {document.title}, ausgestellt am {datetime_de(document.issued_at)}",
        f"SHA-256 {document.sha256}",
    ]
    if document.revoked_at is None or document.reason is None:
        return [*lines, "Gültig, nicht widerrufen."]
    day, _, _ = datetime_de(document.revoked_at).partition(",")
    return [
        *lines,
        f"Widerrufen am {day}, {exact_time_de(document.revoked_at)}, von {document.revoked_by}. "
        f"Grund: {document.reason} ({proofs.REVOCATION_WORDS[document.reason]})",
    ]
