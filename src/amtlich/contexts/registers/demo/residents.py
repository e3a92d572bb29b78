# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The residents by whom registers fail: each is here because a case like theirs went wrong somewhere."""

from __future__ import annotations

import functools
import unicodedata
from dataclasses import dataclass
from typing import Literal

from amtlich.contexts.registers.demo.streets import KLEINSTADT, MUSTERSTADT, Town
from amtlich.contexts.registers.matching import Status
from amtlich.contexts.registers.records import (
    AddressKind,
    ExtraValue,
    RegisteredAddress,
    ResidentQuery,
    ResidentRecord,
)
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address
from amtlich.kernel.sentence import Sentence
from amtlich.kernel.trust import TrustLevel

Outcome = Literal["found", "none", "several", "blocked"]


@dataclass(frozen=True, slots=True)
class DemoResident:
    """A named resident of a demonstration town.

    ``query``: what this person states, and ``outcome`` what the register answers to it. ``persona``: worth a
    demonstration log-in, at ``level``; ``about_de`` says what can be tried as this person.
    """

    key: str
    record: ResidentRecord
    query: ResidentQuery
    about_de: str
    outcome: Outcome = "found"
    status: Status = "current"
    blocked: bool = False
    persona: bool = False
    level: TrustLevel = TrustLevel.HIGH

    @property
    def display_name(self) -> str:
        """The name as it is said: all given names, if there are any, and the family name."""
        return " ".join((*self.record.given, self.record.family))


def demo_residents(town: str = MUSTERSTADT.slug) -> tuple[DemoResident, ...]:
    """The hard residents of a demonstration town, with personas first; ``()`` for a town without any."""
    return {MUSTERSTADT.slug: _musterstadt, KLEINSTADT.slug: _kleinstadt}.get(town, tuple)()


def decomposed(query: ResidentQuery) -> ResidentQuery:
    """The same statements as some keyboards and file systems send them: letter and mark apart."""

    def apart(text: str) -> str:
        return unicodedata.normalize("NFD", text)

    place = query.address
    return ResidentQuery(
        family=apart(query.family),
        given=tuple(apart(name) for name in query.given),
        birth=query.birth,
        address=Address(
            apart(place.street),
            apart(place.house_number),
            place.postcode,
            apart(place.town),
            place.no_fixed_abode,
        ),
    )


def _at(town: Town, street: str, number: str, kind: AddressKind = "sole") -> RegisteredAddress:
    return RegisteredAddress(kind, street, number, town.postcode, town.name)


