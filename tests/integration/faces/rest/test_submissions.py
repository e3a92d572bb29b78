# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Submitting over the API: once, twice, wrong, hostile."""

import json

import pytest
from tests.doubles.api_client import SUBMISSIONS

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def problem(answer, status):
    """The problem document of an answer that must have this status."""
    assert answer.status_code == status, (answer.status_code, answer.content[:500])
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    said = answer.json()
    assert said["status"] == status
    assert said["detail"]
    return said


def cases_of(client):
    return client.get("/api/v1/cases").json()


def test_a_submission_gives_a_receipt_and_the_same_one_when_it_is_repeated(lena, lenas_data):
    first = lena.submit(lenas_data, "receipt-1")
    assert first.status_code == 201
    again = lena.submit(dict(reversed(lenas_data.items())), "receipt-1")
    assert again.status_code == 200
    assert first.json() | {"repeated": True} == again.json()
    assert first.json()["repeated"] is False
    assert [one["case"] for one in cases_of(lena)] == [first.json()["case"]]


def test_the_same_statements_written_otherwise_are_the_same_submission(lena, lenas_data):
    lena.submit(lenas_data, "receipt-1")
    written = {**lenas_data, "familienname": " Bru\u0308ckner "}
    assert lena.submit(written, "receipt-1").status_code == 200


def test_the_same_key_with_other_statements_is_refused_with_a_sentence(lena, lenas_data):
    lena.submit(lenas_data, "receipt-1")
    said = problem(lena.submit({**lenas_data, "form": "schriftlich"}, "receipt-1"), 409)
    assert said["detail"].endswith(".")
    assert len(cases_of(lena)) == 1


def test_a_key_belongs_to_one_person(citizens, residents, lenas_data):
    from tests.doubles.applicants import statements

    assert citizens("lena").submit(lenas_data, "receipt-1").status_code == 201
    assert citizens("mehmet").submit(statements(residents["mehmet"]), "receipt-1").status_code == 201


def test_a_visitor_can_submit_and_sees_only_the_own_case(citizens, lena, lenas_data):
    visitor = citizens()
    receipt = visitor.submit(lenas_data, "visitor-1")
    assert receipt.status_code == 201
    assert [one["case"] for one in cases_of(visitor)] == [receipt.json()["case"]]
    assert cases_of(lena) == cases_of(citizens()) == []


def test_every_wrong_field_is_named_with_what_to_do(lena, lenas_data):
    data = {**lenas_data, "plz": "١٢٣٤٥", "familienname": "Brü🙂ckner", "geburtsdatum": "1988-13-40"}
    said = problem(lena.submit(data, "errors-1"), 400)
    assert {error["field"] for error in said["errors"]} == {"plz", "familienname", "geburtsdatum"}
    assert all(error["message"].endswith((".", ")")) for error in said["errors"])
    assert cases_of(lena) == []


def test_nothing_at_all_names_every_required_field(lena):
    said = problem(lena.submit({}, "errors-2"), 400)
    assert {"umfang", "form", "familienname", "geburtsdatum"} <= {error["field"] for error in said["errors"]}


@pytest.mark.parametrize("version", ["9999", "0.0.1", "nope"])
def test_an_unknown_version_is_not_found(lena, lenas_data, version):
    problem(lena.submit(lenas_data, "version-1", version=version), 404)


def test_the_version_that_is_current_may_be_named(lena, lenas_data):
    current = lena.get("/api/v1/services/meldebescheinigung").json()["version"]
    assert lena.submit(lenas_data, "version-2", version=current).status_code == 201
    # Naming it is no other statement.
    assert lena.submit(lenas_data, "version-2").status_code == 200


def test_without_csrf_token_nothing_happens(lena, lenas_data):
    for token in (
        {"csrf": False},
        {"csrf": False, "x_csrftoken": "x" * 64},
        {"csrf": False, "x_csrftoken": ""},
    ):
        answer = lena.send(SUBMISSIONS, {"data": lenas_data}, idempotency_key="csrf-0001", **token)
        said = problem(answer, 403)
        assert "CSRF" in said["detail"]
    assert cases_of(lena) == []


def test_the_token_of_somebody_else_is_refused(lena, citizens, lenas_data):
    lena.token = citizens("mehmet").token
    problem(lena.submit(lenas_data, "csrf-0002"), 403)


@pytest.mark.parametrize("key", [None, "", "short", "with blank", "x" * 101, "umlaut-ä-key", "tab\tkey-123"])
def test_a_key_is_needed_and_must_be_readable(lena, lenas_data, key):
    headers = {} if key is None else {"idempotency_key": key}
    said = problem(lena.send(SUBMISSIONS, {"data": lenas_data}, **headers), 422)
    assert "Idempotency-Key" in said["errors"][0]["field"]


_UNPRINTABLE = (
    "\0",
    "a\0b",
    "\x07",
    "\u202e",
    "\ue000",
    "\ufffe",
    "\ud800",
    "a\udfff",
    "\U000e0041",
    "漢字",
)


def test_characters_that_no_notice_can_print_are_refused_in_the_field_they_stand_in(lena, lenas_data):
    for text in _UNPRINTABLE:
        answer = lena.submit({**lenas_data, "familienname": f"Brückner{text}x"}, "char-0001")
        assert [error["field"] for error in problem(answer, 400)["errors"]] == ["familienname"], repr(text)


