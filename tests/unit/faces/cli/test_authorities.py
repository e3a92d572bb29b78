# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An authority's file: checked before anything is set up, each refusal with file, key and remedy."""

import re
from pathlib import Path

import pytest

from amtlich.faces.cli.authorities import read
from amtlich.kernel.errors import BadInput

GUIDE = Path(__file__).parents[4] / "docs" / "betrieb" / "einstellungen.md"


def example() -> str:
    (text,) = re.findall(r"```toml\n(# musterstadt.toml.*?)```", GUIDE.read_text(encoding="utf-8"), re.S)
    return text


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "musterstadt.toml"
    path.write_text(example(), encoding="utf-8")
    return path


def test_the_example_of_the_guide_is_accepted(file):
    assert read(file)["hosts"] == ("amt.musterstadt.de",)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('slug = "musterstadt"', 'slug = "Muster Stadt"', "slug"),
        ('name = "Stadt Musterstadt"', "", "Es fehlt: name"),
        ('phone = "01234 56-0"', "phone = 115", "phone"),
        ('"amt.musterstadt.de"', '"https://amt.musterstadt.de/"', "hosts"),
        ('["amt.musterstadt.de"]', "[]", "hosts"),
        ('land = "NW"', 'land = "NW"\ncolour = "blau"', "„colour“ gibt es nicht"),
        ('land = "NW"', 'land = "NW"\nregister_kind = "ftp"', "builtin und http"),
        ('land = "NW"', 'land = "NW"\nregister_kind = "http"', "register_url"),
        ('land = "NW"', "land = NW", "keine gültige TOML-Datei"),
    ],
)
def test_a_wrong_file_is_refused_with_what_would_be_right(file, before, after, said):
    text = example()
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BadInput, match=re.escape(said)) as refused:
        read(file)
    assert str(file) in str(refused.value)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    with pytest.raises(BadInput, match="lässt sich nicht lesen"):
        read(tmp_path / "nowhere.toml")
