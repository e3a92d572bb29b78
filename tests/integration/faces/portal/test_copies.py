# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Copies of what is one's own: the statements as PDF, the whole file as ZIP, guarded like the case."""

import hashlib
import io
import json
import zipfile
from uuid import uuid4

import pypdf
import pytest
from tests.doubles.applicants import statements

from amtlich.contexts.cases import api as cases
from amtlich.contexts.privacy import api as privacy
from amtlich.contexts.proofs import api as proofs
from amtlich.engines.documents import gate
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

PATHS = ("antworten.pdf", "akte.zip")


@pytest.fixture
def own(browser, personas, office, residents):
    """Lena's browser and the address of a case of hers that is decided."""

    def apply(**changes):
        browser.log_in("lena")
        actor = Actor(
            "citizen",
            office.id,
            holder_id=personas["lena"],
            account_id=personas["lena"],
            level=residents["lena"].level,
            means="demo",
            identity=_identity(residents["lena"]),
        )
        data = statements(residents["lena"], **changes)
        receipt = cases.submit(actor, "meldebescheinigung", None, data, f"key-{uuid4()}")
        jobs.run_pending()
        return actor, receipt.case_token

    return apply


def _identity(resident):
    from amtlich.kernel.person import Identity

    stated = resident.query
    return Identity(stated.family, stated.given, stated.birth, stated.address)


