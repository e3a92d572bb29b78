# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A service that is no longer offered is known as such, and leads to what there is today."""

from __future__ import annotations

import pytest
from tests.unit.contexts.catalog import small_directory, small_package

from amtlich.contexts.catalog import api, packages, service_search

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture(autouse=True)
def _a_fresh_process():
    packages.forget()
    service_search.forget()
    yield
    packages.forget()
    service_search.forget()


@pytest.fixture
def offered(town, other_town, tmp_path):
    """Both towns offer the small package; the first one lists services besides."""
    api.publish(small_package.write(tmp_path / "fundschein"), by="Anna")
    api.publish_directory(small_directory.write(tmp_path / "dorf"), town.id, by="Anna")
    return tmp_path


def test_a_withdrawn_service_is_gone_here_and_stays_elsewhere(town, other_town, offered):
    ended = api.withdraw("fundschein", authority_id=town.id, by="Bert", reason="Satzung fehlt")
    assert (ended.slug, ended.version, ended.authorities) == ("fundschein", "1", (town.id,))
    for ask in (api.current, api.entry):
        with pytest.raises(api.NoLongerOffered) as gone:
            ask(town.id, "fundschein")
        assert gone.value.replaced_by is None
    assert "fundschein" not in [entry.slug for entry in api.directory(town.id)]
    assert api.search(town.id, "Fundschein") == ()
    assert api.current(other_town.id, "fundschein").slug == "fundschein"
    # What was submitted under it goes on.
    assert api.package("fundschein", "1").slug == "fundschein"
    assert [view.state for view in api.publications(town.id)] == ["withdrawn", "released"]


def test_it_can_be_offered_again(town, offered):
    api.withdraw("fundschein", authority_id=town.id, by="Bert", reason="Satzung fehlt")
    api.publish(offered / "fundschein", authority_id=town.id, by="Anna")
    assert api.current(town.id, "fundschein").version == "1"


def test_what_is_not_offered_cannot_be_withdrawn(town, offered):
    for slug in ("gibt-es-nicht", "hund-anmelden", "x\x00"):
        with pytest.raises(api.UnknownService):
            api.withdraw(slug, authority_id=town.id, by="Bert", reason="Satzung fehlt")
    api.withdraw("fundschein", authority_id=town.id, by="Bert", reason="Satzung fehlt")
    with pytest.raises(api.UnknownService):
        api.withdraw("fundschein", authority_id=town.id, by="Bert", reason="Satzung fehlt")


def test_what_never_was_there_is_unknown_not_gone(town, other_town, offered):
    for authority, slug in ((town, "gibt-es-nicht"), (other_town, "hund-anmelden"), (town, "x\x00")):
        with pytest.raises(api.UnknownService) as unknown:
            api.entry(authority.id, slug)
        assert not isinstance(unknown.value, api.NoLongerOffered)
    # Listed, but not online: there is no form, and nothing is gone.
    with pytest.raises(api.UnknownService) as unknown:
        api.current(town.id, "hund-anmelden")
    assert not isinstance(unknown.value, api.NoLongerOffered)


def test_an_entry_that_left_the_directory_is_gone_and_leads_to_what_replaces_it(town, offered):
    files = dict(small_directory.FILES)
    files["tiere.yaml"] = files["tiere.yaml"][: files["tiere.yaml"].index("  - id: bienen")].replace(
        "related: [bienen]", "related: []"
    )
    folder = offered / "dorf"
    api.publish_directory(small_directory.write(folder, files), town.id, by="Anna")
    with pytest.raises(api.NoLongerOffered) as gone:
        api.entry(town.id, "bienen")
    assert gone.value.replaced_by is None
    files["verzeichnis.yaml"] += "replaced: {bienen: hund-anmelden, katze: gibt-es-nicht}\n"
    api.publish_directory(small_directory.write(folder, files), town.id, by="Anna")
    for slug, instead in (("bienen", "hund-anmelden"), ("katze", None)):
        with pytest.raises(api.NoLongerOffered) as gone:
            api.entry(town.id, slug)
        assert gone.value.replaced_by == instead


def test_a_version_that_waits_for_its_second_person_neither_offers_nor_ends(town, offered, monkeypatch):
    from amtlich.contexts.catalog import commands

    api.withdraw("fundschein", authority_id=town.id, by="Bert", reason="Satzung fehlt")
    monkeypatch.setattr(commands, "second_person_needed", lambda: True)
    api.publish(offered / "fundschein", authority_id=town.id, by="Anna")
    with pytest.raises(api.NoLongerOffered):
        api.current(town.id, "fundschein")
    api.confirm("fundschein", "1", authority_id=town.id, by="Bert")
    assert api.current(town.id, "fundschein").version == "1"
