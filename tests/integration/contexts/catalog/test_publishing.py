# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Versions never change, authorities choose for themselves, and every process sees it at once."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.unit.contexts.catalog.small_package import FILES, changed, say, write

from amtlich.contexts.catalog import api, commands, packages
from amtlich.contexts.catalog.bundle import from_folder
from amtlich.contexts.catalog.models import PackageVersion, Publication
from amtlich.kernel.errors import NotFound
from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _a_fresh_process():
    packages.forget()
    yield
    packages.forget()


@pytest.fixture
def folder(tmp_path):
    return write(tmp_path / "fundschein")


def second_version(folder: Path) -> Path:
    files = changed("service.yaml", 'version: "1"', 'version: "2"')
    files["CHANGELOG.md"] += "\n## 2\n\nZweite Fassung.\n"
    files["parameters.yaml"] = files["parameters.yaml"].replace("8.50", "9.50")
    files["scenarios.yaml"] = files["scenarios.yaml"].replace("8.5", "9.5")
    return write(folder, files)


def environment_of_this_test() -> dict[str, str]:
    """The settings for another process that uses the database of this test."""
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for name in DATABASE_ROLES.values():
        variable = f"AMTLICH_{name.upper()}"
        environ[variable] = (
            urlsplit(environ[variable])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        )
    return environ


def test_a_published_service_is_offered(town, folder):
    done = api.publish(folder, by="Kaya")
    assert (done.slug, done.version, done.waiting) == ("fundschein", "1", False)
    (card,) = api.published(town.id)
    assert (card.slug, card.version, card.name["de"]) == ("fundschein", "1", "Fundschein")
    package = api.current(town.id, "fundschein")
    assert package.digest == done.digest == from_folder(folder).digest
    assert api.package("fundschein", "1") is package
    (version,) = api.list_versions()
    assert (version.slug, version.published_by) == ("fundschein", "Kaya")


def test_publishing_again_changes_nothing(town, folder):
    first = api.publish(folder, by="Kaya")
    assert api.publish(folder, by="Kaya") == first
    assert PackageVersion.objects.count() == 1
    assert len(api.publications(town.id)) == 1


def test_all_authorities_or_one(town, other_town, folder):
    api.publish(folder, authority_id=town.id, by="Kaya")
    assert len(api.published(town.id)) == 1
    assert api.published(other_town.id) == ()
    with pytest.raises(api.UnknownService):
        api.current(other_town.id, "fundschein")
    api.publish(folder, by="Kaya")
    assert api.current(other_town.id, "fundschein") is api.current(town.id, "fundschein")


def test_a_new_version_is_offered_and_the_old_one_stays_for_old_cases(town, folder, tmp_path):
    api.publish(folder, by="Kaya")
    api.publish(second_version(tmp_path / "neu"), by="Kaya")
    assert api.current(town.id, "fundschein").version == "2"
    assert api.package("fundschein", "1").version == "1"
    assert [view.version for view in api.list_versions()] == ["2", "1"]
    # Going back is publishing the old version again.
    api.publish(folder, by="Kaya")
    assert api.current(town.id, "fundschein").version == "1"


def test_the_same_version_with_another_content_is_refused(town, folder, tmp_path):
    api.publish(folder, by="Kaya")
    other = write(tmp_path / "anders", changed("reasons.yaml", "Gefunden.", "Da."))
    with pytest.raises(api.VersionTaken, match="Erhöhen Sie version"):
        api.publish(other, by="Kaya")
    assert api.package("fundschein", "1").reasons["gefunden"]["de"] == "Gefunden."


def test_a_broken_package_is_not_stored(town, tmp_path):
    broken = write(tmp_path, changed("service.yaml", "discretion: none", "discretion: StVO § 45"))
    with pytest.raises(api.PackageRefused, match="Ermessen") as refused:
        api.publish(broken, by="Kaya")
    assert refused.value.report.findings[0].file == "service.yaml"
    assert PackageVersion.objects.count() == 0
    assert api.check(broken).findings == refused.value.report.findings


