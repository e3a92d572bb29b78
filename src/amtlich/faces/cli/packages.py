# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich service`: try, hand in, publish by a second person, reject, withdraw and list service packages.

All without a restart. Who acts is the person at the keyboard; the same steps stand at /amt/leistungen/.

A folder with verzeichnis.yaml is an authority's directory of services: it is tried and published alike.
"""

import argparse
import getpass
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from amtlich.faces.cli import django_setup
from amtlich.faces.cli.steps import say
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput, NotFound
from amtlich.platform.settings.config import config

if TYPE_CHECKING:
    from amtlich.contexts.catalog.api import Person


def check(chosen: argparse.Namespace) -> int:
    """Print every finding with file, line and remedy; exit status 1 if there is one."""
    django_setup.set_up()
    from amtlich.contexts.catalog import api as catalog

    report = (catalog.check_directory if _is_directory(chosen.path) else catalog.check)(chosen.path)
    say(str(report))
    return 0 if report.ok else 1


def publish(chosen: argparse.Namespace) -> int:
    """Hand in for one authority or all of them. A second person publishes; a demonstration needs none."""
    if _is_directory(chosen.path) and not chosen.authority:
        raise BadInput("Ein Verzeichnis gehört einer Behörde. Nennen Sie sie: --authority KÜRZEL")
    set_up_with_database()
    from amtlich.contexts.catalog import api as catalog

    if _is_directory(chosen.path):
        listed = catalog.publish_directory(chosen.path, _authority_id(chosen.authority), by=_who().label)
        say(f"{listed} Veröffentlicht.")
        return 0
    target = _authority_id(chosen.authority) if chosen.authority else None
    made = catalog.publish(chosen.path, authority_id=target, by=_who(), waits=chosen.second_person)
    count = "1 Behörde" if len(made.authorities) == 1 else f"{len(made.authorities)} Behörden"
    if not made.waiting:
        say(f"{made.slug} {made.version}: veröffentlicht für {count}.")
        return 0
    say(f"{made.slug} {made.version}: geprüft und vorgelegt für {count}, noch nicht veröffentlicht.")
    say(
        "Eine zweite Person veröffentlicht: auf der Seite /amt/leistungen/ oder unter ihrem eigenen "
        f"Benutzer mit: amtlich service confirm {made.slug} {made.version} --authority KÜRZEL"
    )
    return 0


def confirm(chosen: argparse.Namespace) -> int:
    """The second person publishes what somebody else has handed in."""
    set_up_with_database()
    from amtlich.contexts.catalog import api as catalog

    target = _authority_id(chosen.authority)
    made = catalog.confirm(chosen.slug, chosen.version, authority_id=target, by=_who())
    say(f"{made.slug} {made.version}: veröffentlicht; die Leistung wird jetzt so angeboten.")
    return 0


def reject(chosen: argparse.Namespace) -> int:
    """Say no to what somebody else has handed in, or take back one's own."""
    set_up_with_database()
    from amtlich.contexts.catalog import api as catalog

    target = _authority_id(chosen.authority)
    catalog.reject(chosen.slug, chosen.version, authority_id=target, by=_who(), reason=chosen.reason)
    say(f"{chosen.slug} {chosen.version}: abgelehnt. Was bisher angeboten wird, bleibt.")
    return 0


def withdraw(chosen: argparse.Namespace) -> int:
    """End the offer of a service: its page then says that it is no longer there, and what is instead."""
    set_up_with_database()
    from amtlich.contexts.catalog import api as catalog

    target = _authority_id(chosen.authority)
    ended = catalog.withdraw(chosen.slug, authority_id=target, by=_who(), reason=chosen.reason)
    say(f"{ended.slug} {ended.version}: wird nicht mehr angeboten. Laufende Vorgänge gehen weiter.")
    return 0


def list_published(chosen: argparse.Namespace) -> int:
    """One line per stored version; with an authority, where each version stands there."""
    set_up_with_database()
    from amtlich.contexts.catalog import api as catalog

    if chosen.authority:
        for service in catalog.desk(_authority_id(chosen.authority)):
            for one in service.versions:
                standing = _STANDINGS[one.standing]
                say(f"{one.slug:<32} {one.version:<12} {_when(one.since)}  {standing}, {one.last.by}")
        return 0
    for stored in catalog.list_versions():
        say(f"{stored.slug:<32} {stored.version:<12} {_when(stored.published_at)}  {stored.published_by}")
    return 0


_STANDINGS = {
    "waiting": "wartet auf eine zweite Person",
    "offered": "wird angeboten",
    "superseded": "abgelöst",
    "withdrawn": "zurückgezogen",
    "rejected": "abgelehnt",
}


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(clock.BERLIN):%d.%m.%Y %H:%M}"


def set_up_with_database() -> None:
    """Make contexts usable, or say in a sentence that no database runs here."""
    if not config().database_urls:
        raise NotFound(
            "Es läuft keine Datenbank zu diesem Ordner. Starten Sie zuerst „amtlich demo“ oder "
            "„amtlich serve“, oder setzen Sie AMTLICH_DATABASE_URL."
        )
    django_setup.set_up()


def _is_directory(path: str | Path) -> bool:
    return (Path(path) / "verzeichnis.yaml").is_file()


def _who() -> "Person":
    """The person at the keyboard, also behind sudo: four eyes are not two hats."""
    from amtlich.contexts.catalog.api import Person

    user = os.environ.get("SUDO_USER") or getpass.getuser()
    return Person.named(user, f"Kommandozeile ({user})")


def _authority_id(slug: str) -> UUID:
    from amtlich.platform.tenancy.registry import authority_named

    return authority_named(slug).id
