# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a citizen does with a case: answering a question, writing to the office, withdrawing.

Every page keeps what was typed: after a mistake, and when another window was faster.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.cases import api as cases
from amtlich.faces.portal import case_shapes, case_texts
from amtlich.faces.portal.language import said
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.ids import is_token, new_token


@answers_to("GET", "POST")
def answer(request: PortalRequest, token: str) -> HttpResponse:
    """`/vorgaenge/<token>/antwort/`: all that was asked, on one page."""
    if request.method == "POST":
        return _take_answer(request, token)
    shown = _case(request, token)
    if shown.question is None:
        return _see(shown.address)
    return _answer_page(request, shown, shown.question, (), {})


def _take_answer(request: PortalRequest, token: str) -> HttpResponse:
    typed = request.POST.getlist("antwort")
    asked = request.POST.get("frage", "")
    try:
        cases.answer(request.actor, token, _number(asked), typed)
    except cases.TextWrong as wrong:
        shown = _case(request, token)
        if shown.question is None or str(shown.question.seq) != asked:
            return _moved_on(request, shown, None, typed)
        return _answer_page(request, shown, shown.question, typed, wrong.errors)
    except cases.MovedOn as moved:
        return _moved_on(request, _case(request, token), moved.happened, typed)
    return _see(f"/vorgaenge/{token}/")


def _answer_page(
    request: PortalRequest,
    shown: case_shapes.CasePage,
    question: case_shapes.Question,
    typed: Sequence[str],
    errors: Mapping[int, str],
) -> HttpResponse:
    entries = case_texts.answer_entries(question.questions, typed, errors)
    context = {
        "case": shown,
        "question": question,
        "entries": entries,
        "errors": case_texts.error_lines(entries),
    }
    return render(request, "case_answer", context, status=422 if errors else 200, lean=True)


@answers_to("GET", "POST")
def message(request: PortalRequest, token: str) -> HttpResponse:
    """`/vorgaenge/<token>/nachricht/`: a message to the office; sent twice it arrives once."""
    shown = _case(request, token)
    if request.method != "POST":
        return _message_page(request, shown, "", "", new_token())
    typed, key = request.POST.get("nachricht", ""), request.POST.get("kennung", "")
    try:
        cases.send_message(request.actor, token, typed, key if is_token(key) else "")
    except cases.TextWrong as wrong:
        return _message_page(request, shown, typed, said(wrong.errors[0]), key)
    except cases.MessageKeyReused:
        # The back button after sending, and another text: that is a new message.
        cases.send_message(request.actor, token, typed)
    return _see(f"{shown.address}#h-nachrichten")


def _message_page(
    request: PortalRequest, shown: case_shapes.CasePage, typed: str, problem: str, key: str
) -> HttpResponse:
    entry = case_texts.message_entry(typed, problem)
    context = {"case": shown, "entry": entry, "errors": case_texts.error_lines([entry]), "key": key}
    return render(request, "case_message", context, status=422 if problem else 200, lean=True)


@answers_to("GET", "POST")
def withdraw(request: PortalRequest, token: str) -> HttpResponse:
    """`/vorgaenge/<token>/zurueckziehen/`: asks once more and names the effect; POST does it."""
    if request.method != "POST":
        shown = _case(request, token)
        if not shown.can_withdraw:
            return _see(shown.address)
        return _withdraw_page(request, shown, "", "")
    reason = request.POST.get("grund", "")
    try:
        cases.withdraw(request.actor, token, reason, request.POST.get("stand"))
    except cases.TextWrong as wrong:
        return _withdraw_page(request, _case(request, token), reason, said(wrong.errors[0]), status=422)
    except cases.MovedOn as moved:
        shown = _case(request, token)
        if shown.can_withdraw:
            return _withdraw_page(request, shown, reason, "", happened=moved.happened, status=409)
        return _moved_on(request, shown, moved.happened, [])
    return _see(f"/vorgaenge/{token}/")


def _withdraw_page(
    request: PortalRequest,
    shown: case_shapes.CasePage,
    reason: str,
    problem: str,
    *,
    happened: str = "",
    status: int = 200,
) -> HttpResponse:
    entry = case_texts.reason_entry(reason, problem)
    context = {
        "case": shown,
        "entry": entry,
        "errors": case_texts.error_lines([entry]),
        "happened": said(happened),
    }
    return render(request, "case_withdraw", context, status=status, lean=True)


def _moved_on(
    request: PortalRequest, shown: case_shapes.CasePage, happened: str | None, typed: Sequence[str]
) -> HttpResponse:
    """Another window was faster: what has happened, and what was typed to do something else with."""
    context = {
        "case": shown,
        "happened": said(happened) if happened else shown.sentence,
        "entry": case_texts.message_entry("\n\n".join(text for text in typed if text.strip()), ""),
        "key": new_token(),
    }
    return render(request, "case_moved_on", context, status=409, lean=True)


def _case(request: PortalRequest, token: str) -> case_shapes.CasePage:
    return case_shapes.page(cases.case(request.actor, token), request.build_absolute_uri("/pruefen/"))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _see(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303  # after a POST the browser must GET, and "back" must not post again
    return response
