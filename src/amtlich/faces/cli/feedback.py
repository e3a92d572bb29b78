# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich feedback list`: what people told the authority, as CSV or to read."""

import argparse
import csv
import sys
from datetime import datetime, time

from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput
from amtlich.kernel.words import datetime_de

_COLUMNS = ("authority", "at", "kind", "occasion", "answer", "route", "language", "text", "email")
_ANSWERS = {"yes": "ja", "partly": "teilweise", "no": "nein", "": "–"}
# A spreadsheet would take these at the beginning of a cell for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def list_all(chosen: argparse.Namespace) -> int:
    """Newest first, of all authorities or one of them."""
    since = day_at_midnight(chosen.since)
    set_up_with_database()
    from amtlich.contexts.steering import api as steering
    from amtlich.platform.tenancy.registry import all_authorities

    authorities = [one for one in all_authorities() if chosen.authority in (None, one.slug)]
    if chosen.authority and not authorities:
        raise BadInput(f"Eine Behörde „{chosen.authority[:40]}“ gibt es nicht.")
    told = [(one.slug, entry) for one in authorities for entry in steering.feedback(one.id, since)]
    if chosen.plain:
        for slug, entry in told:
            say(f"{datetime_de(entry.at)}, {slug}: {_headline(entry)}")
            for line in entry.text.splitlines():
                say(f"    {line}")
            if entry.email:
                say(f"    Antwort an: {entry.email}")
        say(f"{len(told)} Rückmeldungen.")
        return 0
    table = csv.writer(sys.stdout)
    table.writerow(_COLUMNS)
    for slug, entry in told:
        row = [slug, entry.at.isoformat(), *(getattr(entry, name) for name in _COLUMNS[2:])]
        table.writerow([_harmless(cell) for cell in row])
    return 0


def _headline(entry: object) -> str:
    kind, occasion, answer, route = (getattr(entry, name) for name in ("kind", "occasion", "answer", "route"))
    where = f" ({route})" if route else ""
    return f"Barriere{where}" if kind == "barrier" else f"{_ANSWERS[answer]}, {occasion}{where}"


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def day_at_midnight(text: str | None) -> datetime | None:
    """The beginning of the day that stands behind --since. Raises ``BadInput``."""
    if text is None:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (the zone is added below)
    except ValueError:
        raise BadInput(f"--since {text[:20]}: Hier gehört ein Tag hin, zum Beispiel 2026-11-25.") from None
    return datetime.combine(day, time(), clock.BERLIN)
