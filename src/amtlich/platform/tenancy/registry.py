# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which authorities there are, and which one a host name means."""

from __future__ import annotations

import time
from dataclasses import asdict
from uuid import UUID

from amtlich.kernel.errors import BadInput
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.tenancy.spec import AuthoritySpec

__all__ = [
    "AuthoritySpec",
    "HostTaken",
    "authority",
    "authority_for_host",
    "enabled_authorities",
    "ensure_authority",
    "forget_hosts",
]

# Long enough to spare a query per page, short enough that a disabled authority is gone at once for people.
_REMEMBER_SECONDS = 5.0
_LONGEST_HOST = 253
_by_host: dict[str, tuple[float, Authority | None]] = {}


class HostTaken(BadInput):
    """Another authority answers under this host name."""


def forget_hosts() -> None:
    """Drop what is remembered, for tests and after a change in this process."""
    _by_host.clear()


def authority_for_host(host: str) -> Authority | None:
    """The enabled authority that answers under this host name (port ignored), or None."""
    name = host.rsplit(":", 1)[0].rstrip(".").lower() if not host.endswith("]") else host
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


def enabled_authorities() -> list[Authority]:
    """All authorities that are switched on, by slug."""
    return list(Authority.objects.filter(enabled=True).order_by("slug"))


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
