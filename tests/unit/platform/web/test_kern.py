# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""KERN's style sheet, as far as pages use it."""

from __future__ import annotations

import re

from amtlich.platform.web import kern

ALL = (kern.folder() / "kern.min.css").read_text(encoding="utf-8")


def test_components_that_pages_name_stay_whole() -> None:
    css = kern.stylesheet('<span class="kern-badge kern-badge--{{ kind }}">')
    for kind in ("info", "success", "warning", "danger"):
        assert f".kern-badge--{kind}" in css
    assert ".kern-accordion" not in css
    assert ".kern-badge" in ALL


def test_an_icon_stays_if_its_name_stands_in_quotes_or_in_a_class() -> None:
    css = kern.stylesheet("""kern-icon kern-icon--{{ icon }} button(icon="arrow-back") kern-icon--edit""")
    assert set(re.findall(r"\.kern-icon--([a-z-]+)", css)) == {"arrow-back", "edit"}


def test_tokens_and_what_belongs_to_no_component_stay() -> None:
    css = kern.stylesheet("")
    assert "--kern-color-action-default:" in css
    assert "box-sizing:border-box" in css
    assert "[data-kern-theme=dark]" in css
    assert "@media (prefers-color-scheme:" in css.replace("@media(", "@media (")
    assert len(css) < len(ALL) / 4


def test_what_is_left_is_a_style_sheet() -> None:
    css = kern.stylesheet("kern-alert kern-table kern-form-input")
    bare = re.sub(r"\"[^\"]*\"|'[^']*'", "", css)
    assert bare.count("{") == bare.count("}")
    assert "{}" not in bare
