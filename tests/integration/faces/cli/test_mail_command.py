# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich mail`: what an operator sees of mails that did not arrive, and can do about it."""

import pytest
from tests.doubles.smtp_server import Mode
from tests.integration.contexts.mail.conftest import People, Work, people, server, work

from amtlich.faces.cli.commands import main

__all__ = ["people", "server", "work"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

NO = "no@example.org"


@pytest.fixture
def failed(people: People, server, work: Work) -> str:
    """The number of a mail that was refused."""
    server.answers[NO] = ["550 5.1.1 <no@example.org>: no such user"]
    people.tell(people.with_address(NO))
    work()
    return str(people.message().pk)


def test_the_list_names_what_failed_and_why_but_no_address(failed, capsys):
    assert main(["mail", "list", "--failed"]) == 0
    told = capsys.readouterr().out
    assert failed in told
    assert "unzustellbar" in told
    assert "MB-7XK4-M2QD" in told
    assert "550 5.1.1 <…@…>: no such user" in told
    assert NO not in told
    assert main(["mail", "list", "--authority", "nirgends"]) == 2


def test_a_failed_mail_is_sent_again_once(failed, people, server, work, capsys):
    assert main(["mail", "retry", failed]) == 0
    assert main(["mail", "retry", failed]) == 2
    work()
    assert len(server.mails) == 1
    assert main(["mail", "list", "--failed"]) == 0
    assert "Keine E-Mail ist gescheitert" in capsys.readouterr().out


def test_a_mail_that_came_back_is_noted(failed, people, work, capsys):
    assert main(["mail", "retry", failed]) == 0
    work()
    assert main(["mail", "returned", failed]) == 0
    assert people.message().state == "permanent_failure"


@pytest.mark.parametrize("number", ["5", "", "7d9f2f4e-2a8b-4c55-9d0e-0e5a3c1b7f10"])
def test_a_wrong_number_is_a_sentence(number, town, capsys):
    assert main(["mail", "retry", number]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_test_mail_tells_what_the_server_answers(town, server, capsys):
    assert main(["mail", "test", "lena@example.org"]) == 0
    assert server.mails[0].letter["Subject"] == "Test der E-Mail"
    server.answers["lena@example.org"] = ["550 5.1.1 no such user"]
    assert main(["mail", "test", "lena@example.org"]) == 1
    assert "550 5.1.1 no such user" in capsys.readouterr().out
    server.mode = Mode.NO_SENDER
    assert main(["mail", "test", "lena@example.org"]) == 1
    assert "nimmt den Absender nicht an" in capsys.readouterr().out
    assert main(["mail", "test", "lena"]) == 2


def test_without_a_mail_server_the_test_names_the_settings(town, capsys):
    assert main(["mail", "test", "lena@example.org"]) == 2
    assert "AMTLICH_SMTP_URL" in capsys.readouterr().err
