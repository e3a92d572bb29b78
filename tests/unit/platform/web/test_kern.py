# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""KERN's files, as static files of ours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amtlich.platform.web.kern import PREFIX, KernFinder, folder


def test_style_sheets_fonts_and_licence_are_offered() -> None:
    paths = {path for path, _ in KernFinder().list([])}
    assert {"kern.min.css", "fonts/fira-sans.css", "fonts/fira-sans/FiraSans-Regular.woff2"} <= paths
    assert any(path.startswith("LICENSE") for path in paths)
    assert not any("noto" in path or path.endswith(".js") for path in paths)


def test_everything_that_a_style_sheet_names_is_offered() -> None:
    finder = KernFinder()
    offered = {path for path, _ in finder.list([])}
    for path in offered:
        if path.endswith(".css"):
            css = (folder() / path).read_text(encoding="utf-8")
            for named in re.findall(r"url\(([^)]+)\)", css):
                name = named.strip("\"'")
                if not name.startswith("data:"):
                    assert (Path(path).parent / name).as_posix() in offered


@pytest.mark.parametrize(
    "path", ["kern.min.css", "../kern.min.css", "vendor/kern/../../LICENSE", "vendor/kern/x"]
)
def test_nothing_else_is_found(path: str) -> None:
    assert KernFinder().find(path) is None
    assert KernFinder().find(path, find_all=True) == []


def test_a_file_is_found_below_its_prefix() -> None:
    found = KernFinder().find(f"{PREFIX}/kern.min.css")
    assert Path(found).is_file()
    assert KernFinder().find(f"{PREFIX}/kern.min.css", find_all=True) == [found]
    assert KernFinder().check() == []
