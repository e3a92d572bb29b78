# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Answering, writing and withdrawing over HTTP: what arrives twice counts once, what is too late is told."""

import pytest

from amtlich.contexts.cases import api as cases
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

KEY = {"idempotency_key": "message-0001"}


@pytest.fixture
def asked(office, citizens, residents):
    """A case with a question, and who was asked."""
    from tests.doubles.applicants import statements

    ali = citizens("ali-1")
    token = ali.submit(statements(residents["ali-1"]), "asked-0001").json()["case"]
    jobs.run_pending()
    cases.ask(
        Actor("staff", office.id, display_name="Derya Kaya", roles=frozenset({"caseworker"})),
        token,
        ["Wo?", "Seit wann?"],
        14,
    )
    return ali, f"/api/v1/cases/{token}"


def test_a_question_is_read_and_answered(asked):
    ali, case = asked
    view = ali.get(case).json()
    assert (view["step"], view["request"]["status"]) == ("answer", "open")
    assert view["request"]["questions"] == ["Wo?", "Seit wann?"]
    answers = {"request": view["request"]["number"], "answers": ["In Rostock.", "Immer."]}
    assert ali.send(f"{case}/answers", answers).status_code == 201
    again = ali.send(f"{case}/answers", answers)
    assert (again.status_code, again.json()["repeated"]) == (200, True)
    late = ali.send(f"{case}/answers", {**answers, "answers": ["Anders.", "Nie."]})
    assert late.status_code == 409
    assert "schon geantwortet" in late.json()["detail"]
    assert ali.get(case).json()["messages"][0]["texts"] == ["In Rostock.", "Immer."]


def test_wrong_answers_are_told_one_by_one(asked):
    ali, case = asked
    number = ali.get(case).json()["request"]["number"]
    wrong = ali.send(f"{case}/answers", {"request": number, "answers": ["", "x" * 30_000]})
    assert wrong.status_code == 400
    assert [one["field"] for one in wrong.json()["errors"]] == ["0", "1"]
    assert ali.send(f"{case}/answers", {"request": number, "answers": ["eine"]}).status_code == 400
    assert ali.send(f"{case}/answers", {"request": number, "answers": []}).status_code == 422


def test_a_message_arrives_once_per_key(asked):
    ali, case = asked
    assert ali.send(f"{case}/messages", {"text": "Guten Tag"}, **KEY).status_code == 201
    assert ali.send(f"{case}/messages", {"text": "Guten Tag"}, **KEY).status_code == 200
    assert ali.send(f"{case}/messages", {"text": "Anderes"}, **KEY).status_code == 409
    assert ali.send(f"{case}/messages", {"text": "Guten Tag"}).status_code == 422
    assert [one["kind"] for one in ali.get(case).json()["messages"]] == ["message", "question"]


def test_a_withdrawal_is_final_and_harmless_twice(asked):
    ali, case = asked
    assert ali.send(f"{case}/withdrawal", {"reason": "Umgezogen"}).status_code == 201
    assert ali.send(f"{case}/withdrawal", {}).status_code == 200
    view = ali.get(case).json()
    assert (view["step"], view["phase"], view["request"]["status"]) == ("withdrawn", "withdrawn", "dropped")
    late = ali.send(f"{case}/answers", {"request": view["request"]["number"], "answers": ["a", "b"]})
    assert late.status_code == 409


def test_a_strangers_case_takes_nothing(asked, citizens):
    _, case = asked
    stranger = citizens("lena")
    assert stranger.send(f"{case}/answers", {"request": 5, "answers": ["a", "b"]}).status_code == 404
    assert stranger.send(f"{case}/messages", {"text": "Guten Tag"}, **KEY).status_code == 404
    assert stranger.send(f"{case}/withdrawal", {}).status_code == 404
