# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "amtlich.contexts.cases"
    label = "cases"

    def ready(self) -> None:
        """Tell the platform what it must ask: which task moves cases, who may follow one
        live, what is deleted in time, and what can be verified."""
        from amtlich.contexts.cases import integrity, live, tasks, upkeep  # noqa: PLC0415 (models exist only now)

        tasks.register()
        live.register()
        upkeep.register()
        integrity.register()
