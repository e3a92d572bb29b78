# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich service`: try, publish and list service packages. Publishing needs no restart."""

import argparse
import getpass

from amtlich.faces.cli import django_setup
from amtlich.faces.cli.steps import say
from amtlich.kernel.errors import NotFound
from amtlich.platform.settings.config import config


def check(chosen: argparse.Namespace) -> int:
    """Print every finding with file, line and remedy; exit status 1 if there is one."""
    django_setup.set_up()
    from amtlich.contexts.catalog import api as catalog

    report = catalog.check(chosen.path)
    for finding in report.findings:
        say(f"{finding.file}:{finding.line}: {finding.message} {finding.remedy}")
    if not report.ok:
        return 1
    say(f"{chosen.path}: Das Leistungspaket ist in Ordnung.")
    return 0


def publish(chosen: argparse.Namespace) -> int:
    """Publish for one authority or all of them; refused with the findings if the check fails."""
    status = check(chosen)
    if status:
        return status
    _need_database()
    from amtlich.contexts.catalog import api as catalog

    target = _authority_id(chosen.authority) if chosen.authority else None
    version = catalog.publish(chosen.path, authority_id=target, by=f"Kommandozeile ({getpass.getuser()})")
    say(f"Veröffentlicht: {version.slug} {version.version}")
    return 0


def list_published(chosen: argparse.Namespace) -> int:
    """One line per published version."""
    django_setup.set_up()
    _need_database()
    from amtlich.contexts.catalog import api as catalog

    for version in catalog.list_versions():
        say(f"{version.slug:<32} {version.version}")
    return 0


def _need_database() -> None:
    if not config().database_urls:
        raise NotFound(
            "Es läuft keine Datenbank zu diesem Ordner. Starten Sie zuerst „amtlich demo“ oder "
            "„amtlich serve“, oder setzen Sie AMTLICH_DATABASE_URL."
        )


def _authority_id(slug: str) -> object:
    from amtlich.platform.tenancy.registry import enabled_authorities

    for authority in enabled_authorities():
        if authority.slug == slug:
            return authority.id
    raise NotFound(f"Eine Behörde mit dem Kürzel „{slug[:40]}“ gibt es hier nicht.")
