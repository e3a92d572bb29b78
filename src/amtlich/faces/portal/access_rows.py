# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The access journal as the person concerned reads it, in the form of the page.

The journal keeps the German words of its day. Where the house still knows what they mean (fields of the
register, purposes of the service packages), they are said in the form of the page; what it no longer
knows stands in German and is marked so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from markupsafe import Markup

from amtlich.contexts.cases import api as cases
from amtlich.contexts.privacy import api as privacy
from amtlich.contexts.registers.api import FIELD_WORDS_DE
from amtlich.faces.portal.language import _, current, said, translated, typeset
from amtlich.kernel.sentence import Sentence
from amtlich.kernel.words import join_in

# As ``contexts.cases.preview`` marks what was read before anything was sent.
_PREVIEW = " (Vorschau vor dem Absenden)"
_FIELDS: Mapping[str, str] = {
    **FIELD_WORDS_DE,
    "state": Sentence("Stand des Vorgangs"),
    "conversation": Sentence("Fragen, Antworten und Nachrichten"),
}
_SOURCES: Mapping[str, Sentence] = {
    "Melderegister": Sentence("Melderegister"),
    "Vorgang": Sentence("Vorgang"),
}


@dataclass(frozen=True, slots=True)
class AccessItem:
    """One access. ``case`` is empty where nothing had been sent yet."""

    at: datetime
    who: Markup | str
    what: Markup | str
    source: Markup | str
    purpose: Markup | str
    law: Markup | str
    case: str
    service: str


def access_item(entry: privacy.AccessView, holdings: Mapping[UUID, cases.Holding]) -> AccessItem:
    """The entry in the form of the page."""
    holding = holdings.get(entry.case_id) if entry.case_id else None
    where = ("", "") if holding is None else (f"/vorgaenge/{holding.token}/", said(holding.service_name))
    if entry.erased:
        gone = _("Die Einzelheiten sind nach Ablauf der Frist gelöscht.")
        return AccessItem(entry.at, _who(entry), gone, "", "", "", *where)
    known = (text for one in holdings.values() for text in one.purposes)
    return AccessItem(
        at=entry.at,
        who=_who(entry),
        what=_what(entry),
        source=said(_SOURCES[entry.source]) if entry.source in _SOURCES else _german(entry.source),
        purpose=_purpose(entry.why, known),
        law=_german(typeset(entry.legal_basis)),
        case=where[0],
        service=where[1],
    )


def _who(entry: privacy.AccessView) -> Markup | str:
    if entry.actor_kind == "system":
        return _("Programm der Behörde")
    if entry.actor_kind in ("citizen", "anonymous"):
        return _("Sie selbst")
    return _german(entry.who) if entry.who else _("Person im Amt")


def _what(entry: privacy.AccessView) -> Markup | str:
    if all(field in _FIELDS for field in entry.fields):
        return join_in([translated(_FIELDS[field]) for field in entry.fields], current())
    return _german(join_in(entry.what, "de"))


def _purpose(why: str, known: Iterable[Mapping[str, str]]) -> Markup | str:
    plain = why.removesuffix(_PREVIEW)
    text = next((said(one) for one in known if one["de"] == plain), None)
    shown = _german(plain) if text is None else text
    return _("{purpose} (vor dem Absenden, nur für Sie)", purpose=shown) if plain != why else shown


def _german(text: str) -> Markup | str:
    """What exists in German only, marked where the page is not German."""
    return Markup('<span lang="de">{}</span>').format(text) if current() == "en" else text
