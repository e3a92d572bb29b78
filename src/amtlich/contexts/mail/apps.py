# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "amtlich.contexts.mail"
    label = "mail"

    def ready(self) -> None:
        """Tell the workers how mails are sent, and what is deleted in time."""
        from amtlich.contexts.mail import tasks, upkeep  # noqa: PLC0415 (models exist only now)

        tasks.register()
        upkeep.register()
