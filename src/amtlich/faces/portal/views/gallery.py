# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/_galerie/`: every component once, for people who build pages and for the browser tests.

`?fehler=1` shows the inputs with errors.
"""

from __future__ import annotations

from django.http import HttpResponse

from amtlich.engines.procedure import CitizenStep, WaitingOn
from amtlich.faces.portal import case_shapes, form_entries, gallery_samples
from amtlich.faces.portal.pages import PortalRequest, answers_to, render
from amtlich.kernel.errors import NotFound
from amtlich.kernel.sentence import Sentence
from amtlich.platform.accounts.personas import demo_logins_allowed

_STATES = (
    (CitizenStep.ARRIVED, WaitingOn.PROGRAM, Sentence("Ihr Antrag ist angekommen.")),
    (
        CitizenStep.WORKING,
        WaitingOn.PROGRAM,
        Sentence("Wir bearbeiten Ihren Antrag. Sie müssen jetzt nichts tun."),
    ),
    (
        CitizenStep.WORKING,
        WaitingOn.REGISTER,
        Sentence("Wir warten auf das Melderegister. Sobald es antwortet, geht es von selbst weiter."),
    ),
    (
        CitizenStep.WORKING,
        WaitingOn.OFFICE,
        Sentence("Eine Person im Amt prüft Ihren Antrag. Sie müssen jetzt nichts tun."),
    ),
    (CitizenStep.ANSWER, WaitingOn.APPLICANT, Sentence("Wir haben Ihnen eine Frage gestellt.")),
    (CitizenStep.DECIDED, WaitingOn.NOBODY, Sentence("Wir haben entschieden.")),
    (CitizenStep.WITHDRAWN, WaitingOn.NOBODY, Sentence("Sie haben den Antrag zurückgezogen.")),
)


@answers_to("GET")
def gallery(request: PortalRequest) -> HttpResponse:
    """Only where anybody may look at everything: in the demonstration and in tests."""
    if not demo_logins_allowed():
        raise NotFound("Diese Seite gibt es nur in der Vorführung.")
    form = gallery_samples.form()
    fields = form.on_page("muster", {})
    wrong = "fehler" in request.GET
    parsed = form.parse_step("muster", {}, {})
    verify_address = request.build_absolute_uri("/pruefen/")
    context = {
        "blocks": form_entries.blocks(fields, {}, {}, parsed.errors if wrong else ()),
        "errors": form_entries.error_lines(fields, parsed.errors) if wrong else (),
        "states": [case_shapes.page(gallery_samples.case(*state), verify_address) for state in _STATES],
    }
    return render(request, "gallery", context)
