# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The copy of one's own statements as PDF, with the questions in the language form of the page."""

from __future__ import annotations

from uuid import UUID

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.proofs import api as proofs
from amtlich.faces.portal import moments
from amtlich.faces.portal.check_shapes import answer_groups
from amtlich.faces.portal.language import _, current, pick
from amtlich.kernel import clock
from amtlich.kernel.errors import NotFound


def answers_pdf(authority_id: UUID, file: cases.CaseFile) -> bytes:
    """The statements as they were frozen when they arrived; raises ``NotFound`` once they are erased."""
    view, statements = file.view, file.statements
    if statements is None:
        raise NotFound
    form = catalog.package(view.service, view.version).form
    title = _text(_("Kopie Ihrer Angaben"))
    facts = [
        (_("Leistung"), pick(view.service_name)),
        (_("Zeichen"), view.reference),
        *([(_("Aktenzeichen"), view.file_number)] if view.file_number else []),
        (_("Eingegangen am"), moments.moment_full(view.received_at)),
    ]
    sheet = proofs.CopySheet(
        title=title,
        description=f"{title}, {pick(view.service_name)}, {view.reference}",
        lang="en" if current() == "en" else "de",
        big=current() == "leicht",
        reference=view.reference,
        at=clock.now(),
        lead=_lines(_("Das haben Sie in Ihrem Antrag angegeben. So ist es bei uns eingegangen.")),
        facts=tuple(proofs.CopyRow(_text(label), (_text(value),)) for label, value in facts),
        groups=tuple(
            proofs.CopyGroup(
                _text(group.title),
                tuple(proofs.CopyRow(_text(line.label), _lines(line.display)) for line in group.lines),
            )
            for group in answer_groups(form, statements.data, "")
        ),
        notes=_lines(_("Das ist eine Kopie für Sie. Sie ist kein Nachweis und trägt kein Siegel.")),
    )
    return proofs.print_copy(authority_id, sheet)


def _lines(text: str) -> tuple[str, ...]:
    """Lines of a text that may have been made for a page: ``<br>`` parts those of Leichte Sprache."""
    return tuple(line for part in str(text).split("<br>") for line in part.splitlines() if line.strip())


def _text(text: str) -> str:
    return " ".join(_lines(text))
