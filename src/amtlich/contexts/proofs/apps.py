# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class ProofsConfig(AppConfig):
    name = "amtlich.contexts.proofs"
    label = "proofs"

    def ready(self) -> None:
        """Let files be verified."""
        from amtlich.contexts.proofs import integrity  # noqa: PLC0415 (models exist only now)

        integrity.register()
