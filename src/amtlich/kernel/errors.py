# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The few kinds of refusal that every face knows how to answer.

A message says what was wrong, where, and what to do next; it is German where a citizen or a
caseworker may read it.
"""


class AmtlichError(Exception):
    """Root of all errors that Amtlich raises on purpose."""


class BadInput(AmtlichError):
    """What came in cannot be accepted as it is (HTTP 400)."""


class NotFound(AmtlichError):
    """It does not exist, or it is not yours: the two are never told apart (HTTP 404)."""


class Gone(AmtlichError):
    """It was there and is not any more, and saying so tells nobody anything (HTTP 410)."""


class Forbidden(AmtlichError):
    """Known to exist for the person asking, but not allowed (HTTP 403)."""


class Conflict(AmtlichError):
    """Somebody was faster, or the same key came with another body (HTTP 409)."""


class Unavailable(AmtlichError):
    """A part that is needed does not answer now; asking again later is right (HTTP 503)."""


class TooMany(AmtlichError):
    """Too often from one place. ``retry_after``: seconds after which asking again is right (HTTP 429)."""

    def __init__(self, message: str = "", *, retry_after: float = 60.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after
