# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich case`: what a person of the office does with a case until the office has its pages.

Every command is of a person with a name (``--as``); the program never pretends to have asked. Nothing
here refuses an application: an adverse act needs what comes with the office.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from amtlich.faces.cli.packages import set_up_with_database
from amtlich.faces.cli.steps import say
from amtlich.kernel.errors import BadInput, NotFound

if TYPE_CHECKING:  # Django is set up only when a command runs
    from amtlich.platform.accounts import Actor

_NAME = 80
_PHASES = {
    "received": "eingegangen",
    "under_review": "in Prüfung",
    "ready_to_decide": "entscheidungsreif",
    "decided": "entschieden, noch nicht bekannt gegeben",
    "notified": "bekannt gegeben",
    "closed": "abgeschlossen",
    "withdrawn": "zurückgezogen",
}
_WAITING = {
    "program": "das Programm",
    "register": "das Register",
    "office": "das Amt",
    "applicant": "die antragstellende Person",
    "nobody": "niemanden",
}
_CHANNELS = {"portal": "portal", "post": "post", "amt": "counter"}


def ask(chosen: argparse.Namespace) -> int:
    """Ask the citizen, all questions at once, with a last day for the answer."""
    set_up_with_database()
    from amtlich.contexts.cases import api as cases
    from amtlich.kernel.words import date_de

    until = cases.ask(_staff(chosen), chosen.token, chosen.question, chosen.days)
    say(f"Gefragt. Die Antwort ist möglich bis zum {date_de(until)}.")
    return 0


def message(chosen: argparse.Namespace) -> int:
    """Write into the thread of the case."""
    set_up_with_database()
    from amtlich.contexts.cases import api as cases

    cases.send_message(_staff(chosen), chosen.token, chosen.text)
    say("Die Nachricht steht im Vorgang.")
    return 0


def fail_notification(chosen: argparse.Namespace) -> int:
    """Say that a channel did not reach the citizen: the case goes to the office for another one."""
    set_up_with_database()
    from amtlich.contexts.cases import api as cases

    channel = cases.Channel(_CHANNELS[chosen.channel])
    cases.report_failure(_staff(chosen), chosen.token, channel, chosen.reason)
    say("Vermerkt. Der Vorgang wartet jetzt auf das Amt: Wählen Sie einen anderen Weg und melden Sie ihn mit")
    say(f"  amtlich case notify {chosen.token} --channel post --as NAME")
    return 0


def notify(chosen: argparse.Namespace) -> int:
    """Say that the documents reached the citizen by this channel."""
    set_up_with_database()
    from amtlich.contexts.cases import api as cases

    cases.report_effect(_staff(chosen), chosen.token, cases.Channel(_CHANNELS[chosen.channel]))
    say("Vermerkt. Der Vorgang wird abgeschlossen.")
    return 0


def show(chosen: argparse.Namespace) -> int:
    """Where the case stands, and what was said in it; the reading is journalled under the name."""
    set_up_with_database()
    from amtlich.contexts.cases import api as cases
    from amtlich.kernel.words import date_de, datetime_de

    case = cases.case(_staff(chosen), chosen.token)
    say(f"{case.service_name['de']}, Zeichen {case.reference}, Aktenzeichen {case.file_number or '–'}")
    say(f"Stand: {_PHASES[case.phase]}. Wartet auf {_WAITING[case.waiting_on]}.")
    if case.request is not None and case.step == "answer":
        say(f"Antwort möglich bis zum {date_de(case.request.until)}.")
    for entry in reversed(case.timeline):
        say(f"  {datetime_de(entry.at)}  {entry.title} ({entry.actor})")
    for talk in reversed(case.talk):
        say(f"{talk.who if not talk.mine else 'Antragstellende Person'}, {datetime_de(talk.at)}:")
        for text in talk.texts:
            say("  " + text.replace("\n", "\n  "))
    return 0


def _staff(chosen: argparse.Namespace) -> Actor:
    """The named person, at the authority where the case lies."""
    from amtlich.contexts.cases import api as cases
    from amtlich.kernel.text import TextRefused, clean_name
    from amtlich.platform.accounts import Actor

    try:
        name = clean_name(chosen.name, _NAME)
    except TextRefused as refused:
        raise BadInput(f"--as: {refused}") from None
    if len(name) < 2:
        raise BadInput("Nennen Sie mit --as, wer Sie sind: Vorname und Name.")
    authority_id = cases.authority_of(chosen.token)
    if authority_id is None:
        raise NotFound("Diesen Vorgang gibt es hier nicht. Nehmen Sie die 26 Zeichen aus der Adresse.")
    # Who has the machine may do what a caseworker may; the name stands in the record.
    return Actor("staff", authority_id, display_name=name, roles=frozenset({"caseworker"}))
