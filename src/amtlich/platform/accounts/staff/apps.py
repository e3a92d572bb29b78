# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "amtlich.platform.accounts.staff"
    label = "staff"

    def ready(self) -> None:
        """Tell upkeep what is deleted here in time."""
        from amtlich.platform.accounts.staff import upkeep  # noqa: PLC0415 (models exist only now)

        upkeep.register()
