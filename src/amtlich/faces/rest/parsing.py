# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""JSON as RFC 8259 has it, and stricter where readers differ: one meaning, or none (RFC 7493)."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from django.http import HttpRequest
from ninja.parser import Parser


class StrictParser(Parser):
    """Refuses what two programs would read differently: names given twice, NaN, numbers beyond a double."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body's value; raises ``ValueError``, or ``RecursionError`` where it is nested too deeply."""
        return read(request.body)


def read(raw: bytes) -> Any:
    """The value of JSON text in UTF-8; raises ``ValueError`` or ``RecursionError``."""
    return json.loads(
        raw.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number, parse_float=_number
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value
