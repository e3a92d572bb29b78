# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Invents the households of a demonstration town, the same ones for the same seed.

The people are plausible as a crowd: families share a name and a dwelling, children are younger than
their parents, names fit the time of birth. None of them is meant.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate

from amtlich.contexts.registers.demo import names
from amtlich.contexts.registers.demo.streets import ELSEWHERE, Town
from amtlich.contexts.registers.matching import MatchKeys, Status, record_keys
from amtlich.contexts.registers.records import ExtraValue, RegisteredAddress, ResidentRecord
from amtlich.kernel.partial_date import PartialDate

#: The day on which the invented town stands still, so that the same seed gives the same people for ever.
REFERENCE_DAY = date(2026, 1, 1)

# Adults, children: with the weights of how people live.
_HOUSEHOLDS = (
    ((1, 0), 38),
    ((2, 0), 30),
    ((2, 1), 10),
    ((2, 2), 9),
    ((2, 3), 3),
    ((1, 1), 5),
    ((1, 2), 3),
    ((3, 0), 2),
)
_SHAPES = tuple(shape for shape, _ in _HOUSEHOLDS)
_SHAPE_WEIGHTS = tuple(weight for _, weight in _HOUSEHOLDS)
# Front names are frequent, but the last one lives here, too.
_FAMILY_WEIGHTS = tuple(accumulate(1 / (place + 12) for place in range(len(names.FAMILIES))))


@dataclass(frozen=True, slots=True)
class Settled:
    """A resident as they will be stored."""

    record: ResidentRecord
    keys: MatchKeys
    status: Status
    blocked: bool = False


def settle(record: ResidentRecord, status: Status = "current", *, blocked: bool = False) -> Settled:
    """Make a record ready to be stored; it must have a birth date and a principal address.

    The record must be in normal form C already (FC-05).
    """
    keys = record_keys(record)
    if keys is None:
        raise ValueError("a resident of the built-in register needs a birth date and a principal address")
    return Settled(record, keys, status, blocked)


def invent(town: Town, count: int, seed: int, taken: frozenset[MatchKeys]) -> Iterator[Settled]:
    """``count`` residents, no two of whom agree in all four statements with each other or with ``taken``."""
    chance = random.Random(f"{town.slug}:{seed}")  # noqa: S311 - a town, not a secret
    known = set(taken)
    made = 0
    while made < count:
        for record in _household(town, chance):
            person = settle(record, _status(chance), blocked=chance.random() < 0.002)
            if person.keys in known:
                continue
            known.add(person.keys)
            yield person
            made += 1
            if made == count:
                return


def _status(chance: random.Random) -> Status:
    roll = chance.random()
    if roll < 0.95:
        return "current"
    return "moved_away" if roll < 0.985 else "dead"


def _household(town: Town, chance: random.Random) -> list[ResidentRecord]:
    adults, children = chance.choices(_SHAPES, _SHAPE_WEIGHTS)[0]
    street, number = chance.choice(town.streets), _house_number(town, chance)
    family = _family(chance)
    eldest = chance.randint(24, 55) if children else chance.randint(19, 94)
    married = adults == 2 and chance.random() < 0.72
    moved_in = _day_of_age(chance, chance.randint(0, min(eldest - 18, 30)))
    first_woman = chance.random() < 0.5
    people = []
    for place in range(adults + children):
        adult = place < adults
        age = (
            max(18, eldest - chance.randint(0, 6) * (place > 0))
            if adult
            else chance.randint(0, eldest - 20) % 18
        )
        woman = (first_woman ^ (place == 1)) if adult else chance.random() < 0.5
        own_name = place == 0 or married or not adult
        born = _day_of_age(chance, age)
        state = _civil_state(chance, age, married and place < 2)
        people.append(
            ResidentRecord(
                family=family if own_name else _family(chance),
                **_given_names(chance, born, woman),
                doctorate="Dr." if age > 27 and chance.random() < 0.013 else None,
                birth=PartialDate(born.year, born.month, born.day),
                addresses=_addresses(town, chance, street, number),
                extras=_extras(chance, town, state, max(moved_in, born), native=not adult),
            )
        )
    return people


def _family(chance: random.Random) -> str:
    return chance.choices(names.FAMILIES, cum_weights=_FAMILY_WEIGHTS)[0]


def _given_names(chance: random.Random, born: date, woman: bool) -> dict[str, tuple[str, ...]]:
    """Given names and, where there are several, the usual one: mostly, not always, the first."""
    early, middle, late = (
        (names.WOMEN_EARLY, names.WOMEN_MIDDLE, names.WOMEN_LATE)
        if woman
        else (names.MEN_EARLY, names.MEN_MIDDLE, names.MEN_LATE)
    )
    pool = early if born.year < 1960 else middle if born.year < 1990 else late
    given = tuple(chance.sample(pool, chance.choices((1, 2, 3), (56, 38, 6))[0]))
    usual = given[0] if chance.random() < 0.88 else chance.choice(given)
    return {"given": given, "usual_name": (usual,) if len(given) > 1 else ()}


def _house_number(town: Town, chance: random.Random) -> str:
    number = str(min(chance.randint(1, town.highest_number), chance.randint(1, town.highest_number)))
    roll = chance.random()
    if roll < 0.88:
        return number
    return f"{number} {chance.choice('abcd')}" if roll < 0.97 else f"{number}-{int(number) + 2}"


def _addresses(town: Town, chance: random.Random, street: str, number: str) -> tuple[RegisteredAddress, ...]:
    home = RegisteredAddress("sole", street, number, town.postcode, town.name)
    roll = chance.random()
    if roll < 0.001:
        return (RegisteredAddress("no_fixed", "", "", town.postcode, town.name),)
    if roll < 0.97:
        return (home,)
    far_street, postcode, far_town = chance.choice(ELSEWHERE)
    second = RegisteredAddress("secondary", far_street, str(chance.randint(1, 90)), postcode, far_town)
    return (replace(home, kind="main"), second)


def _day_of_age(chance: random.Random, years: int) -> date:
    return REFERENCE_DAY - timedelta(days=round(years * 365.25) + chance.randint(1, 364))


def _civil_state(chance: random.Random, age: int, married: bool) -> str:
    if married:
        return "verheiratet"
    if age < 25:
        return "ledig"
    return chance.choices(("ledig", "geschieden", "verwitwet"), (60, 30, 40 if age > 65 else 3))[0]


def _extras(
    chance: random.Random, town: Town, state: str, moved_in: date, *, native: bool
) -> dict[str, ExtraValue]:
    nationality = chance.choices(
        ("deutsch", "türkisch", "polnisch", "ukrainisch", "syrisch", "italienisch"), (86, 4, 3, 3, 2, 2)
    )[0]
    birthplace = town.name if native else chance.choice((*names.BIRTHPLACES, town.name, town.name))
    return {
        "geburtsort": birthplace,
        "familienstand": state,
        "staatsangehoerigkeit": (nationality,),
        "einzugsdatum": moved_in.isoformat(),
    }
