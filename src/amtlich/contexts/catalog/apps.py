# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "amtlich.contexts.catalog"
    label = "catalog"

    def ready(self) -> None:
        """Let published packages be verified."""
        from amtlich.contexts.catalog import integrity  # noqa: PLC0415 (models exist only now)

        integrity.register()