def test_what_does_not_exist_is_not_found(town, folder):
    api.publish(folder, by="Kaya")
    for slug in ("nichts", "", "fund\x00schein", "x" * 5000, "fundschein'--"):
        with pytest.raises(NotFound):
            api.current(town.id, slug)
        with pytest.raises(NotFound):
            api.package(slug, "1")
    for version in ("2", "", "1\x00", "1'--"):
        with pytest.raises(api.UnknownVersion):
            api.package("fundschein", version)
    assert api.published(uuid4()) == ()


def test_the_running_programs_can_neither_change_nor_delete_a_version(town, folder):
    api.publish(folder, by="Kaya")
    for statement in (
        "UPDATE catalog_packageversion SET digest = 'x'",
        "DELETE FROM catalog_packageversion",
        "UPDATE catalog_publication SET state = 'released'",
        "DELETE FROM catalog_publication",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), tenant(town.id):
            connection.cursor().execute(statement)


def test_an_authority_cannot_see_or_write_anothers_offer(town, other_town, folder):
    api.publish(folder, authority_id=town.id, by="Kaya")
    assert Publication.objects.count() == 0  # no tenant, no rows
    with tenant(other_town.id):
        assert Publication.objects.count() == 0
    with pytest.raises(ProgrammingError, match="row-level security"), tenant(other_town.id):
        commands.hand_in(town.id, "fundschein", "1", "x" * 64, api.Person.named("Eve"))


def test_another_process_sees_it_without_a_restart(town, folder):
    """A second process that looked before and looks again after."""
    script = (
        "import sys, django; django.setup();"
        "from uuid import UUID; from amtlich.contexts.catalog import api;"
        f"town = UUID('{town.id}'); print(len(api.published(town)), flush=True); sys.stdin.readline();"
        "print(api.current(town, 'fundschein').version, flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment_of_this_test(),
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "0"
        api.publish(folder, by="Kaya")
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline().strip() == "1"
        assert other.wait(timeout=60) == 0


def test_a_look_costs_few_statements_and_no_parsing(town, folder):
    api.publish(folder, by="Kaya")
    api.current(town.id, "fundschein")
    with CaptureQueriesContext(connection) as queries:
        assert api.current(town.id, "fundschein") is api.current(town.id, "fundschein")
    selects = [query["sql"] for query in queries if "catalog_publication" in query["sql"]]
    assert len(selects) == 2
    assert not any("archive" in query["sql"] for query in queries)


def test_a_package_may_be_read_inside_a_transaction(town, folder):
    api.publish(folder, by="Kaya")
    with tenant(town.id):
        assert api.package("fundschein", "1").slug == "fundschein"


def test_two_who_publish_at_once_store_one_version(town, folder):
    def go(_):
        try:
            return api.publish(folder, by="Kaya").digest
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(go, range(4)))) == 1
    assert PackageVersion.objects.count() == 1


def test_files_lie_on_disk_once_whole_and_with_the_shared_templates(town, folder):
    digest = api.publish(folder, by="Kaya").digest
    root = api.current(town.id, "fundschein").notice_root
    assert root == config().home / "cache" / "packages" / digest / "notices"
    assert sorted(path.name for path in root.iterdir()) == ["base.typ", "schein.typ"]
    # A power cut left an empty file behind: the next process mends it.
    (root / "schein.typ").write_text("")
    packages.forget()
    assert (api.current(town.id, "fundschein").notice_root / "schein.typ").read_text() == FILES[
        "notices/schein.typ"
    ]
    assert not [path.name for path in root.parent.parent.iterdir() if path.name.startswith(".")]


