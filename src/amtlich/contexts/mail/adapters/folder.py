# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The demonstration's way out: every mail becomes a file, and none leaves the machine."""

from __future__ import annotations

import os
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from amtlich.contexts.mail.ports import Answer, Verdict
from amtlich.kernel import clock


class FolderTransport:
    """Writes ``<moment>-<id>.eml`` into a folder that only its owner may read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, letter: EmailMessage, sender: str, recipient: str) -> Answer:
        """Write the file in one step; the same mail twice is one file."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = str(letter["Message-ID"]).strip("<>").partition("@")[0]
        for earlier in self._folder.glob(f"*-{name}.eml"):
            earlier.unlink(missing_ok=True)
        file = self._folder / f"{clock.now():%Y%m%d-%H%M%S}-{name}.eml"
        half = file.with_suffix(f".{os.getpid()}")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(letter.as_bytes())
        half.replace(file)
        return Answer(Verdict.ACCEPTED, 250)


def mails_to(folder: Path, recipients: frozenset[str], at_most: int = 20) -> list[EmailMessage]:
    """The mails in the folder that go to one of these addresses, newest first."""
    found: list[EmailMessage] = []
    for file in sorted(folder.glob("*.eml"), reverse=True):
        letter: EmailMessage = BytesParser(EmailMessage, policy=policy.SMTP).parsebytes(file.read_bytes())
        if str(letter["To"]) in recipients:
            found.append(letter)
        if len(found) == at_most:
            break
    return found
