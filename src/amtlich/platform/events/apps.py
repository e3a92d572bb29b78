# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "amtlich.platform.events"
    label = "events"

    def ready(self) -> None:
        """Let the chains be verified."""
        from amtlich.platform.events import integrity  # noqa: PLC0415 (models exist only now)

        integrity.register()
