# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every kind of page with the way that leads to it, for tests that hold of all pages."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.e2e import walks
from tests.e2e.visitor import Visitor


@dataclass(frozen=True)
class Place:
    """A page in one state. ``lead`` brings a visitor there who stands anywhere."""

    name: str
    lead: Callable[[Visitor], object]

    def __str__(self) -> str:
        return self.name


def _at(path: str) -> Callable[[Visitor], object]:
    return lambda visitor: visitor.go(path)


def _as_lena(onward: str) -> Callable[[Visitor], object]:
    return lambda visitor: visitor.log_in("lena", onward)


def _first_step(visitor: Visitor) -> None:
    visitor.log_in("lena")
    walks.begin_anew(visitor)


def _faulty_step(visitor: Visitor) -> None:
    _first_step(visitor)
    visitor.press_first("main form")


def _check(visitor: Visitor) -> None:
    visitor.log_in("lena")
    walks.to_check_page(visitor)


def _receipt(visitor: Visitor) -> None:
    _check(visitor)
    walks.submit(visitor)


def _decided(visitor: Visitor) -> None:
    _check(visitor)
    walks.until_decided(visitor, walks.submit(visitor))


def _with_a_person(visitor: Visitor) -> None:
    visitor.log_in("jonas")
    walks.to_check_page(visitor)
    visitor.go(walks.submit(visitor))


PLACES = (
    Place("start", _at("/")),
    Place("services", _at("/leistungen/")),
    Place("search", _at("/leistungen/?suche=ausweis+weg")),
    Place("search-nothing", _at("/leistungen/?suche=xyzzy")),
    Place("service", _at(walks.SERVICE)),
    Place("begin", _as_lena(f"{walks.SERVICE}beantragen/")),
    Place("step", _first_step),
    Place("step-faulty", _faulty_step),
    Place("check", _check),
    Place("receipt", _receipt),
    Place("case-with-a-person", _with_a_person),
    Place("case-decided", _decided),
    Place("cases", _as_lena("/vorgaenge/")),
    Place("cases-empty", _at("/vorgaenge/")),
    Place("verify", _at("/pruefen/")),
    Place("verify-unknown", _at("/pruefen/7XK4-M2QD-T9RP")),
    Place("login", _at("/anmelden/")),
    Place("not-found", _at("/gibt-es-nicht/")),
)
