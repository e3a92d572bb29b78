# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The text boxes of a case: answers, a message, a reason; each keeps what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amtlich.faces.portal.form_entries import ErrorLine
from amtlich.faces.portal.language import _, said

# Ten times what is taken: enough to show a person the text that is too long, and no more than that.
_LONGEST_ECHO = 200_000


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One text box. ``german``: a person of the office wrote the label. ``short`` names it in the summary."""

    id: str
    label: str
    hint: str
    value: str
    message: str
    short: str
    german: bool = False

    @property
    def described_by(self) -> str:
        """Ids for aria-describedby: the error first, since it is what matters now."""
        ids = [f"{self.id}-f"] if self.message else []
        if self.hint:
            ids.append(f"{self.id}-h")
        return " ".join(ids)


def answer_entries(
    questions: Sequence[str], typed: Sequence[str], errors: Mapping[int, str]
) -> tuple[TextEntry, ...]:
    """One box per question, in order."""
    return tuple(
        TextEntry(
            id=f"antwort-{number + 1}",
            label=question,
            hint=_("Ein paar Sätze genügen. Wissen Sie es nicht? Dann schreiben Sie das."),
            value=typed[number][:_LONGEST_ECHO] if number < len(typed) else "",
            message=said(errors[number]) if number in errors else "",
            short=_("Frage {number}", number=number + 1) if len(questions) > 1 else _("Ihre Antwort"),
            german=True,
        )
        for number, question in enumerate(questions)
    )


def message_entry(typed: str, problem: str) -> TextEntry:
    """The box for a message."""
    return TextEntry(
        id="nachricht",
        label=_("Ihre Nachricht"),
        hint=_("Das liest ein Mensch."),
        value=typed[:_LONGEST_ECHO],
        message=problem,
        short=_("Ihre Nachricht"),
    )


def reason_entry(typed: str, problem: str) -> TextEntry:
    """The box for why somebody withdraws; nobody has to say it."""
    return TextEntry(
        id="grund",
        label=_("Warum ziehen Sie ihn zurück?"),
        hint=_("Das müssen Sie nicht sagen."),
        value=typed[:_LONGEST_ECHO],
        message=problem,
        short=_("Grund"),
    )


def error_lines(entries: Iterable[TextEntry]) -> tuple[ErrorLine, ...]:
    """The summary above the form."""
    return tuple(ErrorLine(entry.id, entry.short, entry.message) for entry in entries if entry.message)
