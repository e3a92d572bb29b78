# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can be wrong with a draft, a submission or a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amtlich.engines.forms import FieldError
from amtlich.kernel.errors import BadInput, Conflict, NotFound
from amtlich.kernel.sentence import Sentence


class NoSuchCase(NotFound):
    """There is no such case, or it is not yours; the two are never told apart."""

    def __init__(self) -> None:
        super().__init__("Diesen Vorgang gibt es nicht, oder er gehört zu einer anderen Anmeldung.")


class NoSuchDraft(NotFound):
    """There is no such draft, or it is not yours, or it has expired."""

    def __init__(self) -> None:
        super().__init__("Diesen Entwurf gibt es nicht mehr, oder er gehört zu einer anderen Anmeldung.")


class NoSuchDocument(NotFound):
    """There is no such document in a case of yours."""

    def __init__(self) -> None:
        super().__init__("Dieses Dokument gibt es nicht, oder es gehört zu einer anderen Anmeldung.")


class InvalidSubmission(BadInput):
    """The form's statements are incomplete or wrong; ``errors`` says where and what to do."""

    def __init__(self, errors: Sequence[FieldError]) -> None:
        super().__init__("Einige Angaben fehlen noch oder stimmen nicht.")
        self.errors = tuple(errors)


class KeyReused(Conflict):
    """The same idempotency key came with other statements."""

    def __init__(self) -> None:
        super().__init__(
            "Unter diesem Schlüssel ist schon ein Antrag mit anderen Angaben eingegangen. "
            "Verwenden Sie für einen neuen Antrag einen neuen Schlüssel."
        )


class MessageKeyReused(Conflict):
    """The same idempotency key came with another message."""

    def __init__(self) -> None:
        super().__init__(
            "Unter diesem Schlüssel ist schon eine andere Nachricht angekommen. "
            "Verwenden Sie für eine neue Nachricht einen neuen Schlüssel."
        )


class StaleDraft(Conflict):
    """Another tab saved the draft in between."""

    def __init__(self) -> None:
        super().__init__(
            "Sie haben diesen Entwurf inzwischen an anderer Stelle geändert. "
            "Laden Sie die Seite neu, und prüfen Sie Ihre Angaben."
        )


class AlreadySubmitted(Conflict):
    """The draft was submitted; what it said cannot be changed any more."""

    def __init__(self, case_token: str) -> None:
        super().__init__("Diesen Antrag haben Sie schon abgesendet.")
        self.case_token = case_token


class TextWrong(BadInput):
    """A text that somebody wrote cannot be taken; ``errors`` holds a sentence per number of the text."""

    def __init__(self, errors: Mapping[int, str]) -> None:
        super().__init__(next(iter(errors.values())))
        self.errors = dict(errors)


class Overtaken(Conflict):
    """Somebody was faster, or the page is older than the case; the sentence says who did what, when."""


class MovedOn(Conflict):
    """What was to be done is no longer possible; the sentence says what has happened instead."""

    def __init__(self, happened: Sentence) -> None:
        super().__init__(happened)
        self.happened = happened
