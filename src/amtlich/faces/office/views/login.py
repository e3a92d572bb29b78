# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Log-in of staff: password, then code; the one-time link of a new account; log-out."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from markupsafe import Markup

from amtlich.faces.office.guard import open_to_all
from amtlich.faces.office.pages import OfficeRequest, render
from amtlich.platform.accounts.staff import demo, passkeys, secrets, sessions
from amtlich.platform.accounts.staff import login as staff_login
from amtlich.platform.accounts.staff.errors import StaffRefused, WrongCredentials

_LONGEST = 2000


@open_to_all("GET", "POST")
def login(request: OfficeRequest) -> HttpResponse:
    """`/amt/anmelden/`: the first of two steps."""
    if request.method != "POST":
        return _login_page(request)
    if (chosen := request.POST.get("person")) is not None:
        return _inside(request, demo.log_in(request, request.authority.id, chosen))
    name = request.POST.get("kennung", "")
    try:
        key = staff_login.with_password(request, request.authority.id, name, request.POST.get("passwort", ""))
    except WrongCredentials as refused:
        return _login_page(request, str(refused), name)
    answer = HttpResponseRedirect(f"/amt/anmelden/code/?weiter={_onward(request)}")
    sessions.set_cookie(answer, key)
    return answer


def _login_page(request: OfficeRequest, fault: str = "", name: str = "") -> HttpResponse:
    context = {
        "fault": fault,
        "name": name[:60],
        "onward": _onward(request),
        "personas": demo.people(request.authority.id),
        "question": passkeys.ask_for_log_in(request, request.authority.id),
    }
    return render(request, "login", context, status=422 if fault else 200)


@open_to_all("POST")
def passkey(request: OfficeRequest) -> HttpResponse:
    """`/amt/anmelden/passkey/`: one gesture instead of two steps."""
    token, answer = request.POST.get("marke", ""), request.POST.get("antwort", "")
    try:
        return _inside(request, passkeys.log_in(request, request.authority.id, token, answer))
    except WrongCredentials as refused:
        return _login_page(request, str(refused))


@open_to_all("GET", "POST")
def code(request: OfficeRequest) -> HttpResponse:
    """`/amt/anmelden/code/`: the second step."""
    found = request.staff_session
    if found is None:
        return HttpResponseRedirect("/amt/anmelden/")
    if found.member is not None:
        return HttpResponseRedirect(_onward(request))
    fault = ""
    if request.method == "POST":
        try:
            typed = request.POST.get("code", "")
            key = staff_login.with_code(request, request.authority.id, found.staff_id, typed[:40])
            return _inside(request, key)
        except WrongCredentials as refused:
            fault = str(refused)
    context = {"fault": fault, "onward": _onward(request)}
    return render(request, "code", context, status=422 if fault else 200)


@open_to_all("POST")
def logout(request: OfficeRequest) -> HttpResponse:
    """`/amt/abmelden/`: this session is gone."""
    sessions.end_this(request, request.authority.id)
    answer = HttpResponseRedirect("/amt/anmelden/")
    sessions.drop_cookie(answer)
    return answer


@open_to_all("GET", "POST")
def enrol(request: OfficeRequest, key: str) -> HttpResponse:
    """`/amt/zugang/…/`: set password and second factor up, once."""
    offer = staff_login.offer(request.authority.id, key)
    fault = field = ""
    if request.method == "POST":
        given = [request.POST.get(name, "") for name in ("passwort", "noch-einmal", "code")]
        try:
            codes = staff_login.enrol(request.authority.id, key, *given)
            shown = {"codes": codes, "onward": "/amt/anmelden/", "onward_title": "Zur Anmeldung"}
            return render(request, "codes", shown)
        except StaffRefused as refused:
            fault, field = str(refused), "noch-einmal" if given[0] != given[1] else "passwort"
        except WrongCredentials as refused:
            fault, field = str(refused), "code"
    context: dict[str, Any] = {
        "offer": offer,
        "secret": " ".join(offer.secret[at : at + 4] for at in range(0, len(offer.secret), 4)),
        "qr": _qr(secrets.totp_address(offer.secret, offer.name, request.authority.short_name)),
        "fault": fault,
        "field": field,
    }
    return render(request, "enrol", context, status=422 if fault else 200)


def _inside(request: OfficeRequest, key: str) -> HttpResponse:
    answer = HttpResponseRedirect(_onward(request))
    sessions.set_cookie(answer, key)
    return answer


def _onward(request: OfficeRequest) -> str:
    """Where it goes on: a page of the office, nothing else."""
    address = request.POST.get("weiter") or request.GET.get("weiter") or ""
    inside = (
        len(address) <= _LONGEST
        and address.startswith(sessions.PATH)
        and not address.startswith(("/amt/anmelden/", "/amt/abmelden/", "/amt/zugang/"))
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )
    return address if inside else sessions.PATH


def _qr(text: str) -> Markup:
    """The QR code as SVG."""
    out = io.BytesIO()
    # Without a size or a style: those come from the style sheet.
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, omitsize=True, border=3, light="#fff", svgclass=None, lineclass=None,
        title="QR-Code zum Einrichten der App",
    )  # fmt: skip
    return Markup(out.getvalue().decode())  # noqa: S704 (made here, of an address that we wrote)
