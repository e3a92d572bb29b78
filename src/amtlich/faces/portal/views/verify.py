# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Checking a document by its printed code; open to everybody, without a log-in."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.proofs import api as proofs
from amtlich.faces.portal import case_shapes
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.ids import normalise_check_code

_LONGEST_ECHO = 60
_INCOMPLETE = (
    "Das ist kein vollständiger Prüfcode. Er hat 12 Buchstaben und Ziffern. Prüfen Sie, ob Zeichen fehlen."
)


@answers_to("GET")
def verify(request: PortalRequest) -> HttpResponse:
    """`/pruefen/`: the field for the code; with ?code= on to the result."""
    typed = request.GET.get("code", "")[:_LONGEST_ECHO]
    if "code" not in request.GET:
        return render(request, "verify", {"typed": "", "refused": ""})
    code = normalise_check_code(typed)
    if code:
        return HttpResponseRedirect(f"/pruefen/{code}")
    if typed.strip():
        refused = _INCOMPLETE
    else:
        refused = "Geben Sie den Prüfcode ein. Er steht neben dem QR-Code auf dem Dokument."
    return render(request, "verify", {"typed": typed, "refused": refused}, status=422)


@answers_to("GET")
def verification(request: PortalRequest, code: str) -> HttpResponse:
    """`/pruefen/<code>`: where the printed code leads."""
    known = normalise_check_code(code)
    if known is None:
        return render(request, "verify", {"typed": code[:_LONGEST_ECHO], "refused": _INCOMPLETE}, status=404)
    result = proofs.verify(request.authority.id, known)
    details = case_shapes.verification_details(result)
    return render(request, "verification", {"code": known, "result": result, "details": details})
