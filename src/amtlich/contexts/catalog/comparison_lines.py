# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A package laid out as named lines, chapter by chapter, so that two versions can be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from amtlich.contexts.catalog import cell_words
from amtlich.contexts.catalog.cell_words import Shown
from amtlich.contexts.catalog.explained import explained
from amtlich.contexts.catalog.package import Package
from amtlich.engines.forms import Field, Text
from amtlich.engines.rules.table import HitPolicy
from amtlich.kernel.words import date_in

Line = tuple[str, str]
Lines = Iterator[Line]

_FORMS = (("de", ""), ("leicht", " (Leichte Sprache)"), ("en", " (Englisch)"))
_SECTIONS = {
    "lead": "Einleitung",
    "time_needed": "Wie lange das Ausfüllen dauert",
    "contents": "Was im Dokument steht",
    "for_whom": "Für wen",
    "needs": "Was man braucht",
    "cost": "Kosten",
    "duration": "Dauer",
    "decided_how": "Wie entschieden wird",
    "decided_after": "Was sonst geschieht",
    "alternatives": "Andere Wege",
    "data_use": "Wofür Daten genutzt werden",
}


def law(package: Package, on: date) -> Lines:
    """What the service is, by which law, for which purposes, with which evidence."""
    yield from _said("Name", package.names)
    yield from _said("Zusammenfassung", package.summary)
    yield from _said("Lebenslage", package.category)
    yield "Zuständig für das Paket", package.owner
    yield from _said("Amt", package.office)
    yield "Stelle", package.unit
    yield "Geschäftszeichen beginnt mit", package.reference_prefix
    yield "Suchwörter", ", ".join(package.words)
    yield "Leistungsschlüssel", package.leika or ""
    for basis in package.legal_basis:
        yield f"Rechtsgrundlage {basis.ref}: in Kraft seit", date_in(basis.in_force, "de")
        yield from _said(f"Rechtsgrundlage {basis.ref}: wofür", basis.role)
    yield "Automatisch entschieden", package.automation.mode
    yield "Automatisch erlaubt durch", package.automation.full_allowed_by or ""
    yield "Ermessen", package.automation.discretion
    yield "Ablauf", package.lifecycle
    yield "Vertrauensniveau der Anmeldung", package.min_level.word_de
    yield "Entwürfe werden aufbewahrt", package.retention.draft.words_de
    yield "Vorgänge werden aufbewahrt", package.retention.closed.words_de
    yield "Zielzeit in Sekunden", "" if package.target is None else str(package.target)
    for purpose in package.purposes.values():
        yield from _said(f"Zweck „{purpose.id}“", purpose.text)
        yield f"Zweck „{purpose.id}“: Grundlage", purpose.basis
        yield f"Zweck „{purpose.id}“: Empfänger", ", ".join(one["de"] for one in purpose.recipients)
    for evidence in package.evidence:
        name = f"Nachweis „{evidence.id}“"
        yield f"{name}: Register", evidence.register
        yield f"{name}: Grundlage", evidence.legal_basis
        yield f"{name}: Zweck", evidence.purpose_id
        yield f"{name}: gefragt wird mit", _pairs(evidence.query)
        yield f"{name}: geholt wird", _pairs(evidence.field_purposes)
        if evidence.on_request is not None:
            asked = evidence.on_request
            yield f"{name}: nur auf Wunsch", f"{', '.join(asked.fields)} ({asked.legal_basis})"
            yield f"{name}: gewünscht in", asked.chosen_in
        yield f"{name}: sonst hilft", evidence.fallback


def rules(package: Package, on: date) -> Lines:
    """Every rule in words; conditions name the amounts in force on that day."""
    whole = explained(package, on)
    for table in whole.tables:
        title = table.title["de"] if table.title else "Entscheidung"
        for rule in table.rules:
            asked = "; ".join(f"{c.name['de']}: {_word(c.shown)}" for c in rule.conditions if c.matters)
            given = "; ".join(f"{c.name['de']}: {_word(c.shown)}" for c in rule.results)
            yield (
                f"{title}, Regel „{rule.id}“",
                f"Wenn {asked or 'nichts anderes greift'}. Dann {given}. Norm: {rule.norm or 'keine'}.",
            )
            if rule.reason is not None:
                yield f"{title}, Regel „{rule.id}“: Begründung", rule.reason["de"]
    for formula in whole.formulas:
        yield f"Formel „{formula.name['de']}“", formula.text
    model = package.model
    for name, one in model.decisions.items():
        for used in one.tables:
            yield f"Tabelle „{name}“: Auswertung", used.hit_policy.value
            if used.hit_policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
                yield f"Tabelle „{name}“: Reihenfolge", ", ".join(rule.id for rule in used.rules)
    for outcome, kind in package.outcomes.items():
        yield f"Ergebnis „{outcome}“", kind
    for name, origin in package.inputs.items():
        yield f"Eingabe „{name}“ kommt aus", f"{origin.kind}.{origin.ref}"


