# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How sure a log-in is, in words of all three language forms."""

from __future__ import annotations

from collections.abc import Mapping

from amtlich.kernel.sentence import Sentence
from amtlich.kernel.trust import TrustLevel

WORDS: Mapping[TrustLevel, Sentence] = {
    TrustLevel.HIGH: Sentence("hoch"),
    TrustLevel.SUBSTANTIAL: Sentence("substanziell"),
    TrustLevel.LOW: Sentence("niedrig"),
    TrustLevel.NONE: Sentence("keines"),
}
LIKE: Mapping[TrustLevel, Sentence] = {
    TrustLevel.HIGH: Sentence("wie mit dem Online-Ausweis"),
    TrustLevel.SUBSTANTIAL: Sentence("wie mit BundID und ELSTER-Zertifikat"),
    TrustLevel.LOW: Sentence("wie mit BundID und Passwort"),
    TrustLevel.NONE: Sentence("ohne Nachweis, wer Sie sind"),
}
