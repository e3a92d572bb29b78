# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""When the session ends, in sentences: for the line at the end of each page and for its script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from amtlich.faces.portal import moments
from amtlich.faces.portal.language import _
from amtlich.kernel import clock
from amtlich.platform.accounts import session_time


@dataclass(frozen=True, slots=True)
class SessionState:
    """Until when, and what can be done. ``seconds`` counts from now, whatever the clock of the device."""

    ends: datetime
    seconds: int
    signed_in: bool
    last: bool  # it cannot be made longer

    @property
    def until(self) -> str:
        return moments.moment(self.ends)

    @property
    def sentence(self) -> str:
        """What the page says all the time."""
        if self.signed_in:
            return _("Sie sind angemeldet bis: {time}.", time=self.until)
        return _("In diesem Browser finden Sie Ihre Eingaben bis: {time}.", time=self.until)

    @property
    def ending(self) -> str:
        """What is announced shortly before the end."""
        return _("Ihre Sitzung endet bald: {time}. Gespeichertes geht nicht verloren.", time=self.until)

    def told(self) -> Mapping[str, object]:
        """For the script."""
        return {
            "seconds": self.seconds,
            "last": self.last,
            "sentence": self.sentence,
            "ending": self.ending,
            "longer": _("Ihre Sitzung ist verlängert bis: {time}.", time=self.until),
        }


def state_of(request: HttpRequest) -> SessionState | None:
    """The session's end; None where nothing can end."""
    ends = session_time.ends_at(request.session)
    if ends is None:
        return None
    left = int((ends - clock.now()).total_seconds())
    return SessionState(
        ends, max(left, 0), bool(request.session.get("account")), session_time.at_its_limit(request.session)
    )
