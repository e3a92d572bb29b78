# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/amt/konto/`: one's own sessions, password and recovery codes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from amtlich.faces.office.guard import staff_only
from amtlich.faces.office.pages import OfficeRequest, render
from amtlich.faces.office.views.start import titles
from amtlich.platform.accounts.staff import login, passkeys, sessions
from amtlich.platform.accounts.staff.errors import StaffRefused, WrongCredentials


@staff_only(methods=("GET", "POST"))
def account(request: OfficeRequest) -> HttpResponse:
    """Show it, or do what one of its buttons says."""
    assert request.staff is not None
    assert request.staff_session is not None
    if request.method != "POST":
        return _page(request)
    member, posted = request.staff, request.POST
    if ended := posted.get("beenden"):
        if ended == "alle":
            sessions.end_others(member, request.staff_session.key_hash)
            return _page(request, told="Alle anderen Sitzungen sind beendet.")
        there = sessions.end(member, ended)
        return _page(request, told="Die Sitzung ist beendet." if there else "Die gab es nicht mehr.")
    if posted.get("aktion") == "passkey":
        given = [posted.get(name, "") for name in ("marke", "antwort", "name")]
        try:
            passkeys.add(request, member, *given)
        except WrongCredentials as refused:
            return _page(request, fault=str(refused), field="name")
        return _page(request, told="Der Passkey ist angelegt. Damit melden Sie sich in einem Schritt an.")
    if removed := posted.get("entfernen"):
        there = passkeys.remove(member, _id(removed))
        return _page(request, told="Der Passkey ist entfernt." if there else "Den gab es nicht mehr.")
    if posted.get("aktion") == "passwort":
        given = [posted.get(name, "") for name in ("altes", "neues", "noch-einmal")]
        try:
            login.change_password(member.authority_id, member.id, *given)
        except WrongCredentials as refused:
            return _page(request, fault=str(refused), field="altes")
        except StaffRefused as refused:
            return _page(request, fault=str(refused), field="neues")
        sessions.end_others(member, request.staff_session.key_hash)
        return _page(request, told="Das Passwort ist geändert. Alle anderen Sitzungen sind beendet.")
    try:
        codes = login.new_codes(member.authority_id, member.id, posted.get("code", "")[:40])
    except WrongCredentials as refused:
        return _page(request, fault=str(refused), field="code")
    return render(
        request, "codes", {"codes": codes, "onward": "/amt/konto/", "onward_title": "Zurück zum Konto"}
    )


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _page(request: OfficeRequest, *, told: str = "", fault: str = "", field: str = "") -> HttpResponse:
    assert request.staff is not None
    assert request.staff_session is not None
    context: dict[str, Any] = {
        "sessions": sessions.of(request.staff, request.staff_session.key_hash),
        "titles": titles(request),
        "passkeys": passkeys.of(request.staff),
        "question": passkeys.ask_for_new(request, request.staff),
        "told": told,
        "fault": fault,
        "field": field,
    }
    return render(request, "account", context, status=422 if fault else 200)
