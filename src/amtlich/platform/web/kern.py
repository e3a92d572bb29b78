# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""KERN, the German open UX standard, served out of its installed package.

Nothing third-party is copied into the repository: the finder points into ``mkdocs_kern_ux`` and offers
only what pages use, below ``vendor/kern/``.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

PREFIX = "vendor/kern"
_PACKAGE = "mkdocs_kern_ux"
# The style sheets and licence texts; the font files are those that the font style sheet names.
_SERVED = ("kern.min.css", "fonts/fira-sans.css", "LICENSE.md", "LICENSE.txt", "VERSION")
_FONT_CSS = "fonts/fira-sans.css"


def folder() -> Path:
    """Where KERN lies inside the installed package. Raises ``FileNotFoundError`` with what to do."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            f"the package {_PACKAGE} is not installed: run ./amtlich again, it installs what is missing"
        )
    found = Path(spec.submodule_search_locations[0]) / "kern-ux" / "vendor" / "kern"
    if not (found / "kern.min.css").is_file():
        raise FileNotFoundError(f"KERN's style sheet is missing in {found}: install {_PACKAGE} anew")
    return found


class KernFinder(BaseFinder):
    """Static-files finder for ``vendor/kern/…``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._root = folder()
        self._storage = FileSystemStorage(location=str(self._root))
        self._storage.prefix = PREFIX  # type: ignore[attr-defined]  # where collectstatic puts the files

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        try:
            folder()
        except FileNotFoundError as missing:
            return [Error(str(missing), id="web.E001")]
        return []

    def _paths(self) -> Iterator[str]:
        for path in _SERVED:
            if (self._root / path).is_file():
                yield path
        css = (self._root / _FONT_CSS).read_text(encoding="utf-8")
        for named in sorted(set(re.findall(r"url\([\"']?\./([^\"')]+)", css))):
            yield f"fonts/{named}"

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        inside = path.removeprefix(PREFIX + "/")
        hit = str(self._root / inside) if inside != path and inside in set(self._paths()) else None
        if find_all:
            return [hit] if hit else []
        return hit

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for path in self._paths():
            yield path, self._storage
