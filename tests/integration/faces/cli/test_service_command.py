# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich service`: what one person hands in, another publishes, at the command line, too."""

from dataclasses import replace

import pytest
from tests.unit.contexts.catalog.small_package import write

from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.catalog import commands, packages
from amtlich.faces.cli.commands import main
from amtlich.platform.settings.config import config

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _production(monkeypatch):
    packages.forget()
    production = replace(config(), mode="production")
    monkeypatch.setattr(commands, "config", lambda: production)
    yield
    packages.forget()


@pytest.fixture
def run(town, monkeypatch, capsys):
    """Run `amtlich service` as a user of the system; gives status, output and errors."""

    def as_user(user, *words):
        monkeypatch.setenv("SUDO_USER", user)
        status = main(["service", *words, "--authority", town.slug])
        said = capsys.readouterr()
        return status, said.out, said.err

    return as_user


@pytest.fixture
def handed_in(run, tmp_path):
    status, out, _ = run("kaya", "publish", str(write(tmp_path / "fundschein")))
    assert status == 0
    return out


def test_publish_leaves_it_waiting_and_says_what_is_next(town, handed_in):
    assert "vorgelegt für 1 Behörde, noch nicht veröffentlicht" in handed_in
    assert "amtlich service confirm fundschein 1" in handed_in
    assert catalog.published(town.id) == ()


def test_one_person_alone_is_refused_with_a_sentence(town, run, handed_in):
    for same in ("kaya", "KAYA"):
        status, _, said = run(same, "confirm", "fundschein", "1")
        assert status != 0
        assert "eine zweite Person" in said
        assert "Traceback" not in said
    assert catalog.published(town.id) == ()
    assert run("brandt", "confirm", "fundschein", "1")[0] == 0
    assert [card.slug for card in catalog.published(town.id)] == ["fundschein"]


def test_a_staff_account_of_the_same_name_is_the_same_person(town, handed_in):
    member = catalog.Person.named("kaya", "Ayşe Kaya")
    with pytest.raises(catalog.SecondPersonNeeded):
        catalog.confirm("fundschein", "1", authority_id=town.id, by=member)


def test_reject_and_withdraw_want_a_reason(town, run, handed_in):
    assert run("brandt", "reject", "fundschein", "1", "--reason", " ")[0] != 0
    assert run("brandt", "reject", "fundschein", "1", "--reason", "Norm fehlt")[0] == 0
    status, _, said = run("brandt", "confirm", "fundschein", "1")
    assert status != 0
    assert "abgelehnt" in said
    with pytest.raises(SystemExit):
        run("brandt", "withdraw", "fundschein")


def test_the_list_of_an_authority_says_where_each_version_stands(run, handed_in):
    assert "wartet auf eine zweite Person, Kommandozeile (kaya)" in run("weber", "list")[1]
    run("brandt", "confirm", "fundschein", "1")
    assert "wird angeboten, Kommandozeile (brandt)" in run("weber", "list")[1]
