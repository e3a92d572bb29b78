# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every rule of a decision as a sentence, in all three forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.catalog.bundle import from_folder
from amtlich.contexts.catalog.reading import build_package
from amtlich.contexts.catalog.source import read_source
from amtlich.faces.portal import decision_page
from amtlich.faces.portal.language import use

SERVICE = Path(__file__).parents[4] / "services" / "meldebescheinigung"
DAY = date(2026, 11, 25)


@pytest.fixture(scope="module")
def package() -> catalog.Package:
    source, findings = read_source(from_folder(SERVICE))
    assert source is not None, findings
    return build_package(source, Path())


def test_a_rule_is_a_sentence(package: catalog.Package) -> None:
    (table,) = decision_page.tables(catalog.explained(package, DAY))
    assert table.title == "Alle Regeln als Tabelle"
    assert table.rules[0].sentence == (
        "Wenn Sicherheit der Anmeldung: ohne Anmeldung oder niedrig. "
        "Dann Ergebnis: Eine Person im Bürgeramt entscheidet; Gebühr: noch offen."
    )
    issued = next(rule for rule in table.rules if "stellt die Bescheinigung sofort aus" in rule.sentence)
    assert len(issued.conditions) == 5
    assert "Gebühr: kostenlos." in issued.sentence
    assert issued.reason.startswith("Sie haben sich sicher angemeldet.")
    assert issued.norm == "BMG §\u00a018 Abs. 1 und 3"


def test_the_same_in_english(package: catalog.Package) -> None:
    with use("en"):
        (table,) = decision_page.tables(catalog.explained(package, DAY))
        service = decision_page.service(package)
    assert table.rules[0].sentence == (
        "If How securely you signed in (Vertrauensniveau): not signed in or low. "
        "Then Outcome: A person at the citizens' office (Bürgeramt) decides; Fee: still open."
    )
    assert service.office == "Citizens' office (Bürgeramt)"


def test_leichte_sprache_says_what_must_be_and_what_then_is(package: catalog.Package) -> None:
    with use("leicht"):
        (table,) = decision_page.tables(catalog.explained(package, DAY))
    rule = table.rules[5]
    assert [(part.name, part.shown) for part in rule.conditions][2] == (
        "Wie viele Menschen passen zu Ihren Angaben?",
        "mehr als 1",
    )
    assert rule.results[0].shown == "Ein Mensch im Bürger·amt entscheidet."
    assert rule.reason.splitlines()[0] == "Ein Mensch im Bürger·amt prüft Ihren Antrag."
