# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class SteeringConfig(AppConfig):
    name = "amtlich.contexts.steering"
    label = "steering"

    def ready(self) -> None:
        from amtlich.contexts.steering import upkeep  # noqa: PLC0415 (models exist only now)

        upkeep.register()
