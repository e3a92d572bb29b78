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
from amtlich.platform.accounts.personas import demo_logins_allowed

_STATES = (
    (CitizenStep.ARRIVED, WaitingOn.PROGRAM, "Ihr Antrag ist angekommen."),
    (CitizenStep.WORKING, WaitingOn.PROGRAM, "Wir bearbeiten Ihren Antrag."),
    (CitizenStep.WORKING, WaitingOn.REGISTER, "Wir warten auf das Melderegister."),
    (CitizenStep.WORKING, WaitingOn.OFFICE, "Eine Person im Amt prüft Ihren Antrag."),
    (CitizenStep.ANSWER, WaitingOn.APPLICANT, "Uns fehlt noch etwas."),
    (CitizenStep.DECIDED, WaitingOn.NOBODY, "Ihre Meldebescheinigung ist da."),
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
