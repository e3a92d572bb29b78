# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich case`: always a person with a name, and never a refusal of an application."""

import pytest
from tests.integration.contexts.cases.conftest import apply_as, office, residents

from amtlich.contexts.cases import api as cases
from amtlich.faces.cli.commands import build_parser, main

__all__ = ["apply_as", "office", "residents"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
KAYA = ("--as", "Derya Kaya")


@pytest.fixture
def waiting(apply_as, residents):
    return apply_as(residents["ali-1"])


def test_a_person_asks_writes_and_looks(waiting, capsys):
    token = waiting.case.token
    asked = ("--question", "Wo haben Sie gewohnt?", "--question", "Seit wann?", "--days", "7")
    assert main(["case", "ask", token, *KAYA, *asked]) == 0
    assert main(["case", "message", token, "Guten Tag.", *KAYA]) == 0
    capsys.readouterr()
    assert main(["case", "show", token, *KAYA]) == 0
    shown = capsys.readouterr().out
    assert "Wartet auf die antragstellende Person" in shown
    assert "Seit wann?" in shown
    assert "Guten Tag." in shown
    case = cases.case(waiting.actor, token)
    assert case.request.questions == ("Wo haben Sie gewohnt?", "Seit wann?")
    assert [entry.actor for entry in case.timeline[:2]] == ["Derya Kaya", "Derya Kaya"]
    assert case.accesses[-1].who == "Derya Kaya"


def test_a_delivery_that_failed_takes_another_way(apply_as, residents, capsys):
    done = apply_as(residents["lena"])
    token = done.case.token
    assert main(["case", "fail-notification", token, *KAYA, "--reason", "nicht abgerufen"]) == 0
    assert cases.case(done.actor, token).waiting_on == "office"
    assert main(["case", "notify", token, *KAYA, "--channel", "portal"]) == 2
    assert "schon gescheitert" in capsys.readouterr().err
    assert main(["case", "notify", token, *KAYA, "--channel", "post"]) == 0
    assert cases.case(done.actor, token).phase == "notified"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask", "TOKEN", "--as", "7", "--question", "Was?"), "--as"),
        (("ask", "TOKEN", "--as", "", "--question", "Was?"), "wer Sie sind"),
        (("ask", "TOKEN", *KAYA, "--question", " "), "leer"),
        (("ask", "TOKEN", *KAYA, "--question", "Was?", "--days", "0"), "Tage"),
        (("message", "TOKEN", "", *KAYA), "schreiben"),
        (("fail-notification", "TOKEN", *KAYA, "--reason", "x"), "kein Dokument"),
        (("show", "a" * 26, *KAYA), "gibt es hier nicht"),
        (("show", "Unsinn", *KAYA), "gibt es hier nicht"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(waiting, capsys, words, said):
    call = [waiting.case.token if word == "TOKEN" else word for word in words]
    assert main(["case", *call]) == 2
    assert said in capsys.readouterr().err
    assert cases.case(waiting.actor, waiting.case.token).waiting_on == "office"


def test_without_a_name_nothing_happens(waiting, capsys):
    with pytest.raises(SystemExit):
        main(["case", "message", waiting.case.token, "Guten Tag."])
    assert "--as" in capsys.readouterr().err


def test_no_command_refuses_an_application():
    (case,) = [
        action.choices["case"]
        for action in build_parser()._actions
        if isinstance(action.choices, dict) and "case" in action.choices
    ]
    (what,) = [action for action in case._actions if isinstance(action.choices, dict)]
    assert set(what.choices) == {"show", "ask", "message", "fail-notification", "notify"}
