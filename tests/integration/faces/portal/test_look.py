# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Each host name shows the colours and arms of its own authority, and pages name them."""

import re

import pytest
from tests.integration.faces.portal.conftest import Browser

from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import forget_hosts

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

ARMS = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z" /></svg>'
LOOK = {"primary": "#0f4c5c", "accent": "", "primary_dark": "#5fb1c8", "accent_dark": "", "arms": ARMS}


@pytest.fixture
def dressed(office):
    """The authority of this host with a look of its own."""
    Authority.objects.using("owner").filter(pk=office.id).update(look=LOOK)
    forget_hosts()
    return office


def test_without_a_look_pages_are_those_of_kern(office):
    browser = Browser()
    page = browser.get("/pruefen/")
    assert "/behoerde.css" not in page.text
    assert '<img class="am-arms"' not in page.text
    assert browser.get("/wappen.svg").status_code == 404
    assert browser.get("/behoerde.css").text == ""


def test_colours_and_arms_are_named_with_their_digest_and_kept(dressed):
    browser = Browser()
    page = browser.get("/pruefen/").text
    (colours,) = re.findall(r'href="(/behoerde\.css\?[0-9a-f]{12})"', page)
    (arms,) = re.findall(r'src="(/wappen\.svg\?[0-9a-f]{12})"', page)
    css = browser.get(colours)
    assert css["Content-Type"] == "text/css; charset=utf-8"
    assert "--kern-color-action-default:#0f4c5c" in css.text
    assert "@media (prefers-color-scheme:dark){:root{--kern-color-action-default:#5fb1c8;}}" in css.text
    assert "am-town-accent" not in css.text
    assert browser.get(arms).text == ARMS
    for address in (colours, arms):
        answer = browser.get(address)
        assert "immutable" in answer["Cache-Control"]
        assert "Cookie" not in answer.get("Vary", "")
        assert browser.get(address, if_none_match=answer["ETag"]).status_code == 304


def test_an_address_without_the_right_digest_is_not_kept_for_long(dressed):
    answer = Browser().get("/behoerde.css?000000000000")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "public, max-age=300"


def test_changed_colours_have_another_address_at_once(dressed):
    browser = Browser()
    before = re.findall(r"/behoerde\.css\?\w+", browser.get("/pruefen/").text)
    Authority.objects.using("owner").filter(pk=dressed.id).update(look={**LOOK, "primary": "#123456"})
    forget_hosts()
    after = re.findall(r"/behoerde\.css\?\w+", browser.get("/pruefen/").text)
    assert before
    assert after
    assert before != after


@pytest.mark.parametrize(
    "path", ["/pruefen/", "/gibt-es-nicht/", "/_galerie/", "/pruefen/?code=7XK4&suche=a%26b"]
)
@pytest.mark.parametrize(("form", "lang"), [("de", "de"), ("leicht", "de"), ("en", "en")])
def test_every_page_offers_itself_in_the_other_forms(office, path, form, lang):
    browser = Browser()
    page = browser.get(f"{path}{'&' if '?' in path else '?'}sprache={form}").text
    assert f'<html lang="{lang}">' in page
    assert ('class="am-leicht"' in page) == (form == "leicht")
    (nav,) = re.findall(r'<nav aria-label="(?:Sprache|Language)">(.*?)</nav>', page, re.S)
    links = re.findall(r'href="(\?[^"]*)"[^>]*?hreflang="(\w+)"', nav)
    assert [lang for _, lang in links] == ["de", "de", "en"]
    query = "code=7XK4&amp;suche=a%26b&amp;" if "?" in path else ""
    assert [address for address, _ in links] == [f"?{query}sprache={each}" for each in ("de", "leicht", "en")]
    assert nav.count('aria-current="true"') == 1


def test_an_address_with_two_slashes_leads_nowhere_else(office):
    """A link that begins with // would name another host; the switch names only the query."""
    page = Browser().get("//example.org/%22%3E").text
    assert "example.org" not in re.sub(r"weiter=[^\"]*", "", page)


def test_an_address_with_too_many_fields_is_refused_with_a_page_of_the_house(office):
    answer = Browser().get("/leistungen/?" + "&".join(f"a{number}=1" for number in range(400)))
    assert answer.status_code in (400, 413)
    assert "am-head" in answer.text
