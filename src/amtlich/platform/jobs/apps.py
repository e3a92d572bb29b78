# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "amtlich.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        from amtlich.platform.jobs import upkeep  # noqa: PLC0415 (models exist only now)

        upkeep.register()
