# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Who somebody is, as a log-in or a form states it."""

from __future__ import annotations

from dataclasses import dataclass

from amtlich.kernel.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address in Germany; empty parts only where there is no fixed abode."""

    street: str = ""
    house_number: str = ""
    postcode: str = ""
    town: str = ""
    no_fixed_abode: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """What a means of identification vouches for. ``given`` is empty for a person with one name."""

    family: str
    given: tuple[str, ...]
    birth: PartialDate
    address: Address | None = None
