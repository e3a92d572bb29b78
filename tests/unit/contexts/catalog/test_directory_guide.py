# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The guide to the directory is right: its example is one, and it names whatever a directory may say."""

from __future__ import annotations

import re
from pathlib import Path

from tests.unit.contexts.catalog.small_directory import write
from tests.unit.contexts.catalog.test_guide import keys_of

from amtlich.contexts.catalog import directory_layouts
from amtlich.contexts.catalog.directory_source import read_directory

GUIDE = (Path(__file__).parents[4] / "docs" / "verzeichnis.md").read_text(encoding="utf-8")


def test_the_example_of_the_guide_is_a_directory(tmp_path: Path) -> None:
    examples = dict(re.findall(r"^### `([^`\n]+)`\n\n```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL))
    report, _ = read_directory(write(tmp_path, examples))
    assert report.ok, report
    assert report.services == 1


def test_the_guide_names_every_entry() -> None:
    every = keys_of([directory_layouts.DIRECTORY, directory_layouts.SITUATION])
    assert [key for key in sorted(every) if key not in GUIDE] == []
