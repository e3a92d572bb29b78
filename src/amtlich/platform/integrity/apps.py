# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    name = "amtlich.platform.integrity"
    label = "integrity"

    def ready(self) -> None:
        """Tell the workers of the nightly run."""
        from amtlich.platform.integrity import tasks  # noqa: PLC0415 (models exist only now)

        tasks.register()
