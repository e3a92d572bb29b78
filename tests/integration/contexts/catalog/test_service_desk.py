# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The service desk: nobody publishes alone, whichever way they try, and two at once have one result."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import IntegrityError, connections, transaction
from tests.integration.contexts.catalog.test_publishing import second_version
from tests.unit.contexts.catalog.small_package import changed, write

from amtlich.contexts.catalog import api, commands, packages, stored_report
from amtlich.contexts.catalog.models import Publication
from amtlich.kernel import clock
from amtlich.kernel.errors import Conflict
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

KAYA = api.Person.named("kaya", "Ayşe Kaya")
BRANDT = api.Person.named("brandt", "Mia Brandt")


@pytest.fixture(autouse=True)
def _production(monkeypatch):
    packages.forget()
    stored_report.report_of.cache_clear()
    production = replace(config(), mode="production")
    monkeypatch.setattr(commands, "config", lambda: production)
    yield
    packages.forget()
    stored_report.report_of.cache_clear()


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "fundschein")


@pytest.fixture
def waiting(town, folder):
    """Version 1, handed in by Kaya."""
    assert api.publish(folder, authority_id=town.id, by=KAYA).waiting
    return api.desk_service(town.id, "fundschein")


@pytest.fixture
def offered(town, waiting):
    api.confirm("fundschein", "1", authority_id=town.id, by=BRANDT)
    return api.desk_service(town.id, "fundschein")


def standings(authority):
    (service,) = api.desk(authority.id)
    return {one.version: str(one.standing) for one in service.versions}


class TestNobodyAlone:
    def test_who_handed_it_in_is_refused_with_a_sentence(self, town, waiting):
        for same in (KAYA, api.Person.named(" KAYA ", "Kommandozeile (KAYA)"), "Kaya"):
            with pytest.raises(api.SecondPersonNeeded, match="zweite Person"):
                api.confirm("fundschein", "1", authority_id=town.id, by=same)
        assert standings(town) == {"1": "waiting"}

    def test_handing_in_once_more_makes_nobody_the_first_person(self, town, folder, waiting):
        api.publish(folder, authority_id=town.id, by=BRANDT)
        with pytest.raises(api.SecondPersonNeeded):
            api.confirm("fundschein", "1", authority_id=town.id, by=KAYA)
        api.confirm("fundschein", "1", authority_id=town.id, by=BRANDT)
        assert standings(town) == {"1": "offered"}

    def test_there_is_no_way_round_in_the_code(self, town, waiting):
        step = waiting.versions[0]
        with pytest.raises(api.SecondPersonNeeded), tenant(town.id):
            commands.release_alone(town.id, "fundschein", "1", step.digest, KAYA)

    @pytest.mark.parametrize(
        ("more", "refused_by"),
        [
            ({}, "catalog_two_persons"),
            ({"proposer": "brandt"}, "catalog_proposer_of_proposal"),
            ({"proposal": True, "proposer": "kaya"}, "catalog_two_persons"),
            ({"proposal": True, "proposer": "brandt"}, "catalog_answers_proposal"),
            (
                {"proposal": True, "proposer": "kaya", "person": "brandt", "digest": "0" * 64},
                "answers_proposal",
            ),
        ],
    )
    def test_there_is_no_way_round_in_the_database(self, town, waiting, more, refused_by):
        """Also with forged names: the key holds the proposal to the row that was really handed in."""
        with tenant(town.id):
            row = Publication.objects.get()
            values = {
                "authority_id": town.id,
                "slug": row.slug,
                "version": row.version,
                "digest": row.digest,
                "state": "released",
                "by": "x",
                "person": "kaya",
                "at": clock.now(),
                **more,
            }
            values["proposal_id"] = row.pk if values.pop("proposal", False) else None
            with pytest.raises(IntegrityError, match=refused_by), transaction.atomic():
                Publication.objects.create(**values)

    def test_a_demonstration_publishes_alone_and_says_so(self, town, folder, monkeypatch):
        demo = replace(config(), mode="demo")
        monkeypatch.setattr(commands, "config", lambda: demo)
        assert not api.publish(folder, authority_id=town.id, by="Vorführung").waiting
        assert [step.exempt for step in api.publications(town.id)] == ["demonstration"]

    def test_a_demonstration_can_show_two_persons_too(self, town, folder, monkeypatch):
        demo = replace(config(), mode="demo")
        monkeypatch.setattr(commands, "config", lambda: demo)
        assert api.publish(folder, authority_id=town.id, by=KAYA, waits=True).waiting
        with pytest.raises(api.SecondPersonNeeded):
            api.confirm("fundschein", "1", authority_id=town.id, by=KAYA)


