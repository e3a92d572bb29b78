# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich authority add`: from a file to an authority with hosts and a seal key."""

import pytest
from django.test import Client
from tests.unit.faces.cli.test_authorities import example

from amtlich.faces.cli.commands import main
from amtlich.platform import keys
from amtlich.platform.tenancy.registry import authority_for_host, forget_hosts

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "musterstadt.toml"
    path.write_text(example(), encoding="utf-8")
    return path


def test_an_authority_is_set_up_with_its_key_and_changed_without_a_new_one(file, capsys):
    forget_hosts()
    assert main(["authority", "add", str(file)]) == 0
    made = authority_for_host("amt.musterstadt.de")
    key = keys.seal_key(made)
    file.write_text(example().replace("Rathausplatz 1", "Rathausplatz 2"), encoding="utf-8")
    assert main(["authority", "add", str(file)]) == 0
    forget_hosts()
    changed = authority_for_host("amt.musterstadt.de")
    assert (changed.pk, changed.street) == (made.pk, "Rathausplatz 2")
    assert keys.seal_key(changed) == key
    assert main(["authority", "list"]) == 0
    assert "musterstadt" in capsys.readouterr().out


def test_one_host_name_belongs_to_one_authority(file, tmp_path, capsys):
    forget_hosts()
    assert main(["authority", "add", str(file)]) == 0
    other = tmp_path / "other.toml"
    other.write_text(example().replace('slug = "musterstadt"', 'slug = "andere"'), encoding="utf-8")
    assert main(["authority", "add", str(other)]) != 0
    assert "gehört schon zu" in "".join(capsys.readouterr())


def test_an_authority_that_is_switched_off_answers_nobody_and_loses_nothing(file, capsys):
    forget_hosts()
    assert main(["authority", "add", str(file)]) == 0
    known = authority_for_host("amt.musterstadt.de")
    capsys.readouterr()
    assert main(["authority", "disable", "musterstadt"]) == 0
    said = capsys.readouterr().out
    assert "amt.musterstadt.de" in said
    assert "amtlich authority enable musterstadt" in said
    assert authority_for_host("amt.musterstadt.de") is None
    assert Client(headers={"host": "amt.musterstadt.de"}).get("/").status_code == 404
    assert main(["authority", "list"]) == 0
    assert "abgeschaltet" in capsys.readouterr().out
    assert main(["authority", "disable", "musterstadt"]) == 0
    assert "war schon abgeschaltet" in capsys.readouterr().out

    # Whoever changes its file does not switch it on by the way.
    assert main(["authority", "add", str(file)]) == 0
    assert "amtlich authority enable musterstadt" in capsys.readouterr().out
    assert authority_for_host("amt.musterstadt.de") is None

    assert main(["authority", "enable", "musterstadt"]) == 0
    assert authority_for_host("amt.musterstadt.de") == known
    assert main(["authority", "enable", "musterstadt"]) == 0
    assert "war schon eingeschaltet" in capsys.readouterr().out
    assert Client(headers={"host": "amt.musterstadt.de"}).get("/").status_code == 200


@pytest.mark.parametrize("what", ["disable", "enable"])
def test_an_authority_that_is_not_there_is_one_sentence(what, transactional_db, capsys):
    assert main(["authority", what, "nirgendwo"]) == 2
    assert "„nirgendwo“ gibt es hier nicht" in capsys.readouterr().err
