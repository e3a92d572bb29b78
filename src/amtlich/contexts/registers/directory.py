# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which register answers for an authority."""

from __future__ import annotations

import threading
import time
from typing import Literal

from amtlich.contexts.registers.adapters.builtin import BuiltinRegister
from amtlich.contexts.registers.adapters.http import HttpRegister
from amtlich.contexts.registers.errors import RegistersError
from amtlich.contexts.registers.ports import ResidentRegister
from amtlich.platform.outside.breaker import CircuitBreaker
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy.models import Authority

Health = Literal["built_in", "answers", "away"]

_breakers: dict[str, CircuitBreaker] = {}
_lock = threading.Lock()


def register_of(authority: Authority) -> ResidentRegister:
    """The adapter the authority is set up with. Raises ``RegistersError`` if that makes no sense."""
    if authority.register_kind == "builtin":
        return BuiltinRegister(authority.id)
    if authority.register_kind == "http" and authority.register_url:
        return HttpRegister(
            authority.register_url,
            breaker=_breaker_of(authority.register_url),
            credential=_credential_of(authority),
        )
    raise RegistersError(
        f"authority {authority.slug}: register_kind is {authority.register_kind!r} and register_url is "
        f"{'set' if authority.register_url else 'empty'}; possible are 'builtin', or 'http' with an address"
    )


def health_of(authority: Authority) -> Health:
    """From the last questions of this process: after three faults in a row a register counts as away."""
    if authority.register_kind == "builtin":
        return "built_in"
    return "away" if _breaker_of(authority.register_url).probing else "answers"


def _breaker_of(url: str) -> CircuitBreaker:
    with _lock:
        return _breakers.setdefault(url, CircuitBreaker(time.monotonic))


def _credential_of(authority: Authority) -> str | None:
    """The token for the register, if one lies beside the authority's seal key (mode 0600)."""
    path = config().home / "keys" / authority.slug / "register.token"
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise RegistersError(
            f"{path} cannot be read ({type(error).__name__}); it must hold one ASCII token"
        ) from error
    return text or None


def forget_breakers() -> None:
    """Start all circuits anew, for tests."""
    with _lock:
        _breakers.clear()
