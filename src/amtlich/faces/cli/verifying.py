# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich verify`: compare what is stored with what was recorded, and name the rows that differ."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel.words import datetime_de

if TYPE_CHECKING:  # what needs Django is imported when the command runs
    from amtlich.platform.integrity.registry import Check, Report, Tampered
    from amtlich.platform.integrity.run import LastRun

_MOST_SHOWN = 50


def verify(chosen: argparse.Namespace) -> int:
    """Check every authority or one; exit status 1 if a row is not what was recorded."""
    set_up_with_database()
    from amtlich.platform.integrity import run
    from amtlich.platform.tenancy.registry import all_authorities, authority_named

    authorities = [authority_named(chosen.authority)] if chosen.authority else all_authorities()
    wrong = 0
    for one in authorities:
        say(f"{one.slug}: {one.name}")
        wrong += _say_last(run.last_run(one.id)) if chosen.last else run.verify(one.id, _tell)
    if chosen.last:
        return 1 if wrong else 0
    if not wrong:
        say("Alles ist so, wie es aufgezeichnet wurde.")
        return 0
    say(f"{wrong} Zeilen sind nicht, was aufgezeichnet wurde. Bewahren Sie Datenbank und Protokolle auf,")
    say("und vergleichen Sie die Zeilen mit einer Sicherung: docs/betrieb/pruefung.md")
    return 1


def _tell(check: "Check", report: "Report") -> None:
    mark = "✗" if report.tampered else "✓"
    erased = f", davon {report.erased} ohne Inhalt (gelöscht)" if report.erased else ""
    say(f"  {mark} {check.title}: {report.rows} Zeilen{erased}")
    _say_rows(report.tampered)


def _say_rows(tampered: "Sequence[Tampered]") -> None:
    for one in tampered[:_MOST_SHOWN]:
        say(f"      {one.table} {one.row}: {one.sentence}")
    if len(tampered) > _MOST_SHOWN:
        say(f"      und {len(tampered) - _MOST_SHOWN} weitere")


def _say_last(last: "LastRun | None") -> int:
    if last is None:
        say("  noch nie geprüft")
        return 0
    ended = "" if last.ended_at else ", nicht zu Ende gelaufen"
    say(f"  zuletzt {datetime_de(last.began_at)}{ended}: {last.rows} Zeilen, {last.found} verfälscht")
    _say_rows(last.tampered)
    return last.found
