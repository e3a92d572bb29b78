# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The nightly clearing of what has been kept long enough."""

from __future__ import annotations

from amtlich.contexts.steering import commands
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.registry import enabled_authorities


def register() -> None:
    """Called once, while the app starts."""
    jobs.periodic("40 1 * * *", name="steering.forget_old")(forget_old)


def forget_old() -> None:
    """Delete feedback of all authorities that is older than its time."""
    for authority in enabled_authorities():
        with tenant(authority.id):
            commands.forget_old()
