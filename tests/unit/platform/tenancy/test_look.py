# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a town may look like: colours that can be read, arms that cannot act."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.kernel.errors import BadInput
from amtlich.platform.settings.config import shipped_services
from amtlich.platform.tenancy import arms, colours, imprint, look
from amtlich.platform.tenancy.models import Authority

_COLOURS = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)


@given(_COLOURS)
def test_any_colour_gets_a_dark_form_that_can_be_read(colour: str) -> None:
    derived = colours.for_dark(colour)
    assert colours.weakest(derived, colours.DARK_GROUNDS) >= colours.NEEDED
    assert colours.contrast(derived, "#000000") >= colours.NEEDED  # as ground of black text


@given(_COLOURS)
def test_a_colour_is_taken_exactly_if_it_can_be_read_on_every_light_ground(colour: str) -> None:
    readable = all(colours.contrast(colour, ground) >= 4.5 for ground in ("#ffffff", "#f3f4f7"))
    try:
        stored = look.checked({"primary": colour}, Path())
    except BadInput as refused:
        assert not readable
        measured = re.search(r"Kontrast von (\d+),(\d\d):1; für Text nötig sind 4,5:1", str(refused))
        assert measured
        assert float(f"{measured[1]}.{measured[2]}") < 4.5
    else:
        assert readable
        assert stored["primary"] == colour


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"primary": "blue"}, "„look.primary“: Hier gehört eine Farbe hin"),
        ({"primary": 5}, "„look.primary“"),
        ({"primary_dark": "#000080"}, "helleren Ton"),
        ({"accent": "#fffffg"}, "„look.accent“"),
        ({"colour": "#000000"}, "„look.colour“ gibt es nicht"),
        ({"arms": "../wappen.svg"}, "neben dieser Datei"),
        ({"arms": "fehlt.svg"}, "lässt sich nicht lesen"),
    ],
)
def test_a_wrong_look_is_refused_with_its_key(section: dict[str, object], said: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=re.escape(said)):
        look.checked(section, tmp_path)


def test_arms_lie_beside_the_file_and_are_kept_as_drawn(tmp_path: Path) -> None:
    (tmp_path / "w.svg").write_text(_SVG.format('<path d="M0 0h9v9z" fill="#123456"/>'), encoding="utf-8")
    stored = look.checked({"arms": "w.svg"}, tmp_path)["arms"]
    assert 'd="M0 0h9v9z"' in stored
    assert look.look_of(Authority(look={"arms": stored, "of_a_later_version": "x"})).arms == stored


@pytest.mark.parametrize(
    "part",
    [
        "<script>alert(1)</script>",
        '<path onload="alert(1)" d=""/>',
        '<path ONCLICK="alert(1)" d=""/>',
        '<a href="javascript:alert(1)"><path d=""/></a>',
        '<image href="https://example.org/a.png"/>',
        '<use href="https://example.org/a.svg#x"/>',
        '<use xmlns:l="http://www.w3.org/1999/xlink" l:href="data:image/svg+xml,x"/>',
        '<path fill="url(https://example.org/#a)" d=""/>',
        '<path style="fill:url(//example.org/a)" d=""/>',
        '<path fill="u\\72l(//example.org)" d=""/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<animate attributeName="x"/>',
    ],
)
def test_arms_that_act_or_reach_outside_are_refused(part: str) -> None:
    with pytest.raises(BadInput):
        arms.clean(_SVG.format(part).encode())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe<\x00s\x00v\x00g\x00",
        b"<html/>",
        b"<svg/>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + _SVG.format("&a;").encode(),
        _SVG.format("<g>" * 60 + "</g>" * 60).encode(),
        _SVG.format("<path/>" * 8000).encode(),
    ],
)
def test_what_is_no_picture_or_too_much_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput, match=r"\.$"):
        arms.clean(content)


def test_what_a_drawing_program_leaves_behind_falls_away() -> None:
    drawn = """<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd">
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape"
     viewBox="0 0 9 9" i:version="1"><i:view/><metadata>x</metadata><style>path{fill:red}</style><!-- x -->
     <defs><linearGradient id="a"><stop style="stop-color:#fff;-inkscape-x:1"/></linearGradient></defs>
     <path style="fill:url(#a);stroke:none;font-size:3px" d="M0 0" class="x" data-x="1"/></svg>"""
    clean = arms.clean(drawn.encode())
    assert "inkscape" not in clean
    assert "style" not in clean
    assert "metadata" not in clean
    assert 'fill="url(#a)"' in clean
    assert 'stop-color="#fff"' in clean
    assert arms.clean(clean.encode()) == clean


def test_the_arms_of_the_demonstration_are_taken() -> None:
    picture = (shipped_services() / "behoerden" / "musterstadt.svg").read_bytes()
    assert arms.clean(picture).startswith("<svg ")


def test_imprint_is_texts_by_known_names() -> None:
    stored = imprint.checked({"represented_by": " Frau X \n", "vat_id": "DE1"})
    assert imprint.imprint_of(Authority(imprint=stored)) == imprint.Imprint(
        represented_by="Frau X", vat_id="DE1"
    )
    assert imprint.still_missing(stored) == [
        "data_protection_officer",
        "accessibility_contact",
        "enforcement_body",
    ]
    for wrong in ({"mayor": "x"}, {"vat_id": ""}, {"vat_id": 3}, {"vat_id": "x" * 601}):
        with pytest.raises(BadInput, match="imprint"):
            imprint.checked(wrong)
