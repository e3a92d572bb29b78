# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/amt/vorgaenge/<token>/`: one case on one screen, and a page for each thing that can be done with it.

A form says which version of the case its page showed. Who comes second is told who did what (409), and
what they had typed is still there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import content_disposition_header

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.api import OfficeCase
from amtlich.faces.office import case_page, case_words
from amtlich.faces.office.case_acts import ACTS, Act, Field
from amtlich.faces.office.guard import staff_only
from amtlich.faces.office.list_address import Shown
from amtlich.faces.office.pages import OfficeRequest, render
from amtlich.kernel.errors import BadInput
from amtlich.kernel.sentence import Sentence
from amtlich.platform.accounts.staff import Role

READERS = (Role.CASEWORKER, Role.LEAD, Role.AUDITOR)
DECIDERS = (Role.CASEWORKER, Role.LEAD)


@staff_only(*READERS)
def case(request: OfficeRequest, token: str) -> HttpResponse:
    """All that is needed to decide it; the look is in the journal before anything is shown."""
    assert request.staff is not None
    seen = _case(request, token)
    back = _back(request)
    act = ACTS.get(request.GET.get("getan", ""))
    context = {
        **case_page.shown(seen, me=request.staff.display_name, aus=quote(back.parameters(), safe="")),
        **_way_back(back, token),
        "may_write": request.staff.may(*DECIDERS),
        "aus": quote(back.parameters(), safe=""),
        "done": act(seen, "").done if act else "",
    }
    return render(request, "case", context)


@staff_only(*READERS)
def document(request: OfficeRequest, token: str, document_id: UUID) -> HttpResponse:
    """A document of the case; the look is in the journal, and no cache on the way keeps it."""
    file = cases.document(request.actor, token, document_id)
    response = HttpResponse(file.content, content_type=file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, file.filename)
    response["X-Content-Type-Options"] = "nosniff"
    return response


@staff_only(*DECIDERS, methods=("GET", "POST"))
def act(request: OfficeRequest, token: str, name: str) -> HttpResponse:
    """Ask, show once more, do: three looks at one page."""
    assert request.staff is not None
    if name not in ACTS:
        raise Http404
    seen = _case(request, token)
    asked = ACTS[name](seen, request.staff.display_name)
    if request.method == "POST":
        asked = replace(asked, fields=tuple(one.filled(request.POST) for one in asked.fields))
    if not asked.possible:
        return _overtaken(request, seen, asked, asked.why_not)
    if request.method != "POST":
        return _form(request, seen, name, asked)
    if "aendern" in request.POST:
        return _form(request, seen, name, asked)
    answers = {one.id: one.values for one in asked.fields}
    if missing := asked.needs(answers):
        return _form(request, seen, name, _faulty(asked, missing))
    if "tun" not in request.POST:
        return _form(request, seen, name, asked, check=True)
    try:
        asked.do(request.actor, token, _stand(request, seen), answers)
    except (cases.Overtaken, cases.MovedOn) as refused:
        return _overtaken(request, _case(request, token), asked, _said(refused))
    except cases.TextWrong as wrong:
        first = next(iter(wrong.errors.values()))
        return _form(request, seen, name, _faulty(asked, {asked.blame: _german(first)}))
    except BadInput as wrong:
        return _form(request, seen, name, _faulty(asked, {asked.blame: _german(str(wrong))}))
    response = HttpResponseRedirect(_address(request, token, f"getan={name}"))
    response.status_code = 303
    return response


def _form(
    request: OfficeRequest, seen: OfficeCase, name: str, asked: Act, *, check: bool = False
) -> HttpResponse:
    back = _back(request)
    faults = [one for one in asked.fields if one.fault]
    context: dict[str, Any] = {
        "case": seen,
        "number": seen.file_number or seen.reference,
        "act": asked,
        "name": name,
        "check": check,
        "faults": faults,
        "stand": _stand(request, seen),
        "aus": back.parameters(),
        "light": case_page.light_of(seen),
        "address": _address(request, seen.token),
        **_way_back(back, seen.token),
    }
    return render(request, "case_act", context, status=422 if faults else 200)


def _overtaken(request: OfficeRequest, seen: OfficeCase, asked: Act, why: str) -> HttpResponse:
    """Somebody was faster, or the page was old: nothing was done, and nothing typed is lost."""
    typed = [one for one in asked.fields if one.kind == "text" and one.shown]
    back = _back(request)
    context = {
        "case": seen,
        "number": seen.file_number or seen.reference,
        "title": asked.title,
        "why": why,
        "typed": typed,
        "address": _address(request, seen.token),
        "decided_by": seen.decided_by,
        "decided": case_words.short_moment(seen.decided_at) if seen.decided_at else "",
        **_way_back(back, seen.token),
    }
    return render(request, "case_overtaken", context, status=409)


def _faulty(asked: Act, faults: dict[str, str]) -> Act:
    fields: list[Field] = [replace(one, fault=faults.get(one.id, "")) for one in asked.fields]
    return replace(asked, fields=tuple(fields))


def _case(request: OfficeRequest, token: str) -> OfficeCase:
    return cases.office_case(request.actor, token)


def _stand(request: OfficeRequest, seen: OfficeCase) -> int:
    """Which version of the case the person has looked at: the form's, or that of the page before it."""
    given = request.POST.get("stand") or request.GET.get("stand") or ""
    if given.isascii() and given.isdigit() and len(given) < 7:
        return int(given)
    return seen.version if request.method != "POST" else -1


def _back(request: OfficeRequest) -> Shown:
    return Shown.from_text(request.authority.id, request.POST.get("aus") or request.GET.get("aus") or "")


def _way_back(back: Shown, token: str) -> dict[str, str]:
    """The list one came from, at the line of this case."""
    title = "Suche" if back.query.search else case_words.QUEUE_TITLES[back.query.queue]
    return {"list_address": f"{back.address}#v-{token}", "list_title": title}


def _address(request: OfficeRequest, token: str, more: str = "") -> str:
    back = _back(request).parameters()
    said = "&".join(part for part in (more, f"aus={quote(back, safe='')}" if back else "") if part)
    return f"/amt/vorgaenge/{token}/" + (f"?{said}" if said else "")


def _said(refused: Exception) -> str:
    return _german(getattr(refused, "happened", None) or str(refused))


def _german(text: str) -> str:
    """A sentence of a context as it is said in German."""
    return str(text) if isinstance(text, Sentence) else text
