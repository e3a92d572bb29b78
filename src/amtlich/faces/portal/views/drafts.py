# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Around a draft: going on later and elsewhere, a newer version of its questions, deleting it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from urllib.parse import quote

from django.http import HttpResponse

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.engines.forms import Change
from amtlich.faces.portal import form_entries, moments
from amtlich.faces.portal.language import _, said
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.faces.portal.views.application import RECEIPT, revision, see
from amtlich.faces.portal.views.draft_faults import for_owner
from amtlich.platform.accounts.login import ensure_holder


@for_owner
@answers_to("GET", "POST")
def later(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/spaeter/`: where the draft is found again. POST shows a code, once."""
    draft = cases.draft(request.actor, token)
    if draft.submitted_case:
        return see(token, f"{RECEIPT}/")
    code = ""
    if request.method == "POST" and not request.actor.logged_in:
        code = cases.resume_code(request.actor, token)
    context = {
        "draft": draft,
        "name": _name(draft),
        "code": code,
        "resume_address": request.get_host() + "/weitermachen/",
        "file": _code_file(request, draft, code) if code else "",
    }
    response = render(request, "draft_later", context, lean=True)
    response["Cache-Control"] = "no-store, private"
    return response


def _code_file(request: PortalRequest, draft: cases.DraftView, code: str) -> str:
    """The code as a text file inside its link: no second address that could give it away."""
    lines = (
        _name(draft),
        str(_("Code zum Weitermachen: {code}", code=code)),
        request.build_absolute_uri("/weitermachen/"),
        str(_("Gilt bis: {day}", day=moments.day(draft.expires_at))),
    )
    return "data:text/plain;charset=utf-8," + quote("\r\n".join(lines) + "\r\n")


@answers_to("GET", "POST")
def by_code(request: PortalRequest) -> HttpResponse:
    """`/weitermachen/`: a draft of another device or browser, with its code."""
    if request.method != "POST":
        return render(request, "draft_resume", {"typed": "", "wrong": False, "wait": 0}, lean=True)
    typed = request.POST.get("code", "")
    try:
        draft = cases.resume_draft(ensure_holder(request), typed, request.META.get("REMOTE_ADDR", ""))
    except cases.WrongCode:
        context = {"typed": typed[:100], "wrong": True, "wait": 0}
        return render(request, "draft_resume", context, status=422, lean=True)
    except cases.TooManyCodes as refused:
        seconds = max(1, ceil(refused.wait.total_seconds()))
        context = {"typed": typed[:100], "wrong": False, "wait": ceil(seconds / 60)}
        response = render(request, "draft_resume", context, status=429, lean=True)
        response["Retry-After"] = str(seconds)
        return response
    return see(draft.token, "")


@for_owner
@answers_to("GET", "POST")
def newer(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/neue-fragen/`: old answers beside new questions; nothing changes before the POST."""
    draft = cases.draft(request.actor, token)
    renewal = cases.renew(request.actor, draft)
    if not renewal.changes:
        return see(token, "")
    stale = False
    if request.method == "POST":
        try:
            renewed = cases.confirm_renewal(request.actor, draft, revision(request))
        except cases.StaleDraft:
            stale = True
        else:
            return see(token, _first_changed(renewed, renewal.changes))
    context = {
        "draft": draft,
        "name": _name(draft),
        "changes": form_entries.change_lines(renewal.changes),
        "stale": stale,
    }
    return render(request, "draft_newer", context, status=409 if stale else 200, lean=True)


@for_owner
@answers_to("GET", "POST")
def delete(request: PortalRequest, token: str) -> HttpResponse:
    """`/antrag/<token>/loeschen/`: asked once, then gone."""
    draft = cases.draft(request.actor, token)
    if draft.submitted_case:
        return see(token, f"{RECEIPT}/")
    if request.method == "POST":
        try:
            cases.delete_draft(request.actor, token)
        except cases.AlreadySubmitted:
            return see(token, f"{RECEIPT}/")
        return see(token, "")  # which says that it is gone
    return render(request, "draft_delete", {"draft": draft, "name": _name(draft)}, lean=True)


def _first_changed(draft: cases.DraftView, changes: Sequence[Change]) -> str:
    """The first page with a question that is asked otherwise now, where the old answer stands beside it."""
    asked = {change.now.id for change in changes if change.now}
    form = catalog.package(draft.service, draft.version).form
    for step in form.open_steps(draft.data):
        if asked & {field.id for field in form.on_page(step.id, draft.data)}:
            return f"{step.id}/"
    return ""


def _name(draft: cases.DraftView) -> str:
    return said(catalog.package(draft.service, draft.version).names)
