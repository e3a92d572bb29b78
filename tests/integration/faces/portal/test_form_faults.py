# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What goes wrong while a form is filled in: log-outs, lost sessions, newer questions, odd browsers."""

import re
import shutil
from datetime import timedelta
from html import unescape

import pytest
from tests.doubles.applicants import statements
from tests.integration.faces.portal.conftest import Browser

from amtlich.contexts.cases.models import Case, Draft
from amtlich.contexts.catalog import api as catalog
from amtlich.kernel import clock
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
SERVICE = "meldebescheinigung"
BEGIN = f"/leistungen/{SERVICE}/beantragen/"
FIRST = {"umfang": "einfach", "form": "elektronisch"}
PERSON = {
    "familienname": "Brückner",
    "vornamen": "Lena Marie",
    "geburtsdatum-tag": "13",
    "geburtsdatum-monat": "2",
    "geburtsdatum-jahr": "1988",
    "strasse": "Lindenweg",
    "hausnummer": "12",
    "plz": "12345",
    "ort": "Musterstadt",
}


def begin(browser: Browser) -> str:
    """Begin the application and answer the first page; the draft's address."""
    browser.get(BEGIN)
    address = browser.post(BEGIN, {})["Location"]
    browser.get(f"{address}umfang/")
    assert browser.post(f"{address}umfang/", {**FIRST, "stand": "0"})["Location"] == f"{address}person/"
    return address


def revision_on(page) -> str:
    return re.search(r'name="stand" value="(\d+)"', page.text)[1]


def value_of(page, name: str) -> str:
    tag = re.search(rf'<input[^>]* name="{name}"[^>]*>', page.text)[0]
    return unescape(re.search(r' value="([^"]*)"', tag)[1])


def drafts_of(office) -> list[Draft]:
    with tenant(office.id):
        return list(Draft.objects.order_by("created_at"))


def publish_changed(tmp_path, version: str, *changes: tuple[str, str]) -> None:
    folder = tmp_path / version / SERVICE
    shutil.copytree(config().services / SERVICE, folder)
    service = (folder / "service.yaml").read_text(encoding="utf-8")
    (folder / "service.yaml").write_text(
        re.sub(r'^version: "\d+"', f'version: "{version}"', service, flags=re.MULTILINE), encoding="utf-8"
    )
    log = (folder / "CHANGELOG.md").read_text(encoding="utf-8")
    (folder / "CHANGELOG.md").write_text(
        log.replace("# Änderungen\n", f"# Änderungen\n\n## {version}\n\nEine Probe.\n"), encoding="utf-8"
    )
    form = (folder / "form.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in form
        form = form.replace(old, new, 1)
    (folder / "form.yaml").write_text(form, encoding="utf-8")
    catalog.publish(folder, authority_id=None, by="test")


# -- log-out and lost sessions ------------------------------------------------------------------


def test_what_is_sent_after_a_log_out_is_there_after_the_next_log_in(browser, office):
    browser.log_in("lena")
    address = begin(browser)
    page = browser.get(f"{address}person/")
    token = browser.token
    browser.post("/abmelden/", {})
    typed = {**PERSON, "strasse": "Ahornweg", "stand": revision_on(page)}
    ended = browser.post(f"{address}person/", typed, token=token)
    assert ended.status_code == 403
    assert "Ihre Sitzung ist zu Ende" in ended.text
    assert "Ahornweg" not in ended.text
    again = re.search(r'href="(/anmelden/\?weiter=[^"]+)"', ended.text)[1]
    assert again.endswith(f"{address}person/")
    assert drafts_of(office)[0].data.get("strasse") != "Ahornweg"

    browser.log_in("lena", f"{address}person/")
    back = browser.get(f"{address}person/")
    assert value_of(back, "strasse") == "Ahornweg"
    assert "war Ihre Sitzung zu Ende" in back.text
    assert browser.get(address)["Location"] == f"{address}person/"
    sent = browser.post(f"{address}person/", {**typed, "stand": revision_on(back)})
    assert sent["Location"] == f"{address}pruefen/"
    assert drafts_of(office)[0].data["strasse"] == "Ahornweg"
    assert "war Ihre Sitzung zu Ende" not in browser.get(f"{address}person/").text


def test_what_was_kept_can_be_dropped(browser, office):
    browser.log_in("lena")
    address = begin(browser)
    before = value_of(browser.get(f"{address}person/"), "strasse")
    token = browser.token
    browser.post("/abmelden/", {})
    browser.post(f"{address}person/", {**PERSON, "strasse": "Ahornweg", "stand": "1"}, token=token)
    browser.log_in("lena")
    browser.get(f"{address}person/")
    assert browser.post(f"{address}person/", {"verwerfen": "1"})["Location"] == f"{address}person/"
    assert value_of(browser.get(f"{address}person/"), "strasse") == before


def test_an_ended_session_learns_nothing_about_which_drafts_there_are(browser, another, office):
    browser.log_in("lena")
    address = begin(browser)
    another.get("/anmelden/")

    def seen(answer, own: str) -> tuple[int, str]:
        text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text)
        return answer.status_code, text.replace(own, "<draft>")

    missing = "/antrag/" + "a" * 26 + "/"
    for page in ("", "umfang/", "pruefen/", "eingang/", "spaeter/", "loeschen/", "neue-fragen/"):
        assert seen(another.get(f"{address}{page}"), address) == seen(
            another.get(f"{missing}{page}"), missing
        )
    for page in ("umfang/", "person/", "gibt-es-nicht/", "pruefen/", "loeschen/"):
        ours = another.post(f"{address}{page}", {**FIRST, "stand": "0"})
        theirs = another.post(f"{missing}{page}", {**FIRST, "stand": "0"})
        assert seen(ours, address) == seen(theirs, missing)


