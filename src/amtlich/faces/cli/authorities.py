# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich authority`: set an authority up from a file, list those there are, switch one off and on."""

import argparse
import re
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel.errors import BadInput

_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
_SECTIONS = ("look", "imprint", "login")
_SLUG = re.compile(r"[a-z][a-z0-9-]{1,39}")


def add(chosen: argparse.Namespace) -> int:
    """Set up the authority of a TOML file with its seal key, or bring it to what the file says."""
    values = read(chosen.file)
    set_up_with_database()
    from amtlich.platform import keys
    from amtlich.platform.tenancy.imprint import still_missing
    from amtlich.platform.tenancy.registry import AuthoritySpec, ensure_authority

    spec = AuthoritySpec(**values)  # type: ignore[arg-type]
    authority = ensure_authority(spec)
    keys.create(authority)
    say(f"{authority.slug}: {authority.name} ist eingerichtet und antwortet unter {', '.join(spec.hosts)}.")
    if not authority.enabled:
        say(f"Sie ist abgeschaltet und antwortet erst nach: amtlich authority enable {authority.slug}")
    if missing := still_missing(spec.imprint):
        say(f"Für Impressum und Datenschutz fehlen noch im Abschnitt [imprint]: {', '.join(missing)}.")
    say("Veröffentlichen Sie als Nächstes ihre Leistungen: amtlich service publish ORDNER")
    return 0


def list_all(chosen: argparse.Namespace) -> int:
    """One line per authority, also of those that are switched off."""
    set_up_with_database()
    from amtlich.platform.tenancy.registry import all_authorities

    for one in all_authorities():
        state = "" if one.enabled else "   abgeschaltet"
        say(f"{one.slug:<32} {one.name:<40} {', '.join(one.hosts)}{state}")
    return 0


def disable(chosen: argparse.Namespace) -> int:
    """Switch an authority off: nobody reaches it any more, what it has received goes on."""
    set_up_with_database()
    from amtlich.contexts.cases import api as cases
    from amtlich.platform.tenancy.registry import authority_named, switch

    one = authority_named(chosen.slug)
    if not switch(one.slug, on=False):
        say(f"{one.slug} war schon abgeschaltet.")
        return 0
    say(f"{one.slug} ist abgeschaltet. Nach höchstens fünf Sekunden antwortet niemand mehr unter:")
    say(f"    {', '.join(one.hosts)}")
    say("Alle Daten bleiben. Dokumente lassen sich unter diesen Adressen nicht mehr prüfen.")
    if undecided := cases.undecided(one.id):
        say(f"Noch nicht entschieden: {undecided} Vorgänge. Das Programm führt zu Ende, was es allein kann.")
    say(f"Wieder einschalten: amtlich authority enable {one.slug}")
    return 0


def enable(chosen: argparse.Namespace) -> int:
    """Switch an authority on again."""
    set_up_with_database()
    from amtlich.platform.tenancy.registry import authority_named, switch

    one = authority_named(chosen.slug)
    if switch(one.slug, on=True):
        say(f"{one.slug} antwortet wieder unter {', '.join(one.hosts)}.")
    else:
        say(f"{one.slug} war schon eingeschaltet.")
    return 0


def read(file: Path) -> dict[str, object]:
    """The specification in the file, checked; every refusal names file, key and what would be right."""
    from amtlich.platform.tenancy.spec import AuthoritySpec

    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadInput(f"{file} lässt sich nicht lesen: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"{file} ist keine gültige TOML-Datei: {error}.") from None
    known = {field.name: field for field in fields(AuthoritySpec)}
    if unknown := sorted(given.keys() - known.keys()):
        raise BadInput(f"{file}: „{unknown[0]}“ gibt es nicht. Möglich sind: {', '.join(known)}.")
    needed = [name for name, field in known.items() if field.default is MISSING and name not in _SECTIONS]
    if missing := [name for name in needed if name not in given]:
        raise BadInput(f"{file}: Es fehlt: {', '.join(missing)}.")
    for name, value in given.items():
        if name in _SECTIONS:
            if not isinstance(value, dict):
                raise BadInput(f"{file}, „{name}“: Schreiben Sie einen Abschnitt, der mit [{name}] beginnt.")
        elif name != "hosts" and (not isinstance(value, str) or not value.strip()):
            raise BadInput(f"{file}, „{name}“: Hier gehört ein Text in Anführungszeichen hin.")
    hosts = given["hosts"]
    if not isinstance(hosts, list) or not hosts or not all(_is_host(host) for host in hosts):
        raise BadInput(f'{file}, „hosts“: Hier gehören Namen hin, zum Beispiel ["amt.musterstadt.de"].')
    if not _SLUG.fullmatch(given["slug"]):
        raise BadInput(f"{file}, „slug“: Erlaubt sind Kleinbuchstaben, Ziffern und Bindestriche.")
    if given.get("register_kind", "builtin") not in ("builtin", "http"):
        raise BadInput(f"{file}, „register_kind“: Erlaubt sind builtin und http.")
    if given.get("register_kind") == "http" and not str(given.get("register_url", "")).startswith("http"):
        raise BadInput(f"{file}, „register_url“: Nennen Sie die Adresse des Melderegisters.")
    if not _MAIL.fullmatch(given.get("email", "a@b.de")):
        raise BadInput(f"{file}, „email“: Hier gehört eine Adresse wie buergeramt@musterstadt.de hin.")
    if not given.get("website", "https://").startswith(("https://", "http://")):
        raise BadInput(f"{file}, „website“: Die Adresse beginnt mit https://.")
    return {**given, "hosts": tuple(hosts), **_sections(file, given)}


def _sections(file: Path, given: Mapping[str, Any]) -> dict[str, object]:
    from amtlich.platform.accounts import providers
    from amtlich.platform.tenancy import imprint, look

    try:
        if "login" in given:
            providers.read(given["login"])
        return {
            "look": look.checked(given.get("look", {}), file.parent),
            "imprint": imprint.checked(given.get("imprint", {})),
            "login": given.get("login", {}),
        }
    except BadInput as refused:
        raise BadInput(f"{file}, {refused}") from None


def _is_host(value: object) -> bool:
    return isinstance(value, str) and _HOST.fullmatch(value) is not None
