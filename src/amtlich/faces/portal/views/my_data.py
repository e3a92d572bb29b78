# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who read my data: over all cases of the person, or of a visitor's session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse

from amtlich.contexts.cases import api as cases
from amtlich.contexts.privacy import api as privacy
from amtlich.faces.portal.access_rows import access_item
from amtlich.faces.portal.language import _, said
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.errors import NotFound

_PAGE = 25
_LAST_PAGE = 10_000
BEFORE_SENDING = "vorschau"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of the filter."""

    value: str
    label: str
    chosen: bool


@answers_to("GET")
def my_data(request: PortalRequest) -> HttpResponse:
    """`/meine-daten/`: every access, newest first; `?vorgang=` leaves one case, `?seite=` turns the page."""
    holdings = cases.my_holdings(request.actor)
    chosen = request.GET.get("vorgang", "")
    page = _page_number(request.GET.get("seite", "1"))
    found = privacy.accesses_for_holders(
        request.actor.authority_id,
        request.actor.holders,
        case_id=_case_id(chosen, holdings),
        without_case=chosen == BEFORE_SENDING,
        first=(page - 1) * _PAGE,
        limit=_PAGE,
    )
    pages = max(1, -(-found.total // _PAGE))
    if page > pages:
        raise NotFound
    context = {
        "known": bool(request.actor.holders),
        "rows": [access_item(entry, holdings) for entry in found.entries],
        "found": found,
        "by_people": found.by_kind.get("staff", 0),
        "by_programs": found.by_kind.get("system", 0),
        "choices": _choices(holdings, chosen),
        "chosen": chosen,
        "page": page,
        "pages": pages,
        "newer": _address(chosen, page - 1) if page > 1 else "",
        "older": _address(chosen, page + 1) if page < pages else "",
    }
    return render(request, "my_data", context)


def _case_id(chosen: str, holdings: Mapping[UUID, cases.Holding]) -> UUID | None:
    """The case that the filter names; another's is as unknown as one that does not exist."""
    if chosen in ("", BEFORE_SENDING):
        return None
    for case_id, holding in holdings.items():
        if holding.token == chosen:
            return case_id
    raise NotFound


def _address(chosen: str, page: int) -> str:
    return f"?{urlencode({'vorgang': chosen, 'seite': page} if chosen else {'seite': page})}"


def _page_number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= _LAST_PAGE:
        raise NotFound
    return int(text[:9])


def _choices(holdings: Mapping[UUID, cases.Holding], chosen: str) -> list[Choice]:
    """All, each case, and what was read before sending."""
    options = [("", str(_("Alle Vorgänge")))]
    options += [
        (
            one.token,
            str(_("{service}, Zeichen {reference}", service=said(one.service_name), reference=one.reference)),
        )
        for one in holdings.values()
    ]
    options.append((BEFORE_SENDING, str(_("Vor dem Absenden"))))
    return [Choice(value, label, value == chosen) for value, label in options]
