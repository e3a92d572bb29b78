# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A whole application as people do it: by keyboard, with mistakes, interrupted, twice."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor

_FOCUSED = """(() => {
  const element = document.activeElement;
  const label = element.labels && element.labels[0] ? element.labels[0].innerText : "";
  const name = label || element.getAttribute("aria-label") || element.innerText || "";
  return [element.tagName, element.type || "", name.trim()];
})()"""


def _tab_to(page: Page, name: str, role: str = "") -> None:
    """Press Tab until the thing with this accessible name has the focus; fail after a round."""
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(_FOCUSED)
        if focused[2].startswith(name) and (not role or role in focused[:2]):
            _assert_visible_focus(page)
            return
    pytest.fail(f"„{name}“ cannot be reached with Tab")


def _assert_visible_focus(page: Page) -> None:
    seen = page.evaluate(
        "(() => { const e = document.activeElement, s = getComputedStyle(e); "
        "return s.outlineStyle !== 'none' || s.boxShadow !== 'none'; })()"
    )
    assert seen, page.evaluate("document.activeElement.outerHTML")


def test_whole_application_by_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    visitor.go("/anmelden/")
    _tab_to(page, "Anmelden als Lena Marie Brückner")
    page.keyboard.press("Enter")
    page.wait_for_url(visitor.site + "/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Zum Inhalt springen"
    page.keyboard.press("Enter")
    _tab_to(page, "Alle Leistungen", "A")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leistungen/")
    _tab_to(page, "Meldebescheinigung", "A")
    page.keyboard.press("Enter")
    page.wait_for_url("**/leistungen/meldebescheinigung/")
    anew = page.get_by_role("button", name="Neu anfangen")
    _tab_to(page, "Neu anfangen" if anew.count() else "Jetzt beantragen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/umfang/")
    _tab_to(page, "Einfache Bescheinigung")
    page.keyboard.press("Space")
    _tab_to(page, "Elektronisch als PDF")
    page.keyboard.press("Space")
    _tab_to(page, "Weiter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/person/")
    _tab_to(page, "Alle Vornamen")
    page.keyboard.press("Control+A")
    page.keyboard.type("Lena Marie")
    _tab_to(page, "Weiter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pruefen/")
    _tab_to(page, "Kostenlos beantragen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/eingang/")
    _tab_to(page, "Stand und Dokumente ansehen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ihre Meldebescheinigung ist da")
    _tab_to(page, "PDF herunterladen")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def test_error_summary_takes_the_focus_and_leads_to_the_field(visitor: Visitor) -> None:
    page = visitor.page
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    walks.choose(visitor)
    page.get_by_label("Monat", exact=True).fill("2")
    page.get_by_label("Tag", exact=True).fill("31")
    visitor.press("Weiter")
    expect(page).to_have_title(re.compile("^Fehler: "))
    assert page.evaluate("document.activeElement.id") == "fehler"
    page.get_by_role("link", name=re.compile("^Geburtsdatum")).click()
    assert page.evaluate("document.activeElement.id") == "geburtsdatum-tag"
    assert page.get_by_label("Tag", exact=True).input_value() == "31", "what was typed is kept"
    assert page.get_by_label("Jahr", exact=True).get_attribute("aria-invalid") is None, (
        "only wrong parts are marked"
    )


@pytest.mark.parametrize(
    ("label", "typed"),
    [
        ("Familienname", "Brückner😀"),
        ("Familienname", "Brück\u202ener"),
        ("Postleitzahl", "١٢٣٤٥"),
        ("Straße", "道"),
        ("Straße", "x" * 5000),
        ("Hausnummer", "a"),
        ("Tag", "٣"),
    ],
)
def test_unusable_input_is_refused_with_a_sentence_and_kept(visitor: Visitor, label: str, typed: str) -> None:
    """FC-02, FC-21: refused at entry, never a 500, nothing typed is lost."""
    page = visitor.page
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    walks.choose(visitor)
    page.get_by_label(label, exact=True).fill(typed)
    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        visitor.press("Weiter")
    assert answered.value.status == 422
    assert page.get_by_role("alert").get_by_role("link").count() == 1
    assert page.get_by_label(label, exact=True).input_value() == typed


@pytest.mark.parametrize("number", ["12 a", "232a", "3-5", "5/1", "5 1/2", "18 bis", "1/2"])
def test_german_house_numbers_are_kept_as_typed(visitor: Visitor, number: str) -> None:
    """FC-02."""
    page = visitor.page
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    walks.choose(visitor)
    page.get_by_label("Hausnummer", exact=True).fill(number)
    visitor.press("Weiter")
    page.wait_for_url("**/pruefen/")
    expect(page.locator(".am-answers").first.locator("xpath=..")).to_contain_text(number)


def test_abandoned_branch_leaves_no_trace(visitor: Visitor) -> None:
    """FC-01: choose A, fill what only A shows, change to B: nothing of A is left."""
    page = visitor.page
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    walks.choose(visitor, extent="Erweiterte Bescheinigung")
    page.get_by_label("Familienstand").check()
    visitor.press("Weiter")
    page.wait_for_url("**/person/")
    visitor.press("Zurück")
    visitor.press("Zurück")
    walks.choose(visitor)
    page.wait_for_url("**/person/")
    visitor.press("Weiter")
    page.wait_for_url("**/pruefen/")
    assert "Familienstand" not in page.locator("main").inner_text()


def test_looking_at_a_service_creates_nothing_and_a_draft_is_offered_again(visitor: Visitor) -> None:
    """FC-10."""
    page = visitor.page
    visitor.log_in("mehmet")
    walks.begin_anew(visitor)
    walks.choose(visitor)
    page.wait_for_url("**/person/")
    draft = visitor.path.split("/")[2]
    for _ in range(5):
        visitor.go(walks.SERVICE)
        visitor.go(f"{walks.SERVICE}beantragen/")
    visitor.go("/vorgaenge/")
    assert page.get_by_text("Entwurf", exact=True).count() == 1
    visitor.go(walks.SERVICE)
    expect(page.locator("main")).to_contain_text("Zuletzt geändert: heute")
    visitor.press("Weitermachen")
    assert visitor.path.split("/")[2] == draft
    visitor.go(walks.SERVICE)
    visitor.press("Neu anfangen")
    page.wait_for_url("**/umfang/")
    assert visitor.path.split("/")[2] != draft


def test_stale_window_overwrites_nothing_and_loses_nothing(visitor: Visitor) -> None:
    """FC-09: both values are shown, the typed one stands in the form, the stored one stays until then."""
    first = visitor.page
    visitor.log_in("nadja")
    walks.begin_anew(visitor)
    walks.choose(visitor)
    first.wait_for_url("**/person/")
    second = visitor.context.new_page()
    second.goto(first.url)
    second.get_by_label("Straße", exact=True).fill("Ahornweg")
    second.get_by_role("button", name="Weiter", exact=True).click()
    second.wait_for_url("**/pruefen/")
    first.get_by_label("Straße", exact=True).fill("Buchenweg")
    with first.expect_response(lambda answer: answer.request.method == "POST") as answered:
        visitor.press("Weiter")
    assert answered.value.status == 409
    alert = first.get_by_role("alert")
    expect(alert).to_contain_text("gespeichert: Ahornweg")
    expect(alert).to_contain_text("Ihre Eingabe: Buchenweg")
    assert first.get_by_label("Straße", exact=True).input_value() == "Buchenweg"
    assert visitor.faults() == []
    second.reload()
    expect(second.locator("main")).to_contain_text("Ahornweg")
    visitor.press("Weiter")
    first.wait_for_url("**/pruefen/")
    expect(first.locator("main")).to_contain_text("Buchenweg")


def test_double_click_and_back_button_give_one_receipt(visitor: Visitor) -> None:
    page = visitor.page
    visitor.log_in("mehmet")
    walks.to_check_page(visitor)
    check = page.url
    page.get_by_role("button", name="Kostenlos beantragen").dblclick()
    page.wait_for_url("**/eingang/")
    reference = page.locator(".am-receipt dd").nth(1).inner_text()
    page.go_back()
    page.goto(check)
    page.wait_for_url("**/eingang/")
    assert page.locator(".am-receipt dd").nth(1).inner_text() == reference
    page.goto(check.replace("pruefen", "person"))
    page.wait_for_url("**/eingang/")


def test_answer_changed_from_the_check_page_leads_back_to_it(visitor: Visitor) -> None:
    page = visitor.page
    visitor.log_in("lena")
    walks.to_check_page(visitor)
    page.get_by_role("link", name="Ändern Familienname").click()
    page.wait_for_url("**/person/**")
    visitor.press("Weiter")
    page.wait_for_url("**/pruefen/")


def test_pause_keeps_what_is_right_and_asks_only_about_what_is_wrong(visitor: Visitor) -> None:
    page = visitor.page
    visitor.log_in("nadja")
    walks.begin_anew(visitor)
    walks.choose(visitor)
    page.wait_for_url("**/person/")
    form = page.url
    page.get_by_label("Straße", exact=True).fill("")
    page.get_by_label("Alle Vornamen").fill("Nadja Maria")
    visitor.press("Später weitermachen")
    page.wait_for_url("**/vorgaenge/")
    page.goto(form)
    assert page.get_by_label("Alle Vornamen").input_value() == "Nadja Maria"
    page.get_by_label("Postleitzahl").fill("123")
    visitor.press("Später weitermachen")
    expect(page.get_by_role("alert")).to_contain_text("Postleitzahl")


def test_paper_names_its_price_on_the_button(visitor: Visitor) -> None:
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    walks.choose(visitor, form="Auf Papier")
    visitor.page.wait_for_url("**/person/")
    visitor.press("Weiter")
    visitor.page.wait_for_url("**/pruefen/")
    expect(visitor.page.get_by_role("button", name="Für 8 Euro beantragen")).to_be_visible()


def test_without_log_in_an_application_goes_to_a_person(visitor: Visitor) -> None:
    page = visitor.page
    walks.begin_anew(visitor)
    walks.choose(visitor)
    page.wait_for_url("**/person/")
    walks.fill_in_person(
        visitor, "Brückner", "Lena Marie", ("13", "2", "1988"), ("Lindenweg", "12", "12345", "Musterstadt")
    )
    visitor.press("Weiter")
    page.wait_for_url("**/pruefen/")
    expect(page.locator("main")).to_contain_text("Diese Daten holen wir nach dem Absenden.")
    expect(page.locator("main")).not_to_contain_text("Seestraße")
    case = walks.submit(visitor)
    visitor.go(case)
    expect(page.locator("main")).to_contain_text("Eine Person im Amt prüft Ihren Antrag.")
    assert "Aus dem Melderegister" not in page.locator("main").inner_text()


def test_log_in_from_the_check_page_keeps_the_draft_and_shows_the_register(visitor: Visitor) -> None:
    page = visitor.page
    walks.begin_anew(visitor)
    walks.choose(visitor)
    walks.fill_in_person(
        visitor, "Brückner", "Lena Marie", ("13", "2", "1988"), ("Lindenweg", "12", "12345", "Musterstadt")
    )
    visitor.press("Weiter")
    page.wait_for_url("**/pruefen/")
    check = page.url
    page.locator("main").get_by_role("link", name="Anmelden").click()
    page.locator("button[name=person][value=lena]").click()
    page.wait_for_url(check)
    expect(page.locator(".am-panel")).to_contain_text("Seestraße 12 a, 18055 Rostock (Nebenwohnung)")


def test_form_without_its_token_is_refused_with_a_page(visitor: Visitor) -> None:
    visitor.go("/anmelden/")
    answer = visitor.context.request.post(visitor.site + "/anmelden/", form={"person": "lena"})
    assert answer.status == 403
    assert "Das können Sie tun" in answer.text()


@pytest.mark.parametrize(
    "onward", ["//example.org/", "https://example.org/", "/\\example.org", "javascript:alert(1)"]
)
def test_log_in_never_leads_to_another_host(visitor: Visitor, onward: str) -> None:
    visitor.log_in("lena", onward)
    assert visitor.page.url == visitor.site + "/"


def test_case_of_somebody_else_looks_like_one_that_does_not_exist(site: str, browser: Browser) -> None:
    with Visitor(browser, site) as lena, Visitor(browser, site) as suharto:
        lena.log_in("lena")
        walks.to_check_page(lena)
        case = walks.submit(lena)
        walks.until_decided(lena, case)
        document = lena.page.get_by_role("link", name="PDF herunterladen").get_attribute("href") or ""
        suharto.log_in("suharto")
        missing = "/vorgaenge/" + "a" * 26 + "/"
        texts = []
        for path in (case, missing, document):
            assert suharto.go(path) == 404
            texts.append(suharto.page.locator("main").inner_text())
        assert len(set(texts)) == 1


def test_document_is_named_and_kept_by_no_cache(visitor: Visitor) -> None:
    visitor.log_in("lena")
    walks.to_check_page(visitor)
    walks.until_decided(visitor, walks.submit(visitor))
    link = visitor.page.get_by_role("link", name="PDF herunterladen").get_attribute("href") or ""
    answer = visitor.context.request.get(visitor.site + link)
    assert answer.headers["cache-control"] == "no-store, private"
    assert answer.headers["content-disposition"].startswith("attachment; filename")
    assert answer.headers["content-type"] == "application/pdf"
