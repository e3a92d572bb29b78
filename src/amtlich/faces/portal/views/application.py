# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The application: beginning a draft, its pages, the check of all answers, submitting, the receipt."""

from __future__ import annotations

from typing import Literal

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.engines.forms import FieldError
from amtlich.faces.portal import check_shapes, form_entries, language, levels, service_shapes
from amtlich.faces.portal.language import said
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.faces.portal.views.draft_faults import for_owner
from amtlich.faces.portal.views.gone import or_gone
from amtlich.kernel.errors import Conflict, NotFound
from amtlich.kernel.sentence import LANGUAGES
from amtlich.platform.accounts.login import ensure_holder

CHECK = "pruefen"
RECEIPT = "eingang"
LATER = "spaeter"
NEWER = "neue-fragen"

# Why a page of the form is shown again with what was typed, although nothing of it is saved.
Notice = Literal["", "stale", "parked", "resend"]


@answers_to("GET", "POST")
@or_gone
def begin(request: PortalRequest, slug: str) -> HttpResponse:
    """`/leistungen/<slug>/beantragen/`: only the POST creates a draft (FC-10)."""
    if request.method == "POST":
        actor = ensure_holder(request)
        draft = cases.start_draft(actor, slug, restart=request.POST.get("neu") == "1")
        return see(draft.token, "")
    package = catalog.current(request.authority.id, slug)
    open_draft = cases.open_draft(request.actor, slug) if request.actor.holder_id else None
    context = {"service": service_shapes.page(package), "draft": open_draft, "levels": levels.WORDS}
    return render(request, "begin", context, lean=True)


