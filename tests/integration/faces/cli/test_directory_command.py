# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich service check` and `publish` take a directory of services as they take a package."""

import pytest
from tests.unit.contexts.catalog.small_directory import changed, write

from amtlich.contexts.catalog import api as catalog
from amtlich.faces.cli.commands import main

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def test_a_directory_is_tried_and_published_for_one_authority(town, other_town, tmp_path, capsys):
    folder = str(write(tmp_path / "dorf"))
    assert main(["service", "check", folder]) == 0
    assert "Verzeichnis dorf: geprüft, 2 Leistungen." in capsys.readouterr().out
    assert main(["service", "publish", folder, "--authority", town.slug]) == 0
    assert [entry.slug for entry in catalog.directory(town.id)] == ["bienen", "hund-anmelden"]
    assert catalog.directory(other_town.id) == ()


def test_a_directory_without_an_authority_is_one_sentence(town, tmp_path, capsys):
    assert main(["service", "publish", str(write(tmp_path / "dorf"))]) != 0
    assert "--authority" in capsys.readouterr().err
    assert catalog.directory(town.id) == ()


def test_a_broken_directory_is_refused_with_file_and_line(town, tmp_path, capsys):
    folder = str(write(tmp_path / "dorf", changed("tiere.yaml", "office: rathaus", "office: x")))
    assert main(["service", "check", folder]) == 1
    assert "tiere.yaml:9:" in capsys.readouterr().out
    assert main(["service", "publish", folder, "--authority", town.slug]) != 0
    assert "tiere.yaml:9:" in capsys.readouterr().err
    assert catalog.directory(town.id) == ()
