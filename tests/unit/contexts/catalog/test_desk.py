# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where a version stands follows from the steps, newest first, and from nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from amtlich.contexts.catalog.desk import services
from amtlich.contexts.catalog.persons import Person
from amtlich.contexts.catalog.queries import PublicationView

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def steps(text: str) -> list[PublicationView]:
    """„1 waiting, 1 released“, oldest first, as the database gives them: newest first."""
    made = []
    for number, step in enumerate(text.split(", ")):
        version, state = step.split()
        at = NOON + timedelta(minutes=number)
        made.append(PublicationView("fundschein", version, version * 64, state, "Kaya", at, "kaya", "", ""))
    return made[::-1]


@pytest.mark.parametrize(
    ("happened", "standing"),
    [
        ("1 waiting", {"1": "waiting"}),
        ("1 waiting, 1 released", {"1": "offered"}),
        ("1 waiting, 1 rejected", {"1": "rejected"}),
        ("1 waiting, 1 rejected, 1 waiting", {"1": "waiting"}),
        ("1 waiting, 1 released, 2 waiting", {"1": "offered", "2": "waiting"}),
        ("1 waiting, 1 released, 2 waiting, 2 released", {"1": "superseded", "2": "offered"}),
        ("1 released, 2 released, 2 withdrawn", {"1": "superseded", "2": "withdrawn"}),
        ("1 released, 1 withdrawn, 2 waiting, 2 rejected", {"1": "withdrawn", "2": "rejected"}),
        ("1 released, 2 released, 1 waiting", {"1": "waiting", "2": "offered"}),
        ("1 released, 2 released, 1 waiting, 1 rejected", {"1": "superseded", "2": "offered"}),
        ("1 released, 2 released, 1 waiting, 1 released", {"1": "offered", "2": "superseded"}),
        ("1 released, 1 withdrawn, 1 waiting, 1 released", {"1": "offered"}),
    ],
)
def test_where_versions_stand(happened, standing):
    (service,) = services(steps(happened))
    assert {one.version: str(one.standing) for one in service.versions} == standing
    assert service.steps == len(happened.split(", "))


@pytest.mark.parametrize("name", ["kaya", " Kaya", "KAYA ", "\uff2b\uff21\uff39\uff21"])
def test_a_person_is_one_however_the_name_is_typed(name):
    assert Person.named(name, "Ayşe Kaya").key == "kaya"