class TestMeanwhile:
    def test_two_publish_at_once_and_one_does(self, town, waiting):
        def click(number):
            try:
                by = api.Person.named(f"person{number}", f"Person {number}")
                api.confirm("fundschein", "1", authority_id=town.id, by=by, seen=waiting.steps)
                return "published"
            except Conflict as refused:
                return str(refused)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as clicks:
            results = list(clicks.map(click, range(4)))
        assert results.count("published") == 1
        assert all("veröffentlicht. Ihr Schritt" in one for one in results if one != "published")
        assert [step.state for step in api.publications(town.id)] == ["released", "waiting"]

    def test_an_answer_is_given_once_even_without_the_lock(self, town, waiting, monkeypatch):
        with tenant(town.id):
            row = Publication.objects.get()
        api.confirm("fundschein", "1", authority_id=town.id, by=BRANDT)
        with pytest.raises(api.MovedOn, match="Mia Brandt"), tenant(town.id):
            commands._answer(row, "released", api.Person.named("dritte"), "")

    def test_rejected_meanwhile(self, town, waiting):
        api.reject("fundschein", "1", authority_id=town.id, by=BRANDT, reason="Gebühr stimmt nicht")
        with pytest.raises(api.MovedOn, match=r"Mia Brandt.* abgelehnt"):
            api.confirm("fundschein", "1", authority_id=town.id, by="dritte")
        assert standings(town) == {"1": "rejected"}

    def test_the_offer_ended_meanwhile(self, town, offered, tmp_path):
        api.publish(second_version(tmp_path / "neu"), authority_id=town.id, by=KAYA)
        seen = api.desk_service(town.id, "fundschein").steps
        api.withdraw("fundschein", authority_id=town.id, by=BRANDT, reason="Fehler in Regel 1")
        with pytest.raises(api.MovedOn, match=r"Version 1 .*zurückgezogen"):
            api.confirm("fundschein", "2", authority_id=town.id, by=BRANDT, seen=seen)
        assert standings(town) == {"2": "waiting", "1": "withdrawn"}

    def test_another_version_was_published_before_the_offer_is_ended(self, town, offered, tmp_path):
        api.publish(second_version(tmp_path / "neu"), authority_id=town.id, by=KAYA)
        api.confirm("fundschein", "2", authority_id=town.id, by=BRANDT)
        with pytest.raises(api.MovedOn):
            api.withdraw("fundschein", authority_id=town.id, by=KAYA, reason="alt", seen=offered.steps)
        assert standings(town) == {"2": "offered", "1": "superseded"}

    def test_what_another_authority_does_is_nothing_to_this_one(self, town, other_town, folder, waiting):
        api.publish(folder, authority_id=other_town.id, by=KAYA)
        api.reject("fundschein", "1", authority_id=other_town.id, by=BRANDT, reason="hier nicht")
        api.confirm("fundschein", "1", authority_id=town.id, by=BRANDT, seen=waiting.steps)
        assert (standings(town), standings(other_town)) == ({"1": "offered"}, {"1": "rejected"})


