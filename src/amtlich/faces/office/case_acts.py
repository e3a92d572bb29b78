# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a person can do with a case: the questions of each act, its effect in words, and how it is done.

Each is asked on a page of its own, shown once more before it counts, and its button names what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from django.http import QueryDict

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.api import OfficeCase
from amtlich.faces.office.case_page import letter
from amtlich.kernel.ids import is_token, new_token
from amtlich.platform.accounts import Actor

_HEARING_DAYS = 14
_SEEN_BY_THEM = (
    "Die Person liest das im Portal und bekommt eine E-Mail ohne Einzelheiten, wenn sie das wünscht."
)


Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several values; ``note`` stands below it."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A question of a form. ``values``: what was typed or chosen; ``fault``: what is wrong with it."""

    id: str
    kind: Literal["text", "line", "radio", "checks", "hidden"]
    label: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    values: tuple[str, ...] = ()
    rows: int = 4
    fault: str = ""

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def first_id(self) -> str:
        """Where a link to this question leads."""
        return f"{self.id}-0" if self.kind in ("radio", "checks") else self.id

    @property
    def shown(self) -> tuple[str, ...]:
        """The answer in words."""
        if self.choices:
            return tuple(one.label for one in self.choices if one.value in self.values)
        return tuple(value for value in self.values if value.strip())

    def filled(self, posted: QueryDict) -> Field:
        """With what was sent; of choices only those there are."""
        given = posted.getlist(self.id) if self.kind == "checks" else [posted.get(self.id, "")]
        known = {one.value for one in self.choices}
        kept = [value for value in given if value in known] if self.choices else given
        return replace(self, values=tuple(kept))


@dataclass(frozen=True, slots=True)
class Act:
    """``button``: what happens, as its button says; ``effects``: the same in sentences, for the check.

    ``do`` gets the answers and the version of the case that was looked at; ``needs`` says what is missing
    (field id to sentence), ``blame`` is the field that a refusal without a place belongs to.
    """

    title: str
    button: str
    effects: tuple[str, ...]
    fields: tuple[Field, ...]
    do: Callable[[Actor, str, int, Answers], object]
    done: str
    blame: str = ""
    lead: str = ""
    possible: bool = True
    why_not: str = ""
    needs: Callable[[Answers], dict[str, str]] = field(default=lambda _answers: {})


def _one(answers: Answers, key: str) -> str:
    return (answers.get(key) or ("",))[0]


def _days(answers: Answers) -> int:
    typed = _one(answers, "tage").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0


def _missing(**sentences: str) -> Callable[[Answers], dict[str, str]]:
    """Every field named must have an answer."""

    def check(answers: Answers) -> dict[str, str]:
        return {
            key: said
            for key, said in sentences.items()
            if not any(one.strip() for one in answers.get(key, ()))
        }

    return check


def _check_days(answers: Answers) -> dict[str, str]:
    return {} if 1 <= _days(answers) <= 365 else {"tage": "Geben Sie 1 bis 365 Tage an, als Zahl."}


def _days_field(days: int) -> Field:
    return Field(
        "tage",
        "line",
        "Frist in Tagen",
        "Endet nie am Wochenende oder an einem Feiertag.",
        values=(str(days),),
    )


def granting(case: OfficeCase, who: str) -> Act:
    """Give what was asked for."""
    candidates = tuple(
        Choice(one.key, f"Person {letter(number)}: {one.name}", _differences(one.differences, one.notes))
        for number, one in enumerate(case.candidates or ())
    )
    hint = "Steht in der Akte, mit Ihrem Namen."
    fields = [Field("grund", "text", "Woran Sie das erkennen", hint)]
    if candidates:
        unsure = "Nicht sicher? Dann fragen Sie nach."
        fields.insert(0, Field("person", "radio", "Der Antrag ist von", unsure, candidates))

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        cases.grant(
            actor, token, version=version, candidate=_one(answers, "person"), ground=_one(answers, "grund")
        )

    needed = {"grund": "Schreiben Sie, woran Sie das erkennen."}
    if candidates:
        needed["person"] = "Wählen Sie die Person, die den Antrag gestellt hat."
    return Act(
        title=f"{case.service_name} ausstellen",
        button=f"{case.service_name} ausstellen und bekannt geben",
        effects=(
            "Das Dokument wird gesiegelt und steht sofort im Portal.",
            "Zurücknehmen lässt sich das nicht, nur widerrufen.",
            f"In der Akte steht, dass {who} entschieden hat.",
        ),
        fields=tuple(fields),
        do=do,
        done="Entschieden. Das Programm stellt das Dokument jetzt aus und gibt es bekannt.",
        blame="person" if candidates else "grund",
        possible=case.can.grant,
        why_not="Diesen Vorgang können Sie gerade nicht entscheiden.",
        needs=_missing(**needed),
    )