def test_a_form_of_before_the_log_in_is_shown_again_with_all_that_was_typed(browser, office):
    """Logged out and in again in another window: the old form's token counts no more."""
    browser.log_in("lena")
    address = begin(browser)
    page = browser.get(f"{address}person/")
    old = browser.token
    browser.post("/abmelden/", {})
    browser.log_in("lena")
    typed = {**PERSON, "strasse": "Ahornweg", "stand": revision_on(page)}
    shown = browser.post(f"{address}person/", typed, token=old)
    assert shown.status_code == 403
    assert "Bitte senden Sie noch einmal" in shown.text
    assert value_of(shown, "strasse") == "Ahornweg"
    assert drafts_of(office)[0].revision == 1
    sent = browser.post(f"{address}person/", {**typed, "stand": revision_on(shown)})
    assert sent.status_code == 303
    assert drafts_of(office)[0].data["strasse"] == "Ahornweg"


def test_a_form_of_somebody_else_is_never_shown_again(browser, another, office):
    browser.log_in("lena")
    address = begin(browser)
    another.log_in("mehmet")
    refused = another.post(f"{address}person/", {**PERSON, "stand": "1"}, token="x" * 64)
    assert refused.status_code == 403
    assert "Brückner" not in refused.text


@pytest.mark.parametrize(
    ("form", "told"),
    [("de", "nimmt keine Cookies an"), ("leicht", "Notiz"), ("en", "does not accept cookies")],
)
def test_refused_cookies_are_said_in_a_sentence(browser, office, form, told):
    browser.get(BEGIN)
    browser.client.cookies.clear()
    refused = browser.client.post(
        f"{BEGIN}?sprache={form}", {"csrfmiddlewaretoken": browser.token}, headers={"host": "localhost"}
    )
    assert refused.status_code == 403
    assert told in refused.text
    assert "CSRF" not in refused.text
    assert drafts_of(office) == []


# -- a newer version of the questions -----------------------------------------------------------


def test_a_newer_version_takes_over_what_fits_without_a_word(browser, office, tmp_path):
    browser.log_in("lena")
    address = begin(browser)
    publish_changed(tmp_path, "8", ("de: Zweck (freiwillig)", "de: Wofür (freiwillig)"))
    page = browser.get(f"{address}umfang/")
    assert "Wofür (freiwillig)" in page.text
    (draft,) = drafts_of(office)
    assert (draft.package_version, draft.data["umfang"], draft.earlier) == ("8", "einfach", None)
    # A page of the older version that was still open: nothing is overwritten, both are shown.
    stale = browser.post(f"{address}umfang/", {**FIRST, "zweck": "Bank", "stand": "1"})
    assert stale.status_code == 409
    assert value_of(stale, "zweck") == "Bank"


def test_what_does_not_fit_is_shown_beside_the_new_question_and_confirmed(browser, office, tmp_path):
    browser.log_in("lena")
    address = begin(browser)
    browser.post(f"{address}umfang/", {**FIRST, "zweck": "Bank <b>", "stand": "1"})
    publish_changed(
        tmp_path,
        "8",
        ("maxLength: 80\n      x-control: text", "maxLength: 5\n      x-control: text"),
        ("de: Zweck (freiwillig)", "de: Wofür genau (freiwillig)"),
    )
    for page in ("", "umfang/", "person/", "pruefen/"):
        assert browser.get(f"{address}{page}")["Location"] == f"{address}neue-fragen/"
    shown = browser.get(f"{address}neue-fragen/")
    for words in ("Zweck (freiwillig)", "Bank &lt;b&gt;", "Wofür genau (freiwillig)"):
        assert words in shown.text
    assert drafts_of(office)[0].package_version != "8", "looking at it changes nothing"
    assert browser.post(f"{address}neue-fragen/", {"stand": "0"}).status_code == 409
    assert browser.post(f"{address}neue-fragen/", {"stand": revision_on(shown)}).status_code == 303
    page = browser.get(f"{address}umfang/")
    assert "Ihre bisherige Antwort:" in page.text
    assert "Bank &lt;b&gt;" in page.text
    (draft,) = drafts_of(office)
    assert (draft.package_version, draft.data["umfang"], draft.earlier["data"]["zweck"]) == (
        "8",
        "einfach",
        "Bank <b>",
    )
    browser.post(f"{address}umfang/", {**FIRST, "zweck": "Miete", "stand": revision_on(page)})
    assert "Ihre bisherige Antwort:" not in browser.get(f"{address}umfang/").text


