# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading a case, its events and its documents; what is not one's own does not exist."""

import base64
import hashlib
from uuid import uuid4

import pytest

from amtlich.contexts.proofs import api as proofs
from amtlich.kernel.ids import new_token

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def sealed(case):
    (document,) = [one for one in case["documents"] if one["sealed"]]
    return document


def test_a_case_tells_its_state_and_its_documents(done):
    assert (done["step"], done["phase"], done["waiting_on"]) == ("decided", "closed", "nobody")
    assert done["file_number"].startswith("MB-")
    assert done["sentence"]
    document = sealed(done)
    assert document["media_type"] == "application/pdf"
    assert document["check_code"]


def test_a_case_on_its_way_says_on_whom_it_waits(lena, lenas_data):
    receipt = lena.submit(lenas_data, "waits-0001").json()
    case = lena.get(f"/api/v1/cases/{receipt['case']}").json()
    assert (case["waiting_on"], case["documents"], case["seq"]) == ("program", [], 1)
    assert case["reference"] == receipt["reference"]
    assert case["received_at"] == receipt["received_at"]


def test_events_come_in_order_and_after_a_place(lena, done):
    address = f"/api/v1/cases/{done['case']}/events"
    events = lena.get(address).json()
    assert [event["seq"] for event in events] == list(range(1, done["seq"] + 1))
    assert all(set(event) == {"seq", "type", "at", "title"} and event["title"] for event in events)
    assert lena.get(f"{address}?after=3").json() == events[3:]
    assert lena.get(f"{address}?after={done['seq']}").json() == []
    assert lena.get(f"{address}?after=2000000000").json() == []


@pytest.mark.parametrize("after", ["-1", "x", "", "1.5", "99999999999999999999", "%00", "1e3", "NaN"])
def test_a_place_that_is_none_is_refused(lena, done, after):
    answer = lena.get(f"/api/v1/cases/{done['case']}/events?after={after}")
    assert answer.status_code in (400, 422), answer.content[:200]
    assert answer["Content-Type"] == "application/problem+json"


def test_a_document_is_the_very_file_that_was_issued_and_its_digest_says_so(lena, done):
    for document in done["documents"]:
        answer = lena.get(f"/api/v1/cases/{done['case']}/documents/{document['id']}")
        assert answer.status_code == 200
        digest = hashlib.sha256(answer.content)
        assert digest.hexdigest() == document["sha256"]
        assert answer["Repr-Digest"] == f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
        assert len(answer.content) == document["size"] == int(answer["Content-Length"])
        assert answer["Content-Type"] == document["media_type"]
        assert answer["Content-Disposition"] == f'attachment; filename="{document["filename"]}"'
        assert answer["Cache-Control"] == "no-store"
        assert "Content-Encoding" not in answer


def test_a_document_reaches_a_client_that_can_read_gzip_unchanged(lena, done):
    document = sealed(done)
    address = f"/api/v1/cases/{done['case']}/documents/{document['id']}"
    answer = lena.get(address, accept_encoding="gzip, br")
    assert hashlib.sha256(answer.content).hexdigest() == document["sha256"]


def test_what_is_foreign_looks_exactly_like_what_does_not_exist(citizens, lena, done):
    document = sealed(done)["id"]
    missing = new_token()
    for stranger in (citizens("mehmet"), citizens(), citizens(host="kleinstadt.localhost")):
        for pattern in (
            "/api/v1/cases/{case}",
            "/api/v1/cases/{case}/events",
            "/api/v1/cases/{case}/events?after=1",
            f"/api/v1/cases/{{case}}/documents/{document}",
            f"/api/v1/cases/{{case}}/documents/{uuid4()}",
        ):
            foreign = stranger.get(pattern.format(case=done["case"]))
            nowhere = stranger.get(pattern.format(case=missing))
            assert foreign.status_code == nowhere.status_code == 404
            assert foreign.content == nowhere.content
            assert headers(foreign) == headers(nowhere)
    assert lena.get(f"/api/v1/cases/{done['case']}/documents/{uuid4()}").status_code == 404


def headers(answer):
    return {name: value for name, value in answer.items() if name != "Date"}


@pytest.mark.parametrize("token", ["x", "A" * 26, "a" * 27, "1" * 26, "a" * 25 + "%0A", "%E2%80%AE" * 5])
def test_what_cannot_be_an_address_of_a_case_is_refused(lena, token):
    answer = lena.get(f"/api/v1/cases/{token}")
    assert answer.status_code in (404, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_session_of_another_authority_is_nobody_here(citizens, lena, done):
    """The same cookies, sent to the other town's host."""
    other = citizens(host="kleinstadt.localhost")
    for name, value in lena.cookies.items():
        other._client.cookies[name] = value
    assert other.get("/api/v1/session").json()["logged_in"] is False
    assert other.get("/api/v1/cases").json() == []
    assert other.get(f"/api/v1/cases/{done['case']}").status_code == 404


def test_a_check_code_tells_what_was_issued_and_names_nobody(citizens, done):
    document = sealed(done)
    visitor = citizens()
    for written in (
        document["check_code"],
        document["check_code"].lower(),
        document["check_code"].replace("-", ""),
    ):
        answer = visitor.get(f"/api/v1/verifications/{written}")
        assert answer.status_code == 200
        said = answer.json()
        assert (said["state"], said["sha256"]) == ("valid", document["sha256"])
        assert "Brückner" not in answer.content.decode()


def test_a_revoked_document_is_told_by_code_and_in_its_case(citizens, lena, done, office):
    code = sealed(done)["check_code"]
    proofs.revoke(office.id, code, proofs.RevocationReason.ERROR, "Derya Kaya")
    said = citizens().get(f"/api/v1/verifications/{code}").json()
    assert (said["state"], said["revoked"]["reason"]) == ("revoked", "error")
    assert sealed(lena.get(f"/api/v1/cases/{done['case']}").json())["revoked"] == said["revoked"]
    assert "Kaya" not in str(said)


@pytest.mark.parametrize("code", ["7XK4-M2QD-T9RP", "x", "0000-0000-0000", "A" * 40])
def test_an_unknown_check_code_is_an_answer_not_an_error(citizens, code):
    answer = citizens().get(f"/api/v1/verifications/{code}")
    assert answer.status_code == 200
    assert answer.json()["state"] == "unknown"
    assert answer.json()["issued_at"] is None


def test_a_code_of_this_town_is_unknown_in_the_other(citizens, done):
    other = citizens(host="kleinstadt.localhost")
    assert other.get(f"/api/v1/verifications/{sealed(done)['check_code']}").json()["state"] == "unknown"


@pytest.mark.parametrize("code", ["A" * 41, "%00", "%FF", "a%2Fb", "ä"])
def test_what_cannot_be_a_check_code_is_refused(citizens, code):
    answer = citizens().get(f"/api/v1/verifications/{code}")
    assert answer.status_code in (400, 404, 422)
    assert answer["Content-Type"] == "application/problem+json"


def test_answers_about_a_person_are_never_kept_by_a_cache(lena, done):
    for path in ("/session", "/cases", f"/cases/{done['case']}", f"/cases/{done['case']}/events"):
        assert lena.get(f"/api/v1{path}")["Cache-Control"] == "no-store"
