# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "amtlich.contexts.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Tell the workers of the hourly upkeep, upkeep what is deleted here, and what can be verified."""
        from amtlich.contexts.privacy import integrity, purges, tasks  # noqa: PLC0415 (models exist only now)

        purges.register()
        integrity.register()
        tasks.register()
