# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

import unicodedata
from dataclasses import replace

from tests.unit.engines.forms.forms_for_tests import form, prop

from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address, Identity

FORM = form(
    {
        "familie": prop("name", **{"x-prefill": "identity.family"}),
        "vornamen": prop("name", **{"x-prefill": "identity.given"}),
        "geboren": prop("date", **{"x-prefill": "identity.birth"}),
        "ohne": prop("checkbox", **{"x-prefill": "identity.address.no_fixed_abode"}),
        "strasse": prop("text", **{"x-prefill": "identity.address.street"}),
        "nummer": prop(
            "text", maxLength=20, **{"x-format": "house_number", "x-prefill": "identity.address.house_number"}
        ),
        "zweck": prop("text"),
    },
    rules=[{"show": ["strasse", "nummer"], "when": "ohne = false"}],
)
LENA = Identity(
    "Brückner",
    ("Lena", "Marie"),
    PartialDate(1988, 2, 13),
    Address("Lindenweg", "12 a", "12345", "Musterstadt"),
)


def test_the_log_in_fills_what_it_vouches_for() -> None:
    assert FORM.prefill(LENA) == {
        "familie": "Brückner",
        "vornamen": "Lena Marie",
        "geboren": "1988-02-13",
        "ohne": False,
        "strasse": "Lindenweg",
        "nummer": "12 a",
    }


def test_fc03_a_person_with_one_name_gets_no_empty_given_name() -> None:
    one = replace(LENA, given=())
    assert "vornamen" not in FORM.prefill(one)
    assert FORM.agrees_with(FORM.prefill(one), one) is True


def test_what_the_form_would_refuse_is_not_filled_in() -> None:
    assert "familie" not in FORM.prefill(replace(LENA, family="李"))


def test_the_same_person_agrees_in_any_spelling_of_the_same_letters() -> None:
    stated = FORM.prefill(LENA)
    assert FORM.agrees_with(stated, LENA) is True
    decomposed = {
        **stated,
        "familie": unicodedata.normalize("NFD", "BRÜCKNER"),
        "nummer": "12A",
        "zweck": "Bank",
    }
    assert FORM.agrees_with(decomposed, LENA) is True


def test_another_person_does_not_agree() -> None:
    stated = FORM.prefill(LENA)
    for field, value in (
        ("familie", "Brückner-Weiß"),
        ("geboren", "1988"),
        ("nummer", "12 b"),
        ("ohne", True),
    ):
        assert FORM.agrees_with({**stated, field: value}, LENA) is False
    assert FORM.agrees_with({**stated, "vornamen": ""}, LENA) is False


def test_what_the_log_in_does_not_vouch_for_is_not_known_to_agree() -> None:
    without = replace(LENA, address=None)
    assert FORM.agrees_with(FORM.prefill(LENA), without) is None
    assert FORM.agrees_with({**FORM.prefill(LENA), "familie": "Anders"}, without) is False
    assert FORM.agrees_with(FORM.prefill(LENA), None) is None


def test_a_hidden_statement_is_not_compared() -> None:
    homeless = replace(LENA, address=Address(no_fixed_abode=True))
    stated = FORM.prefill(homeless)
    assert "strasse" not in stated
    assert FORM.agrees_with({**stated, "strasse": "alter Rest"}, homeless) is True