def parameters(package: Package, on: date) -> Lines:
    """Every dated value."""
    for name, series in package.series.items():
        yield f"{name}: Grundlage", series.basis
        unit = f" {series.unit['de']}" if series.unit is not None else ""
        for value in series.values:
            shown = cell_words.number(value.value)["de"]
            yield f"{name} ab {date_in(value.valid_from, 'de')}", f"{shown}{unit} ({value.source})"


def form(package: Package, on: date) -> Lines:
    """Every page, question and condition of the form."""
    asked = package.form
    yield "Seiten", ", ".join(step.title["de"] for step in asked.steps)
    for step in asked.steps:
        name = f"Seite „{step.id}“"
        yield from _said(f"{name}: Überschrift", step.title)
        yield from _said(f"{name}: Einleitung", step.lead)
        yield f"{name}: Fragen", ", ".join(field.id for field in step.fields)
    for field in asked.fields:
        yield from _field(field)
    for rule in asked.rules:
        what = "wird gezeigt" if rule.kind == "show" else "ist Pflicht"
        yield f"„{rule.target}“ {what}, wenn", rule.source


def texts(package: Package, on: date) -> Lines:
    """The page of the service, the reasons, and the words for the rules."""
    for section, lines in package.texts.items():
        said = {language: " ".join(sentences) for language, sentences in lines.items()}
        yield from _said(_SECTIONS.get(section, section), said)
    yield from _said("Satz, wenn das Dokument da ist", package.ready)
    for key, reason in package.reasons.items():
        yield f"Begründung „{key}“ (für das Amt)", package.office_reasons[key]
        yield from _said(f"Begründung „{key}“", reason)
    for key, term in package.terms.items():
        yield from _said(f"Wort „{key}“", term.name)
        for value, words in term.values.items():
            yield from _said(f"Wort „{key}“, Wert „{value}“", words)


def documents(package: Package, on: date) -> Lines:
    """Which documents come out; what their templates say stands in the files."""
    for notice in package.notices:
        name = f"Dokument „{notice.id}“"
        yield from _said(f"{name}: Titel", notice.title)
        yield f"{name}: bei Ergebnis", notice.outcome
        yield f"{name}: Vorlage", notice.template
        yield f"{name}: gesiegelt", _yes(notice.sealed)
        yield f"{name}: Sprache", notice.lang


def examples(package: Package, on: date) -> Lines:
    """The examples that the package tries itself with."""
    for one in package.scenarios:
        expected = f"Eingaben: {_pairs(one.inputs)}. Erwartet: {_pairs(one.outcome)}."
        yield f"Beispiel „{one.name}“", f"Am {date_in(one.on, 'de')}. {expected}"


CHAPTERS: tuple[tuple[str, Callable[[Package, date], Lines]], ...] = (
    ("Regeln", rules),
    ("Parameter", parameters),
    ("Formular", form),
    ("Texte", texts),
    ("Recht, Zwecke, Nachweise", law),
    ("Dokumente", documents),
    ("Beispiele", examples),
)


def _field(field: Field) -> Lines:
    name = f"Frage „{field.id}“"
    yield from _said(f"{name}: Beschriftung", field.label)
    yield from _said(f"{name}: Hinweis", field.hint)
    yield f"{name}: Pflicht", _yes(field.required)
    yield f"{name}: Art", f"{field.control}, {field.format}, höchstens {field.max_length} Zeichen"
    yield f"{name}: Anzahl", f"{field.min_items} bis {field.max_items}"
    yield f"{name}: Datum unvollständig, vergangen", f"{_yes(field.partial)}, {_yes(field.past)}"
    yield f"{name}: Zweck", field.purpose
    yield f"{name}: Angabe von", field.source
    yield f"{name}: vorausgefüllt aus", field.prefill or ""
    yield f"{name}: FIM-Datenfeld", _pairs(field.fim or {})
    if field.group is not None:
        yield from _said(f"{name}: Gruppe", field.group.label)
        yield from _said(f"{name}: Hinweis der Gruppe", field.group.hint)
    for option in field.options:
        yield from _said(f"{name}: Antwort „{option.value}“", option.label)
        yield from _said(f"{name}: Hinweis zur Antwort „{option.value}“", option.hint)
    for kind, message in field.errors.items():
        yield from _said(f"{name}: Fehler „{kind}“", message)


def _said(name: str, text: Text) -> Lines:
    """A text in its three forms; one that is not there is no line."""
    for language, suffix in _FORMS:
        if text.get(language):
            yield name + suffix, text[language]


def _word(shown: Shown) -> str:
    return shown["de"] if isinstance(shown, Mapping) else str(shown)


def _pairs(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {_plain(value)}" for name, value in values.items())


def _plain(value: Any) -> str:
    if value is None:
        return "nicht bekannt"
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, Mapping):
        return f"({_pairs(value)})"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return " und ".join(map(_plain, value)) or "nichts"
    return cell_words.number(value)["de"] if isinstance(value, Decimal) else str(value)


def _yes(value: bool) -> str:
    return "ja" if value else "nein"
