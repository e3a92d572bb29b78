# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The first real package: what it asks, whom it protects, and what a citizen reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from amtlich.contexts.catalog.bundle import from_folder
from amtlich.contexts.catalog.gate import check_folder
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.reading import build_package
from amtlich.contexts.catalog.source import read_source
from amtlich.engines.forms import LANGUAGES
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address, Identity
from amtlich.kernel.trust import TrustLevel

FOLDER = Path(__file__).parents[4] / "services" / "meldebescheinigung"
TODAY = date(2026, 11, 25)
LENA = Identity(
    "Brückner",
    ("Lena", "Marie"),
    PartialDate(1988, 2, 13),
    Address("Lindenweg", "12", "12345", "Musterstadt"),
)


@pytest.fixture(scope="module")
def package() -> Package:
    source, findings = read_source(from_folder(FOLDER))
    assert source is not None, findings
    return build_package(source, FOLDER / "notices")


def decide(
    package: Package,
    form: str | None,
    *,
    level: TrustLevel = TrustLevel.SUBSTANTIAL,
    agrees: bool | None = True,
    matches: int | None = 1,
    blocked: bool | None = False,
) -> dict[str, Any]:
    inputs = {
        "Vertrauensniveau": level.word_de,
        "Angaben wie Anmeldung": agrees,
        "Treffer": matches,
        "Auskunftssperre": blocked,
        "Form": form,
    }
    outcome = package.decide(inputs, TODAY).outcome
    assert isinstance(outcome, dict)
    return outcome


def test_the_package_passes_the_gate() -> None:
    report, _ = check_folder(FOLDER)
    assert report.ok, report


def test_the_form_asks_the_four_statements_of_the_law_and_the_choices(package: Package) -> None:
    asked = [field.id for field in package.form.fields]
    choices = ["umfang", "form", "zweck", "zusatz"]
    statements = [
        "familienname",
        "vornamen",
        "geburtsdatum",
        "ohne_festen_wohnsitz",
        "strasse",
        "hausnummer",
        "plz",
        "ort",
    ]
    assert asked == choices + statements


def test_lena_needs_to_choose_only_twice(package: Package) -> None:
    data = {**package.form.prefill(LENA), "umfang": "einfach", "form": "elektronisch"}
    assert package.form.validate(data) == ()
    assert package.form.agrees_with(data, LENA) is True
    assert decide(package, package.form.facts(data)["form"]) == {
        "ergebnis": "ausstellen",
        "gebuehr": Decimal(0),
        "grund": "ausgestellt-elektronisch",
    }


def test_only_one_combination_of_facts_lets_the_program_issue(package: Package) -> None:
    issued = []
    for level, agrees, matches, blocked, form in product(
        TrustLevel,
        (True, False, None),
        (0, 1, 2, None),
        (True, False, None),
        ("elektronisch", "schriftlich", None),
    ):
        outcome = decide(package, form, level=level, agrees=agrees, matches=matches, blocked=blocked)
        if outcome["ergebnis"] != "person":
            issued.append((level, agrees, matches, blocked, form))
    assert issued == [
        (level, True, 1, False, "elektronisch") for level in (TrustLevel.SUBSTANTIAL, TrustLevel.HIGH)
    ]


def test_paper_costs_what_the_statute_of_that_day_says(package: Package) -> None:
    outcome = decide(package, "schriftlich")
    assert (outcome["ergebnis"], outcome["gebuehr"]) == ("person", Decimal("8.00"))
    value = package.parameters(TODAY)["Gebühr schriftlich"]
    assert value.source.startswith("Gebührensatzung")


def test_what_must_not_be_learnt_reads_the_same_in_every_language(package: Package) -> None:
    doubtful = [
        key for key in package.reasons if key not in ("ausgestellt-elektronisch", "papier-drucken-und-senden")
    ]
    assert len(doubtful) == 10
    for language in LANGUAGES:
        assert len({package.reasons[key][language] for key in doubtful}) == 1
    assert len({package.office_reasons[key] for key in doubtful}) == 10


def test_no_citizen_text_speaks_of_a_block_or_of_others(package: Package) -> None:
    for texts in package.reasons.values():
        assert not any(word in texts["de"] for word in ("sperre", "Treffer", "niemand", "mehrere"))


def test_extended_data_are_fetched_only_if_chosen_and_shown(package: Package) -> None:
    (evidence,) = package.evidence
    assert len(evidence.fields) == 6
    chosen = {"umfang": "erweitert", "zusatz": ["geburtsort", "fruehere_namen"]}
    assert evidence.fields_for(package.form.prune(chosen))[6:] == ("geburtsort", "fruehere_namen")
    assert "Abs. 2" in evidence.legal_basis_for(chosen)
    abandoned = package.form.prune({**chosen, "umfang": "einfach"})
    assert evidence.fields_for(abandoned) == evidence.fields
    assert "Abs. 2" not in evidence.legal_basis_for(abandoned)


def test_without_a_fixed_abode_no_address_is_asked(package: Package) -> None:
    homeless = Identity("Weg", ("Jo",), PartialDate(1970), Address(no_fixed_abode=True))
    data = {**package.form.prefill(homeless), "umfang": "einfach", "form": "elektronisch"}
    assert package.form.validate(data) == ()
    assert "strasse" not in [field.id for field in package.form.visible("person", data)]


def test_fc03_one_name_is_enough(package: Package) -> None:
    one = Identity("Suharto", (), PartialDate(1980, 5), LENA.address)
    data = {**package.form.prefill(one), "umfang": "einfach", "form": "elektronisch"}
    assert package.form.validate(data) == ()
    shown = {answer.field: answer.display["de"] for answer in package.form.answers(data)}
    assert "vornamen" not in shown
    assert shown["geburtsdatum"] == "Mai 1980"


def test_the_page_names_the_fee_in_each_language(package: Package) -> None:
    page = package.page_on(TODAY)
    assert page["cost"]["de"][1] == "Auf Papier: 8 Euro."
    assert page["cost"]["en"][1] == "On paper: 8 euros."
    assert "{" not in str([lines for section in page.values() for lines in section.values()]).replace(
        "{'", ""
    )


def test_register_fields_are_those_of_the_registers_context() -> None:
    from amtlich.contexts.catalog.gate.privacy import REGISTER_FIELDS
    from amtlich.contexts.registers.records import FIELDS

    assert REGISTER_FIELDS["melderegister"] == FIELDS


def test_every_sealed_notice_has_its_template(package: Package) -> None:
    notices = package.notices_for("ausstellen")
    assert [(notice.lang, notice.sealed) for notice in notices] == [
        ("de", True),
        ("leicht", False),
        ("en", False),
    ]
    assert all((package.notice_root / notice.template).is_file() for notice in notices)


def test_a_case_and_a_draft_are_kept_as_long_as_the_page_says(package: Package) -> None:
    assert (package.retention.draft.days, package.retention.closed.months) == (30, 12)
    assert package.target == 10
    assert package.min_level is TrustLevel.SUBSTANTIAL
