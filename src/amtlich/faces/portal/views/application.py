# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The application: beginning a draft, its pages, the check of all answers, submitting, the receipt."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.engines.forms import FieldError
from amtlich.faces.portal import check_shapes, form_entries, service_shapes
from amtlich.faces.portal.language import said
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.errors import Conflict, NotFound
from amtlich.platform.accounts.login import ensure_holder

CHECK = "pruefen"
RECEIPT = "eingang"


@answers_to("GET", "POST")
def begin(request: PortalRequest, slug: str) -> HttpResponse:
    """`/leistungen/<slug>/beantragen/`: only the POST creates a draft (FC-10)."""
    if request.method == "POST":
        actor = ensure_holder(request)
        draft = cases.start_draft(actor, slug, restart=request.POST.get("neu") == "1")
        return _see(draft.token, "")
    package = catalog.current(request.authority.id, slug)
    open_draft = cases.open_draft(request.actor, slug) if request.actor.holder_id else None
    return render(request, "begin", {"service": service_shapes.page(package), "draft": open_draft}, lean=True)


@answers_to("GET")
def resume(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/`: to the first page that still needs something."""
    draft = cases.draft(request.actor, token)
    if draft.submitted_case:
        return _see(token, f"{RECEIPT}/")
    form = catalog.package(draft.service, draft.version).form
    steps = form.open_steps(draft.data)
    first = form.first_open_step(draft.data) if draft.revision else steps[0].id
    return _see(token, f"{first or CHECK}/")


@answers_to("GET", "POST")
def step(request: PortalRequest, token: str, step_id: str) -> HttpResponse:
    """`/antrag/<token>/<schritt>/`: one group of questions."""
    draft = cases.draft(request.actor, token)
    if draft.submitted_case:
        return _see(token, f"{RECEIPT}/")
    if request.method != "POST":
        return _step_page(request, draft, step_id)
    raw = dict(request.POST.lists())
    try:
        result = cases.save_step(request.actor, token, step_id, raw, _revision(request))
    except Conflict:
        stored = cases.draft(request.actor, token)
        if stored.submitted_case:
            return _see(token, f"{RECEIPT}/")
        return _step_page(request, stored, step_id, typed=raw, stale=True, status=409)
    if "pause" in request.POST and not _wrongly_filled(draft, result.errors, raw):
        return HttpResponseRedirect("/vorgaenge/")
    if result.errors:
        return _step_page(request, result.draft, step_id, typed=raw, errors=result.errors, status=422)
    form = catalog.package(draft.service, draft.version).form
    following = form.next_step(step_id, result.draft.data)
    if request.POST.get("dann") == CHECK:  # came from the check page to change one answer
        following = form.first_open_step(result.draft.data)
    return _see(token, f"{following or CHECK}/")


@answers_to("GET", "POST")
def check(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/pruefen/`: all answers, what the register says, and the one button."""
    draft = cases.draft(request.actor, token)
    if draft.submitted_case:
        return _see(token, f"{RECEIPT}/")
    if request.method == "POST":
        return _send(request, token)
    missing = catalog.package(draft.service, draft.version).form.first_open_step(draft.data)
    if missing:
        return _see(token, f"{missing}/")
    return _check_page(request, draft)


def _send(request: PortalRequest, token: str) -> HttpResponse:
    """Submit what the check page showed; twice is harmless: the same receipt."""
    seen = _revision(request) if "stand" in request.POST else None
    try:
        cases.submit_draft(request.actor, token, seen)
    except cases.InvalidSubmission:
        return _see(token, "")  # to the first page that still needs something
    except cases.StaleDraft:
        return _check_page(request, cases.draft(request.actor, token), stale=True, status=409)
    return _see(token, f"{RECEIPT}/")


def _check_page(
    request: PortalRequest, draft: cases.DraftView, *, stale: bool = False, status: int = 200
) -> HttpResponse:
    package = catalog.package(draft.service, draft.version)
    steps = package.form.open_steps(draft.data)
    return render(
        request,
        "check",
        {
            "draft": draft,
            "service": service_shapes.page(package),
            "stale": stale,
            "groups": check_shapes.answer_groups(package.form, draft.data, draft.token),
            "preview": check_shapes.preview(cases.preview(request.actor, draft.token)),
            "submit_label": check_shapes.submit_label(package, draft.data),
            "level_missing": request.actor.level < package.min_level,
            "number": len(steps) + 1,
            "count": len(steps) + 1,
            "back_address": f"/antrag/{draft.token}/{steps[-1].id}/",
        },
        status=status,
        lean=True,
    )


@answers_to("GET")
def receipt(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/eingang/`: proof that the application has arrived, with the exact time."""
    draft = cases.draft(request.actor, token)
    if not draft.submitted_case:
        return _see(token, "")
    received = cases.case(request.actor, draft.submitted_case)
    context = {
        "receipt": received,
        "name": said(received.service_name),
        "duration": service_shapes.page(catalog.package(draft.service, draft.version)).duration,
        "case_address": f"/vorgaenge/{received.token}/",
    }
    return render(request, "receipt", context)


def _step_page(
    request: PortalRequest,
    draft: cases.DraftView,
    step_id: str,
    *,
    typed: form_entries.Typed | None = None,
    errors: tuple[FieldError, ...] = (),
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    package = catalog.package(draft.service, draft.version)
    form = package.form
    asked = [each.id for each in form.open_steps(draft.data)]
    if step_id not in asked:
        raise NotFound("Diesen Schritt gibt es in diesem Antrag nicht.")
    fields = form.on_page(step_id, draft.data)
    previous = form.previous_step(step_id, draft.data)
    to_check = request.GET.get("dann") == CHECK or request.POST.get("dann") == CHECK
    back = f"/antrag/{draft.token}/{previous}/" if previous else f"/leistungen/{draft.service}/"
    context = {
        "draft": draft,
        "service": said(package.names),
        "step": form.step(step_id),
        "blocks": form_entries.blocks(fields, draft.data, typed, errors),
        "errors": form_entries.error_lines(fields, errors),
        "stored": form_entries.stored_lines(fields, draft.data, typed) if stale and typed is not None else (),
        "stale": stale,
        "to_check": to_check,
        "back_address": f"/antrag/{draft.token}/{CHECK}/" if to_check else back,
        "number": asked.index(step_id) + 1,
        "count": len(asked) + 1,
    }
    return render(request, "step", context, status=status, lean=True)


def _wrongly_filled(draft: cases.DraftView, errors: tuple[FieldError, ...], raw: form_entries.Typed) -> bool:
    """Whether something typed is wrong: that must be seen before a pause. What is missing may wait."""
    form = catalog.package(draft.service, draft.version).form
    names = [name for error in errors for name in form.field(error.field).posted_names]
    return any(value.strip() for name in names for value in raw.get(name, ()))


def _revision(request: PortalRequest) -> int:
    text = request.POST.get("stand", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _see(token: str, rest: str) -> HttpResponse:
    response = HttpResponseRedirect(f"/antrag/{token}/{rest}")
    response.status_code = 303  # after a POST the browser must GET, and "back" must not post again
    return response
