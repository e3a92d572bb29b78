# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The last day for an answer as a calendar file (RFC 5545).

A calendar is often shared or lies with a provider, so nothing in it tells what the case is about: it names
the authority, the reference that means nothing to others, and an address that only its owner can open.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from amtlich.contexts.cases import api as cases
from amtlich.engines.procedure import CitizenStep
from amtlich.faces.portal.language import translated
from amtlich.kernel import clock
from amtlich.kernel.sentence import Sentence
from amtlich.platform.tenancy.models import Authority

# Nine in the morning of the day before: an all-day event begins at midnight, wherever the calendar is.
_REMIND = timedelta(hours=-15)


def deadline_file(authority: Authority, view: cases.CaseView, address: str) -> bytes | None:
    """An all-day event on the last day, or None while no answer is awaited."""
    if view.step is not CitizenStep.ANSWER or view.request is None:
        return None
    title = translated(Sentence("Letzter Tag für Ihre Antwort: {authority}", authority=authority.name))
    text = translated(
        Sentence(
            "Zeichen {reference}. Hier antworten Sie: {address}", reference=view.reference, address=address
        )
    ).replace("\n", " ")
    event = Event()
    event.add("uid", _uid(view))
    event.add("dtstamp", clock.now())
    event.add("dtstart", view.request.until)
    event.add("dtend", view.request.until + timedelta(days=1))
    event.add("summary", title)
    event.add("description", text)
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    reminder = Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", title)
    reminder.add("trigger", _REMIND)
    event.add_component(reminder)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Amtlich//Frist//DE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _uid(view: cases.CaseView) -> str:
    """The same for the same question, so that a second download does not make a second event."""
    assert view.request is not None
    seed = f"{view.token} {view.request.seq}".encode()
    return f"{hashlib.sha256(seed).hexdigest()[:32]}@amtlich"
