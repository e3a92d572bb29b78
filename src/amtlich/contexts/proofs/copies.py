# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Copies for the person concerned (GDPR Art. 15 (3)): readable by everybody, proving nothing.

A copy is PDF/A-3a and PDF/UA-1 like everything that leaves this house, but it carries no seal and no
code, and it is stored nowhere: it is made from the case when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from amtlich.contexts.proofs.errors import ProofsError
from amtlich.engines.documents import fonts
from amtlich.engines.documents.render import Renderer, RenderError, own_templates
from amtlich.kernel.clock import BERLIN
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.registry import authority

_MOST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A question and its answer, which may have several lines."""

    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Questions that belong together."""

    title: str
    rows: tuple[CopyRow, ...]


@dataclass(frozen=True, slots=True)
class CopySheet:
    """What stands in a copy, in the words and the language form of the person.

    ``lang`` is the language of the text, ``big`` sets it larger (Leichte Sprache), ``at`` is when the
    copy is made, ``reference`` what every page repeats.
    """

    title: str
    description: str
    lang: str
    big: bool
    reference: str
    at: datetime
    lead: tuple[str, ...]
    facts: tuple[CopyRow, ...]
    groups: tuple[CopyGroup, ...]
    notes: tuple[str, ...]


def print_copy(authority_id: UUID, sheet: CopySheet) -> bytes:
    """The copy as PDF. A letter that no font has is printed as its code point, ``[U+1F600]``.

    Raises ``ProofsError`` for a fault of ours.
    """
    data = _data(authority(authority_id), sheet)
    for _ in range(_MOST_LETTERS):
        try:
            return _renderer().render("copy.typ", data)
        except RenderError as error:
            if error.character is None:
                raise ProofsError(str(error)) from error
            # A notice would go to a person now (FC-21); a copy must not be withheld for one letter.
            data = _without(data, error.character)
    raise ProofsError("Die Kopie hat zu viele Zeichen, die keine Schrift drucken kann.")


def _data(of: Authority, sheet: CopySheet) -> dict[str, Any]:
    said = asdict(sheet)
    return {
        "meta": {
            "title": sheet.title,
            "description": sheet.description,
            "reference": sheet.reference,
            "issued": sheet.at.astimezone(BERLIN).strftime("%Y-%m-%dT%H:%M:%S"),
            "issued_utc": sheet.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        "sender": {"town": of.name, "office": of.office, "street": of.street, "city": of.city},
        "copy": {name: said[name] for name in said if name not in ("reference", "at")},
    }


def _without(value: Any, letter: str) -> Any:
    if isinstance(value, str):
        return value.replace(letter, "".join(f"[U+{ord(each):04X}]" for each in letter))
    if isinstance(value, Mapping):
        return {key: _without(item, letter) for key, item in value.items()}
    if isinstance(value, Sequence):
        return [_without(item, letter) for item in value]
    return value


@lru_cache(maxsize=1)
def _renderer() -> Renderer:
    return Renderer(own_templates(), fonts.prepare(config().fonts))
