# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What error pages say: what happened, and what to do now. How they look is decided by a face.

The sentences are kept as ``Sentence``, so that a face can say them in the reader's language form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from amtlich.kernel import clock
from amtlich.kernel.sentence import Sentence


@dataclass(frozen=True)
class ErrorPage:
    """What an error page says. ``retry_after``: seconds after which asking again is right, 0 if never."""

    status: int
    title: str
    sentence: str
    next_step: str
    retry_after: int = 0

    def with_sentence(self, sentence: str) -> ErrorPage:
        """The same page with a sentence that fits the occasion better."""
        return replace(self, sentence=sentence)


_DEFAULT_WAIT = 60

PAGES: Mapping[int, ErrorPage] = {
    page.status: page
    for page in (
        ErrorPage(
            400,
            Sentence("Das haben wir nicht verstanden"),
            Sentence("In der Adresse oder im Formular steht ein Zeichen, das wir nicht annehmen können."),
            Sentence("Gehen Sie zurück und versuchen Sie es noch einmal."),
        ),
        ErrorPage(
            401,
            Sentence("Bitte melden Sie sich an"),
            Sentence("Sie sind nicht angemeldet, oder Ihre Anmeldung ist abgelaufen."),
            Sentence("Melden Sie sich an. Gespeicherte Entwürfe sind noch da."),
        ),
        ErrorPage(
            403,
            Sentence("Das dürfen Sie hier nicht"),
            Sentence("Für diese Seite fehlt Ihnen die Berechtigung."),
            Sentence("Melden Sie sich mit dem richtigen Konto an, oder fragen Sie die Behörde."),
        ),
        ErrorPage(
            404,
            Sentence("Diese Seite gibt es nicht"),
            Sentence(
                "Vielleicht ist die Adresse falsch geschrieben, oder die Seite gehört zu einem anderen Konto."
            ),
            Sentence("Prüfen Sie die Adresse, oder beginnen Sie auf der Startseite."),
        ),
        ErrorPage(
            405,
            Sentence("So geht das hier nicht"),
            Sentence("Diese Adresse nimmt Anfragen dieser Art nicht an."),
            Sentence("Öffnen Sie die Seite neu, und benutzen Sie die Knöpfe auf der Seite."),
        ),
        ErrorPage(
            408,
            Sentence("Die Übertragung hat zu lange gedauert"),
            Sentence("Ihre Verbindung war zu langsam oder unterbrochen. Wir haben nichts gespeichert."),
            Sentence("Prüfen Sie Ihre Verbindung, und senden Sie noch einmal ab."),
        ),
        ErrorPage(
            409,
            Sentence("Hier war jemand schneller"),
            Sentence("Inzwischen hat sich etwas geändert. Wir haben nichts überschrieben."),
            Sentence("Laden Sie die Seite neu, und prüfen Sie den neuen Stand."),
        ),
        ErrorPage(
            410,
            Sentence("Das gibt es nicht mehr"),
            Sentence("Was hier stand, ist gelöscht oder abgelaufen."),
            Sentence("Beginnen Sie auf der Startseite neu."),
        ),
        ErrorPage(
            413,
            Sentence("Das ist zu groß"),
            Sentence("Was Sie gesendet haben, ist größer als erlaubt. Wir haben nichts gespeichert."),
            Sentence("Kürzen Sie den Text, oder wählen Sie eine kleinere Datei: höchstens 5 MB."),
        ),
        ErrorPage(
            429,
            Sentence("Das waren zu viele Anfragen"),
            Sentence("Von hier kamen in kurzer Zeit sehr viele Anfragen."),
            Sentence("Warten Sie eine Minute, und versuchen Sie es dann noch einmal."),
            _DEFAULT_WAIT,
        ),
        ErrorPage(
            500,
            Sentence("Bei uns ist etwas schiefgegangen"),
            Sentence(
                "Der Fehler liegt bei uns, nicht bei Ihnen. "
                "Was Sie schon abgeschickt haben, ist nicht verloren."
            ),
            Sentence("Versuchen Sie es in einigen Minuten noch einmal."),
        ),
        ErrorPage(
            503,
            Sentence("Gerade geht es nicht"),
            Sentence("Im Moment können wir Ihre Anfrage nicht bearbeiten. Wir haben nichts gespeichert."),
            Sentence("Warten Sie 10 Sekunden, und senden Sie dann noch einmal ab."),
            10,
        ),
    )
}

# Not "nothing was saved": a connection that breaks during the commit leaves that open. Sending again is safe,
# because every submission carries a key.
DATABASE_AWAY = ErrorPage(
    503,
    Sentence("Gerade geht es nicht"),
    Sentence("Unsere Datenbank antwortet im Moment nicht."),
    Sentence(
        "Warten Sie 10 Sekunden, und laden Sie die Seite neu. Haben Sie gerade etwas abgesendet? "
        "Senden Sie es noch einmal ab, es zählt nur einmal."
    ),
    10,
)

FORM_OUTDATED = ErrorPage(
    403,
    Sentence("Das Formular ist veraltet"),
    Sentence(
        "Das Formular war zu lange offen, Sie haben sich inzwischen an- oder abgemeldet, "
        "oder Ihr Browser nimmt keine Cookies an. "
        "Wir haben nichts gespeichert."
    ),
    Sentence("Gehen Sie zurück, laden Sie die Seite neu, und senden Sie noch einmal ab."),
)


def page_for(status: int) -> ErrorPage:
    """The page for a status; an unknown one gets the page of its class."""
    return PAGES.get(status) or replace(PAGES[500 if status >= 500 else 400], status=status)


def too_many(wait: float) -> ErrorPage:
    """The page for 429 that says in words how long to wait; ``wait`` in seconds."""
    seconds = max(1, round(wait))
    minutes = -(-seconds // 60)
    page = replace(PAGES[429], retry_after=seconds)
    if minutes == 1:
        return page
    step = Sentence("Warten Sie {count} Minuten, und versuchen Sie es dann noch einmal.", count=minutes)
    return replace(page, next_step=step)


def maintenance(until: datetime | None, reason: str = "") -> ErrorPage:
    """The page while the house is closed for work; ``reason`` as the operator wrote it."""
    title = Sentence("Wir arbeiten gerade an dieser Seite")
    told = (
        Sentence("Der Grund: {reason} Ihre Entwürfe und Anträge sind sicher.", reason=reason)
        if reason
        else Sentence("Ihre Entwürfe und Anträge sind sicher.")
    )
    left = (until - clock.now()).total_seconds() if until is not None else 0
    if until is None or left <= 0:
        later = Sentence("Es dauert nicht mehr lange. Laden Sie die Seite in einigen Minuten neu.")
        return ErrorPage(503, title, told, later, 300)
    again = Sentence("Kommen Sie nach diesem Zeitpunkt wieder: {until}.", until=until)
    return ErrorPage(503, title, told, again, max(10, round(left)))