def test_what_is_sent_counts_under_the_version_that_was_shown(browser, office, residents, tmp_path):
    browser.log_in("lena")
    address = begin(browser)
    with tenant(office.id):
        Draft.objects.update(data=statements(residents["lena"]))
    page = browser.get(f"{address}pruefen/")
    shown = drafts_of(office)[0].package_version
    publish_changed(tmp_path, "8", ("de: Zweck (freiwillig)", "de: Wofür (freiwillig)"))
    assert browser.post(f"{address}pruefen/", {"stand": revision_on(page)})["Location"].endswith("/eingang/")
    with tenant(office.id):
        (case,) = Case.objects.all()
    assert case.package_version == shown
    assert browser.get(f"{address}eingang/").status_code == 200


# -- the code -----------------------------------------------------------------------------------


def code_on(page) -> str:
    return re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){3}", page.text)[0]


def test_a_visitor_goes_on_with_a_code_in_another_browser(browser, another, office):
    address = begin(browser)
    paused = browser.post(f"{address}person/", {"pause": "1", "stand": "1"})
    assert paused["Location"] == f"{address}spaeter/"
    assert not re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}-", browser.get(f"{address}spaeter/").text)
    shown = browser.post(f"{address}spaeter/", {})
    assert "no-store" in shown["Cache-Control"]
    code = code_on(shown)
    another.get("/weitermachen/")
    assert another.post("/weitermachen/", {"code": f" {code.lower()} "})["Location"] == address
    assert another.get(f"{address}person/").status_code == 200
    assert browser.get(f"{address}person/").status_code == 404


def test_what_the_first_device_still_sends_is_kept_for_the_second(browser, another, office):
    address = begin(browser)
    page = browser.get(f"{address}person/")
    code = code_on(browser.post(f"{address}spaeter/", {}))
    another.get("/weitermachen/")
    another.post("/weitermachen/", {"code": code})
    late = browser.post(f"{address}person/", {**PERSON, "stand": revision_on(page)})
    assert late.status_code == 403
    assert value_of(another.get(f"{address}person/"), "familienname") == "Brückner"


def test_a_wrong_code_is_answered_alike_and_then_made_to_wait(browser, office):
    browser.get("/weitermachen/")
    for code in ("", "nein", "2222-2222-2222-2222", "<script>", "9" * 9000):
        wrong = browser.post("/weitermachen/", {"code": code})
        assert wrong.status_code == 422
        assert "Zu diesem Code gibt es keinen Entwurf" in wrong.text
        assert "<script>" not in wrong.text.replace('<script src="', "")
    wait = browser.post("/weitermachen/", {"code": "2222-2222-2222-2222"})
    assert wait.status_code == 429
    assert 800 < int(wait["Retry-After"]) <= 900
    assert "Warten Sie 15 Minuten" in wait.text


# -- the draft's end ----------------------------------------------------------------------------


def test_a_draft_is_deleted_after_being_asked_once(browser, office):
    browser.log_in("lena")
    address = begin(browser)
    asked = browser.get(f"{address}loeschen/")
    assert drafts_of(office)[0].data
    assert "endgültig löschen" in asked.text
    assert browser.post(f"{address}loeschen/", {})["Location"] == address
    gone = browser.get(address)
    assert (gone.status_code, "Ihr Entwurf ist gelöscht" in gone.text) == (410, True)
    assert drafts_of(office)[0].data == {}


def test_every_page_of_a_draft_says_when_it_ends_and_soon_loudly(browser, office, residents):
    browser.log_in("lena")
    address = begin(browser)
    with tenant(office.id):
        Draft.objects.update(data=statements(residents["lena"]))
    for page in ("umfang/", "person/", "pruefen/"):
        text = browser.get(f"{address}{page}").text
        assert "Wir löschen den Entwurf am" in text
        assert "Wir löschen diesen Entwurf am" not in text
    with tenant(office.id):
        Draft.objects.update(expires_at=clock.now() + timedelta(days=3))
    for page in ("umfang/", "pruefen/"):
        text = browser.get(f"{address}{page}").text
        assert re.search(r'role="status">\s*<p>Wir löschen diesen Entwurf am', text)