def test_many_who_need_the_files_at_once_end_with_one_folder(folder, tmp_path):
    bundle = from_folder(folder)
    with ThreadPoolExecutor(8) as pool:
        places = set(pool.map(lambda _: packages.materialise(bundle, tmp_path / "cache"), range(16)))
    (place,) = places
    assert (place / "service.yaml").read_text() == FILES["service.yaml"]
    assert [path.name for path in place.parent.iterdir()] == [bundle.digest]


def test_a_damaged_archive_is_noticed(town, folder):
    api.publish(folder, by="Kaya")
    packages.forget()
    with connections["owner"].cursor() as cursor:
        other = from_folder(write(folder, changed("reasons.yaml", "Gefunden.", "Falsch.")))
        cursor.execute("UPDATE catalog_packageversion SET archive = %s", [other.to_archive()])
    with pytest.raises(api.PackageDamaged, match="Sicherung"):
        api.current(town.id, "fundschein")


class TestProduction:
    @pytest.fixture(autouse=True)
    def _production(self, monkeypatch):
        production = replace(config(), mode="production")
        monkeypatch.setattr(commands, "config", lambda: production)

    def test_a_second_person_is_needed(self, town, folder):
        assert api.publish(folder, authority_id=town.id, by="Kaya").waiting
        assert api.published(town.id) == ()
        assert [step.state for step in api.publications(town.id)] == ["waiting"]
        for again in ("Kaya", "KAYA"):
            with pytest.raises(api.SecondPersonNeeded, match="zweite Person"):
                api.confirm("fundschein", "1", authority_id=town.id, by=again)
        assert not api.confirm("fundschein", "1", authority_id=town.id, by="Petrović").waiting
        assert api.current(town.id, "fundschein").version == "1"
        assert [(step.state, step.by) for step in api.publications(town.id)] == [
            ("released", "Petrović"),
            ("waiting", "Kaya"),
        ]

    def test_waiting_twice_is_waiting_once(self, town, folder):
        api.publish(folder, authority_id=town.id, by="Kaya")
        assert api.publish(folder, authority_id=town.id, by="Kaya").waiting
        assert len(api.publications(town.id)) == 1

    def test_the_old_version_stays_on_offer_while_the_new_one_waits(self, town, folder, tmp_path):
        api.publish(folder, authority_id=town.id, by="Kaya")
        api.confirm("fundschein", "1", authority_id=town.id, by="Petrović")
        api.publish(second_version(tmp_path / "neu"), authority_id=town.id, by="Kaya")
        assert api.current(town.id, "fundschein").version == "1"
        assert api.package("fundschein", "2").version == "2"

    def test_nothing_waits_nothing_is_confirmed(self, town, other_town, folder):
        api.publish(folder, authority_id=town.id, by="Kaya")
        for slug, version, place in (
            ("fundschein", "2", town), ("anders", "1", town), ("fundschein", "1", other_town),
        ):  # fmt: skip
            with pytest.raises(api.NothingToConfirm):
                api.confirm(slug, version, authority_id=place.id, by="Petrović")


def test_publishing_inside_a_transaction_is_refused(town, folder):
    """tenant() is durable: what publish promises would otherwise vanish with the outer transaction."""
    with pytest.raises(RuntimeError), transaction.atomic():
        api.publish(folder, by="Kaya")


def test_fc14_services_are_listed_as_germans_sort(town, tmp_path):
    for name in ("Zander", "Öl", "Adler", "Pilz", "Ähre", "Nagel"):
        slug = name.lower().replace("ö", "oe").replace("ä", "ae")
        files = changed("service.yaml", "id: fundschein", f"id: {slug}")
        files["service.yaml"] = files["service.yaml"].replace(
            f"name: {say('Fundschein')}", f"name: {say(name)}"
        )
        api.publish(write(tmp_path / slug, files), by="Kaya")
    names = [card.name["de"] for card in api.published(town.id)]
    assert names == ["Adler", "Ähre", "Nagel", "Öl", "Pilz", "Zander"]