def _person(
    family: str,
    given: str,
    birth: str,
    *addresses: RegisteredAddress,
    usual: str = "",
    doctorate: str | None = None,
    **extras: ExtraValue,
) -> ResidentRecord:
    """A record; ``given`` are names parted by blanks, the letters come out in normal form C (FC-05)."""

    def composed(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    return ResidentRecord(
        family=composed(family),
        given=tuple(composed(given).split()),
        usual_name=tuple(composed(usual).split()),
        doctorate=doctorate,
        birth=PartialDate.parse_iso(birth),
        addresses=tuple(
            RegisteredAddress(
                one.kind, composed(one.street), one.house_number, one.postcode, composed(one.town)
            )
            for one in addresses
        ),
        extras=extras,
    )


def _stating(record: ResidentRecord, address: RegisteredAddress | None = None) -> ResidentQuery:
    """What somebody states who tells everything as it is registered."""
    place = address or record.principal_address
    assert record.birth is not None
    assert place is not None
    return ResidentQuery(record.family, record.given, record.birth, place.as_address())


@functools.cache
def _musterstadt() -> tuple[DemoResident, ...]:
    return (*_everyday(), *_names_and_dates(), *_dwellings(), *_doubles(), *_gone())


def _everyday() -> tuple[DemoResident, ...]:
    lena = _person(
        "Brückner",
        "Lena Marie",
        "1988-02-13",
        _at(MUSTERSTADT, "Lindenweg", "12", "main"),
        RegisteredAddress("secondary", "Seestraße", "12 a", "18055", "Rostock"),
        usual="Lena",
        geburtsort="Rostock",
        familienstand="verheiratet",
        staatsangehoerigkeit=("deutsch",),
        einzugsdatum="2019-04-01",
        fruehere_namen=("Hansen",),
    )
    jonas = _person("Weidmann", "Jonas", "1994-03-14", _at(MUSTERSTADT, "Mozartstraße", "7"))
    mehmet = _person("Yılmaz", "Mehmet Can", "1979-08-19", _at(MUSTERSTADT, "Ringstraße", "41"), usual="Can")
    nadja = _person("Petrović", "Nadja", "1992-08-30", _at(MUSTERSTADT, "Rosenweg", "4"))
    return (
        DemoResident(
            "lena", lena, _stating(lena), Sentence("Hat eine Haupt- und eine Nebenwohnung."), persona=True
        ),
        DemoResident(
            "jonas",
            jonas,
            _stating(jonas),
            Sentence("Meldet sich nur mit Passwort an. Das genügt nicht für die automatische Auskunft."),
            persona=True,
            level=TrustLevel.LOW,
        ),
        DemoResident(
            "mehmet",
            mehmet,
            _stating(mehmet),
            Sentence("Der Rufname ist nicht der erste Vorname."),
            persona=True,
            level=TrustLevel.SUBSTANTIAL,
        ),
        DemoResident(
            "nadja",
            nadja,
            _stating(nadja),
            Sentence("Wird von einer Person im Amt bearbeitet."),
            outcome="blocked",
            blocked=True,
            persona=True,
        ),
    )


def _names_and_dates() -> tuple[DemoResident, ...]:
    suharto = _person("Suharto", "", "1979-09-03", _at(MUSTERSTADT, "Bahnhofstraße", "1/2"))
    fatma = _person("Yıldız", "Fatma", "1957", _at(MUSTERSTADT, "Lindenweg", "9"))
    amina = _person("Diallo", "Amina", "1950-05", _at(MUSTERSTADT, "Gartenstraße", "5/1"))
    letters = _person(
        "Šćepanović-J̌ānis",
        "Nguyễn K͟haled L̥̄ubomír Þórður",
        "1990-12-01",
        _at(MUSTERSTADT, "Ġenerál-Łukasiński-Straße", "12 a", "main"),
        RegisteredAddress("secondary", "Ulica Świętokrzyska", "4", "02826", "Görlitz"),
        usual="K͟haled",
        doctorate="Dr.",
    )
    composed = _person("Mühle", "Jörg", "1971-01-31", _at(MUSTERSTADT, "An der Mühle", "3"))
    apart = _person(
        "Mu\u0308hlhaus", "Zoe\u0308", "2001-07-07", _at(MUSTERSTADT, "Ka\u0308the-Kollwitz-Straße", "10")
    )
    long = _person(
        "von Wolfeschlegelsteinhausenbergerdorff-Hohenlohe-Waldenburg-Schillingsfürst-Aue",
        "Maximiliane Theodora Friederike-Charlotte Anna-Katharina Wilhelmine Auguste Lise",
        "1988-02-29",
        _at(MUSTERSTADT, "Donaudampfschifffahrtsgesellschaftskapitänsstraße", "128 a", "main"),
        RegisteredAddress("secondary", "Am Alten Güterbahnhof", "5/1", "79098", "Freiburg im Breisgau"),
        RegisteredAddress("secondary", "Straße des 17. Juni", "135", "10623", "Berlin"),
        RegisteredAddress("secondary", "Hellabrunner Straße", "3-5", "81543", "München"),
        RegisteredAddress("secondary", "Strandpromenade", "18 bis", "25980", "Sylt"),
        usual="Friederike-Charlotte",
        doctorate="Dr.",
    )
    clemens = _person("von der Heydte", "Clemens", "1964-10-05", _at(MUSTERSTADT, "Am Markt", "2"))
    maria = _person("de la Cruz Martínez", "María José", "1983-05-27", _at(MUSTERSTADT, "Nelkenweg", "15"))
    ebru = _person("Kaya", "Ebru", "1981-03-22", _at(MUSTERSTADT, "Europaallee", "88"), doctorate="Dr.")
    return (
        DemoResident("suharto", suharto, _stating(suharto), Sentence("Hat nur einen Namen."), persona=True),
        DemoResident(
            "fatma",
            fatma,
            _stating(fatma),
            Sentence("Vom Geburtsdatum ist nur das Jahr bekannt."),
            persona=True,
        ),
        DemoResident("amina", amina, _stating(amina), "Vom Geburtsdatum sind Monat und Jahr bekannt."),
        DemoResident(
            "buchstaben",
            letters,
            decomposed(_stating(letters)),
            Sentence("Hat seltene Buchstaben im Namen."),
            persona=True,
        ),
        DemoResident("muehle", composed, decomposed(_stating(composed)), "Schreibt ü als zwei Zeichen."),
        DemoResident("muehlhaus", apart, _stating(apart), "Steht mit zerlegten Umlauten in der Quelle."),
        DemoResident("lang", long, _stating(long), Sentence("Hat einen Namen von 80 Zeichen."), persona=True),
        DemoResident("heydte", clemens, _stating(clemens), "Hat einen Namenszusatz."),
        DemoResident("cruz", maria, _stating(maria), "Hat einen Namenszusatz und zwei Familiennamen."),
        DemoResident("ebru", ebru, _stating(ebru), "Hat einen Doktorgrad."),
    )


def _dwellings() -> tuple[DemoResident, ...]:
    karl = _person(
        "Peters",
        "Karl Heinz",
        "1968-06-21",
        RegisteredAddress("no_fixed", "", "", MUSTERSTADT.postcode, MUSTERSTADT.name),
        usual="Karl",
    )
    here = _at(MUSTERSTADT, "Hafenstraße", "6", "secondary")
    tobias = _person(
        "Frank",
        "Tobias",
        "1985-11-11",
        RegisteredAddress("main", "Lange Reihe", "30", "20099", "Hamburg"),
        here,
    )
    numbers = (
        ("hausnummer-12a", "Wendt", "Ida", "1999-02-02", "12 a"),
        ("hausnummer-5-1-2", "Zander", "Otto", "1947-03-03", "5 1/2"),
        ("hausnummer-18-bis", "Reuter", "Margot", "1952-04-04", "18 bis"),
        ("hausnummer-3-5", "Vetter", "Emil", "2003-05-05", "3-5"),
    )
    odd = tuple(
        (key, _person(family, given, birth, _at(MUSTERSTADT, "Mühlenweg", number)), number)
        for key, family, given, birth, number in numbers
    )
    return (
        DemoResident("karl", karl, _stating(karl), Sentence("Hat keinen festen Wohnsitz."), persona=True),
        DemoResident("tobias-haupt", tobias, _stating(tobias), "Hat hier nur eine Nebenwohnung."),
        *(
            DemoResident(key, record, _stating(record), f"Wohnt im Haus mit der Nummer {number}.")
            for key, record, number in odd
        ),
    )


def _doubles() -> tuple[DemoResident, ...]:
    def two(family: str, given: str, birth: str, *places: tuple[str, str]) -> tuple[ResidentRecord, ...]:
        return tuple(_person(family, given, birth, _at(MUSTERSTADT, *place)) for place in places)

    apart = two("Schmidt", "Michael", "1975-06-04", ("Bahnhofstraße", "3"), ("Gartenstraße", "17"))
    house = two("Demir", "Ali", "1990-01-01", ("Hauptstraße", "8"), ("Hauptstraße", "8"))
    locked = two("Schmitz", "Anna", "1980-10-10", ("Schulstraße", "21"), ("Schulstraße", "21"))
    about = Sentence("Im selben Haus lebt jemand mit gleichem Namen und Geburtstag.")
    return (
        DemoResident("michael-1", apart[0], _stating(apart[0]), "Hat einen Doppelgänger in der Stadt."),
        DemoResident("michael-2", apart[1], _stating(apart[1]), "Hat einen Doppelgänger in der Stadt."),
        DemoResident("ali-1", house[0], _stating(house[0]), about, outcome="several", persona=True),
        DemoResident("ali-2", house[1], _stating(house[1]), about, outcome="several"),
        DemoResident("anna-1", locked[0], _stating(locked[0]), about, outcome="several"),
        DemoResident("anna-2", locked[1], _stating(locked[1]), about, outcome="several", blocked=True),
    )


def _gone() -> tuple[DemoResident, ...]:
    karsten = _person("Behrens", "Karsten", "1969-11-02", _at(MUSTERSTADT, "Birkenweg", "9"))
    hilde = _person("Ahlers", "Hildegard", "1931-04-19", _at(MUSTERSTADT, "Kirchstraße", "2"))
    return (
        DemoResident(
            "karsten",
            karsten,
            _stating(karsten),
            Sentence("Ist aus Musterstadt weggezogen."),
            outcome="none",
            status="moved_away",
            persona=True,
        ),
        DemoResident("hildegard", hilde, _stating(hilde), "Ist gestorben.", outcome="none", status="dead"),
    )


@functools.cache
def _kleinstadt() -> tuple[DemoResident, ...]:
    greta = _person("Sommer", "Greta", "1990-05-17", _at(KLEINSTADT, "Dorfplatz", "3"))
    lena = _person("Brückner", "Lena Marie", "1988-02-13", _at(KLEINSTADT, "Lindenstraße", "12"))
    budi = _person("Sukarno", "", "1986-12-12", _at(KLEINSTADT, "Am Weiher", "1"))
    vera = _person("Sokolov", "Vera", "1977-07-01", _at(KLEINSTADT, "Hohlweg", "5"))
    return (
        DemoResident("greta", greta, _stating(greta), Sentence("Hat eine Wohnung."), persona=True),
        DemoResident(
            "lena-klein", lena, _stating(lena), Sentence("Heißt wie jemand in Musterstadt."), persona=True
        ),
        DemoResident("budi", budi, _stating(budi), "Hat nur einen Namen."),
        DemoResident(
            "vera",
            vera,
            _stating(vera),
            "Wird von einer Person im Amt bearbeitet.",
            outcome="blocked",
            blocked=True,
        ),
    )
