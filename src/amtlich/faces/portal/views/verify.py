# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Checking a document by its printed code or by its file; open to everybody, without a log-in."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

from amtlich.contexts.proofs import api as proofs
from amtlich.faces.portal.language import _, said
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel import clock
from amtlich.kernel.ids import letters_of_no_code, normalise_check_code

_LONGEST_ECHO = 60


# Nothing is changed, nothing of the session is read: whoever refuses cookies can check a file, too.
@csrf_exempt
@answers_to("GET", "POST")
def verify(request: PortalRequest) -> HttpResponse:
    """`/pruefen/`: the field for the code and the one for the file; with ?code= on to the result."""
    if request.method == "POST":
        return _verified_file(request)
    typed = request.GET.get("code", "")[:_LONGEST_ECHO]
    if "code" not in request.GET:
        return _form(request)
    code = normalise_check_code(typed)
    if code:
        return HttpResponseRedirect(f"/pruefen/{code}")
    return _form(request, typed=typed, refused_code=_refusal(typed), status=422)


@answers_to("GET")
def verification(request: PortalRequest, code: str) -> HttpResponse:
    """`/pruefen/<code>`: where the printed code leads."""
    known = normalise_check_code(code)
    if known is None:
        return _form(request, typed=code[:_LONGEST_ECHO], refused_code=_refusal(code), status=404)
    return _result(request, proofs.verify(request.authority.id, known), known)


def _verified_file(request: PortalRequest) -> HttpResponse:
    """The file goes from the memory it came to into the check, and is gone when this answer is."""
    files = [file for _name, sent in request.FILES.lists() for file in sent]
    if len(files) > 1:
        refused = _("Das waren {count} Dateien. Prüfen Sie eine nach der anderen.", count=len(files))
        return _form(request, refused_file=refused, status=422)
    if not request.FILES.getlist("datei"):
        return _form(request, refused_file=_("Wählen Sie zuerst die PDF-Datei aus."), status=422)
    try:
        result = proofs.verify_file(request.authority.id, files[0].read())
    except proofs.NoPdf as refusal:
        return _form(request, refused_file=said(refusal.args[0]), status=422)
    return _result(request, result, "")


def _form(
    request: PortalRequest,
    *,
    typed: str = "",
    refused_code: str = "",
    refused_file: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"typed": typed, "refused_code": refused_code, "refused_file": refused_file}
    return render(request, "verify", context, status=status)


def _result(request: PortalRequest, result: proofs.Verification, code: str) -> HttpResponse:
    """``code`` is the one that was typed; empty for a file."""
    reason = proofs.REVOCATION_WORDS[result.revoked.reason] if result.revoked else ""
    context = {"code": code, "result": result, "reason": reason, "checked_at": clock.now()}
    response = render(request, "verification", context)
    response["Cache-Control"] = "no-store"
    return response


def _refusal(typed: str) -> str:
    if not typed.strip():
        return _("Geben Sie den Prüfcode ein. Er steht neben dem QR-Code auf dem Dokument.")
    if strange := letters_of_no_code(typed):
        return _(
            "In Prüfcodes gibt es kein 0, O, 1, I, L und U. Sie haben „{letters}“ eingegeben. "
            "Lesen Sie noch einmal: Ist es vielleicht ein D, Q, J, T, 7 oder V?",
            letters=" ".join(strange),
        )
    return _(
        "Das ist kein vollständiger Prüfcode. Er hat 12 Buchstaben und Ziffern. "
        "Prüfen Sie, ob Zeichen fehlen."
    )
