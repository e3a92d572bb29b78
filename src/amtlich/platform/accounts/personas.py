# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Demonstration log-ins: people to be, one click each. Only in demo and test mode."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from amtlich.kernel.person import Identity
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts.identity import identity_to_json
from amtlich.platform.accounts.models import Account
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant


@dataclass(frozen=True, slots=True)
class Persona:
    """A demonstration person: whom the log-in vouches for, how surely, and what can be tried as them."""

    key: str
    display_name: str
    about: str
    level: TrustLevel
    means: str
    identity: Identity | None


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """A persona that can be chosen on the demonstration log-in page."""

    key: str
    display_name: str
    about: str
    level: TrustLevel
    means: str
    account_id: UUID


def demo_logins_allowed() -> bool:
    """Whether this installation is one in which anybody may be anybody."""
    return config().mode in ("demo", "test")


def ensure_personas(authority_id: UUID, personas: Iterable[Persona]) -> int:
    """Create the accounts that are missing; returns how many personas there are."""
    count = 0
    with tenant(authority_id):
        for persona in personas:
            Account.objects.update_or_create(
                authority_id=authority_id,
                username=f"demo:{persona.key}",
                defaults={
                    "display_name": persona.display_name,
                    "identity": {
                        "about": persona.about,
                        "level": int(persona.level),
                        "means": persona.means,
                        **(identity_to_json(persona.identity) if persona.identity else {}),
                    },
                },
            )
            count += 1
    return count


def demo_logins(authority_id: UUID) -> tuple[DemoLogin, ...]:
    """The personas of this authority, or nothing outside demo and test mode."""
    if not demo_logins_allowed():
        return ()
    with tenant(authority_id):
        accounts = list(Account.objects.filter(username__startswith="demo:").order_by("username"))
    return tuple(
        DemoLogin(
            key=account.username.removeprefix("demo:"),
            display_name=account.display_name,
            about=account.identity["about"],
            level=TrustLevel(account.identity["level"]),
            means=account.identity["means"],
            account_id=account.pk,
        )
        for account in accounts
    )
