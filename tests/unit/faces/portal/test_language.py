# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which form a page speaks, and how a sentence becomes part of it."""

import pytest
from django.http import HttpRequest, HttpResponse
from markupsafe import Markup, escape

from amtlich.faces.portal import language
from amtlich.kernel.sentence import MissingText, Sentence, Words

LIST = """
[[text]]
de = "Rufen Sie {who} an: {phone}"
leicht = "Sie können anrufen.\\nDas ist die Nummer von {who}: {phone}"
en = "Call {who}: {phone}"
"""


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "known_words", lambda: Words.read([("some.toml", LIST)]))


def request(query: str = "", cookie: str = "") -> HttpRequest:
    made = HttpRequest()
    made.META.update(QUERY_STRING=query, SERVER_NAME="amt.example", SERVER_PORT="80")
    if cookie:
        made.COOKIES[language.COOKIE] = cookie
    return made


@pytest.mark.parametrize(
    ("query", "cookie", "form"),
    [
        ("", "", "de"),
        ("", "leicht", "leicht"),
        ("a=1&sprache=en", "leicht", "en"),
        ("sprache=fr", "en", "en"),
        ("sprache=fr", "fr", "de"),
        ("xsprache=en", "", "de"),
        ("sprache=en%00", "", "de"),
    ],
)
def test_the_address_chooses_before_the_cookie_and_german_stands_for_neither(
    query: str, cookie: str, form: str
) -> None:
    assert language.language_of(request(query, cookie))[0] == form


def test_a_choice_is_remembered_and_the_form_ends_with_the_request() -> None:
    spoken: list[str] = []

    def answer(_request: HttpRequest) -> HttpResponse:
        spoken.append(language.current())
        return HttpResponse()

    middleware = language.LanguageMiddleware(answer)
    chosen = middleware(request("sprache=en"))
    assert chosen.cookies[language.COOKIE].value == "en"
    assert language.COOKIE not in middleware(request(cookie="en")).cookies
    assert spoken == ["en", "en"]
    assert language.current() == "de"


def test_a_link_stays_a_link_and_what_was_typed_is_escaped() -> None:
    link = Markup('<a href="tel:1">1</a>')
    with language.use("en"):
        shown = language._("Rufen Sie {who} an: {phone}", who="<b>", phone=link)
    assert shown == 'Call &lt;b&gt;: <a href="tel:1">1</a>'
    assert isinstance(shown, Markup)


def test_without_a_link_the_template_escapes() -> None:
    with language.use("en"):
        shown = language._("Rufen Sie {who} an: {phone}", who="<b>", phone="{who}")
    assert escape(shown) == "Call &lt;b&gt;: {who}"


def test_a_paragraph_of_leichte_sprache_is_one_paragraph_a_line() -> None:
    with language.use("leicht"):
        shown = language.say("Rufen Sie {who} an: {phone}", "am-lead", who="<b>", phone="1")
    assert shown == (
        '<p class="am-lead">Sie können anrufen.</p><p class="am-lead">Das ist die Nummer von &lt;b&gt;: 1</p>'
    )


def test_lines_are_parted_where_a_paragraph_cannot_be() -> None:
    with language.use("leicht"):
        shown = language._("Rufen Sie {who} an: {phone}", who="uns", phone="1")
    assert shown == "Sie können anrufen.<br>Das ist die Nummer von uns: 1"


def test_a_sentence_of_a_context_and_a_text_of_a_package_follow_the_form() -> None:
    with language.use("en"):
        assert language.said(Sentence("Rufen Sie {who} an: {phone}", who="us", phone=1)) == "Call us: 1"
        assert language.said({"de": "Pass", "leicht": "Pass", "en": "passport"}) == "passport"
        assert language.said("as it was typed") == "as it was typed"


def test_a_missing_text_is_no_silent_german() -> None:
    with language.use("en"), pytest.raises(MissingText):
        language._("Das fehlt")


def test_a_missing_form_of_a_package_text_is_no_silent_german() -> None:
    with language.use("en"), pytest.raises(KeyError):
        language.said({"de": "nur deutsch"})
