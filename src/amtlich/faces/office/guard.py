# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which pages of the office open to whom. A view without this decorator fails a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.faces.office.pages import OfficeRequest, answer_method, render
from amtlich.platform.accounts.staff import Role

View = Callable[..., HttpResponse]


def staff_only(*roles: Role, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """For members of staff with one of these roles (none named: with any).

    Nobody logged in is led to the log-in and back; a role that does not fit gets a page that says so (403).
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            refused = answer_method(request, methods)
            if refused is not None:
                return refused
            if request.staff is None:
                onward = request.get_full_path() if request.method == "GET" else "/amt/"
                answer: HttpResponse = HttpResponseRedirect(
                    f"/amt/anmelden/?weiter={quote(onward, safe='/')}"
                )
            elif roles and not request.staff.may(*roles):
                titles = ", ".join(role.title_de for role in roles)
                answer = render(request, "no_role", {"titles": titles}, status=403)
            else:
                answer = view(request, *args, **kwargs)
            answer["Cache-Control"] = "no-store, private"
            return answer

        guarded.for_staff = roles  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to_all(*methods: str) -> Callable[[View], View]:
    """For pages of the log-in itself: no session is needed, and nothing personal is shown."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: OfficeRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            answer = answer_method(request, methods) or view(request, *args, **kwargs)
            answer["Cache-Control"] = "no-store, private"
            return answer

        answered.open_to_all = True  # type: ignore[attr-defined]
        return answered

    return decorate
