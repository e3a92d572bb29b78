# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich upkeep`: what an operator reads before, during and after."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections
from tests.doubles.old_things import PERSON, makers

from amtlich.contexts.privacy import upkeep_run
from amtlich.contexts.privacy.retention_page import tables
from amtlich.faces.cli.commands import main
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture
def at():
    with clock.use(clock.FixedClock(START)) as fixed:
        yield fixed


@pytest.fixture
def old(town, other_town, at):
    for place in (town, other_town):
        with tenant(place.pk):
            makers()["steering.feedback"](place.pk, START)
            makers()["accounts.sessions"](place.pk, START)
    at.advance(timedelta(days=400))


def told(capsys, *words: str, status: int = 0) -> str:
    assert main(["upkeep", *words]) == status
    said = capsys.readouterr()
    assert PERSON not in said.out + said.err
    return said.out + said.err


def test_preview_run_preview_and_the_proofs(old, capsys):
    first = told(capsys, "preview")
    assert "        1  kleinstadt           Rückmeldungen und gemeldete Barrieren (Frist: 365 Tage)" in first
    assert "        1  musterstadt          Rückmeldungen" in first
    assert "        2  (Anlage)             beendete Sitzungen (Frist: sofort)" in first
    assert "4 Zeilen würden jetzt gelöscht oder geleert." in first
    assert "noch nie" in first
    assert "4 Zeilen gelöscht oder geleert." in told(capsys, "run")
    after = told(capsys, "preview")
    assert "Nichts ist fällig." in after
    assert "Letzter Lauf: 30. Dezember 2027" in after
    proofs = told(capsys, "log")
    assert "(Anlage)" in proofs
    assert "steering.feedback, Regel vom 01.01.2026" in proofs
    assert told(capsys, "log", "--since", "2027-12-31") == "Es gibt keinen Nachweis über eine Löschung.\n"


def test_a_clock_set_back_is_a_sentence_and_can_be_overruled(old, at, capsys):
    told(capsys, "run")
    with clock.use(clock.FixedClock(START)):
        assert "in der Zukunft" in told(capsys, "run", status=2)
        told(capsys, "run", "--clock-is-right")
        told(capsys, "run")


def test_a_second_run_says_that_another_is_at_work(old, capsys):
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [upkeep_run._LOCK])
        try:
            assert "Ein anderer Lauf" in told(capsys, "run")
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [upkeep_run._LOCK])


def test_a_rule_that_failed_is_named_and_the_status_says_so(old, capsys, monkeypatch):
    from amtlich.contexts.steering.models import Feedback
    from amtlich.platform import upkeep

    def failing(rows):
        raise RuntimeError(PERSON)

    broken = upkeep.Rows("steering.feedback", Feedback, upkeep.find("steering.feedback").due_when, failing)
    find = upkeep.find
    monkeypatch.setattr(upkeep, "find", lambda name: broken if name == broken.name else find(name))
    said = told(capsys, "run", status=1)
    assert "✗ Die Regel „steering.feedback“ ließ sich nicht befolgen." in said
    assert "2 Zeilen gelöscht" in said


def test_the_rules_are_those_of_the_page(town, capsys):
    assert tables() in told(capsys, "rules")


def test_a_wrong_day_is_a_sentence(capsys):
    assert "2026-11-25" in told(capsys, "log", "--since", "gestern", status=2)
