# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every sentence the engine says, in English for logs and in German for people.

One catalogue for load errors, analysis findings and the reasons of a null, so that the two
languages cannot drift apart. A sentence says what is wrong and, where it can, what to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Word:
    """A term that has a name of its own in each language, e.g. a FEEL type."""

    en: str
    de: str


KINDS: Final[Mapping[str, Word]] = {
    "null": Word("null", "kein Wert (null)"),
    "number": Word("number", "Zahl"),
    "string": Word("string", "Text"),
    "boolean": Word("boolean", "Wahrheitswert"),
    "date": Word("date", "Datum"),
    "time": Word("time", "Uhrzeit"),
    "date and time": Word("date and time", "Zeitpunkt"),
    "days and time duration": Word("days and time duration", "Dauer in Tagen und Stunden"),
    "years and months duration": Word("years and months duration", "Dauer in Jahren und Monaten"),
    "list": Word("list", "Liste"),
    "context": Word("context", "Datensatz"),
    "range": Word("range", "Bereich"),
    "function": Word("function", "Funktion"),
    "Any": Word("any value", "beliebiger Wert"),
}

# code: (English, German). Fields in braces are filled by the caller.
MESSAGES: Final[Mapping[str, tuple[str, str]]] = {
    # --- reading the file
    "too_large": (
        "the file has {size} bytes, at most {limit} are read; split the model",
        "Die Datei hat {size} Bytes, gelesen werden höchstens {limit}. Teilen Sie das Modell auf.",
    ),
    "not_xml": ("not well-formed XML: {detail}", "Kein wohlgeformtes XML: {detail}"),
    "doctype": (
        "a document type declaration is refused; remove <!DOCTYPE ...>",
        "Eine Dokumenttyp-Deklaration wird nicht angenommen. Entfernen Sie <!DOCTYPE ...>.",
    ),
    "too_deep": (
        "nested more than {limit} levels deep; simplify",
        "Mehr als {limit} Ebenen tief verschachtelt. Bitte vereinfachen.",
    ),
    "not_dmn": (
        "the root element is {found}; expected <definitions> of DMN 1.2 to 1.5",
        "Das Wurzelelement ist {found}; erwartet wird <definitions> aus DMN 1.2 bis 1.5.",
    ),
    "not_supported": (
        "{what} is not supported by this engine; {remedy}",
        "{what} wird von dieser Regelmaschine nicht unterstützt; {remedy}",
    ),
    "missing_attribute": (
        "<{tag}> lacks the attribute {attribute}",
        "Bei <{tag}> fehlt das Attribut {attribute}.",
    ),
    "missing_child": ("<{tag}> lacks <{child}>", "In <{tag}> fehlt <{child}>."),
    "bad_href": (
        "the reference {href} points to nothing in this file",
        "Der Verweis {href} führt in dieser Datei ins Leere.",
    ),
    "duplicate_name": (
        "the name {name} is used twice; names of inputs, decisions and functions must differ",
        "Der Name {name} kommt zweimal vor. Jede Eingabe, Entscheidung und Funktion braucht ihren eigenen.",
    ),
    "duplicate_id": ("the id {id} is used twice", "Die Kennung {id} kommt zweimal vor."),
    "unknown_import": (
        "no file at hand declares the namespace {namespace}; add the imported model",
        "Keine der Dateien hat den Namensraum {namespace}. Legen Sie das eingebundene Modell dazu.",
    ),
    "cycle": (
        "the decisions depend on each other in a circle: {path}",
        "Die Entscheidungen hängen im Kreis voneinander ab: {path}",
    ),
    "unknown_type": (
        "the type {name} is neither built in nor defined in this file",
        "Der Typ {name} ist weder eingebaut noch in dieser Datei festgelegt.",
    ),
    "bad_hit_policy": (
        "unknown hit policy {name}; expected one of {expected}",
        "Unbekannte Trefferregel {name}; erwartet wird eine von {expected}.",
    ),
    "cell_count": (
        "rule {rule} has {found} {what}, the table has {expected} columns for them",
        "Regel {rule} hat {found} {what}, die Tabelle hat dafür {expected} Spalten.",
    ),
    "output_name": (
        "output column {index} has no name; with several outputs each needs one",
        "Ausgabespalte {index} hat keinen Namen. Bei mehreren Ausgaben braucht jede einen.",
    ),
    "needs_values": (
        "hit policy {name} needs <outputValues> in priority order",
        "Die Trefferregel {name} braucht <outputValues> in der Reihenfolge ihres Vorrangs.",
    ),
    "one_output": (
        "aggregation {name} needs a table with exactly one output",
        "Die Zusammenfassung {name} verlangt genau eine Ausgabespalte.",
    ),
    "unknown_decision": (
        "there is no decision {name}; known: {known}",
        "Es gibt keine Entscheidung {name}; bekannt sind: {known}",
    ),
    # --- reading FEEL
    "bad_character": (
        "the character {character} has no meaning here",
        "Das Zeichen {character} hat hier keine Bedeutung.",
    ),
    "huge_number": (
        "the number {text} is too large or too small",
        "Die Zahl {text} ist zu groß oder zu klein.",
    ),
    "open_string": (
        'the string that starts here is not closed; expected "',
        'Der hier beginnende Text ist nicht geschlossen; es fehlt ".',
    ),
    "open_comment": (
        "the comment that starts here is not closed; expected */",
        "Der hier beginnende Kommentar ist nicht geschlossen; es fehlt */.",
    ),
    "bad_escape": (
        "unknown escape {escape} in a string; write \\\\ for a backslash",
        "Unbekannte Zeichenfolge {escape} im Text; einen Rückstrich schreibt man \\\\.",
    ),
    "expected": ("expected {expected}, found {found}", "Erwartet: {expected}; gefunden: {found}"),
    "unknown_name": (
        "the name {name} is not known here{hint}",
        "Der Name {name} ist hier nicht bekannt{hint}",
    ),
    "unknown_component": (
        "{of} has no component {name}{hint}",
        "{of} hat keinen Bestandteil {name}{hint}",
    ),
    "long_expression": (
        "the expression has {size} characters, at most {limit} are read",
        "Der Ausdruck hat {size} Zeichen, gelesen werden höchstens {limit}.",
    ),
    # --- reasons of a null
    "missing_input": ("{name} is missing", "{name} fehlt."),
    "wrong_type": (
        "{name} must be {expected} but is {found}",
        "{name}: erwartet ist {expected}, angegeben ist {found}.",
    ),
    "missing_component": (
        "{name} lacks {component}, or it has the wrong type",
        "Bei {name} fehlt {component} oder hat die falsche Art.",
    ),
    "not_allowed": (
        "{name} has the value {value}, which is not among the allowed values",
        "{name} hat den Wert {value}; er gehört nicht zu den erlaubten Werten.",
    ),
    "compare": (
        "{left} and {right} cannot be compared",
        "{left} und {right} lassen sich nicht vergleichen.",
    ),
    "compare_null": (
        "a comparison with a missing value has no result",
        "Ein Vergleich mit einem fehlenden Wert hat kein Ergebnis.",
    ),
    "compare_zone": (
        "a time with a zone and one without cannot be compared",
        "Eine Zeit mit Zeitzone und eine ohne lassen sich nicht vergleichen.",
    ),
    "arithmetic": (
        "{left} {operator} {right} is not defined",
        "{left} {operator} {right} ist nicht erklärt.",
    ),
    "negate": ("- {operand} is not defined", "- {operand} ist nicht erklärt."),
    "out_of_range": (
        "the result is too large, too small or not a number",
        "Das Ergebnis ist zu groß, zu klein oder keine Zahl.",
    ),
    "divide_by_zero": ("division by zero", "Division durch null."),
    "not_boolean": (
        "{operator} needs true or false but got {found}",
        "{operator} braucht wahr oder falsch, hat aber {found}.",
    ),
    "not_list": ("{what} needs a list but got {found}", "{what} braucht eine Liste, hat aber {found}."),
    "no_member": ("{found} has no component {name}", "{found} hat keinen Bestandteil {name}."),
    "filter_index": (
        "the list has no element number {index}",
        "Die Liste hat kein Element mit der Nummer {index}.",
    ),
    "filter_value": (
        "a filter must give true, false or a whole number but gave {found}",
        "Ein Filter muss wahr, falsch oder eine ganze Zahl ergeben, ergab aber {found}.",
    ),
    "not_function": ("{name} is not a function", "{name} ist keine Funktion."),
    "argument_count": (
        "{name} was called with {found} arguments; it takes {expected}",
        "{name} wurde mit {found} Werten aufgerufen; verlangt sind {expected}.",
    ),
    "argument_name": (
        "{name} has no argument {argument}; it takes {expected}",
        "{name} kennt keinen Wert {argument}; verlangt sind {expected}.",
    ),
    "argument_type": (
        "{name}: argument {argument} must be {expected} but is {found}",
        "{name}: {argument} muss {expected} sein, ist aber {found}.",
    ),
    "argument_value": ("{name}: {detail_en}", "{name}: {detail_de}"),
    "not_a_date": (
        "{text} is no date of the calendar; expected a form like 2024-06-30",
        "{text} ist kein Datum des Kalenders; erwartet wird eine Form wie 2024-06-30.",
    ),
    "not_a_time": (
        "{text} is no time of day; expected a form like 14:30:00",
        "{text} ist keine Uhrzeit; erwartet wird eine Form wie 14:30:00.",
    ),
    "not_a_datetime": (
        "{text} is no date and time; expected a form like 2024-06-30T14:30:00",
        "{text} ist kein Zeitpunkt; erwartet wird eine Form wie 2024-06-30T14:30:00.",
    ),
    "not_a_duration": (
        "{text} is no duration; expected a form like P1Y2M or P10DT2H",
        "{text} ist keine Dauer; erwartet wird eine Form wie P1Y2M oder P10DT2H.",
    ),
    "not_temporal": (
        "{text} is no date, time, date and time or duration",
        "{text} ist weder Datum noch Uhrzeit, Zeitpunkt oder Dauer.",
    ),
    "not_a_number": ("{text} is no number", "{text} ist keine Zahl."),
    "range_ends": (
        "a range needs two ends of one kind, the smaller first",
        "Ein Bereich braucht zwei Enden gleicher Art, das kleinere zuerst.",
    ),
    "iteration_range": (
        "a loop from .. to needs whole numbers or dates",
        "Eine Schleife von .. bis braucht ganze Zahlen oder Tage.",
    ),
    "too_many_steps": (
        "more than {limit} steps; the evaluation was stopped",
        "Mehr als {limit} Schritte; die Auswertung wurde abgebrochen.",
    ),
    "recursion": (
        "functions call each other more than {limit} levels deep",
        "Funktionen rufen einander mehr als {limit} Ebenen tief auf.",
    ),
    # --- decision tables while they run
    "no_rule": ("no rule of the table applies", "Keine Regel der Tabelle trifft zu."),
    "several_rules": (
        "several rules apply ({rules}) though the table allows one only",
        "Mehrere Regeln treffen zu ({rules}), obwohl die Tabelle nur eine erlaubt.",
    ),
    "different_outputs": (
        "the rules {rules} apply together but give different results",
        "Die Regeln {rules} treffen gemeinsam zu, führen aber zu verschiedenen Ergebnissen.",
    ),
    "aggregate": (
        "{name} cannot be formed over these results",
        "{name} lässt sich über diese Ergebnisse nicht bilden.",
    ),
    # --- analysis
    "gap": (
        "no rule covers {example}; add a rule or a default output",
        "Keine Regel deckt {example} ab. Ergänzen Sie eine Regel oder eine Standardausgabe.",
    ),
    "overlap_unique": (
        "rules {rules} both apply to {example}, but hit policy UNIQUE allows one; narrow one of them",
        "Die Regeln {rules} treffen beide auf {example} zu, UNIQUE erlaubt nur eine. Grenzen Sie eine ein.",
    ),
    "overlap_any": (
        "rules {rules} both apply to {example} with different outputs, which hit policy ANY forbids; "
        "make the outputs equal or narrow one",
        "Die Regeln {rules} treffen beide auf {example} zu und haben verschiedene Ausgaben; "
        "ANY verbietet das. "
        "Gleichen Sie die Ausgaben an oder grenzen Sie eine Regel ein.",
    ),
    "unreachable_cell": (
        "rule {rule} can never apply: no value of {input} meets its cell {cell}",
        "Regel {rule} kann nie zutreffen: Kein Wert von {input} erfüllt die Zelle {cell}.",
    ),
    "unreachable_masked": (
        "rule {rule} can never apply: the rules before it ({rules}) cover all its cases; remove or move it",
        "Regel {rule} kann nie zutreffen: Die Regeln davor ({rules}) decken alle ihre Fälle ab. "
        "Löschen oder verschieben Sie sie.",
    ),
    "not_analysed_cell": (
        "cell {cell} of rule {rule} compares {input} with something known only at run time; "
        "gaps and overlaps that depend on it are not proved absent",
        "Die Zelle {cell} der Regel {rule} vergleicht {input} mit etwas, das erst zur Laufzeit feststeht. "
        "Lücken und Überschneidungen, die davon abhängen, sind nicht ausgeschlossen.",
    ),
    "not_analysed_input": (
        "the columns {input} depend on the same data ({names}) and are looked at as if independent; "
        "a gap or overlap named for this table may be impossible in fact",
        "Die Spalten {input} hängen von denselben Angaben ab ({names}), "
        "werden aber wie unabhängige betrachtet. "
        "Eine gemeldete Lücke oder Überschneidung dieser Tabelle kann tatsächlich unmöglich sein.",
    ),
    "not_analysed_size": (
        "the table is too large to be analysed wholly (more than {limit} steps); split it",
        "Die Tabelle ist zu groß für eine vollständige Prüfung "
        "(mehr als {limit} Schritte). Teilen Sie sie auf.",
    ),
    "more_findings": (
        "{count} more findings of this kind on this table are not listed",
        "{count} weitere Befunde dieser Art zu dieser Tabelle sind nicht aufgeführt.",
    ),
}


def sentence(code: str, values: Mapping[str, object]) -> tuple[str, str]:
    """The sentence of `code` as (English, German), its fields filled from `values`."""
    english, german = MESSAGES[code]
    return (
        english.format(
            **{key: value.en if isinstance(value, Word) else value for key, value in values.items()}
        ),
        german.format(
            **{key: value.de if isinstance(value, Word) else value for key, value in values.items()}
        ),
    )