def _differences(count: int, notes: tuple[str, ...]) -> str:
    said = "alle Angaben gleich" if not count else f"{count} {'Angabe' if count == 1 else 'Angaben'} anders"
    return ", ".join((said, *notes))


def refusing(case: OfficeCase, who: str) -> Act:
    """An adverse act: reasons, norms, a named person."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        cases.refuse(
            actor, token, version=version, reasons=_one(answers, "gruende"), norms=answers.get("normen", ())
        )

    return Act(
        title="Ablehnen",
        button="Ablehnen und bekannt geben",
        lead="Die Gründe stehen im Bescheid. Schreiben Sie sie so, dass die Person sie versteht.",
        effects=(
            f"Der Bescheid trägt Ihren Namen ({who}), Ihre Gründe und die Rechtsbehelfsbelehrung.",
            "Er wird gesiegelt und steht sofort im Portal.",
            "Die Frist für den Rechtsbehelf beginnt erst, wenn die Person ihn abruft (§ 41 Abs. 2a VwVfG). "
            "Ruft sie ihn in zehn Tagen nicht ab, gilt er nicht als bekannt gegeben: Vermerken Sie das dann.",
            "Zurücknehmen lässt sich das nur mit einem neuen Bescheid.",
        ),
        fields=(
            Field(
                "gruende",
                "text",
                "Gründe",
                "Was wir wissen, was das Gesetz verlangt, was daraus folgt.",
                rows=8,
            ),
            Field(
                "normen",
                "checks",
                "Rechtsgrundlagen",
                choices=tuple(Choice(norm, norm) for norm in case.norms),
            ),
        ),
        do=do,
        done="Abgelehnt. Das Programm stellt den Bescheid jetzt aus und gibt ihn bekannt.",
        blame="gruende",
        possible=case.can.refuse,
        why_not=case.can.why_not_refuse or "Diesen Vorgang können Sie gerade nicht entscheiden.",
        needs=_missing(
            gruende="Schreiben Sie die Gründe.", normen="Wählen Sie mindestens eine Rechtsgrundlage."
        ),
    )


def hearing(case: OfficeCase, who: str) -> Act:
    """Tell what is intended and give time to answer."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        cases.open_hearing(actor, token, version=version, text=_one(answers, "text"), days=_days(answers))

    def needs(answers: Answers) -> dict[str, str]:
        return {
            **_missing(text="Schreiben Sie, was Sie vorhaben und warum.")(answers),
            **_check_days(answers),
        }

    return Act(
        title="Anhören",
        button="Anhörung eröffnen",
        lead="Bevor etwas abgelehnt wird, darf die Person sich dazu äußern (§ 28 Abs. 1 VwVfG).",
        effects=(
            _SEEN_BY_THEM,
            "Solange die Frist läuft, wird nicht entschieden. Danach kommt der Vorgang hierher zurück.",
            f"Die Anhörung trägt Ihren Namen ({who}).",
        ),
        fields=(
            Field(
                "text",
                "text",
                "Text der Anhörung",
                "Was Sie vorhaben, auf welchen Tatsachen das beruht, was etwas daran ändern würde.",
                rows=8,
            ),
            _days_field(_HEARING_DAYS),
        ),
        do=do,
        done="Die Anhörung ist eröffnet.",
        blame="text",
        possible=case.can.hear,
        why_not="In diesem Vorgang ist gerade keine Anhörung möglich.",
        needs=needs,
    )


