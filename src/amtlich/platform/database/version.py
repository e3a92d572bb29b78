# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One database, one version: processes of another version than the schema's refuse to work on it."""

from __future__ import annotations

from django.db import DatabaseError

from amtlich import __version__
from amtlich.kernel import clock
from amtlich.kernel.errors import Conflict
from amtlich.platform.database.models import ProgramVersion


class AnotherVersion(Conflict):
    """The schema belongs to another version of the program; the sentence says which, and what to do."""


def stamp() -> None:
    """Note, as owner, that the schema is this version's now."""
    values = {"version": __version__, "since": clock.now()}
    known = ProgramVersion.objects.using("owner").filter(version=__version__)
    if not known.exists():
        ProgramVersion.objects.using("owner").update_or_create(pk=1, defaults=values)


def fault(using: str = "default") -> str | None:
    """None if the schema is this version's, else one German sentence."""
    try:
        found = ProgramVersion.objects.using(using).first()
    except DatabaseError:
        return "Die Datenbank ist nicht eingerichtet oder älter als diese Fassung: amtlich upgrade"
    if found is not None and found.version != __version__:
        return (
            f"Die Datenbank gehört zu Amtlich {found.version}, dieses Programm ist {__version__}. Zwei "
            "Fassungen arbeiten nie an einer Datenbank. Beenden Sie alle Prozesse, dann: amtlich upgrade"
        )
    return None


def refuse_another() -> None:
    """Raise ``AnotherVersion`` if the schema is not this version's."""
    if sentence := fault():
        raise AnotherVersion(sentence)


def refuse_older() -> None:
    """Raise ``AnotherVersion`` if a newer program has been here already. As owner, before migrating."""
    try:
        found = ProgramVersion.objects.using("owner").first()
    except DatabaseError:
        return  # from before there was such a table
    if found is not None and _numbers(found.version) > _numbers(__version__):
        raise AnotherVersion(
            f"Die Datenbank gehört zu Amtlich {found.version}, dieses Programm ist älter ({__version__}). "
            f"Installieren Sie mindestens {found.version}, oder spielen Sie eine ältere Sicherung ein."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
