# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "amtlich.platform.accounts"
    label = "accounts"

    def ready(self) -> None:
        from amtlich.platform.accounts import upkeep  # noqa: PLC0415 (models exist only now)

        upkeep.register()
