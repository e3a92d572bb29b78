# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/amt/`: the first page after the log-in."""

from __future__ import annotations

from django.http import HttpResponse

from amtlich.faces.office.guard import staff_only
from amtlich.faces.office.pages import OfficeRequest, render


@staff_only()
def start(request: OfficeRequest) -> HttpResponse:
    """What opens to this person."""
    assert request.staff is not None
    return render(request, "start", {"titles": titles(request)})


def titles(request: OfficeRequest) -> str:
    """The roles of whoever is logged in, in words."""
    assert request.staff is not None
    return ", ".join(sorted(role.title_de for role in request.staff.roles))


@staff_only()
def keyboard(request: OfficeRequest) -> HttpResponse:
    """`/amt/tastatur/`: how to work without a mouse."""
    return render(request, "keyboard")
