# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The service desk at `/amt/leistungen/`: which version is offered, what waits, and who did what.

Publishers act; who audits or leads reads. Whoever handed a version in cannot publish it: the catalog
refuses it, not only the page. Every form says how many steps its page had seen, so that nobody acts on
what is no longer so (409).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.catalog.api import Person, Standing
from amtlich.faces.office import package_shapes
from amtlich.faces.office.guard import staff_only
from amtlich.faces.office.package_shapes import ServiceRow, VersionRow
from amtlich.faces.office.pages import OfficeRequest, render
from amtlich.kernel.errors import AmtlichError
from amtlich.platform.accounts.staff import Role

_READERS = (Role.PUBLISHER, Role.AUDITOR, Role.LEAD)

_DONE = {
    "veroeffentlicht": "Die Version ist veröffentlicht. Ab jetzt wird sie angeboten.",
    "abgelehnt": "Die Version ist abgelehnt. Was bisher angeboten wird, bleibt.",
    "vorgelegt": "Die Version wartet jetzt auf eine zweite Person.",
    "beendet": "Das Angebot ist beendet.",
}

_ALREADY_ENDED = "Das Angebot ist schon beendet. Ihr Schritt wurde nicht ausgeführt."

_CAN_RETURN = (Standing.SUPERSEDED, Standing.WITHDRAWN, Standing.REJECTED)

Act = Callable[[ServiceRow, VersionRow, Person, int | None], object]


@staff_only(*_READERS)
def overview(request: OfficeRequest) -> HttpResponse:
    """`/amt/leistungen/`: all services, what is offered of each, and what waits."""
    rows = package_shapes.service_rows(request.authority.id)
    waiting = [(row, version) for row in rows for version in row.waiting]
    return render(request, "packages", {"rows": rows, "waiting": waiting})


@staff_only(*_READERS)
def service(request: OfficeRequest, slug: str) -> HttpResponse:
    """`/amt/leistungen/<slug>/`: its versions, the cases under each, and its log."""
    return _service_page(request, _service(request, slug))


@staff_only(*_READERS)
def version(request: OfficeRequest, slug: str, version: str) -> HttpResponse:
    """`/amt/leistungen/<slug>/<version>/`: what it changes, how it was checked, and what can be done."""
    row = _service(request, slug)
    return _version_page(request, row, _version(row, version))


@staff_only(Role.PUBLISHER, methods=("POST",))
def publish(request: OfficeRequest, slug: str, version: str) -> HttpResponse:
    """A second person publishes; it counts at once and everywhere."""

    def act(row: ServiceRow, one: VersionRow, by: Person, seen: int | None) -> None:
        catalog.confirm(slug, version, authority_id=request.authority.id, by=by, seen=seen)

    return _act(request, slug, version, act, "veroeffentlicht")


@staff_only(Role.PUBLISHER, methods=("POST",))
def reject(request: OfficeRequest, slug: str, version: str) -> HttpResponse:
    """A second person says no with a reason, or the first one takes it back."""

    def act(row: ServiceRow, one: VersionRow, by: Person, seen: int | None) -> None:
        reason = request.POST.get("grund", "")
        catalog.reject(slug, version, authority_id=request.authority.id, by=by, reason=reason, seen=seen)

    return _act(request, slug, version, act, "abgelehnt")


@staff_only(Role.PUBLISHER, methods=("POST",))
def hand_in_again(request: OfficeRequest, slug: str, version: str) -> HttpResponse:
    """Leave an earlier version waiting once more, to go back to it."""

    def act(row: ServiceRow, one: VersionRow, by: Person, seen: int | None) -> None:
        catalog.hand_in_again(slug, version, authority_id=request.authority.id, by=by, seen=seen)

    return _act(request, slug, version, act, "vorgelegt")


@staff_only(Role.PUBLISHER, methods=("GET", "POST"))
def end(request: OfficeRequest, slug: str) -> HttpResponse:
    """`/amt/leistungen/<slug>/beenden/`: what happens to drafts and cases is said first; POST does it."""
    row = _service(request, slug)
    if request.method != "POST":
        return _end_page(request, row) if row.offered else HttpResponseRedirect(row.address)
    reason, who = request.POST.get("grund", ""), _person(request)
    try:
        catalog.withdraw(slug, authority_id=request.authority.id, by=who, reason=reason, seen=_seen(request))
    except catalog.ReasonMissing as missing:
        return _end_page(request, row, reason, problem=str(missing), status=422)
    except (catalog.MovedOn, catalog.UnknownService) as refused:
        moved = str(refused) if isinstance(refused, catalog.MovedOn) else _ALREADY_ENDED
        now = _service(request, slug)
        if now.offered is None:
            return _service_page(request, now, refused=moved, status=409)
        return _end_page(request, now, reason, refused=moved, status=409)
    return HttpResponseRedirect(f"{row.address}?getan=beendet")