@pytest.mark.parametrize("text", ["\ufeff", "\u200b", "\u00ad", "\u2060"])
def test_what_nobody_sees_is_dropped_and_changes_nothing(lena, lenas_data, text):
    assert lena.submit({**lenas_data, "familienname": f"Brück{text}ner"}, "char-0003").status_code == 201
    assert lena.submit(lenas_data, "char-0003").status_code == 200


@pytest.mark.parametrize("text", ["\0", "\ud800"])
def test_hostile_names_of_fields_are_refused(lena, lenas_data, text):
    problem(lena.submit({**lenas_data, f"x{text}": "y"}, "char-0002"), 400)


_NOTHING: list[str] = []
_VALUES = (None, 0, -1, 10**400, 1.5, 1e308, True, _NOTHING, {}, ["Brückner"], {"a": {"b": []}}, [[[[]]]])
_SAYING_SOMETHING = (("ohne_festen_wohnsitz", True), ("ohne_festen_wohnsitz", None), ("zusatz", _NOTHING))


@pytest.mark.parametrize(
    "field", ["familienname", "umfang", "geburtsdatum", "zusatz", "ohne_festen_wohnsitz", "plz"]
)
def test_values_of_another_type_are_an_error_of_the_field(lena, lenas_data, field):
    for value in _VALUES:
        if not any(field == name and value is said for name, said in _SAYING_SOMETHING):
            answer = lena.submit({**lenas_data, "umfang": "erweitert", field: value}, "type-0001")
            assert field in {error["field"] for error in problem(answer, 400)["errors"]}, value
    assert cases_of(lena) == []


def test_a_field_that_the_form_does_not_have_is_named(lena, lenas_data):
    said = problem(lena.submit({**lenas_data, "gehalt": "3000"}, "field-0001"), 400)
    assert [error["field"] for error in said["errors"]] == ["gehalt"]


def test_a_megabyte_in_a_field_is_refused(lena, lenas_data):
    answer = lena.submit({**lenas_data, "familienname": "a" * 1_000_000}, "large-0001")
    said = problem(answer, 400)
    assert [error["field"] for error in said["errors"]] == ["familienname"]
    assert len(answer.content) < 5_000


def test_three_megabytes_are_too_large(lena, lenas_data):
    problem(lena.submit({**lenas_data, "zweck": "a" * 3_000_000}, "large-0002"), 413)


_NO_APPLICATION = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"42",
    b"\xff\xfe",
    b"\x00",
    b'{"data": {"familienname": "\xff"}}',
    b'{"data": null}',
    b'{"data": []}',
    b'{"data": {}, "version": 3}',
    b'{"data": {}, "version": "' + b"x" * 100 + b'"}',
    b'{"data": {"plz": NaN}}',
    b'{"data": {"plz": Infinity}}',
    b'{"data": {"plz": -Infinity}}',
    b'{"data": {"plz": ' + b"9" * 5_000 + b"}}",
    b'{"data": {"plz": 1e999999}}',
    b'{"data": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_000 + b"}",
    b"[" * 100_000,
    b'{"data": {"a": ' + b"[" * 900 + b"]" * 900 + b"}}",
    b"data=%7B%7D",
    b'{"data": {}} trailing',
)


def test_what_is_no_application_is_refused_and_never_an_error_of_ours(lena):
    for raw in _NO_APPLICATION:
        answer = lena.send(SUBMISSIONS, raw, idempotency_key="hostile-1")
        assert answer.status_code in (400, 415, 422), (raw[:60], answer.status_code, answer.content[:300])
        problem(answer, answer.status_code)
        assert len(answer.content) < 20_000, raw[:60]
    assert cases_of(lena) == []


def test_the_same_name_twice_in_an_object_is_refused(lena, lenas_data):
    raw = json.dumps({"data": lenas_data}).replace('"umfang"', '"umfang": "erweitert", "umfang"').encode()
    problem(lena.send(SUBMISSIONS, raw, idempotency_key="twice-0001"), 400)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "application/xml",
        "",
        "application/json; charset=iso-8859-1",
    ],
)
def test_another_media_type_is_refused_before_it_is_read(lena, lenas_data, content_type):
    answer = lena.send(
        SUBMISSIONS, {"data": lenas_data}, content_type=content_type, idempotency_key="media-0001"
    )
    problem(answer, 415)
    assert cases_of(lena) == []


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "application/JSON"])
def test_json_is_taken_however_its_type_is_written(lena, lenas_data, content_type):
    answer = lena.send(
        SUBMISSIONS, {"data": lenas_data}, content_type=content_type, idempotency_key="media-0002"
    )
    assert answer.status_code == 201


def test_two_at_the_same_moment_get_one_case(lena, lenas_data):
    """A double click: both are on their way before either is answered."""
    import threading
    from copy import copy

    from django.db import connections

    at_once = threading.Barrier(4)
    answers = []

    def press() -> None:
        client = copy(lena)
        at_once.wait(10)
        answers.append(client.submit(lenas_data, "double-01"))
        connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({answer.json()["case"] for answer in answers}) == 1
    assert len(cases_of(lena)) == 1
