# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who read my data: every access to what is mine, by case, page by page, and nobody else's."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from tests.integration.faces.portal.test_copies import own

from amtlich.contexts.privacy.api import AccessEntry, record_access
from amtlich.kernel import clock

__all__ = ["own"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def rows(answer) -> list[str]:
    found = re.findall(r'<tr role="row"><td.*?</tr>', answer.text, re.DOTALL)
    return [" ".join(unescape(re.sub("<[^>]+>", " ", row)).split()) for row in found]


def read_by_staff(office, holder, *, times=1, case_id=None):
    for _ in range(times):
        record_access(
            AccessEntry(
                authority_id=office.id,
                case_id=case_id,
                subject_holder_id=holder,
                actor_kind="staff",
                actor_id=uuid4(),
                actor_label="Derya Kaya, Bürgeramt",
                source="Vorgang",
                fields=("state", "conversation"),
                purpose="Antrag bearbeiten",
                legal_basis="Art. 6 Abs. 1 Buchst. e DSGVO",
            )
        )


def test_every_access_says_who_what_from_where_what_for_and_by_which_law(browser, own):
    _, token = own()
    (row,) = rows(browser.get("/meine-daten/"))
    for part in ("Programm der Behörde", "Familienname", "Quelle: Melderegister", "BMG § 18"):
        assert part in row.replace("\xa0", " ")
    assert "Meldebescheinigung ausstellen" in row
    assert f"/vorgaenge/{token}/" in browser.get("/meine-daten/").text


def test_a_preview_before_sending_is_listed_too(browser, own, personas, office, residents):
    from amtlich.contexts.registers import api as registers
    from amtlich.kernel.trust import TrustLevel
    from amtlich.platform.accounts import Actor

    own()
    lena = Actor("citizen", office.id, personas["lena"], account_id=personas["lena"], level=TrustLevel.HIGH)
    registers.fetch_resident(
        office.id,
        residents["lena"].query,
        actor=lena,
        case_id=None,
        purpose="Meldebescheinigung ausstellen (Vorschau vor dem Absenden)",
        legal_basis="BMG § 18",
        fields=("familienname",),
        query_id="1",
    )
    everything = rows(browser.get("/meine-daten/"))
    assert len(everything) == 2
    (preview,) = rows(browser.get("/meine-daten/?vorgang=vorschau"))
    assert "Sie selbst" in preview
    assert "(vor dem Absenden, nur für Sie)" in preview


def test_the_filter_leaves_one_case(browser, own):
    _, first = own()
    _, second = own()
    assert len(rows(browser.get("/meine-daten/"))) == 2
    answer = browser.get(f"/meine-daten/?vorgang={second}")
    assert len(rows(answer)) == 1
    assert f"/vorgaenge/{second}/" in answer.text
    assert f"/vorgaenge/{first}/" not in answer.text


def test_pages_are_turned_and_every_access_stands_once(browser, own, personas, office):
    own()
    moment = clock.FixedClock(clock.now())
    with clock.use(moment):
        for _ in range(60):
            moment.advance(timedelta(seconds=1))
            read_by_staff(office, personas["lena"])
    pages = [browser.get(f"/meine-daten/?seite={number}") for number in (1, 2, 3)]
    assert [len(rows(page)) for page in pages] == [25, 25, 11]
    assert "Seite 2 von 3" in pages[1].text
    assert "Menschen im Amt: 60" in pages[0].text
    assert browser.get("/meine-daten/?seite=4").status_code == 404


def test_nobody_sees_what_is_not_theirs(browser, another, own):
    _, token = own()
    another.log_in("jonas")
    answer = another.get("/meine-daten/")
    assert rows(answer) == []
    assert "Bisher hat niemand Ihre Daten gelesen" in answer.text
    assert another.get(f"/meine-daten/?vorgang={token}").status_code == 404


def test_a_visitor_without_account_sees_what_their_session_holds(another, office):
    from amtlich.platform.accounts.models import Session

    assert "Bisher hat niemand" in another.get("/meine-daten/").text
    another.get("/leistungen/meldebescheinigung/beantragen/")
    another.post("/leistungen/meldebescheinigung/beantragen/", {"neu": "1"})
    holder = Session.objects.exclude(holder_id=None).get().holder_id
    read_by_staff(office, holder)
    answer = another.get("/meine-daten/")
    (row,) = rows(answer)
    assert "Derya Kaya, Bürgeramt" in row
    assert "nur in diesem Browser" in answer.text


@pytest.mark.parametrize(
    "query", ["seite=0", "seite=-1", "seite=x", "seite=", "seite=٣", "vorgang=x", "seite=99999999999999"]
)
def test_what_does_not_exist_is_404_never_500(browser, own, query):
    own()
    assert browser.get(f"/meine-daten/?{query}").status_code == 404


@pytest.mark.parametrize(
    ("form", "said"), [("leicht", "Computer vom Amt"), ("en", "Program of the authority")]
)
def test_the_journal_speaks_the_form_of_the_page(browser, own, form, said):
    own()
    (row,) = rows(browser.get(f"/meine-daten/?sprache={form}"))
    assert said in row
    if form == "en":
        assert "Family name" in row
        assert "Issuing your registration certificate" in row
