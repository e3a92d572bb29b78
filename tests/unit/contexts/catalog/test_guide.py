# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The guide for authors is right: its example is a package, and it names whatever a package may say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from amtlich.contexts.catalog import layouts
from amtlich.contexts.catalog.bundle import REQUIRED
from amtlich.contexts.catalog.gate import check_folder
from amtlich.contexts.catalog.gate.privacy import QUERY_PARTS
from amtlich.engines.forms import CONTROLS, FORMATS, LANGUAGES, PREFILLS
from amtlich.engines.forms.layout import FORM_LAYOUT

GUIDE = (Path(__file__).parents[4] / "docs" / "leistungspakete.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"^### `([^`\n]+)`\n\n```[a-z]+\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))


def keys_of(layout: Any) -> set[str]:
    if isinstance(layout, list):
        return set().union(*map(keys_of, layout))
    if not isinstance(layout, dict):
        return set()
    found = set(layout["properties"]) if isinstance(layout.get("properties"), dict) else set()
    return found.union(*(keys_of(value) for value in layout.values()))


def test_the_example_of_the_guide_is_a_package(tmp_path: Path) -> None:
    assert set(REQUIRED) < set(EXAMPLES)
    for name, content in EXAMPLES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    report, _ = check_folder(tmp_path)
    assert report.ok, report


@pytest.mark.parametrize(
    "words",
    [
        CONTROLS,
        FORMATS,
        LANGUAGES,
        PREFILLS,
        REQUIRED,
        layouts.LIFECYCLES,
        layouts.PAGE_SECTIONS,
        layouts.REGISTERS,
        (layouts.NO_DISCRETION,),
        *QUERY_PARTS.values(),
    ],
)
def test_the_guide_names_every_possible_word(words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in GUIDE] == []


def test_the_guide_names_every_entry_of_every_file() -> None:
    every = [
        layouts.SERVICE,
        layouts.PARAMETERS,
        layouts.REASONS,
        layouts.SCENARIOS,
        layouts.TEXTS,
        FORM_LAYOUT,
    ]
    assert [key for key in sorted(set().union(*map(keys_of, every))) if key not in GUIDE] == []
