# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Brings the portal's static files, and gives the house's error pages their look."""

    name = "amtlich.faces.portal"
    label = "portal"

    def ready(self) -> None:
        from amtlich.faces.portal import errors  # noqa: PLC0415 (models exist only now)
        from amtlich.faces.portal.language import LanguageMiddleware  # noqa: PLC0415
        from amtlich.faces.portal.views import status  # noqa: PLC0415
        from amtlich.platform.tenancy.middleware import register_unknown_host_page  # noqa: PLC0415
        from amtlich.platform.web import aside  # noqa: PLC0415
        from amtlich.platform.web.errors import register  # noqa: PLC0415
        from amtlich.platform.web.intake import keep_off_disk  # noqa: PLC0415

        aside.register("/status/", LanguageMiddleware(status.status))
        register(errors.draw, errors.draw_plainly)
        keep_off_disk("/pruefen/")
        register_unknown_host_page(errors.unknown_host)
