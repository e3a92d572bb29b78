# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The pages before an application: by language, with real durations, and what is said of what is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.html import strip_tags
from tests.integration.contexts.cases.test_durations import case_of

from amtlich.contexts.cases import durations
from amtlich.contexts.catalog import api as catalog

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
SERVICES = Path(__file__).parents[4] / "services"
SERVICE = "/leistungen/meldebescheinigung/"
DECISION = f"{SERVICE}entscheidung/"


@pytest.fixture
def listed(office):
    """Musterstadt lists its services."""
    catalog.publish_directory(SERVICES / "verzeichnis" / "musterstadt", office.id, by="test")
    return office


def words(answer) -> str:
    return " ".join(strip_tags(answer.text).split())


@pytest.mark.parametrize(
    ("form", "lang", "heading", "service"),
    [
        ("de", "de", "Was möchten Sie erledigen?", "Meldebescheinigung"),
        ("leicht", "de", "Was brauchen Sie?", "Melde·bescheinigung"),
        ("en", "en", "What would you like to do?", "Registration certificate (Meldebescheinigung)"),
    ],
)
def test_every_page_speaks_the_form_that_was_chosen(browser, listed, form, lang, heading, service):
    start = browser.get(f"/?sprache={form}")
    assert f'<html lang="{lang}">' in start.text
    assert heading in words(start)
    for path in ("/leistungen/", "/leistungen/?lebenslage=wohnen-und-umzug", SERVICE, DECISION):
        page = browser.get(path)
        assert page.status_code == 200
        assert service in words(page)
    listed_only = words(browser.get("/leistungen/wohnsitz-anmelden/"))
    assert {
        "de": "Personalausweis oder Reisepass aller Personen, die einziehen",
        "leicht": "Ihr Ausweis oder Ihr Pass",
        "en": "identity card or passport of everybody who moves in",
    }[form] in listed_only


def test_the_search_speaks_the_language_of_the_page(browser, listed):
    assert "Gefunden über: „Hundesteuer“" in words(browser.get("/leistungen/?suche=hundesteuern"))
    browser.get("/?sprache=en")
    page = words(browser.get("/leistungen/?suche=proof+of+address"))
    assert "Registration certificate" in page
    assert "Registering a dog" in words(browser.get("/leistungen/?suche=hundesteuern"))
    nothing = words(browser.get("/leistungen/?suche=xyzzy"))
    for help_ in ("Nothing found for “xyzzy”", "Try another word", "All services from A to Z", listed.phone):
        assert help_ in nothing


def test_a_life_situation_that_nobody_knows_is_not_found(browser, listed):
    assert browser.get("/leistungen/?lebenslage=gibt-es-nicht").status_code == 404
    assert browser.get("/leistungen/?lebenslage=%00").status_code == 400


def test_real_durations_are_shown_from_the_fifth_case_on(browser, listed):
    durations.forget()
    for _ in range(4):
        case_of(listed, took=4)
    before = browser.get(SERVICE)
    assert "am-range" not in before.text
    assert "Wie lange es dauert" in words(before)
    case_of(listed, took=4)
    case_of(listed, took=None)
    durations.forget()
    page = browser.get(SERVICE)
    assert "Wie lange es wirklich dauert" in words(page)
    assert "Die Hälfte aller Anträge war nach 4 Sekunden fertig." in words(page)
    assert "1 Antrag ist noch nicht fertig. Er wartet seit 1 Stunde." in words(page)
    assert 'class="am-range" role="img" aria-label="Skala von 0 bis' in page.text
    assert "meist 4 Sekunden" in words(page)


def test_the_decision_page_shows_every_rule_with_its_norm_and_what_people_read(browser, listed):
    page = browser.get(DECISION)
    package = catalog.current(listed.id, "meldebescheinigung")
    rules = package.model.decisions[package.decision].tables[0].rules
    assert page.text.count('role="rowheader" scope="row"') == len(rules) + 1
    assert page.text.count('scope="col"') == 5 + 2 + 2 + 4
    shown = words(page)
    for text in (
        "mehr als 1",
        "BMG § 51".replace("§ ", "§\u00a0"),
        "Gebühr auf Papier, zurzeit 8 Euro",
        "1. Mai 2022, gilt heute",
        "Gebührensatzung der Demonstrationsstadt, Anlage 1 (Beispielwert)",
    ):
        assert " ".join(text.split()) in shown, text
    assert f'href="{SERVICE}"' in page.text
    assert browser.get("/leistungen/wohnsitz-anmelden/entscheidung/").status_code == 404


def test_what_was_offered_before_is_gone_and_what_never_was_is_unknown(browser, listed):
    unknown = browser.get("/leistungen/gibt-es-nicht/")
    assert unknown.status_code == 404
    replaced = browser.get("/leistungen/kinderreisepass/")
    assert replaced.status_code == 410
    assert 'href="/leistungen/reisepass/"' in replaced.text
    assert "Diese Leistung gibt es hier nicht mehr" in words(replaced)
    catalog.withdraw("meldebescheinigung", authority_id=listed.id, by="test", reason="Satzung fehlt")
    for path in (SERVICE, DECISION, f"{SERVICE}beantragen/"):
        gone = browser.get(path)
        assert gone.status_code == 410, path
        assert "Es ist nichts verloren." in words(gone)
    browser.log_in("lena")
    browser.get("/")
    assert browser.post(f"{SERVICE}beantragen/", {}).status_code == 410
    assert (
        browser.client.get(
            "/api/v1/services/meldebescheinigung", headers={"accept": "application/json"}
        ).status_code
        == 404
    )


def test_drafts_are_offered_on_the_start_page(browser, listed):
    browser.log_in("lena")
    browser.get(f"{SERVICE}beantragen/")
    address = browser.post(f"{SERVICE}beantragen/", {})["Location"]
    page = browser.get("/")
    assert f'href="{address}"' in page.text
    assert "Noch nicht abgeschickt." in words(page)
    browser.get("/?sprache=leicht")
    assert "Das haben Sie noch nicht abgeschickt." in words(browser.get("/"))
