# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which authorities there are, and which one a host name means."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from amtlich.kernel.errors import BadInput, NotFound
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.spec import AuthoritySpec

__all__ = [
    "AuthoritySpec",
    "HostTaken",
    "all_authorities",
    "authority",
    "authority_for_host",
    "authority_named",
    "enabled_authorities",
    "ensure_authority",
    "forget_hosts",
    "keep_at_hand",
    "last_known",
    "switch",
]

# Long enough to spare a query per page, short enough that a disabled authority is gone at once for people.
_REMEMBER_SECONDS = 5.0
_LONGEST_HOST = 253
_by_host: dict[str, tuple[float, Authority | None]] = {}
_at_hand: dict[str, Authority] = {}


class HostTaken(BadInput):
    """Another authority answers under this host name."""


def forget_hosts() -> None:
    """Drop what is remembered, for tests and after a change in this process."""
    _by_host.clear()
    _at_hand.clear()


def keep_at_hand(authorities: Iterable[Mapping[str, Any]]) -> None:
    """Know these authorities (values of their fields) where the database cannot be asked."""
    known = {field.attname for field in Authority._meta.concrete_fields}
    for values in authorities:
        one = Authority(**{name: value for name, value in values.items() if name in known})
        _at_hand.update(dict.fromkeys(one.hosts, one))


def last_known(host: str) -> Authority | None:
    """Who answered under this name when it was last asked. Asks nobody: for pages about a fault."""
    name = _name_of(host)
    _, found = _by_host.get(name, (0.0, None))
    return found or _at_hand.get(name)


def _name_of(host: str) -> str:
    return host.rsplit(":", 1)[0].rstrip(".").lower() if not host.endswith("]") else host


def authority_for_host(host: str) -> Authority | None:
    """The enabled authority that answers under this host name (port ignored), or None."""
    name = _name_of(host)
    if "\0" in name or len(name) > _LONGEST_HOST:
        return None
    remembered = _by_host.get(name)
    moment = time.monotonic()
    if remembered and remembered[0] > moment:
        return remembered[1]
    found = Authority.objects.filter(hosts__contains=[name], enabled=True).first()
    if len(_by_host) > 2000:  # forged host names must not fill the memory
        _by_host.clear()
    _by_host[name] = (moment + _REMEMBER_SECONDS, found)
    return found


def authority(authority_id: UUID) -> Authority:
    """The authority with this id; raises ``Authority.DoesNotExist``."""
    return Authority.objects.get(pk=authority_id)


def all_authorities() -> list[Authority]:
    """All authorities, also those that are switched off, by slug: for operators."""
    return list(Authority.objects.order_by("slug"))


def enabled_authorities() -> list[Authority]:
    """All authorities that are switched on, by slug."""
    return list(Authority.objects.filter(enabled=True).order_by("slug"))


def authority_named(slug: str) -> Authority:
    """The authority with this slug, switched on or off. Raises ``NotFound`` with a sentence for operators."""
    found = Authority.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(f"Eine Behörde „{slug[:40]}“ gibt es hier nicht: amtlich authority list")
    return found


def switch(slug: str, *, on: bool) -> bool:
    """Let the authority answer under its host names, or no longer; True if that changed. Runs as owner.

    Nothing of it is deleted, and what it has received goes on. Other processes know after five seconds.
    """
    one = authority_named(slug)
    changed = Authority.objects.using("owner").filter(pk=one.pk, enabled=not on).update(enabled=on)
    forget_hosts()
    return changed == 1


def ensure_authority(spec: AuthoritySpec) -> Authority:
    """Set the authority up, or bring it to what the specification says. Runs as owner.

    Raises ``HostTaken``: a host name that means two authorities would show one the other's people.
    """
    values = asdict(spec)
    hosts = values["hosts"] = [host.lower() for host in spec.hosts]
    slug = values.pop("slug")
    others = Authority.objects.using("owner").filter(hosts__overlap=hosts).exclude(slug=slug)
    if other := others.first():
        taken = ", ".join(sorted(set(hosts) & set(other.hosts)))
        raise HostTaken(f"{taken} gehört schon zu „{other.slug}“. Nennen Sie einen anderen Rechnernamen.")
    found, _ = Authority.objects.using("owner").update_or_create(slug=slug, defaults=values)
    forget_hosts()
    return found
