# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Claims of a log-in become an identity; what cannot be read is left out, never guessed."""

import pytest

from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address, Identity
from amtlich.platform.accounts.openid.claims import birth_of, identity_of
from amtlich.platform.accounts.providers import CLAIMS

WHOLE = {
    "family_name": "Brückner",
    "given_name": "Lena Marie",
    "birthdate": "1988-02-13",
    "address": {"street_address": "Lindenweg 12", "postal_code": "12345", "locality": "Musterstadt"},
}


def test_what_providers_usually_send():
    assert identity_of(WHOLE, CLAIMS) == Identity(
        "Brückner",
        ("Lena", "Marie"),
        PartialDate(1988, 2, 13),
        Address("Lindenweg", "12", "12345", "Musterstadt"),
    )


def test_a_map_of_its_own():
    names = {
        **CLAIMS,
        "family": "urn:oid:2.5.4.4",
        "given": "vornamen",
        "birth": "geburtsdatum",
        "street": "strasse",
        "house_number": "hausnummer",
        "postcode": "plz",
        "town": "ort",
    }
    claims = {
        "urn:oid:2.5.4.4": "Yıldız",
        "vornamen": ["Fatma", "Nur"],
        "geburtsdatum": "00.00.1957",
        "strasse": "Straße des 17. Juni",
        "hausnummer": "5 1/2",
        "plz": "10623",
        "ort": "Berlin",
    }
    assert identity_of(claims, names) == Identity(
        "Yıldız",
        ("Fatma", "Nur"),
        PartialDate(1957),
        Address("Straße des 17. Juni", "5 1/2", "10623", "Berlin"),
    )


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1994-03-14", (1994, 3, 14)),
        ("1950-05-00", (1950, 5, None)),
        ("1950-00-00", (1950, None, None)),
        ("1950-05", (1950, 5, None)),
        ("1950", (1950, None, None)),
        ("19940314", (1994, 3, 14)),
        ("195005  ", (1950, 5, None)),
        ("1950    ", (1950, None, None)),
        ("19500000", (1950, None, None)),
        ("14.03.1994", (1994, 3, 14)),
        ("00.05.1950", (1950, 5, None)),
    ],
)
def test_birth_dates_keep_what_is_unknown_unknown(text, birth):
    """FC-04."""
    assert birth_of(text) == PartialDate(*birth)


@pytest.mark.parametrize(
    "text", ["", "gestern", "1994-02-31", "1994-13-01", "0000-01-01", "14.00.1950", None, 1994]
)
def test_what_is_no_birth_date_is_none(text):
    assert birth_of(text) is None


@pytest.mark.parametrize(
    "claims", [{}, {"family_name": "A"}, {"birthdate": "1994"}, {"family_name": 3, "birthdate": "1994"}]
)
def test_without_name_or_birth_date_it_vouches_for_nobody(claims):
    assert identity_of(claims, CLAIMS) is None


@pytest.mark.parametrize("claim", ["family_name", "given_name"])
def test_one_name_is_a_whole_name(claim):
    """FC-03: wherever the provider puts it."""
    found = identity_of({claim: "Suharto", "birthdate": "1979-09-03"}, CLAIMS)
    assert found == Identity("Suharto", (), PartialDate(1979, 9, 3))


def test_letters_come_out_in_one_form():
    """FC-05."""
    found = identity_of({**WHOLE, "family_name": "Mu\u0308hle"}, CLAIMS)
    assert found is not None
    assert found.family == "Mühle"


@pytest.mark.parametrize(
    ("line", "street", "number"),
    [
        ("Lindenweg 12 a", "Lindenweg", "12 a"),
        ("Straße des 17. Juni 135", "Straße des 17. Juni", "135"),
        ("Mühlenweg 3-5", "Mühlenweg", "3-5"),
        ("Gartenstraße 5/1", "Gartenstraße", "5/1"),
        ("Am Markt", "Am Markt", ""),
        ("Lindenweg 12\nHinterhaus", "Lindenweg", "12"),
    ],
)
def test_the_house_number_is_the_end_of_the_street(line, street, number):
    claims = {**WHOLE, "address": {**WHOLE["address"], "street_address": line}}
    found = identity_of(claims, CLAIMS)
    assert found is not None
    assert found.address is not None
    assert (found.address.street, found.address.house_number) == (street, number)


@pytest.mark.parametrize(
    "address", [None, "Lindenweg 12", [], {}, {"locality": "Musterstadt"}, {"street_address": 3}]
)
def test_half_an_address_is_none(address):
    found = identity_of({**WHOLE, "address": address}, CLAIMS)
    assert found is not None
    assert found.address is None


@pytest.mark.parametrize("name", ["x" * 300, "a\x00b", "a\u202eb"])
def test_a_name_that_no_register_holds_is_left_out(name):
    assert identity_of({**WHOLE, "family_name": name, "given_name": ""}, CLAIMS) is None