def waiving(case: OfficeCase, who: str) -> Act:
    """Record why nobody is heard."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        cases.waive_hearing(
            actor, token, version=version, ground=_one(answers, "ausnahme"), text=_one(answers, "grund")
        )

    return Act(
        title="Ohne Anhörung weitermachen",
        button="Ausnahme festhalten",
        lead="Nur in diesen Fällen erlaubt das Gesetz, ohne Anhörung abzulehnen (§ 28 Abs. 2 und 3 VwVfG).",
        effects=(
            "Danach können Sie ablehnen. Abgelehnt ist damit noch nichts.",
            f"In der Akte steht, dass {who} die Ausnahme festgehalten hat, und warum.",
        ),
        fields=(
            Field(
                "ausnahme",
                "radio",
                "Welche Ausnahme",
                choices=tuple(Choice(key, said) for key, said in case.waivers.items()),
            ),
            Field("grund", "text", "Warum sie hier vorliegt", "Steht in der Akte, mit Ihrem Namen."),
        ),
        do=do,
        done="Die Ausnahme ist festgehalten. Jetzt können Sie ablehnen.",
        blame="grund",
        possible=case.can.hear,
        why_not="In diesem Vorgang ist gerade keine Anhörung nötig oder möglich.",
        needs=_missing(ausnahme="Wählen Sie die Ausnahme.", grund="Schreiben Sie, warum das hier so ist."),
    )


def asking(case: OfficeCase, who: str) -> Act:
    """Ask for all that is missing, at once."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        questions = [_one(answers, f"frage-{number}") for number in (1, 2, 3)]
        cases.ask(actor, token, [one for one in questions if one.strip()], _days(answers), version=version)

    def needs(answers: Answers) -> dict[str, str]:
        return {**_missing(**{"frage-1": "Schreiben Sie Ihre Frage."})(answers), **_check_days(answers)}

    return Act(
        title="Nachfragen",
        button="Frage senden",
        lead="Fragen Sie alles auf einmal, was fehlt. Verraten Sie nichts über andere Personen im Register.",
        effects=(
            _SEEN_BY_THEM,
            "Bis sie antwortet, ruht der Vorgang. Wer nicht antwortet, wird deshalb nicht abgelehnt.",
            f"Die Frage trägt Ihren Namen ({who}).",
        ),
        fields=(
            Field("frage-1", "text", "Frage", case.hint, rows=3),
            Field("frage-2", "text", "Zweite Frage (wenn nötig)", rows=2),
            Field("frage-3", "text", "Dritte Frage (wenn nötig)", rows=2),
            _days_field(_HEARING_DAYS),
        ),
        do=do,
        done="Die Frage ist gesendet.",
        blame="frage-1",
        possible=case.can.ask,
        why_not="In diesem Vorgang können Sie gerade nicht nachfragen.",
        needs=needs,
    )


def entering(case: OfficeCase, who: str) -> Act:
    """What came by post, at the counter or by telephone, to the question that is open."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        cases.enter_answer(
            actor, token, version=version, text=_one(answers, "antwort"), channel=_one(answers, "weg")
        )

    return Act(
        title="Antwort eintragen",
        button="Antwort eintragen",
        lead="Die Person hat nicht im Portal geantwortet. Schreiben Sie, was sie gesagt oder geschickt hat.",
        effects=(
            "Die Frage ist damit beantwortet. Der Vorgang liegt wieder beim Amt.",
            f"Die Person sieht im Portal, was eingetragen ist und dass {who} es eingetragen hat.",
        ),
        fields=(
            Field(
                "weg",
                "radio",
                "Die Antwort kam",
                choices=tuple(Choice(key, said) for key, said in case.answer_channels.items()),
            ),
            Field("antwort", "text", "Antwort", "In den Worten der Person, ohne eigene Wertung.", rows=8),
        ),
        do=do,
        done="Die Antwort ist eingetragen.",
        blame="antwort",
        possible=case.can.enter_answer,
        why_not="In diesem Vorgang ist gerade keine Frage offen.",
        needs=_missing(
            weg="Wählen Sie, auf welchem Weg die Antwort kam.", antwort="Schreiben Sie die Antwort."
        ),
    )


_CHANNELS = (
    Choice(cases.Channel.POST.value, "mit der Post"),
    Choice(cases.Channel.COUNTER.value, "im Amt übergeben"),
)


def missing_it(case: OfficeCase, who: str) -> Act:
    """A notification that did not take effect: another way is needed."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        cases.report_failure(actor, token, cases.Channel(_one(answers, "weg")), _one(answers, "grund"))

    return Act(
        title="Nicht zugegangen",
        button="Als nicht zugegangen vermerken",
        effects=(
            "Der Vorgang kommt zurück zum Amt. Er braucht dann einen anderen Weg.",
            "Was im Portal liegt, bleibt dort lesbar.",
        ),
        fields=(
            Field(
                "weg",
                "radio",
                "Welcher Weg nicht geklappt hat",
                choices=(Choice(cases.Channel.PORTAL.value, "Portal, nicht abgerufen"), *_CHANNELS),
            ),
            Field("grund", "text", "Woran Sie das erkennen", "Steht in der Akte, mit Ihrem Namen.", rows=3),
        ),
        do=do,
        done="Vermerkt. Suchen Sie jetzt einen anderen Weg.",
        blame="grund",
        possible=case.can.report_failure,
        why_not="In diesem Vorgang ist nichts bekannt gegeben.",
        needs=_missing(weg="Wählen Sie den Weg.", grund="Schreiben Sie, woran Sie das erkennen."),
    )


