# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Copies of what is one's own: the statements as PDF, the whole file as ZIP, a deadline for a calendar."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from amtlich.contexts.cases import api as cases
from amtlich.faces.portal.answers_copy import answers_pdf
from amtlich.faces.portal.calendar_file import deadline_file
from amtlich.faces.portal.case_archive import archive
from amtlich.faces.portal.pages import PortalRequest, answers_to
from amtlich.kernel.errors import NotFound


@answers_to("GET")
def answers(request: PortalRequest, token: str) -> HttpResponse:
    """`/vorgaenge/<token>/antworten.pdf`."""
    file = cases.case_file(request.actor, token)
    pdf = answers_pdf(request.authority.id, file)
    response = HttpResponse(pdf, content_type="application/pdf")
    _private_file(response, f"Angaben-{file.view.reference}.pdf")
    return response


@answers_to("GET")  # type: ignore[arg-type]  # an answer that is streamed is no HttpResponse
def whole_file(request: PortalRequest, token: str) -> HttpResponseBase:
    """`/vorgaenge/<token>/akte.zip`: made while it is sent."""
    file = cases.case_file(request.actor, token)
    pdf = answers_pdf(request.authority.id, file) if file.statements else None
    response = StreamingHttpResponse(archive(request.actor, file, pdf), content_type="application/zip")
    _private_file(response, f"Akte-{file.view.reference}.zip")
    return response


@answers_to("GET")
def deadline(request: PortalRequest, token: str) -> HttpResponse:
    """`/vorgaenge/<token>/frist.ics`: only while an answer is awaited."""
    view = cases.case(request.actor, token)
    content = deadline_file(request.authority, view, request.build_absolute_uri(f"/vorgaenge/{token}/"))
    if content is None:
        raise NotFound
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    _private_file(response, "Frist.ics")
    return response


def _private_file(response: HttpResponseBase, filename: str) -> None:
    """A download that no cache on the way keeps."""
    response["Content-Disposition"] = content_disposition_header(True, filename) or "attachment"
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
