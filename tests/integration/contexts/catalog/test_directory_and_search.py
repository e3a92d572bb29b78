# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A directory belongs to one authority, all processes see it at once, it is searched with the packages."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.unit.contexts.catalog import small_directory, small_package

from amtlich.contexts.catalog import api, packages, service_search
from amtlich.contexts.catalog.models import PublishedDirectory
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput, NotFound
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _a_fresh_process():
    packages.forget()
    service_search.forget()
    yield
    packages.forget()
    service_search.forget()


@pytest.fixture
def listed(town, tmp_path) -> Path:
    """The town lists the services of the small directory."""
    folder = small_directory.write(tmp_path / "dorf")
    assert api.publish_directory(folder, town.id, by="Anna").ok
    return folder


def slugs(authority, text: str) -> list[str]:
    return [hit.entry.slug for hit in api.search(authority.id, text)]


def test_what_is_published_is_listed_and_found(town, listed):
    assert [entry.slug for entry in api.directory(town.id)] == ["bienen", "hund-anmelden"]
    assert slugs(town, "hunt anmelden")[0] == "hund-anmelden"
    assert slugs(town, "99102013") == ["hund-anmelden"]
    hit = api.search(town.id, "Hundesteuern", limit=1)[0]
    assert hit.matches == (api.Match("Hundesteuern", "Hundesteuer", api.How.INFLECTED),)
    entry = api.entry(town.id, "hund-anmelden")
    assert entry.office is not None
    assert (entry.office.name["de"], entry.papers["de"], entry.online) == ("Rathaus", ("Ausweis",), False)
    assert [name["de"] for name in api.categories(town.id)] == ["Tiere"]


def test_another_authority_sees_nothing_of_it(town, other_town, listed):
    assert api.directory(other_town.id) == ()
    assert api.categories(other_town.id) == ()
    assert slugs(other_town, "hund anmelden") == []
    with pytest.raises(api.UnknownService):
        api.entry(other_town.id, "hund-anmelden")
    with tenant(other_town.id):
        assert PublishedDirectory.objects.count() == 0
    assert PublishedDirectory.objects.count() == 0


def test_nobody_lists_services_for_another_authority(town, other_town):
    row = {"digest": "0" * 64, "content": {}, "by": "x", "at": clock.now()}
    with pytest.raises(ProgrammingError, match="row-level security"), tenant(town.id):
        PublishedDirectory.objects.create(authority_id=other_town.id, **row)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        PublishedDirectory.objects.create(authority_id=town.id, **row)


@pytest.mark.parametrize(
    "statement", ["UPDATE catalog_directory SET by = 'x'", "DELETE FROM catalog_directory"]
)
def test_the_runtime_role_only_adds(town, listed, statement):
    with pytest.raises(ProgrammingError, match="permission denied"), tenant(town.id):
        connections["default"].cursor().execute(statement)


def test_packages_are_found_beside_the_directory_and_alone(town, other_town, listed, tmp_path):
    api.publish(small_package.write(tmp_path / "fundschein"), by="Anna")
    assert [entry.slug for entry in api.directory(town.id)] == ["bienen", "fundschein", "hund-anmelden"]
    assert api.entry(town.id, "fundschein").online
    assert [name["de"] for name in api.categories(town.id)] == ["Tiere", "Alltag"]
    for authority in (town, other_town):
        assert slugs(authority, "fundscheine") == ["fundschein"]
    assert [entry.slug for entry in api.directory(other_town.id)] == ["fundschein"]


def test_a_new_directory_takes_the_place_of_the_old_one_without_a_restart(town, listed):
    assert slugs(town, "bienen") == ["bienen"]
    small_directory.write(
        listed, small_directory.changed("tiere.yaml", "words: []", "words: [Honig, Imkerei]")
    )
    assert slugs(town, "honig") == []
    api.publish_directory(listed, town.id, by="Bert")
    assert slugs(town, "honig") == ["bienen"]
    small_directory.write(listed)
    api.publish_directory(listed, town.id, by="Bert")
    assert slugs(town, "honig") == []
    with tenant(town.id):
        assert list(PublishedDirectory.objects.order_by("id").values_list("by", flat=True)) == [
            "Anna",
            "Bert",
            "Bert",
        ]


def test_the_same_again_changes_nothing(town, listed):
    api.publish_directory(listed, town.id, by="Bert")
    with tenant(town.id):
        assert PublishedDirectory.objects.count() == 1


def test_a_broken_directory_is_refused_whole_and_the_old_one_stays(town, listed):
    small_directory.write(listed, small_directory.changed("tiere.yaml", "office: rathaus", "office: x"))
    with pytest.raises(api.DirectoryRefused, match=r"tiere\.yaml:9") as refused:
        api.publish_directory(listed, town.id, by="Anna")
    assert isinstance(refused.value, BadInput)
    assert not refused.value.report.ok
    assert slugs(town, "hund anmelden")[0] == "hund-anmelden"


def test_an_unknown_service_is_not_found(town, listed):
    for slug in ("gibt-es-nicht", "", "x\x00", "hund-anmelden "):
        with pytest.raises(NotFound):
            api.entry(town.id, slug)
    assert api.directory(uuid4()) == ()


@pytest.mark.parametrize(
    "text", ["", "\x00", "'; DROP TABLE catalog_directory; --", "\ud800", "x" * 100_000, "😀"]
)
def test_no_text_makes_the_search_fail(town, listed, text):
    assert api.search(town.id, text) == ()


def test_the_index_is_built_once_for_what_it_was_built_from(town, other_town, listed, tmp_path):
    api.publish_directory(listed, other_town.id, by="Anna")
    api.search(town.id, "hund")
    with CaptureQueriesContext(connection) as again:
        api.search(town.id, "biene")
        api.search(other_town.id, "hund")
    assert not [query for query in again.captured_queries if '"content"' in query["sql"]]


def test_authorities_with_the_same_directory_share_it_in_memory_only(town, other_town, listed):
    api.publish_directory(listed, other_town.id, by="Anna")
    assert api.directory(town.id) == api.directory(other_town.id)
    with tenant(town.id):
        assert PublishedDirectory.objects.count() == 1