# -- what is typed, in three forms --------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "title", "told"),
    [
        ("de", "Fehler: ", "Den 31. Februar gibt es nicht. Prüfen Sie Tag und Monat."),
        ("leicht", "Fehler: ", "Den 31. Februar gibt es nicht.<br>Bitte schreiben Sie Tag und Monat neu."),
        ("en", "Error: ", "There is no 31 February. Check day and month."),
    ],
)
def test_what_is_wrong_is_said_in_the_form_of_the_page(browser, office, form, title, told):
    browser.log_in("lena")
    address = begin(browser)
    browser.get(f"{address}person/?sprache={form}")
    typed = {**PERSON, "geburtsdatum-tag": "31", "stand": "1"}
    wrong = browser.post(f"{address}person/", typed)
    assert wrong.status_code == 422
    assert f"<title>{title}" in wrong.text
    assert wrong.text.count(told) == 2, "in the summary and beside the field"
    assert value_of(wrong, "geburtsdatum-tag") == "31"


@pytest.mark.parametrize("form", ["de", "leicht", "en"])
def test_a_date_without_day_or_month_is_taken_in_every_form(browser, office, form):
    """FC-04."""
    browser.log_in("lena")
    address = begin(browser)
    browser.get(f"{address}person/?sprache={form}")
    typed = {**PERSON, "geburtsdatum-tag": "", "geburtsdatum-monat": "5", "geburtsdatum-jahr": "1950"}
    assert browser.post(f"{address}person/", {**typed, "stand": "1"}).status_code == 303
    page = browser.get(f"{address}pruefen/")
    assert {"de": "Mai 1950", "leicht": "Mai 1950", "en": "May 1950"}[form] in page.text
    assert value_of(browser.get(f"{address}person/"), "geburtsdatum-tag") == ""


def test_a_change_of_language_takes_along_what_is_typed_right_or_wrong(browser, office):
    browser.log_in("lena")
    address = begin(browser)
    browser.get(f"{address}person/")
    typed = {**PERSON, "strasse": "Ahornweg", "plz": "12", "stand": "1", "sprache": "en"}
    page = browser.post(f"{address}person/", typed)
    assert page.status_code == 200
    assert '<html lang="en">' in page.text
    assert (value_of(page, "strasse"), value_of(page, "plz")) == ("Ahornweg", "12")
    assert drafts_of(office)[0].data["strasse"] == "Ahornweg"
    assert '<html lang="en">' in browser.get(f"{address}person/").text
    nonsense = browser.post(f"{address}person/", {**PERSON, "stand": "2", "sprache": "xx"})
    assert (nonsense.status_code, '<html lang="en">' in nonsense.text) == (200, True)


def test_a_hundred_thousand_characters_are_refused_with_a_sentence_and_all_kept(browser, office):
    browser.log_in("lena")
    address = begin(browser)
    browser.get(f"{address}person/")
    long = "ä" * 100_000
    page = browser.post(f"{address}person/", {**PERSON, "strasse": long, "stand": "1"})
    assert page.status_code == 422
    assert "Das ist zu lang. Möglich sind 80 Zeichen." in page.text
    assert value_of(page, "strasse") == long


def test_one_name_and_composed_letters(browser, office):
    """FC-03, FC-05: no given names needed; u and two dots become ü."""
    browser.log_in("lena")
    address = begin(browser)
    browser.get(f"{address}person/")
    typed = {**PERSON, "familienname": "Mu\u0308hle", "vornamen": "", "stand": "1"}
    assert browser.post(f"{address}person/", typed).status_code == 303
    assert drafts_of(office)[0].data["familienname"] == "Mühle"
    assert "vornamen" not in drafts_of(office)[0].data
    text = browser.get(f"{address}pruefen/").text
    assert "Mühle" in text
    assert "None" not in text


_TOKENS = {
    "family-name", "given-name", "address-line1", "address-line2", "postal-code", "address-level2",
    "bday-day", "bday-month", "bday-year", "off",
}  # fmt: skip


def test_fields_tell_browsers_what_they_hold_and_translators_what_to_leave(browser, office, residents):
    browser.log_in("lena")
    address = begin(browser)
    page = browser.get(f"{address}person/").text
    asked = re.findall(r'autocomplete="([^"]+)"', page)
    assert len(asked) >= 9
    assert set(asked) <= _TOKENS
    assert 'type="password"' not in page
    with tenant(office.id):
        Draft.objects.update(data=statements(residents["lena"]))
    check = browser.get(f"{address}pruefen/")
    assert re.search(r'<dd translate="no">Brückner</dd>', check.text)
    browser.post(f"{address}pruefen/", {"stand": revision_on(check)})
    assert re.search(r'<dd translate="no">[A-Z]{2}-', browser.get(f"{address}eingang/").text)
