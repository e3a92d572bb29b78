# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich upkeep`: what would be deleted now, deleting it, the proofs of it, and the rules."""

import argparse
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from amtlich.faces.cli.feedback import day_at_midnight
from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel.words import datetime_de

_MOST = 500
_NOBODYS = "(Anlage)"


def preview(chosen: argparse.Namespace) -> int:
    """One line per rule and authority of what a run would delete now. Changes nothing."""
    set_up_with_database()
    from amtlich.contexts.privacy import api as privacy

    names, total = _names(), 0
    for due in privacy.preview_upkeep():
        period = due.rule.period.words_de
        for authority_id, count in sorted(due.counts.items(), key=lambda item: _name(names, item[0])):
            note = "  nur Vorschau" if due.only_previewed else ""
            say(f"{count:>9}  {_name(names, authority_id):<20} {due.rule.what} (Frist: {period}){note}")
            total += 0 if due.only_previewed else count
    say("Nichts ist fällig." if not total else f"{total} Zeilen würden jetzt gelöscht oder geleert.")
    _say_last(privacy.last_upkeep())
    return 0


def run(chosen: argparse.Namespace) -> int:
    """Delete what is due now; exit status 1 if a rule could not be followed or time ran out."""
    set_up_with_database()
    from amtlich.contexts.privacy import api as privacy

    outcome = privacy.run_upkeep(clock_is_right=chosen.clock_is_right)
    if outcome.busy:
        say("Ein anderer Lauf ist gerade bei der Arbeit. Hier war nichts zu tun.")
        return 0
    names = _names()
    words = {due.rule.purge: due.rule.what for due in privacy.preview_upkeep()}
    for (purge, authority_id), count in outcome.deleted.items():
        say(f"{count:>9}  {_name(names, authority_id):<20} {words[purge]}")
    say(f"{outcome.total} Zeilen gelöscht oder geleert.")
    for purge in outcome.failed:
        say(f"✗ Die Regel „{purge}“ ließ sich nicht befolgen. Die Ursache steht im Protokoll.")
    if not outcome.complete:
        say("Die Zeit reichte nicht für alles. Rufen Sie den Befehl noch einmal auf.")
    return 0 if outcome.complete and not outcome.failed else 1


def log(chosen: argparse.Namespace) -> int:
    """The proofs of deletion, newest first."""
    since = day_at_midnight(chosen.since)
    set_up_with_database()
    from amtlich.contexts.privacy import api as privacy

    names = _names()
    found = privacy.deletions(since, _MOST)
    for one in found:
        rule = f"{one.purge}, Regel vom {one.rule_of:%d.%m.%Y}"
        say(f"{datetime_de(one.at)}  {_name(names, one.authority_id):<20} {one.count:>6}  {rule}")
    if not found:
        say("Es gibt keinen Nachweis über eine Löschung.")
    if len(found) == _MOST:
        say(f"Gezeigt sind die neuesten {_MOST}.")
    return 0


def rules(chosen: argparse.Namespace) -> int:
    """The rules, as they stand in docs/betrieb/aufbewahrung.md."""
    set_up_with_database()
    from amtlich.contexts.privacy import api as privacy

    say(privacy.retention_tables())
    return 0


def _names() -> Mapping[UUID, str]:
    from amtlich.platform.tenancy.registry import all_authorities

    return {one.pk: one.slug for one in all_authorities()}


def _name(names: Mapping[UUID, str], authority_id: UUID) -> str:
    return names.get(authority_id, _NOBODYS)


def _say_last(last: tuple[datetime, bool] | None) -> None:
    if last is None:
        say("Aufgeräumt wurde hier noch nie. Der Worker tut es jede Stunde.")
        return
    began_at, complete = last
    end = "" if complete else " Er kam nicht bis zum Ende; der nächste macht weiter."
    say(f"Letzter Lauf: {datetime_de(began_at)}.{end}")
