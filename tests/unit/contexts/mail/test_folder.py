# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The demonstration's way out: files, and none of them for others."""

import stat
from email.message import EmailMessage
from pathlib import Path

from amtlich.contexts.mail.adapters.folder import FolderTransport, mails_to
from amtlich.contexts.mail.ports import Verdict

ANNA, BEN = "anna@example.org", "ben@example.org"


def letter(number: int, recipient: str) -> EmailMessage:
    mail = EmailMessage()
    mail["To"], mail["Subject"], mail["Message-ID"] = recipient, f"Nummer {number}", f"<{number}@amt.example>"
    mail.set_content("Guten Tag")
    return mail


def test_a_mail_is_a_file_that_only_its_owner_may_read(tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    way = FolderTransport(folder)
    assert way.send(letter(1, ANNA), "amt@amt.example", ANNA).verdict is Verdict.ACCEPTED
    (file,) = folder.iterdir()
    assert file.suffix == ".eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_same_mail_twice_is_one_file(tmp_path: Path) -> None:
    way = FolderTransport(tmp_path)
    for _ in range(2):
        way.send(letter(1, ANNA), "amt@amt.example", ANNA)
    assert len(list(tmp_path.iterdir())) == 1


def test_everybody_sees_their_own_mails_only(tmp_path: Path) -> None:
    way = FolderTransport(tmp_path)
    for number, recipient in enumerate((ANNA, BEN, ANNA)):
        way.send(letter(number, recipient), "amt@amt.example", recipient)
    assert {str(mail["Subject"]) for mail in mails_to(tmp_path, frozenset({ANNA}))} == {
        "Nummer 0",
        "Nummer 2",
    }
    assert mails_to(tmp_path, frozenset()) == []
    assert mails_to(tmp_path / "nirgends", frozenset({ANNA})) == []
