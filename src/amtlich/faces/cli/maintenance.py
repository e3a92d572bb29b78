# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich maintenance on|off`: close the house for a while. All pages say so, /status/ and /health/ stay."""

import argparse
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

import psycopg
from psycopg.rows import dict_row

from amtlich.faces.cli.steps import say
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput
from amtlich.kernel.words import datetime_de
from amtlich.platform.settings.config import config
from amtlich.platform.web import maintenance

_LONGEST_REASON = 200


def on(chosen: argparse.Namespace) -> int:
    """Within a second every web process on this home answers 503 with the page of maintenance."""
    until = until_of(chosen.until, clock.now()) if chosen.until else None
    reason = _reason(chosen.reason or "")
    home = config().home
    if not home.is_dir():
        raise BadInput(f"{home} gibt es nicht; AMTLICH_HOME muss der Ordner sein, mit dem Amtlich läuft.")
    known = _authorities()
    maintenance.start(home, until, reason, known)
    say(f"Wartung ab sofort{f' bis {datetime_de(until)}' if until else ''}.")
    if not known:
        say("Die Datenbank antwortet nicht. Namen und Telefon kennt die Wartungsseite dann vielleicht nicht.")
    say("Wieder öffnen: amtlich maintenance off")
    return 0


def off(chosen: argparse.Namespace) -> int:
    """Open again; safe to repeat."""
    say("Wieder offen." if maintenance.end(config().home) else "Es war keine Wartung.")
    return 0


def until_of(text: str, now: datetime) -> datetime:
    """18:00 is the next time the clock shows that; 2026-11-26T06:00 is that moment. Raises ``BadInput``."""
    here = now.astimezone(clock.BERLIN)
    if found := re.fullmatch(r"([01]?[0-9]|2[0-3]):([0-5][0-9])", text):
        moment = datetime.combine(here.date(), time(int(found[1]), int(found[2])), clock.BERLIN)
        return moment if moment > here else moment + timedelta(days=1)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(
            f"--until {text[:30]}: Hier gehört eine Zeit hin, zum Beispiel 18:00 oder 2026-11-26T06:00."
        ) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=clock.BERLIN)
    if moment <= now:
        raise BadInput(f"--until {text[:30]}: Dieser Zeitpunkt ist schon vorbei.")
    return moment


def _reason(text: str) -> str:
    cleaned = " ".join(text.split())
    if len(cleaned) > _LONGEST_REASON:
        raise BadInput(f"--reason: Der Grund darf {_LONGEST_REASON} Zeichen haben.")
    return cleaned if not cleaned or cleaned[-1] in ".!?" else f"{cleaned}."


def _authorities() -> Sequence[Mapping[str, Any]]:
    """What pages say about each authority; nothing if the database is down already."""
    url = config().database_urls.get("app")
    if url is None:
        return []
    try:
        with psycopg.connect(url, connect_timeout=3, row_factory=dict_row) as connection:
            return connection.execute(
                "SELECT id, slug, name, short_name, office, street, city, phone, hours, land, hosts, email, "
                "website, look FROM tenancy_authority WHERE enabled"
            ).fetchall()
    except psycopg.Error:
        return []