class TestSteps:
    def test_a_reason_is_needed_and_kept(self, town, waiting):
        for nothing in ("", "  \n ", "x" * (api.REASON_LIMIT + 1)):
            with pytest.raises(api.ReasonMissing):
                api.reject("fundschein", "1", authority_id=town.id, by=BRANDT, reason=nothing)
        api.reject("fundschein", "1", authority_id=town.id, by=BRANDT, reason="Norm\nfehlt")
        assert [(s.state, s.by, s.reason) for s in api.publications(town.id)] == [
            ("rejected", "Mia Brandt", "Norm fehlt"),
            ("waiting", "Ayşe Kaya", ""),
        ]

    def test_a_rejected_version_can_be_handed_in_again(self, town, folder, waiting):
        api.reject("fundschein", "1", authority_id=town.id, by=BRANDT, reason="Norm fehlt")
        assert api.publish(folder, authority_id=town.id, by=BRANDT).waiting
        with pytest.raises(api.SecondPersonNeeded):
            api.confirm("fundschein", "1", authority_id=town.id, by=BRANDT)
        api.confirm("fundschein", "1", authority_id=town.id, by=KAYA)

    def test_going_back_to_an_earlier_version_needs_two_as_well(self, town, offered, tmp_path):
        api.publish(second_version(tmp_path / "neu"), authority_id=town.id, by=KAYA)
        api.confirm("fundschein", "2", authority_id=town.id, by=BRANDT)
        api.hand_in_again("fundschein", "1", authority_id=town.id, by=BRANDT)
        assert api.current(town.id, "fundschein").version == "2"
        with pytest.raises(api.SecondPersonNeeded):
            api.confirm("fundschein", "1", authority_id=town.id, by=BRANDT)
        api.confirm("fundschein", "1", authority_id=town.id, by=KAYA)
        assert standings(town) == {"1": "offered", "2": "superseded"}

    def test_only_what_was_handed_in_here_can_be_handed_in_again(self, town, other_town, waiting):
        with pytest.raises(api.UnknownService):
            api.hand_in_again("fundschein", "1", authority_id=other_town.id, by=KAYA)
        with pytest.raises(api.UnknownVersion):
            api.hand_in_again("fundschein", "2", authority_id=town.id, by=KAYA)

    def test_what_the_gate_of_today_refuses_is_not_published(self, town, waiting, monkeypatch):
        """The program was upgraded while the version waited, and now finds a fault in it."""
        report = api.report_of(waiting.versions[0].digest)
        fault = api.Finding("decision.dmn", 1, 1, "Eine Lücke.", "Ergänzen Sie eine Regel.")
        worse = replace(report, check=replace(report.check, findings=(fault,)))
        monkeypatch.setattr(api, "report_of", lambda digest: worse)
        with pytest.raises(api.PackageRefused, match="Eine Lücke"):
            api.confirm("fundschein", "1", authority_id=town.id, by=BRANDT)
        assert standings(town) == {"1": "waiting"}

    def test_names_nobody_can_store_are_unknown(self, town):
        for slug in ("x\x00", "gibt-es-nicht"):
            with pytest.raises(api.NothingToConfirm):
                api.confirm(slug, "1", authority_id=town.id, by=KAYA)


class TestWhatItShows:
    def test_the_report_names_examples_and_the_rules_they_try(self, town, waiting):
        report = api.report_of(waiting.versions[0].digest)
        assert report.check.ok
        assert report.covered == len(report.rules) > 0
        assert all(one.holds for one in report.scenarios)
        assert len(report.scenarios) == report.check.scenarios

    def test_the_first_version_has_nothing_to_compare_with(self, waiting):
        assert api.comparison(waiting, waiting.versions[0]) is None

    def test_a_new_version_is_compared_with_what_is_offered(self, town, offered, tmp_path):
        api.publish(second_version(tmp_path / "neu"), authority_id=town.id, by=KAYA)
        service = api.desk_service(town.id, "fundschein")
        found = api.comparison(service, service.version("2"))
        assert found.against == "1"
        told = {
            (chapter.title, one.name): (
                "".join(p.text for p in one.before),
                "".join(p.text for p in one.after),
            )
            for chapter in found.chapters
            for one in chapter.differences
        }
        ((_, name), (before, after)) = next(
            item for item in told.items() if item[0][0] == "Parameter" and " ab " in item[0][1]
        )
        assert ("8,50" in before, "9,50" in after) == (True, True), name
        assert {"CHANGELOG.md", "parameters.yaml", "service.yaml"} <= {one.name for one in found.files}
        # The one before is not compared with the one that waits.
        assert api.comparison(service, service.version("1")) is None

    def test_nothing_changes_unseen(self, town, offered, tmp_path):
        """A template says something else: no chapter knows it, the files do."""
        files = changed("service.yaml", 'version: "1"', 'version: "3"')
        files["CHANGELOG.md"] += "\n## 3\n\nDritte Fassung.\n"
        files["notices/schein.typ"] += "\n#text[Nur heute gültig]\n"
        api.publish(write(tmp_path / "drei", files), authority_id=town.id, by=KAYA)
        service = api.desk_service(town.id, "fundschein")
        found = api.comparison(service, service.version("3"))
        (notice,) = [one for one in found.files if one.name == "notices/schein.typ"]
        assert ("+", "#text[Nur heute gültig]") in notice.lines
