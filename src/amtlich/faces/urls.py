# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""All addresses of this instance: the portal's, below amt/ the office's, below api/v1/ the REST face's."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from amtlich.platform.web import errors

urlpatterns: list[URLPattern | URLResolver] = [
    path("amt/", include("amtlich.faces.office.urls")),
    path("", include("amtlich.faces.portal.urls")),
]
if find_spec("amtlich.faces.rest") is not None:
    urlpatterns.insert(0, path("api/v1/", include("amtlich.faces.rest.urls")))

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
