# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/amt/konten/`: who works here, with which roles. Administrators change it, auditors read it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse

from amtlich.faces.office.guard import staff_only
from amtlich.faces.office.pages import OfficeRequest, render
from amtlich.kernel.errors import Forbidden
from amtlich.platform.accounts.staff import Role, StaffMember
from amtlich.platform.accounts.staff import accounts as staff
from amtlich.platform.accounts.staff.errors import LastAdministrator, NoSuchStaff, StaffRefused

_TOLD = {
    "rollen": "Die Rollen sind gespeichert.",
    "sperren": "Das Konto ist gesperrt, alle seine Sitzungen sind beendet.",
    "entsperren": "Das Konto ist entsperrt.",
    "verlangen": "Der neue Zugang ist verlangt. Jetzt muss eine zweite Person ihn bestätigen.",
}


@staff_only(Role.ADMINISTRATOR, Role.AUDITOR, methods=("GET", "POST"))
def accounts(request: OfficeRequest) -> HttpResponse:
    """The list, and what its buttons do."""
    assert request.staff is not None
    if request.method != "POST":
        return _page(request)
    if not request.staff.may(Role.ADMINISTRATOR):
        raise Forbidden("Konten ändert, wer die Rolle Konten hat. Sie dürfen sie nur lesen.")
    action = request.POST.get("aktion", "")
    name = request.POST.get("kennung" if action == "neu" else "wer", "")
    try:
        key = _do(request, request.staff, action, name)
    except (StaffRefused, NoSuchStaff, LastAdministrator) as refused:
        field = "kennung" if action == "neu" else f"k-{name[:60]}"
        status = 409 if isinstance(refused, LastAdministrator) else 422
        return _page(request, status=status, fault=str(refused), field=field)
    if key:
        link = request.build_absolute_uri(f"/amt/zugang/{key}/")
        return _page(request, link=link, link_for=name[:60])
    return _page(request, told=_TOLD.get(action, ""))


def _do(request: HttpRequest, member: StaffMember, action: str, name: str) -> str:
    """Do it; returns the key of a one-time link if there is a new one."""
    authority_id, by = member.authority_id, f"{member.display_name} ({member.name})"
    roles = [Role(value) for value in request.POST.getlist("rolle") if value in {role.value for role in Role}]
    match action:
        case "neu":
            return staff.add(authority_id, name, request.POST.get("name", ""), roles, by=by)
        case "rollen":
            staff.set_roles(authority_id, name, roles, by=by)
        case "sperren":
            staff.disable(authority_id, name, by=by)
        case "entsperren":
            staff.enable(authority_id, name, by=by)
        case "verlangen":
            staff.begin_recovery(authority_id, name, by=by)
        case "bestaetigen":
            return staff.confirm_recovery(authority_id, name, by=by)
        case "link":
            return staff.new_link(authority_id, name, by=by)
        case _:
            raise StaffRefused("Diese Aktion gibt es nicht.")
    return ""


def _page(request: OfficeRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    assert request.staff is not None
    authority_id = request.staff.authority_id
    shown = {
        "people": [
            {**asdict(one), "titles": ", ".join(sorted(role.title_de for role in one.roles))}
            for one in staff.members(authority_id)
        ],
        "changes": staff.changes(authority_id),
        "roles": list(Role),
        "may_change": request.staff.may(Role.ADMINISTRATOR),
        "told": "",
        "fault": "",
        "field": "",
        "link": "",
        "typed": {
            "kennung": request.POST.get("kennung", "") if context.get("fault") else "",
            "name": request.POST.get("name", "") if context.get("fault") else "",
            "roles": request.POST.getlist("rolle") if context.get("fault") else [],
        },
    }
    return render(request, "accounts", {**shown, **context}, status=status)
