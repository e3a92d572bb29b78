# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Why a document may be revoked: a closed set, in words that tell a stranger nothing about the person."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from amtlich.kernel.sentence import Sentence


class RevocationReason(StrEnum):
    """The reason category. Everybody who checks the document reads its words (``WORDS``)."""

    ERROR = "error"
    REPLACED = "replaced"
    OUTDATED = "outdated"
    SEAL = "seal"
    OTHER = "other"


WORDS: Mapping[RevocationReason, Sentence] = {
    RevocationReason.ERROR: Sentence("In dem Dokument war ein Fehler."),
    RevocationReason.REPLACED: Sentence("Es gibt ein neues Dokument."),
    RevocationReason.OUTDATED: Sentence("Die Angaben in dem Dokument stimmen nicht mehr."),
    RevocationReason.SEAL: Sentence("Das Siegel war nicht mehr sicher."),
    RevocationReason.OTHER: Sentence("Den Grund nennen wir nur der Person, um die es geht."),
}
