# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The adapter against a real conversation: who is to blame, and that nobody waits for ever."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.doubles.smtp_server import FakeMailServer, Mode

from amtlich.contexts.mail.adapters.smtp import Server, SmtpTransport
from amtlich.contexts.mail.ports import Answer, Outage, Verdict

SENDER, ANNA = "amt@musterstadt.de", "anna@example.org"


def letter() -> EmailMessage:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "Test", SENDER, ANNA
    mail.set_content("Guten Tag\n.\nEnde\n")
    return mail


def transport(server: FakeMailServer, **changes: object) -> SmtpTransport:
    of = Server.of(server.url, None, server.ca_file)
    return SmtpTransport(replace(of, **{"patience": 0.3, "altogether": 0.6, **changes}))


def send(server: FakeMailServer, **changes: object) -> Answer:
    return transport(server, **changes).send(letter(), SENDER, ANNA)


def test_a_mail_arrives_as_it_was_sent() -> None:
    with FakeMailServer() as server:
        assert send(server).verdict is Verdict.ACCEPTED
    (mail,) = server.mails
    assert (mail.sender, mail.recipient) == (SENDER, ANNA)
    assert server.introduced == ["musterstadt.de"]
    assert mail.letter.get_content().split() == ["Guten", "Tag", ".", "Ende"]


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
def test_the_line_is_encrypted_and_the_certificate_checked(tls: str, tmp_path: Path) -> None:
    with FakeMailServer(tls=tls, folder=tmp_path) as server:
        assert send(server, patience=5.0, altogether=10.0).verdict is Verdict.ACCEPTED
        assert server.mails[0].encrypted
        with pytest.raises(Outage, match=r"Verschlüsselung.*self-signed|Verschlüsselung.*certificate"):
            send(server, ca_file=None)


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    with FakeMailServer(tls="starttls", folder=tmp_path, name="elsewhere.example") as server:
        with pytest.raises(Outage, match=r"Verschlüsselung.*[Hh]ostname mismatch"):
            send(server)
        assert server.mails == []


def test_without_starttls_nothing_goes_in_the_clear() -> None:
    with FakeMailServer() as server:
        with pytest.raises(Outage, match="STARTTLS"):
            send(server, security="starttls")
        assert server.mails == []


def test_a_plain_server_behind_implicit_tls_is_an_outage() -> None:
    with FakeMailServer() as server, pytest.raises(Outage):
        send(server, security="tls")


def test_the_log_in_uses_the_password_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "password"
    with FakeMailServer(user="amt", password="geheim") as server:
        file.write_text("geheim\n")
        assert send(server, password_file=file).verdict is Verdict.ACCEPTED
        file.write_text("falsch\n")
        with pytest.raises(Outage, match="535"):
            send(server, password_file=file)
        with pytest.raises(Outage, match="nicht lesbar"):
            send(server, password_file=tmp_path / "nirgends")


@pytest.mark.parametrize(
    "mode",
    [Mode.SLOW, Mode.DRIP, Mode.GARBAGE, Mode.BUSY, Mode.CLOSING, Mode.NO_SENDER],
    ids=lambda m: m.value,
)
def test_what_concerns_all_mails_is_an_outage(mode: Mode) -> None:
    with FakeMailServer() as server:
        server.mode = mode
        with pytest.raises(Outage):
            send(server)
        assert server.mails == []


def test_a_server_that_is_not_there_is_an_outage() -> None:
    with FakeMailServer() as server:
        pass
    with pytest.raises(Outage, match="nicht erreichbar"):
        send(server)


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ("550 5.1.1 <anna@example.org>: no such user", Verdict.REFUSED),
        ("553 5.1.3 bad address", Verdict.REFUSED),
        ("450 4.2.0 greylisted, come back", Verdict.LATER),
        ("452 4.2.2 mailbox full", Verdict.LATER),
        ("ja?", Verdict.LATER),
        ("251 will forward", Verdict.ACCEPTED),
    ],
)
def test_what_is_said_of_a_recipient_concerns_this_mail_only(reply: str, verdict: Verdict) -> None:
    with FakeMailServer() as server:
        server.answers[ANNA] = [reply]
        answer = send(server)
        assert answer.verdict is verdict
        assert "@example.org" not in answer.reason
        assert send(server).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    ("mode", "verdict"),
    [
        (Mode.NO_CONTENT, Verdict.REFUSED),
        (Mode.FULL, Verdict.LATER),
        (Mode.SILENT_AFTER_CONTENT, Verdict.LATER),
        (Mode.NONSENSE_AFTER_CONTENT, Verdict.LATER),
    ],
)
def test_after_the_content_a_doubtful_answer_means_again_later(mode: Mode, verdict: Verdict) -> None:
    with FakeMailServer() as server:
        server.mode = mode
        answer = send(server)
    assert answer.verdict is verdict
    assert "somebody@example.org" not in answer.reason


def test_a_dead_server_is_left_alone_after_three_tries() -> None:
    with FakeMailServer() as server:
        server.mode = Mode.BUSY
        way = transport(server)
        for _ in range(3):
            with pytest.raises(Outage):
                way.send(letter(), SENDER, ANNA)
        with pytest.raises(Outage) as shut:
            way.send(letter(), SENDER, ANNA)
        assert shut.value.seconds > 1
        assert server.connections == 3
