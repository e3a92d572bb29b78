# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Functions on strings. Positions count from 1, in characters; negative ones from the end."""

from __future__ import annotations

import re
from decimal import Decimal

from amtlich.engines.rules.builtins.patterns import PatternRefused, compiled, replacement
from amtlich.engines.rules.builtins.signature import built_in, no_value
from amtlich.engines.rules.values import Caller, kind


@built_in("substring", "string: string, start position: number, length?: number")
def substring(caller: Caller, string: str, start: Decimal, length: Decimal | None) -> str | None:
    first = int(start)
    if first == 0 or abs(first) > len(string) or (length is not None and length < 1):
        no_value(
            caller,
            "substring",
            "start position or length lies outside the text",
            "Anfang oder Länge liegt außerhalb des Textes",
        )
        return None
    begin = first - 1 if first > 0 else len(string) + first
    return string[begin:] if length is None else string[begin : begin + int(length)]


@built_in("string length", "string: string")
def string_length(caller: Caller, string: str) -> Decimal:
    return Decimal(len(string))


@built_in("upper case", "string: string")
def upper_case(caller: Caller, string: str) -> str:
    return string.upper()


@built_in("lower case", "string: string")
def lower_case(caller: Caller, string: str) -> str:
    return string.lower()


@built_in("substring before", "string: string, match: string")
def substring_before(caller: Caller, string: str, match: str) -> str:
    return string.partition(match)[0] if match and match in string else ""


@built_in("substring after", "string: string, match: string")
def substring_after(caller: Caller, string: str, match: str) -> str:
    if not match:
        return string
    return string.partition(match)[2] if match in string else ""


@built_in("contains", "string: string, match: string")
def contains(caller: Caller, string: str, match: str) -> bool:
    return match in string


@built_in("starts with", "string: string, match: string")
def starts_with(caller: Caller, string: str, match: str) -> bool:
    return string.startswith(match)


@built_in("ends with", "string: string, match: string")
def ends_with(caller: Caller, string: str, match: str) -> bool:
    return string.endswith(match)


@built_in("matches", "input: string, pattern: string, flags?: string|null")
def matches(caller: Caller, text: str, pattern: str, flags: str | None) -> bool | None:
    try:
        return compiled(pattern, flags or "").search(text) is not None
    except PatternRefused as refused:
        no_value(caller, "matches", refused.en, refused.de)
        return None


@built_in("replace", "input: string, pattern: string, replacement: string, flags?: string|null")
def replace(caller: Caller, text: str, pattern: str, new: str, flags: str | None) -> str | None:
    try:
        expression = compiled(pattern, flags or "")
        if expression.match(""):
            raise PatternRefused("the pattern fits the empty text", "Das Muster passt auf den leeren Text.")
        return expression.sub(replacement(new, expression.groups, flags or ""), text)
    except (PatternRefused, re.error, IndexError) as refused:
        detail = (
            refused if isinstance(refused, PatternRefused) else PatternRefused(str(refused), str(refused))
        )
        no_value(caller, "replace", detail.en, detail.de)
        return None


@built_in("split", "string: string, delimiter: string")
def split(caller: Caller, string: str, delimiter: str) -> list[object] | None:
    try:
        parts: list[object] = []
        last = 0
        for match in compiled(delimiter, "").finditer(string):
            if match.end() > match.start():
                parts.append(string[last : match.start()])
                last = match.end()
        return [*parts, string[last:]]
    except PatternRefused as refused:
        no_value(caller, "split", refused.en, refused.de)
        return None


@built_in("string join", "list: list, delimiter?: string|null")
@built_in("string join", "list: list, delimiter: string|null, prefix: string|null, suffix: string|null")
def string_join(
    caller: Caller,
    items: list[object],
    delimiter: str | None = None,
    prefix: str | None = None,
    suffix: str | None = None,
) -> str | None:
    texts: list[str] = []
    for item in items:
        if item is not None and not isinstance(item, str):
            no_value(
                caller,
                "string join",
                f"{kind(item)} is no text",
                "Die Liste enthält etwas anderes als Texte.",
            )
            return None
        if item is not None:
            texts.append(item)
    return f"{prefix or ''}{(delimiter or '').join(texts)}{suffix or ''}"


@built_in("not", "negand: any")
def logical_not(caller: Caller, negand: object) -> bool | None:
    if isinstance(negand, list) and len(negand) == 1:
        negand = negand[0]
    if negand is None or isinstance(negand, bool):
        return None if negand is None else not negand
    no_value(caller, "not", "needs true or false", "braucht wahr oder falsch")
    return None
