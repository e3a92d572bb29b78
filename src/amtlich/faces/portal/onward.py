# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where a log-in leads back to: a path of this host, and perhaps a draft behind it."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.utils.http import url_has_allowed_host_and_scheme

from amtlich.faces.portal.pages import PortalRequest

LONGEST = 2000
_DRAFT = re.compile(r"/antrag/([A-Za-z0-9]{1,40})/")
# A log-in that leads back to a log-in would go round in circles.
_NOWHERE = ("/anmelden/", "/abmelden/")


def asked_for(request: PortalRequest) -> str:
    """The address in ``weiter`` of form or query, if it is safe."""
    return safe(request, request.POST.get("weiter") or request.GET.get("weiter") or "")


def safe(request: PortalRequest, address: str) -> str:
    """``address`` if it is a path of this host, else the start page: a link must not lead elsewhere."""
    inside = (
        len(address) <= LONGEST
        and address.startswith("/")
        and not address.startswith(_NOWHERE)
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=request.is_secure())
    )
    return address if inside else "/"


def draft_token(address: str) -> str:
    """The token of the draft that an address belongs to; empty if it belongs to none."""
    found = _DRAFT.match(address)
    return found[1] if found else ""


def is_personal(address: str) -> bool:
    """Whether the address belongs to one person: nobody else can go on there."""
    return address.startswith(("/antrag/", "/vorgaenge/"))


def query(address: str) -> str:
    """The address as a value in a query."""
    return quote(address, safe="/")