def delivered(case: OfficeCase, who: str) -> Act:
    """The documents reached the person by another way; then the case is closed."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        cases.report_effect(actor, token, cases.Channel(_one(answers, "weg")))

    return Act(
        title="Auf anderem Weg zugestellt",
        button="Als zugestellt vermerken",
        effects=(
            f"In der Akte steht, dass {who} die Zustellung vermerkt hat. Der Vorgang ist dann abgeschlossen.",
        ),
        fields=(Field("weg", "radio", "Die Person hat es bekommen", choices=_CHANNELS),),
        do=do,
        done="Vermerkt. Der Vorgang ist abgeschlossen.",
        blame="weg",
        possible=case.can.report_effect,
        why_not="In diesem Vorgang wird gerade kein anderer Weg gesucht.",
        needs=_missing(weg="Wählen Sie den Weg."),
    )


def writing(case: OfficeCase, who: str) -> Act:
    """A message beside the procedure."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        key = _one(answers, "kennung")
        try:
            cases.send_message(actor, token, _one(answers, "nachricht"), key if is_token(key) else "")
        except cases.MessageKeyReused:
            # The back button after sending, and another text: that is a new message.
            cases.send_message(actor, token, _one(answers, "nachricht"))

    return Act(
        title="Nachricht schreiben",
        button="Nachricht senden",
        effects=(
            "Die Person liest die Nachricht im Portal. Am Stand des Vorgangs ändert sich nichts.",
            f"Die Nachricht trägt Ihren Namen ({who}).",
        ),
        fields=(
            Field("nachricht", "text", "Nachricht", rows=5),
            Field("kennung", "hidden", values=(new_token(),)),
        ),
        do=do,
        done="Die Nachricht ist gesendet.",
        blame="nachricht",
        needs=_missing(nachricht="Schreiben Sie etwas."),
    )


def giving_back(case: OfficeCase, who: str) -> Act:
    """Let the program look once more."""

    def do(actor: Actor, token: str, version: int, answers: Answers) -> None:
        cases.give_back(actor, token, version=version)

    return Act(
        title="Programm noch einmal nachsehen lassen",
        button="Dem Programm zurückgeben",
        lead="Das Programm fragt die Register neu und wendet die Regeln an. "
        "Kommt es nicht weiter, ist der Vorgang gleich wieder hier.",
        effects=(
            "Ist jetzt alles eindeutig, kann das Programm sofort entscheiden. Ablehnen kann es nie.",
            f"In der Akte steht, dass {who} den Vorgang zurückgegeben hat.",
        ),
        fields=(),
        do=do,
        done="Das Programm sieht noch einmal nach.",
        possible=case.can.give_back,
        why_not="Diesen Vorgang hat gerade nicht das Amt.",
    )


ACTS: Mapping[str, Callable[[OfficeCase, str], Act]] = {
    "ausstellen": granting,
    "ablehnen": refusing,
    "anhoeren": hearing,
    "ohne-anhoerung": waiving,
    "nachfragen": asking,
    "antwort-eintragen": entering,
    "nicht-zugegangen": missing_it,
    "zugestellt": delivered,
    "nachricht": writing,
    "zurueckgeben": giving_back,
}
