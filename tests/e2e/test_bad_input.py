# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What should never come, and people who fit no scheme: a page with a sentence, never a fault."""

import http.client
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import APIResponse, Browser, expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor


def _post(visitor: Visitor, path: str, fields: dict[str, str]) -> APIResponse:
    """Post as a form of the open page would, with its token."""
    token = visitor.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    return visitor.context.request.post(
        visitor.site + path,
        form={"csrfmiddlewaretoken": token, **fields},
        headers={"Referer": visitor.page.url, "Origin": visitor.site},
        max_redirects=0,
    )


def _is_our_error_page(answer: APIResponse) -> bool:
    text = answer.text()
    return "Das können Sie tun" in text and "Ihre Daten" in text and 'lang="de"' in text


@pytest.fixture
def step(visitor: Visitor) -> Visitor:
    """Lena Brückner in front of the page "Wer sind Sie?"."""
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    walks.choose(visitor)
    visitor.page.wait_for_url("**/person/")
    return visitor


def test_nul_in_a_field_is_refused(step: Visitor) -> None:
    answer = _post(step, step.path, {"stand": "1", "familienname": "Br\x00ckner"})
    assert answer.status == 400
    assert _is_our_error_page(answer)


def test_a_megabyte_in_a_field_is_refused(step: Visitor) -> None:
    answer = _post(step, step.path, {"stand": "1", "familienname": "x" * 1_000_000})
    assert answer.status in (413, 422)
    too_big = _post(step, step.path, {"stand": "1", "familienname": "x" * 30_000_000})
    assert too_big.status == 413
    assert _is_our_error_page(too_big)


@pytest.mark.parametrize("revision", ["", "-1", "x", "٣", "9" * 40])
def test_nonsense_as_revision_overwrites_nothing(step: Visitor, revision: str) -> None:
    answer = _post(step, step.path, {"stand": revision, "familienname": "Fremd"})
    assert answer.status == 409
    step.page.reload()
    assert step.page.get_by_label("Familienname").input_value() == "Brückner"


@pytest.mark.parametrize("stranger", ["quatsch", "pruefen2", "-"])
def test_unknown_step_is_a_page_that_does_not_exist(step: Visitor, stranger: str) -> None:
    address = "/".join([*step.path.split("/")[:3], stranger, ""])
    assert step.go(address) == 404


def test_unknown_service_is_a_page_that_does_not_exist(step: Visitor) -> None:
    assert _post(step, "/leistungen/gibt-es-nicht/beantragen/", {}).status == 404
    assert step.go("/leistungen/gibt-es-nicht/") == 404
    assert step.go("/leistungen/gibt-es-nicht/beantragen/") == 404


def test_address_that_is_no_text_is_refused(step: Visitor) -> None:
    for path in ("/%00", "/leistungen/%FF%FE/", "/pruefen/?code=%00"):
        answer = step.context.request.get(step.site + path)
        assert answer.status in (400, 404)
        assert _is_our_error_page(answer)


def test_unfinished_application_cannot_be_sent(visitor: Visitor) -> None:
    visitor.log_in("lena")
    walks.begin_anew(visitor)
    draft = visitor.path.split("/")[2]
    answer = _post(visitor, f"/antrag/{draft}/pruefen/", {})
    assert answer.status == 303
    visitor.go(f"/antrag/{draft}/pruefen/")
    expect(visitor.page).to_have_url(f"{visitor.site}/antrag/{draft}/umfang/")


def test_unknown_host_is_nobody(site: str) -> None:
    address = urlsplit(site)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=30)
    connection.request("GET", "/", headers={"Host": "nirgends.example"})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    assert answer.status == 404
    assert "Das können Sie tun" in text
    assert "Musterstadt" not in text


def test_second_authority_lives_at_its_own_name(site: str, browser: Browser) -> None:
    with Visitor(browser, site.replace("localhost", "kleinstadt.localhost")) as visitor:
        visitor.go("/")
        expect(visitor.page).to_have_title("Was möchten Sie erledigen? – Gemeinde Kleinstadt")
        assert "Musterstadt" not in visitor.page.content()
        assert visitor.faults() == []


def test_person_with_one_name_applies(visitor: Visitor) -> None:
    """FC-03: no given name, and nothing in its place."""
    visitor.log_in("suharto")
    walks.to_check_page(visitor)
    text = visitor.page.locator("main").inner_text()
    assert "Vornamen" not in text
    for stand_in in ("None", "null", "undefined", " - ", "  "):
        assert stand_in not in text
    assert visitor.page.locator(".am-panel").inner_text().count("Suharto") == 1
    walks.until_decided(visitor, walks.submit(visitor))


def test_unknown_day_and_month_of_birth_stay_unknown(visitor: Visitor) -> None:
    """FC-04."""
    visitor.log_in("fatma")
    walks.begin_anew(visitor)
    walks.choose(visitor)
    page = visitor.page
    page.wait_for_url("**/person/")
    assert [page.get_by_label(part, exact=True).input_value() for part in ("Tag", "Monat")] == ["", ""]
    visitor.press("Weiter")
    page.wait_for_url("**/pruefen/")
    assert "Januar" not in page.locator("main").inner_text()
    walks.until_decided(visitor, walks.submit(visitor))


@pytest.mark.parametrize("person", ["buchstaben", "lang", "karl", "mehmet"])
def test_rare_letters_long_names_and_no_abode_come_to_a_document(
    site: str, browser: Browser, person: str
) -> None:
    with Visitor(browser, site, width=360) as visitor:
        visitor.log_in(person)
        walks.to_check_page(visitor)
        faults = visitor.faults()
        walks.until_decided(visitor, walks.submit(visitor))
        assert faults + visitor.faults() == []
