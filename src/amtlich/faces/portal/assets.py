# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""``portal/stil.css``: fonts, KERN and our own rules as one file, made when static files are collected.

One request blocks the first paint instead of three, and the part of KERN that no page uses stays at home.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage, Error
from django.core.files.storage import FileSystemStorage

from amtlich.kernel.ids import new_id
from amtlich.platform.settings.config import config
from amtlich.platform.web import kern, web_fonts

PREFIX = "portal"
STYLESHEET = "stil.css"
_HERE = Path(__file__).parent
_LICENCE = "KERN-LICENSE.md"


def stylesheet() -> str:
    """KERN as far as pages use it, then our own rules, without comments and line breaks."""
    own = (_HERE / "static" / "portal" / "amtlich.css").read_text(encoding="utf-8")
    notice = "/*! KERN UX (kern-ux.de), EUPL-1.2: KERN-LICENSE.md. Fira Sans, OFL-1.1: schrift/OFL.txt. */\n"
    return notice + kern.stylesheet(_everything_that_names_classes()) + "\n" + _shortened(own)


def build(folder: Path) -> None:
    """Write the style sheet and its fonts below ``folder``."""
    content = web_fonts.cut(folder) + stylesheet()
    made = folder / STYLESHEET
    # The time of a file that did not change must not change either: it would be compressed again.
    if not made.is_file() or made.read_text(encoding="utf-8") != content:
        _write(made, content)
    licence = (kern.folder() / "LICENSE.md").read_text(encoding="utf-8")
    if not (folder / _LICENCE).is_file():
        _write(folder / _LICENCE, licence)


class StyleFinder(BaseFinder):
    """Static-files finder for what is made here."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._root = config().home / "stil"
        self._storage = FileSystemStorage(location=str(self._root))
        self._storage.prefix = PREFIX  # type: ignore[attr-defined]  # where collectstatic puts the files

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        try:
            kern.folder()
        except FileNotFoundError as missing:
            return [Error(str(missing), id="portal.E001")]
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        hits = [str(self._root / name) for name in self._files() if path == f"{PREFIX}/{name}"]
        return hits[0] if hits and not find_all else hits  # Django wants a list where there is nothing

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        self._root.mkdir(parents=True, exist_ok=True)
        build(self._root)
        for name in self._files():
            yield name, self._storage

    def _files(self) -> Iterator[str]:
        for name in (STYLESHEET, _LICENCE):
            if (self._root / name).is_file():
                yield name
        named = set(re.findall(rf"{web_fonts.FOLDER}/[\w.-]+\.woff2", self._content()))
        yield from sorted(named | {f"{web_fonts.FOLDER}/OFL.txt"} if named else named)

    def _content(self) -> str:
        made = self._root / STYLESHEET
        return made.read_text(encoding="utf-8") if made.is_file() else ""


def _everything_that_names_classes() -> str:
    faces = _HERE.parent
    named = [path for ending in ("*.html", "*.py", "*.js", "amtlich.css") for path in faces.rglob(ending)]
    return "\n".join(path.read_text(encoding="utf-8") for path in named)


def _shortened(css: str) -> str:
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", without_comments).strip() + "\n"


def _write(path: Path, content: str) -> None:
    unfinished = path.with_name(f".{path.name}.{new_id()}")
    unfinished.write_text(content, encoding="utf-8")
    os.replace(unfinished, path)
