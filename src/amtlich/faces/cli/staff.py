# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich staff`: who works at an authority, from the command line."""

import argparse
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel.errors import BadInput
from amtlich.platform.settings.config import config

if TYPE_CHECKING:  # what needs Django is imported when the command runs
    from amtlich.platform.accounts.staff import Role
    from amtlich.platform.tenancy.models import Authority


def add(chosen: argparse.Namespace) -> int:
    """Add somebody and print the link with which they set their account up, once."""
    authority = _authority(chosen)
    from amtlich.platform.accounts.staff import accounts

    key = accounts.add(authority.id, chosen.name, chosen.display, _roles(chosen.role), by=_by(chosen))
    say(f"{chosen.name} ist angelegt. Dieser Link gilt einmal, 24 Stunden lang:")
    say(f"    {_link(authority, key)}")
    say("Geben Sie ihn nur dieser Person, am besten persönlich.")
    return 0


def list_all(chosen: argparse.Namespace) -> int:
    """One line for each member of staff."""
    authority = _authority(chosen)
    from amtlich.platform.accounts.staff import accounts

    for one in accounts.members(authority.id):
        state = "gesperrt" if not one.enabled else "" if one.enrolled else "noch nicht eingerichtet"
        titles = ", ".join(sorted(role.title_de for role in one.roles))
        say(f"{one.name:<24} {one.display_name:<32} {titles:<40} {state}".rstrip())
    return 0


def set_roles(chosen: argparse.Namespace) -> int:
    """What somebody may do from now on."""
    authority = _authority(chosen)
    from amtlich.platform.accounts.staff import accounts

    accounts.set_roles(authority.id, chosen.name, _roles(chosen.role), by=_by(chosen))
    say(f"{chosen.name}: Die Rollen sind gespeichert und gelten sofort.")
    return 0


def disable(chosen: argparse.Namespace) -> int:
    """Lock an account; its sessions end."""
    authority = _authority(chosen)
    from amtlich.platform.accounts.staff import accounts

    accounts.disable(authority.id, chosen.name, by=_by(chosen))
    say(f"{chosen.name} ist gesperrt, alle Sitzungen sind beendet.")
    return 0


def enable(chosen: argparse.Namespace) -> int:
    """Unlock an account."""
    authority = _authority(chosen)
    from amtlich.platform.accounts.staff import accounts

    accounts.enable(authority.id, chosen.name, by=_by(chosen))
    say(f"{chosen.name} ist entsperrt.")
    return 0


def link(chosen: argparse.Namespace) -> int:
    """A new link for an account that nobody has set up yet."""
    authority = _authority(chosen)
    from amtlich.platform.accounts.staff import accounts

    say(f"    {_link(authority, accounts.new_link(authority.id, chosen.name, by=_by(chosen)))}")
    return 0


def recover(chosen: argparse.Namespace) -> int:
    """All factors are lost: one person asks for a new way in, a second one confirms."""
    authority = _authority(chosen)
    from amtlich.platform.accounts.staff import accounts

    if not chosen.confirm:
        accounts.begin_recovery(authority.id, chosen.name, by=_by(chosen))
        say("Verlangt. Innerhalb von 24 Stunden muss eine zweite Person das bestätigen:")
        say(f"    amtlich staff recover {chosen.name} --authority {authority.slug} --as NAME --confirm")
        return 0
    key = accounts.confirm_recovery(authority.id, chosen.name, by=_by(chosen))
    say("Bestätigt. Alte Merkmale und Sitzungen sind beendet. Dieser Link gilt einmal, eine Stunde lang:")
    say(f"    {_link(authority, key)}")
    return 0


def _authority(chosen: argparse.Namespace) -> "Authority":
    set_up_with_database()
    from amtlich.platform.tenancy.registry import authority_named

    return authority_named(chosen.authority)


def _by(chosen: argparse.Namespace) -> str:
    by = " ".join(chosen.by.split())
    if not by or len(by) > 120 or not by.isprintable():
        raise BadInput("--as: Nennen Sie, wer das tut: Vorname und Name.")
    return f"{by} (Kommandozeile)"


def _roles(given: list[str]) -> "list[Role]":
    from amtlich.platform.accounts.staff import Role

    known = {role.value: role for role in Role}
    if unknown := [one for one in given if one not in known]:
        offered = ", ".join(f"{role.value} ({role.title_de})" for role in Role)
        raise BadInput(f"Die Rolle „{unknown[0][:40]}“ gibt es nicht. Es gibt: {offered}.")
    return [known[one] for one in given]


def _link(authority: "Authority", key: str) -> str:
    """The address at this authority's own host, as the portal is reached from outside."""
    public = urlsplit(config().public_url)
    port = f":{public.port}" if public.port else ""
    return f"{public.scheme}://{authority.hosts[0]}{port}/amt/zugang/{key}/"
