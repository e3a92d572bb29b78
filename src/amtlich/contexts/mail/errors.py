# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can be wrong with an address, a code or a link."""

from __future__ import annotations

from amtlich.kernel.errors import BadInput, Conflict, Forbidden, NotFound, Unavailable
from amtlich.kernel.sentence import Sentence


class AddressRefused(BadInput):
    """This is no e-mail address to which anybody could write; ``sentence`` says what is wrong."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TooManyMails(BadInput):
    """So many confirmations were asked for that the next one has to wait."""

    def __init__(self) -> None:
        self.sentence = Sentence(
            "Wir haben in kurzer Zeit schon mehrere E-Mails geschickt. Warten Sie eine Stunde, und "
            "versuchen Sie es dann noch einmal."
        )
        super().__init__(self.sentence)


class CodeRefused(BadInput):
    """The typed code is not the one of the mail; ``sentence`` says what to do."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class UnknownLink(NotFound):
    """Nobody was ever sent this link, or it was sent so long ago that it is forgotten."""


class OtherBrowser(Forbidden):
    """The link belongs to another browser: the one in which the address was typed."""


class LinkExpired(Forbidden):
    """The link was right once."""


class NotOffered(Unavailable):
    """This installation sends no e-mail."""


class NoSuchMail(NotFound):
    """There is no mail with this number."""


class NobodyToWriteTo(Conflict):
    """The holder has deleted the address since."""