@for_owner
@answers_to("GET")
def resume(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/`: to the first page that still needs something."""
    draft, elsewhere = _ready(request, token)
    if elsewhere:
        return elsewhere
    form = catalog.package(draft.service, draft.version).form
    steps = [step.id for step in form.open_steps(draft.data)]
    if draft.parked and draft.parked.step in steps:
        return see(token, f"{draft.parked.step}/")
    first = form.first_open_step(draft.data) if draft.revision else steps[0]
    return see(token, f"{first or CHECK}/")


@for_owner
@answers_to("GET", "POST")
def step(request: PortalRequest, token: str, step_id: str) -> HttpResponse:
    """`/antrag/<token>/<schritt>/`: one group of questions."""
    if request.method != "POST":
        draft, elsewhere = _ready(request, token)
        if elsewhere:
            return elsewhere
        parked = draft.parked if draft.parked and draft.parked.step == step_id else None
        if parked is None:
            return _step_page(request, draft, step_id)
        return _step_page(request, draft, step_id, typed=parked.raw, notice="parked")
    draft = cases.draft(request.actor, token)
    if draft.submitted_case:
        return see(token, f"{RECEIPT}/")
    if "verwerfen" in request.POST:
        cases.unpark(request.actor, token)
        return see(token, f"{step_id}/")
    return _save(request, draft, step_id)


def _save(request: PortalRequest, draft: cases.DraftView, step_id: str) -> HttpResponse:
    """Store the page, and go where its button leads."""
    token, raw = draft.token, dict(request.POST.lists())
    _step_exists(draft, step_id)
    try:
        result = cases.save_step(request.actor, token, step_id, raw, revision(request))
    except Conflict:
        stored = cases.draft(request.actor, token)
        if stored.submitted_case:
            return see(token, f"{RECEIPT}/")
        return _step_page(request, stored, step_id, typed=raw, notice="stale", status=409)
    if "sprache" in request.POST:
        return _in_another_form(request, result, step_id, raw)
    if "pause" in request.POST and not _wrongly_filled(draft, result.errors, raw):
        if request.actor.logged_in:
            return HttpResponseRedirect("/vorgaenge/")
        return see(token, f"{LATER}/")
    if result.errors:
        return _step_page(request, result.draft, step_id, typed=raw, errors=result.errors, status=422)
    form = catalog.package(draft.service, draft.version).form
    following = form.next_step(step_id, result.draft.data)
    if request.POST.get("dann") == CHECK:  # came from the check page to change one answer
        following = form.first_open_step(result.draft.data)
    return see(token, f"{following or CHECK}/")


def _in_another_form(
    request: PortalRequest, result: cases.StepResult, step_id: str, raw: form_entries.Typed
) -> HttpResponse:
    """The same page in another language form: what is right is saved, what is not stays in its field."""
    wanted = next((each for each in LANGUAGES if each == request.POST.get("sprache")), language.current())
    with language.use(wanted):
        page = _step_page(request, result.draft, step_id, typed=raw)
    language.remember(request, page, wanted)
    return page


def _step_exists(draft: cases.DraftView, step_id: str) -> None:
    form = catalog.package(draft.service, draft.version).form
    if step_id not in {each.id for each in form.steps}:
        raise NotFound("Diesen Schritt gibt es in diesem Antrag nicht.")


def shown_again(request: PortalRequest, token: str, step_id: str) -> HttpResponse | None:
    """The page with what was typed, for its owner, after a form that this session cannot vouch for."""
    try:
        draft = cases.draft(request.actor, token)
        if draft.submitted_case:
            return None
        raw = dict(request.POST.lists())
        return _step_page(request, draft, step_id, typed=raw, notice="resend", status=403)
    except NotFound:
        return None


@for_owner
@answers_to("GET", "POST")
def check(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/pruefen/`: all answers, what the register says, and the one button."""
    if request.method == "POST":
        if cases.draft(request.actor, token).submitted_case:
            return see(token, f"{RECEIPT}/")
        return _send(request, token)
    draft, elsewhere = _ready(request, token)
    if elsewhere:
        return elsewhere
    missing = catalog.package(draft.service, draft.version).form.first_open_step(draft.data)
    if missing:
        return see(token, f"{missing}/")
    return _check_page(request, draft)


def _ready(request: PortalRequest, token: str) -> tuple[cases.DraftView, HttpResponse | None]:
    """The draft in the newest form, and where to go instead if it was sent or its questions have changed."""
    draft = cases.draft(request.actor, token)
    if draft.submitted_case:
        return draft, see(token, f"{RECEIPT}/")
    renewal = cases.renew(request.actor, draft)
    return renewal.draft, see(token, f"{NEWER}/") if renewal.changes else None


def _send(request: PortalRequest, token: str) -> HttpResponse:
    """Submit what the check page showed; twice is harmless: the same receipt."""
    seen = revision(request) if "stand" in request.POST else None
    try:
        cases.submit_draft(request.actor, token, seen)
    except cases.InvalidSubmission:
        return see(token, "")  # to the first page that still needs something
    except cases.StaleDraft:
        return _check_page(request, cases.draft(request.actor, token), stale=True, status=409)
    return see(token, f"{RECEIPT}/")


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
            "levels": levels.WORDS,
            "number": len(steps) + 1,
            "count": len(steps) + 1,
            "back_address": f"/antrag/{draft.token}/{steps[-1].id}/",
        },
        status=status,
        lean=True,
    )


@for_owner
@answers_to("GET")
def receipt(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/eingang/`: proof that the application has arrived, with the exact time."""
    draft = cases.draft(request.actor, token)
    if not draft.submitted_case:
        return see(token, "")
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
    notice: Notice = "",
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
        "blocks": form_entries.blocks(fields, draft.data, typed, errors, cases.earlier_answers(draft)),
        "errors": form_entries.error_lines(fields, errors),
        "stored": form_entries.stored_lines(fields, draft.data, typed)
        if notice and typed is not None
        else (),
        "notice": notice,
        "to_check": to_check,
        "back_address": f"/antrag/{draft.token}/{CHECK}/" if to_check else back,
        "number": asked.index(step_id) + 1,
        "count": len(asked) + 1,
        "language_form": "antrag",
    }
    return render(request, "step", context, status=status, lean=True)


def _wrongly_filled(draft: cases.DraftView, errors: tuple[FieldError, ...], raw: form_entries.Typed) -> bool:
    """Whether something typed is wrong: that must be seen before a pause. What is missing may wait."""
    form = catalog.package(draft.service, draft.version).form
    names = [name for error in errors for name in form.field(error.field).posted_names]
    return any(value.strip() for name in names for value in raw.get(name, ()))


def revision(request: PortalRequest) -> int:
    """The state of the draft that the page showed; -1, which no draft has, for nonsense."""
    text = request.POST.get("stand", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def see(token: str, rest: str) -> HttpResponse:
    """On to another page of the draft: after a POST the browser must GET, and "back" must not post again."""
    response = HttpResponseRedirect(f"/antrag/{token}/{rest}")
    response.status_code = 303
    return response
