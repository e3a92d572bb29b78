# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Nothing of one authority appears at another: not on a page, not in a search, not in a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.doubles.applicants import actor_for, statements
from tests.integration.contexts.cases.conftest import apply_as, office, residents
from tests.integration.faces.test_addresses import filled, patterns
from tests.unit.contexts.catalog import small_directory

from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.registers import api as registers
from amtlich.platform import jobs

__all__ = ["apply_as", "office", "residents"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

HERE, THERE = "localhost", "kleinstadt.localhost"


@pytest.fixture
def lena(office, residents, apply_as):
    """Lena of Musterstadt has a certificate, another case before the worker, and an open draft."""
    done = apply_as(residents["lena"])
    waiting = cases.submit(done.actor, "meldebescheinigung", None, statements(residents["lena"]), "second")
    draft = cases.start_draft(done.actor, "meldebescheinigung")
    return SimpleNamespace(
        actor=done.actor, case=done.case, receipt=done.receipt, waiting=waiting, draft=draft
    )


@pytest.fixture
def only_here(office, tmp_path):
    """A directory that Musterstadt alone has."""
    assert catalog.publish_directory(small_directory.write(tmp_path / "dorf"), office.id, by="Anna").ok
    return {entry.slug for entry in catalog.directory(office.id)}


def secrets_of(lena) -> list[str]:
    """What stands in Musterstadt's data and nowhere in the question."""
    document = next(one for one in lena.case.documents if one.check_code)
    return [
        "Brückner",
        lena.case.reference,
        lena.case.file_number,
        lena.waiting.reference,
        document.filename,
        "Stadt Musterstadt",
        "Bienen",
    ]


def addresses_with(lena, services) -> Iterator[str]:
    """Every address of the portal and the API with all that Lena has put into its places."""
    documents = [str(one.id) for one in lena.case.documents]
    codes = [one.check_code for one in lena.case.documents if one.check_code]
    values = {
        "token": [lena.receipt.case_token, lena.waiting.case_token, lena.draft.token],
        "slug": sorted(services),
        "step_id": ["person", "pruefen", "eingang"],
        "code": codes,
        "document_id": documents,
    }
    for route, pattern in patterns():
        if route.startswith("_galerie/"):
            continue  # its samples are about an invented Lena, in every town
        names = list(pattern.pattern.converters)
        longest = max((len(values.get(name, [])) for name in names), default=1)
        for number in range(longest):
            chosen = {name: values.get(name, ["gibt-es-nicht"]) for name in names}
            yield "/" + filled(route, {name: each[number % len(each)] for name, each in chosen.items()})


def test_no_address_of_another_town_gives_anything_away(office, other_town, lena, only_here):
    mine = Client(raise_request_exception=False, headers={"host": HERE})
    there = Client(raise_request_exception=False, headers={"host": THERE})
    assert "Stadt Musterstadt" in mine.get("/").text  # the words that are looked for do stand somewhere
    asked = 0
    for address in addresses_with(lena, only_here):
        answer = there.get(address)
        shown = "".join(map(str, answer.items())) + _text(answer)
        told = [word for word in secrets_of(lena) if word in shown]
        assert told == [], f"{THERE}{address} tells {told}"
        asked += 1
    assert asked > 60


def test_what_is_not_ours_and_what_is_not_there_are_answered_alike(office, other_town, lena):
    there = Client(raise_request_exception=False, headers={"host": THERE})
    for path in ("/vorgaenge/{}/", "/vorgaenge/{}/antworten.pdf", "/api/v1/cases/{}"):
        foreign, missing = there.get(path.format(lena.receipt.case_token)), there.get(path.format("a" * 26))
        assert foreign.status_code == missing.status_code >= 400
        assert _without_token(foreign, lena.receipt.case_token) == _without_token(missing, "a" * 26), path


def test_search_counts_and_durations_know_one_town(office, other_town, lena, only_here):
    assert catalog.search(office.id, "Bienen")
    assert catalog.search(other_town.id, "Bienen") == ()
    assert cases.undecided(office.id) == 1
    assert cases.undecided(other_town.id) == 0
    assert cases.durations(other_town.id, "meldebescheinigung") is None


def test_file_numbers_of_two_towns_count_apart(office, other_town, lena, apply_as):
    resident = next(one for one in registers.demo_residents("kleinstadt") if one.persona)
    actor = actor_for(other_town, resident)
    receipt = cases.submit(actor, "meldebescheinigung", None, statements(resident), "there")
    jobs.run_pending()
    number = cases.case(actor, receipt.case_token).file_number
    assert number.endswith("-00001")
    assert number == lena.case.file_number  # each counts its own, from one


def _text(answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode("utf-8", errors="replace")


def _without_token(answer, token: str) -> str:
    """A page but for the address that was asked for and the codes that differ with every page."""
    text = _text(answer).replace(token, "TOKEN")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|F-[0-9A-Z-]+', "", text)
