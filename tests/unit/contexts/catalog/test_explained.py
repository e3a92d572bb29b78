# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The decision of any package in words of three forms: every kind of cell, and nothing is left out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.unit.contexts.catalog.small_package import FILES, changed

from amtlich.contexts.catalog.bundle import Bundle, from_folder
from amtlich.contexts.catalog.cell_words import Shown
from amtlich.contexts.catalog.explained import Explained, explained, needed_terms
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.reading import build_package
from amtlich.contexts.catalog.source import read_source
from amtlich.engines.forms import LANGUAGES
from amtlich.faces.portal.language import said, use

SERVICES = Path(__file__).parents[4] / "services"
DAY = date(2026, 11, 25)


def package(files: Mapping[str, str] = FILES) -> Package:
    source, findings = read_source(Bundle({name: text.encode() for name, text in files.items()}))
    assert source is not None, findings
    return build_package(source, Path())


def certificate() -> Package:
    source, findings = read_source(from_folder(SERVICES / "meldebescheinigung"))
    assert source is not None, findings
    return build_package(source, Path())


def in_forms(shown: Shown) -> tuple[str, ...]:
    texts = []
    for language in LANGUAGES:
        with use(language):
            texts.append(str(said(shown)))
    return tuple(texts)


def cell_of(feel: str, column: int = 0) -> Shown:
    found = explained(package(changed("decision.dmn", "<text>not(1)</text>", f"<text>{feel}</text>")), DAY)
    return found.tables[0].rules[1].conditions[column].shown


@pytest.mark.parametrize(
    ("feel", "de", "leicht", "en"),
    [
        ("-", "egal", "egal", "does not matter"),
        ("1", "1", "1", "1"),
        ("1500.5", "1.500,5", "1.500,5", "1,500.5"),
        ("-3", "-3", "-3", "-3"),
        ("null", "nicht bekannt", "Das wissen wir nicht.", "not known"),
        ("not(1)", "nicht 1", "nicht: 1", "not 1"),
        ("not(null)", "bekannt", "Das wissen wir.", "known"),
        ("1,2", "1 oder 2", "1 oder 2", "1 or 2"),
        ("1,2,3", "1, 2 oder 3", "1, 2 oder 3", "1, 2 or 3"),
        ("[1,2,3]", "1, 2 oder 3", "1, 2 oder 3", "1, 2 or 3"),
        ("&lt; 1", "weniger als 1", "weniger als 1", "less than 1"),
        ("&lt;= 1", "höchstens 1", "nicht mehr als 1", "at most 1"),
        ("&gt; 1", "mehr als 1", "mehr als 1", "more than 1"),
        ("&gt;= 1", "mindestens 1", "1 oder mehr", "at least 1"),
        ("[1..3]", "von 1 bis 3", "von 1 bis 3", "from 1 to 3"),
        (
            "(1..3]",
            "mehr als 1 und höchstens 3",
            "mehr als 1 und nicht mehr als 3",
            "more than 1 and at most 3",
        ),
        (
            "[1..3), null",
            "mindestens 1 und weniger als 3 oder nicht bekannt",
            "1 oder mehr und weniger als 3 oder Das wissen wir nicht.",
            "at least 1 and less than 3 or not known",
        ),
        (
            "&lt; Gebühr",
            "weniger als Gebühr, zurzeit 8,50 Euro",
            "weniger als Gebühr, zurzeit 8,50 Euro",
            "less than Gebühr, currently 8.50 Euro",
        ),
        (
            "? * 2 &gt; 3",
            "wie die Formel sagt: ? * 2 > 3",
            "Das sagt eine Rechnung: ? * 2 > 3",
            "as the formula says: ? * 2 > 3",
        ),
    ],
)
def test_a_cell_in_words(feel: str, de: str, leicht: str, en: str) -> None:
    assert in_forms(cell_of(feel)) == (de, leicht, en)


@pytest.mark.parametrize(
    ("feel", "de", "en"),
    [
        ('date("2026-11-25")', "25. November 2026", "25 November 2026"),
        ('&lt; date("2026-11-25")', "vor dem 25. November 2026", "before 25 November 2026"),
        ('&gt;= @"2026-11-25"', "ab dem 25. November 2026", "from 25 November 2026 on"),
        ('&lt;= @"P2Y"', "höchstens 2 Jahre", "at most 2 years"),
        ('&gt; duration("P1D")', "mehr als 1 Tag", "more than 1 day"),
        ('@"P18M"', "18 Monate", "18 months"),
    ],
)
def test_time_in_words(feel: str, de: str, en: str) -> None:
    files = changed("decision.dmn", 'name="Treffer" typeRef="number"', 'name="Treffer"')
    files["decision.dmn"] = (
        files["decision.dmn"].replace(' typeRef="number"><text>Treffer', "><text>Treffer")
    ).replace("<text>not(1)</text>", f"<text>{feel}</text>")
    shown = explained(package(files), DAY).tables[0].rules[1].conditions[0].shown
    assert (in_forms(shown)[0], in_forms(shown)[2]) == (de, en)


