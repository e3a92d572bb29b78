# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich partner`: programs of others that use an authority's interface, and their keys."""

import argparse
import getpass
import os
from typing import TYPE_CHECKING
from uuid import UUID

from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel.errors import BadInput

if TYPE_CHECKING:  # what needs Django is imported when the command runs
    from amtlich.platform.partners.keys import Scope


def add(chosen: argparse.Namespace) -> int:
    """Let a partner in; it gets its keys one by one."""
    authority_id = _authority(chosen)
    from amtlich.platform.partners import keys

    keys.add(authority_id, chosen.slug, chosen.name, chosen.contact)
    say(f"{chosen.slug} ist angelegt. Einen Schlüssel gibt: amtlich partner key {chosen.slug} …")
    return 0


def key(chosen: argparse.Namespace) -> int:
    """Make a key and print it, once."""
    authority_id = _authority(chosen)
    from amtlich.platform.partners import keys

    who = os.environ.get("SUDO_USER") or getpass.getuser()
    made = keys.new_key(authority_id, chosen.slug, _scopes(chosen.scope), chosen.days, by=who)
    say("Dieser Schlüssel erscheint nur jetzt. Geben Sie ihn auf sicherem Weg weiter:")
    say(f"    {made}")
    return 0


def list_all(chosen: argparse.Namespace) -> int:
    """Partners and their keys, without any secret."""
    authority_id = _authority(chosen)
    from amtlich.platform.partners import keys

    for one in keys.partners(authority_id):
        say(f"{one.slug}: {one.name} ({one.contact})")
        for each in one.keys:
            state = "widerrufen" if each.revoked else "abgelaufen" if each.expired else "gilt"
            used = f", zuletzt benutzt {each.last_used}" if each.last_used else ", nie benutzt"
            until = each.expires_at.date().isoformat()
            say(f"    {each.prefix}  {state} bis {until}  {' '.join(each.scopes)}{used}")
    return 0


def revoke(chosen: argparse.Namespace) -> int:
    """End a key at once."""
    authority_id = _authority(chosen)
    from amtlich.platform.partners import keys

    done = keys.revoke(authority_id, chosen.prefix)
    say(f"{chosen.prefix} gilt ab sofort nicht mehr." if done else f"{chosen.prefix} war schon widerrufen.")
    return 0


def _authority(chosen: argparse.Namespace) -> UUID:
    set_up_with_database()
    from amtlich.platform.tenancy.registry import authority_named

    return authority_named(chosen.authority).id


def _scopes(given: list[str]) -> "list[Scope]":
    from amtlich.platform.partners.keys import Scope

    known = {scope.value: scope for scope in Scope}
    if unknown := [one for one in given if one not in known]:
        raise BadInput(f"Das Recht „{unknown[0][:40]}“ gibt es nicht. Es gibt: {', '.join(known)}.")
    return [known[one] for one in given]
