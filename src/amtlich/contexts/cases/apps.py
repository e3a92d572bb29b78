# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "amtlich.contexts.cases"
    label = "cases"

    def ready(self) -> None:
        """Tell the platform what it must ask: which task moves cases, and who may follow one live."""
        from amtlich.contexts.cases import live, tasks  # noqa: PLC0415 (models exist only now)

        tasks.register()
        live.register()