def _act(request: OfficeRequest, slug: str, version: str, act: Act, done: str) -> HttpResponse:
    row = _service(request, slug)
    one = _version(row, version)
    try:
        act(row, one, _person(request), _seen(request))
    except catalog.ReasonMissing as missing:
        return _version_page(request, row, one, problem=str(missing), status=422)
    except (catalog.SecondPersonNeeded, catalog.PackageRefused) as refused:
        status = 403 if isinstance(refused, catalog.SecondPersonNeeded) else 422
        return _version_page(request, row, one, refused=refused, status=status)
    except (catalog.MovedOn, catalog.NothingToConfirm) as moved:
        now = _service(request, slug)
        return _version_page(request, now, _version(now, version), refused=moved, status=409)
    return HttpResponseRedirect(f"{one.address}?getan={done}")


def _version_page(
    request: OfficeRequest,
    row: ServiceRow,
    one: VersionRow,
    *,
    problem: str = "",
    refused: AmtlichError | None = None,
    status: int = 200,
) -> HttpResponse:
    desk = one.version
    waiting = desk.standing == Standing.WAITING
    own = waiting and desk.last.person == _person(request).key
    may_act = _may_act(request)
    report = catalog.report_of(desk.digest)
    context: dict[str, Any] = {
        "row": row,
        "one": one,
        "report": report,
        "comparison": catalog.comparison(row.service, desk),
        "log": package_shapes.log(desk.steps),
        "own": own,
        "can_publish": may_act and waiting and not own and report.check.ok,
        "can_reject": may_act and waiting,
        "can_hand_in": may_act and desk.standing in _CAN_RETURN and report.check.ok,
        "can_end": may_act and desk.standing == Standing.OFFERED,
        "reason": request.POST.get("grund", ""),
        "problem": problem,
        "refused": _sentence(refused),
        "done": _DONE.get(request.GET.get("getan", "")),
        "limit": catalog.REASON_LIMIT,
    }
    return render(request, "package_version", context, status=status)


def _service_page(
    request: OfficeRequest, row: ServiceRow, *, refused: str = "", status: int = 200
) -> HttpResponse:
    steps = sorted((step for one in row.service.versions for step in one.steps), key=lambda step: step.at)
    context = {
        "row": row,
        "log": package_shapes.log(steps[::-1]),
        "may_act": _may_act(request),
        "done": _DONE.get(request.GET.get("getan", "")),
        "refused": refused,
    }
    return render(request, "package", context, status=status)


def _end_page(
    request: OfficeRequest,
    row: ServiceRow,
    reason: str = "",
    *,
    problem: str = "",
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"row": row, "reason": reason, "problem": problem, "refused": refused}
    return render(request, "package_end", {**context, "limit": catalog.REASON_LIMIT}, status=status)


def _sentence(refused: AmtlichError | None) -> str:
    if isinstance(refused, catalog.PackageRefused):
        return "Die Prüfung findet in dieser Version Fehler. Sie wird nicht veröffentlicht."
    return str(refused) if refused else ""


def _service(request: OfficeRequest, slug: str) -> ServiceRow:
    try:
        return package_shapes.service_row(request.authority.id, slug)
    except catalog.UnknownService as unknown:
        raise Http404 from unknown


def _version(row: ServiceRow, version: str) -> VersionRow:
    for one in row.versions:
        if one.version.version == version:
            return one
    raise Http404


def _person(request: OfficeRequest) -> Person:
    """Who acts, as the catalog knows people: by log-in name, whichever way they came in."""
    assert request.staff is not None
    return Person.named(request.staff.name, request.staff.display_name)


def _may_act(request: OfficeRequest) -> bool:
    return request.staff is not None and request.staff.may(Role.PUBLISHER)


def _seen(request: HttpRequest) -> int | None:
    """How many steps the page had seen. A form without it has seen nothing, so it acts on nothing."""
    given = request.POST.get("stand", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1