def unzipped(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize(
    ("form", "lang", "said"),
    [("de", "de", "Kopie Ihrer Angaben"), ("leicht", "de", "Kopie von Ihren"), ("en", "en", "Copy of your")],
)
def test_the_copy_of_my_answers_is_accessible_and_complete_in_the_form_of_the_page(
    browser, own, form, lang, said
):
    _, token = own()
    answer = browser.get(f"/vorgaenge/{token}/antworten.pdf?sprache={form}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Cache-Control"] == "no-store, private"
    texts = ["Brückner", "Lena Marie", "Lindenweg", "12345"]
    assert gate.check(answer.content, texts=texts, certificate_pem=None) == ()
    reader = pypdf.PdfReader(io.BytesIO(answer.content))
    assert reader.trailer["/Root"]["/Lang"].startswith(lang)
    assert said in " ".join(reader.pages[0].extract_text().split())
    assert b"/ByteRange" not in answer.content


def test_a_letter_that_no_font_has_does_not_withhold_the_copy(office):
    """Such letters are refused at entry (FC-21), but a form of tomorrow may let one in."""
    row = proofs.CopyRow("Bemerkung", ("Für Müller 漢字", "und \ufeff"))
    pdf = proofs.print_copy(
        office.id,
        proofs.CopySheet(
            title="Kopie",
            description="Kopie",
            lang="de",
            big=False,
            reference="MB-1",
            at=clock.now(),
            lead=("Guten Tag",),
            facts=(row,),
            groups=(proofs.CopyGroup("Weiteres", (row,)),),
            notes=(),
        ),
    )
    text = _text(pdf)
    assert "[U+6F22]" in text
    assert "[U+FEFF]" in text
    assert "Für Müller" in text


def test_the_file_holds_every_document_and_all_that_is_known(browser, own, office):
    actor, token = own()
    answer = browser.get(f"/vorgaenge/{token}/akte.zip")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer["Cache-Control"] == "no-store, private"
    assert "Akte-MB-" in answer["Content-Disposition"]
    packed = unzipped(answer)
    assert packed.testzip() is None
    assert packed.namelist() == [
        "angaben.pdf",
        "angaben.json",
        "dokumente/01-bescheinigung.pdf",
        "dokumente/02-meldebescheinigung.json",
        "dokumente/03-companion-en.pdf",
        "dokumente/04-begleitblatt-leicht.pdf",
        "register.json",
        "entscheidung.json",
        "verlauf.json",
        "nachrichten.json",
        "zugriffe.json",
        "LIESMICH.txt",
        "inhalt.sha256",
    ]
    view = cases.case(actor, token)
    documents = {
        hashlib.sha256(packed.read(name)).hexdigest() for name in packed.namelist() if "dokumente/" in name
    }
    assert documents == {item.sha256 for item in view.documents}
    said = json.loads(packed.read("angaben.json"))
    assert said["data"]["familienname"] == "Brückner"
    assert said["log_in"]["level"] == "high"
    assert [one["fields"] for one in json.loads(packed.read("zugriffe.json"))] == [
        list(one.fields) for one in privacy.accesses_for_case(office.id, _case_id(actor, token))
    ]
    events = json.loads(packed.read("verlauf.json"))["events"]
    assert [one["seq"] for one in events] == list(range(1, view.seq + 1))
    assert json.loads(packed.read("entscheidung.json"))["inputs"]
    assert "Brückner" in json.dumps(json.loads(packed.read("register.json")), ensure_ascii=False)


def test_the_list_of_digests_is_right_and_the_readme_names_every_file(browser, own):
    _, token = own()
    packed = unzipped(browser.get(f"/vorgaenge/{token}/akte.zip"))
    listed = dict(
        reversed(line.split("  ", 1)) for line in packed.read("inhalt.sha256").decode().splitlines()
    )
    assert listed.keys() == set(packed.namelist()) - {"inhalt.sha256"}
    assert all(hashlib.sha256(packed.read(name)).hexdigest() == digest for name, digest in listed.items())
    readme = packed.read("LIESMICH.txt").decode()
    assert all(name in readme for name in set(packed.namelist()) - {"LIESMICH.txt"})


@pytest.mark.parametrize("path", [*PATHS, "frist.ics"])
def test_fc_26_copies_are_guarded_like_the_case(browser, another, own, path):
    _, token = own()
    another.log_in("jonas")
    stranger = another.get(f"/vorgaenge/{token}/{path}")
    browser.get("/meine-daten/")
    assert browser.post("/abmelden/", {}).status_code in (302, 303)
    logged_out = browser.get(f"/vorgaenge/{token}/{path}")
    missing = browser.get(f"/vorgaenge/{'a' * 26}/{path}")
    for answer in (stranger, logged_out, missing):
        assert answer.status_code == 404
        assert "no-store" in answer["Cache-Control"]


def test_a_copy_before_the_decision_tells_nothing_of_the_register(browser, own, monkeypatch):
    """A blocked person (§ 51 BMG) must not learn from the copy why a person checks the case."""
    monkeypatch.setattr(jobs, "run_pending", lambda: None)
    _, token = own()
    names = unzipped(browser.get(f"/vorgaenge/{token}/akte.zip")).namelist()
    assert "angaben.pdf" in names
    assert not {"register.json", "entscheidung.json"} & set(names)


def test_what_was_erased_is_not_in_the_copy(browser, own):
    from django.db import connections

    _, token = own()
    with connections["retention"].cursor() as cursor:
        cursor.execute("DELETE FROM events_payload")
        cursor.execute("DELETE FROM proofs_content")
        cursor.execute("DELETE FROM cases_decisionpayload")
    assert browser.get(f"/vorgaenge/{token}/antworten.pdf").status_code == 404
    names = unzipped(browser.get(f"/vorgaenge/{token}/akte.zip")).namelist()
    assert "angaben.json" not in names
    assert not [name for name in names if name.startswith("dokumente/")]


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def _case_id(actor, token):
    return next(case_id for case_id, one in cases.my_holdings(actor).items() if one.token == token)


def test_the_last_day_for_an_answer_goes_into_a_calendar_while_it_is_awaited(
    browser, own, office, monkeypatch
):
    monkeypatch.setattr(jobs, "run_pending", lambda: None)
    _, token = own()
    assert browser.get(f"/vorgaenge/{token}/frist.ics").status_code == 404
    clerk = Actor(
        "staff", office.id, account_id=uuid4(), display_name="Derya Kaya", roles=frozenset({"caseworker"})
    )
    until = cases.ask(clerk, token, ["Wofür brauchen Sie die Bescheinigung?"], 14)
    answer = browser.get(f"/vorgaenge/{token}/frist.ics")
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"DTSTART;VALUE=DATE:{until:%Y%m%d}" in answer.text
    assert "Brückner" not in answer.text
    assert "Wofür" not in answer.text
