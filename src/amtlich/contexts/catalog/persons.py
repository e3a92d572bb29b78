# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who hands a package in and who publishes it: two people, however each of them came in."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts on packages.

    ``key`` says whether two are the same: the log-in name, of a staff account and at the command line
    alike, so that nobody is two people by having both. ``label`` is what the log shows.
    """

    key: str
    label: str

    @classmethod
    def named(cls, name: str, label: str = "") -> Person:
        """The person with that log-in name; case and surrounding spaces make nobody else of them."""
        return cls(unicodedata.normalize("NFKC", name).strip().casefold()[:120], (label or name)[:120])


def person(by: Person | str) -> Person:
    """A name alone stands for the person called so."""
    return by if isinstance(by, Person) else Person.named(by)
