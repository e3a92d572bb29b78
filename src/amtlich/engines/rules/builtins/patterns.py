# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Regular expressions as XPath 2.0 writes them, on Python's engine.

Not all of XPath's language is there: what Python does not know (\\p{...}, \\i, \\c, character class
subtraction of more than a plain class) is refused with a reason rather than read as something else.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

MAX_PATTERN: Final = 2000
_FLAGS: Final = {"s": re.DOTALL, "m": re.MULTILINE, "i": re.IGNORECASE, "x": re.VERBOSE}
_UNKNOWN: Final = re.compile(r"(?<!\\)(?:\\\\)*\\([pPicIC])")
_SUBTRACTION: Final = re.compile(r"\[([^\[\]]+)-\[([^\[\]]+)\]\]")


class PatternRefused(Exception):
    """A pattern or flag that cannot be used, with the reason in both languages."""

    def __init__(self, en: str, de: str) -> None:
        super().__init__(en)
        self.en = en
        self.de = de


@lru_cache(maxsize=500)
def compiled(pattern: str, flags: str) -> re.Pattern[str]:
    """The pattern ready for use; raises PatternRefused."""
    bits = 0
    literal = "q" in flags
    for flag in flags.replace("q", ""):
        if flag not in _FLAGS:
            raise PatternRefused(
                f"unknown flag {flag}", f"Unbekannte Angabe {flag}; erlaubt sind s, m, i, x und q."
            )
        bits |= _FLAGS[flag]
    if len(pattern) > MAX_PATTERN:
        raise PatternRefused("the pattern is too long", "Das Muster ist zu lang.")
    text = re.escape(pattern) if literal else _translated(pattern, bits)
    try:
        return re.compile(text, bits & ~re.VERBOSE)
    except (re.error, OverflowError, RecursionError) as error:
        raise PatternRefused(f"bad pattern: {error}", f"Das Muster ist fehlerhaft: {error}") from error


def _translated(pattern: str, flags: int) -> str:
    unknown = _UNKNOWN.search(pattern)
    if unknown:
        raise PatternRefused(f"\\{unknown[1]} is not supported", f"\\{unknown[1]} wird nicht unterstützt.")
    if re.search(r"\[[^\]]*\\[0-9]", pattern):
        raise PatternRefused("a group within [...]", "Ein Gruppenverweis steht in [...].")
    if "(?" in pattern.replace("(?:", "").replace("\\(?", ""):
        raise PatternRefused(
            "(? is not part of XPath's patterns", "(? gehört nicht zu den Mustern von XPath."
        )
    # XPath's x flag drops white space only outside character classes and knows no comments, unlike Python's.
    text = (
        re.sub(r"(\[[^\]]*\])|\s+", lambda match: match[1] or "", pattern) if flags & re.VERBOSE else pattern
    )
    text = _SUBTRACTION.sub(r"(?:(?![\2])[\1])", text)
    # "$" is the end of the text (or of a line in mode m), never before a last newline; "." is no line end.
    plain = {"$": "$" if flags & re.MULTILINE else r"\Z", ".": "." if flags & re.DOTALL else r"[^\n\r]"}
    return re.sub(r"(\\.|\[[^\]]*\])|[$.]", lambda match: match[1] or plain[match[0]], text, flags=re.DOTALL)


def replacement(text: str, groups: int, flags: str) -> str:
    """XPath's replacement ($1, \\$, \\\\) as Python's."""
    if "q" in flags:
        return text.replace("\\", r"\\")
    if re.search(r"(?<!\\)(?:\\\\)*\\(?![\\$])", text) or re.search(r"(?<!\\)(?:\\\\)*\$(?!\d)", text):
        raise PatternRefused(
            "a lone \\ or $ in the replacement", "Im Ersatztext steht ein einzelnes \\ oder $."
        )

    def group(match: re.Match[str]) -> str:
        if match[0] in ("\\\\", "\\$"):
            return "\\\\" if match[0] == "\\\\" else "$"
        digits, rest = match[1], ""
        while len(digits) > 1 and int(digits) > groups:
            digits, rest = digits[:-1], digits[-1] + rest
        return f"\\g<{digits}>{rest}" if int(digits) <= groups else rest

    return re.sub(r"\\\\|\\\$|\$(\d+)", group, text)