def test_words_of_the_package_go_before_ours() -> None:
    files = changed(
        "texts.yaml",
        '  Sperre: {name: {de: "Sperre", leicht: "Sperre", en: "Sperre"}}',
        "  Sperre: {name: {de: Sperre, leicht: Sperre, en: Block}, "
        "values: {'true': {de: gesperrt, leicht: zu, en: blocked}}}",
    )
    rule = explained(package(files), DAY).tables[0].rules[3]
    assert in_forms(rule.conditions[2].shown) == (
        "nicht bekannt oder gesperrt",
        "Das wissen wir nicht. oder zu",
        "not known or blocked",
    )
    assert rule.conditions[2].name["en"] == "Block"


def test_a_rule_tells_what_follows_by_which_law_and_who_decides() -> None:
    found = explained(package(), DAY)
    (table,) = found.tables
    assert [column["de"] for column in table.columns] == ["Passende Einträge", "Eigene Angaben", "Sperre"]
    assert [column["de"] for column in table.results] == ["Ergebnis", "Gebühr für Sie"]
    one = table.rules[0]
    assert (one.kind, one.norm, one.reason) == (
        "issue",
        "BGB § 965",
        {"de": "Gefunden.", "leicht": "Gefunden.", "en": "Found."},
    )
    assert in_forms(one.results[1].shown)[0] == "Gebühr, zurzeit 8,50 Euro"
    assert [cell.matters for cell in table.rules[1].conditions] == [True, False, False]


def test_parameters_are_shown_with_all_their_dates_the_newest_first() -> None:
    (fee,) = explained(package(), DAY).parameters
    assert [(value.valid_from.year, value.source, value.now) for value in fee.values] == [
        (2026, "Satzung 2026", True),
        (2020, "Satzung 2020", False),
    ]
    assert fee.values[0].amount["en"] == "8.50 Euro"
    (before,) = explained(package(), date(2025, 1, 1)).parameters
    assert [value.now for value in before.values] == [False, True]


def _texts(found: Explained) -> list[Shown]:
    cells = [
        cell for table in found.tables for rule in table.rules for cell in (*rule.conditions, *rule.results)
    ]
    return [cell.name for cell in cells] + [cell.shown for cell in cells]


def test_the_certificate_is_explained_whole_and_in_all_forms() -> None:
    of = certificate()
    found = explained(of, DAY)
    (table,) = found.tables
    assert len(table.rules) == len(of.model.decisions[of.decision].tables[0].rules)
    assert all(rule.reason and rule.norm and rule.kind for rule in table.rules)
    for shown in _texts(found):
        german, easy, english = in_forms(shown)
        assert german
        assert easy
        assert english
        assert "Formel" not in german
    assert in_forms(table.rules[5].conditions[2].shown) == ("mehr als 1", "mehr als 1", "more than 1")
    assert set(of.terms) == set(needed_terms(of))


def test_tables_that_prepare_the_decision_are_explained_after_it() -> None:
    prepared = FILES["decision.dmn"].replace(
        '<decision id="entscheidung"',
        """<decision id="stufe" name="Stufe"><variable id="v9" name="Stufe" typeRef="string"/>
    <informationRequirement id="i9"><requiredInput href="#treffer"/></informationRequirement>
    <decisionTable id="stufentabelle" hitPolicy="UNIQUE">
      <input id="s9"><inputExpression id="e9" typeRef="number"><text>Treffer</text></inputExpression></input>
      <output id="o9" typeRef="string"/>
      <annotation name="Norm"/>
      <rule id="viele"><inputEntry><text>&gt; 1</text></inputEntry>
        <outputEntry><text>"viele"</text></outputEntry><annotationEntry><text>BGB § 1</text></annotationEntry>
      </rule>
    </decisionTable>
  </decision>
  <decision id="entscheidung\"""",
    )
    of = package({**FILES, "decision.dmn": prepared})
    found = explained(of, DAY)
    assert [table.id for table in found.tables] == ["tabelle", "stufentabelle"]
    assert found.tables[1].title == dict.fromkeys(LANGUAGES, "Stufe")
    assert found.tables[1].rules[0].reason is None
    assert needed_terms(of)["Stufe"].required == {"viele"}


def test_a_package_that_was_stored_before_these_texts_existed_stays_readable() -> None:
    """What a digest names is readable for ever: only the gate asks for the new texts."""
    files = dict(FILES)
    files["texts.yaml"] = files["texts.yaml"][: files["texts.yaml"].index("ready:")]
    for file, old, new in (
        ("service.yaml", 'role: {de: "Anzeige", leicht: "Anzeige", en: "Anzeige"}', "role: Anzeige"),
        ("parameters.yaml", 'unit: {de: "Euro", leicht: "Euro", en: "Euro"}', "unit: Euro"),
    ):
        assert old in files[file]
        files[file] = files[file].replace(old, new)
    of = package(files)
    assert of.ready["de"] == "Ihr Dokument ist da: Fundschein."
    assert of.legal_basis[0].role == dict.fromkeys(LANGUAGES, "Anzeige")
    (table,) = explained(of, DAY).tables
    assert table.columns[0]["en"] == "Treffer"
