# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What may be wrong with a log-in or a change of accounts. The sentences are for staff and operators."""

from __future__ import annotations

from amtlich.kernel.errors import BadInput, Conflict, NotFound, TooMany


class WrongCredentials(BadInput):
    """Name, password or code do not fit; the sentence does not say which, or whether there is such a name."""


class TooManyLogins(TooMany):
    """Too often wrong, under this name or from this place."""


class LinkGone(NotFound):
    """The link was used, is too old, or never existed."""


class NoSuchStaff(NotFound):
    """Nobody of that name works here."""


class StaffRefused(BadInput):
    """A change that must not be: the sentence says why, and what to do instead."""


class LastAdministrator(Conflict):
    """Without this person nobody could manage accounts any more."""
