# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Why no document can be made, or none be checked."""

from amtlich.kernel.errors import AmtlichError, BadInput, NotFound, Unavailable
from amtlich.kernel.sentence import Sentence


class ProofsError(AmtlichError):
    """A document was not issued. Trying again may help: a full disk, a missing key, a fault of ours."""


class CannotBePrinted(ProofsError):
    """The data hold something that no font draws or that reads back differently: a person must look."""


class NoPdf(BadInput):
    """What was given to be checked is no PDF."""


class TooManyChecks(Unavailable):
    """All places for reading strangers' files are taken."""

    def __init__(self) -> None:
        super().__init__(Sentence("Gerade prüfen viele eine Datei. Versuchen Sie es gleich noch einmal."))


class NoSuchDocument(NotFound):
    """No document carries this code; the message is for the person at the command line."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Zu dem Prüfcode „{code[:40]}“ gibt es kein Dokument. Prüfen Sie die Schreibweise.")


class RevocationRefused(BadInput):
    """A revocation without what must stand in it."""
