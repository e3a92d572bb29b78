# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""FEEL text to tokens.

Names may hold blanks, signs and words that are keywords elsewhere ("date and time", "Mieter-Nummer"), so the
lexer cuts text into the smallest pieces only; the parser joins pieces to names by what it knows is in scope.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Final

from amtlich.engines.rules.errors import RulesError
from amtlich.engines.rules.source import Source

MAX_LENGTH: Final = 100_000


class Kind(Enum):
    NUMBER = "number"
    STRING = "string"
    TEMPORAL = "temporal literal"
    WORD = "name"
    SIGN = "sign"
    END = "end of the expression"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is what stands there; for strings and temporal literals `value` is their content."""

    kind: Kind
    text: str
    at: int
    end: int
    value: str = ""


_BLANK: Final = re.compile(r"[\s\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]+")
_NUMBER: Final = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SIGN: Final = re.compile(r"\*\*|\.\.|->|<=|>=|!=|[=<>+\-*/()\[\]{},:.']")
# Words start with a letter of any script, "_" or a symbol such as an emoji, never with an ASCII sign or
# digit. Combining marks belong to a word, so that a name typed in decomposed form is the same name. "?" alone
# is the tested value.
_MARKS: Final = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_WORD: Final = re.compile(
    rf"[^\W\d][\w{_MARKS}]*|\?|[\U00010000-\U000effff\u2070-\u218f\u20a0-\u20cf\u2c00-\u2fef]+[\w{_MARKS}]*"
)
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.)|$)", re.DOTALL)
_SIMPLE_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
_SURROGATES: Final = re.compile(r"[\ud800-\udbff][\udc00-\udfff]")


def tokenize(source: Source) -> list[Token]:
    """All tokens of the text, the last one of kind END. Raises RulesError at the first character without
    meaning.
    """
    text = source.text
    if len(text) > MAX_LENGTH:
        raise RulesError(
            "long_expression", source.place(0), element=source.element, size=len(text), limit=MAX_LENGTH
        )
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        blank = _BLANK.match(text, at)
        if blank:
            at = blank.end()
        elif text.startswith("//", at):
            newline = text.find("\n", at)
            at = len(text) if newline < 0 else newline
        elif text.startswith("/*", at):
            close = text.find("*/", at + 2)
            if close < 0:
                raise _refusal(source, "open_comment", at, expected="*/")
            at = close + 2
        else:
            token = _token(source, at)
            tokens.append(token)
            at = token.end
    tokens.append(Token(Kind.END, "", len(text), len(text)))
    return tokens


def words(name: str) -> tuple[str, ...]:
    """The pieces a name falls into: what the parser compares, so blanks inside a name do not matter."""
    try:
        return tuple(token.text for token in tokenize(Source.plain(name))[:-1])
    except RulesError:
        return (name,)


def _token(source: Source, at: int) -> Token:
    text = source.text
    if text[at] == '"':
        end = _string_end(source, at)
        return Token(Kind.STRING, text[at:end], at, end, _unescape(source, at + 1, end - 1))
    if text[at] == "@" and text.startswith('"', at + 1):
        end = _string_end(source, at + 1)
        return Token(Kind.TEMPORAL, text[at:end], at, end, _unescape(source, at + 2, end - 1))
    for kind, pattern in ((Kind.NUMBER, _NUMBER), (Kind.WORD, _WORD), (Kind.SIGN, _SIGN)):
        match = pattern.match(text, at)
        if match:
            return Token(kind, unicodedata.normalize("NFC", match.group()), at, match.end())
    raise _refusal(source, "bad_character", at, character=repr(text[at]))


def _string_end(source: Source, at: int) -> int:
    text, position = source.text, at + 1
    while position < len(text):
        if text[position] == "\\":
            position += 2
        elif text[position] == '"':
            return position + 1
        else:
            position += 1
    raise _refusal(source, "open_string", at, expected='"')


def _unescape(source: Source, start: int, end: int) -> str:
    raw = source.text[start:end]
    if "\\" not in raw:
        return raw

    def replace(match: re.Match[str]) -> str:
        if match[1] or match[2]:
            code = int(match[1] or match[2], 16)
            if code > 0x10FFFF:
                raise _refusal(source, "bad_escape", start + match.start(), escape=match[0])
            return chr(code)
        simple = _SIMPLE_ESCAPES.get(match[3] or "")
        if simple is None:
            # Regular expressions are written with single backslashes in many models ("\d"); they stay as they
            # are.
            return match[0]
        return simple

    joined = _ESCAPE.sub(replace, raw)
    return _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), joined)


def _refusal(
    source: Source, code: str, at: int, *, expected: str | None = None, **values: object
) -> RulesError:
    return RulesError(code, source.place(at), element=source.element, expected=expected, **values)
