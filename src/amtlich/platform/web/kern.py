# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""KERN, the German open UX standard, read out of its installed package.

Nothing third-party is copied into the repository: the package ``mkdocs_kern_ux`` is a dependency, and what
pages need of it is taken from there when static files are collected.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

_PACKAGE = "mkdocs_kern_ux"
_CLASS = re.compile(r"\.(kern-[\w-]+)")
_MENTION = re.compile(r"kern-[\w-]*")
_ICON = "kern-icon--"
_QUOTED_OR_ICON = re.compile(r"""(?<=["'])([a-z][a-z-]+)(?=["'])|kern-icon--([a-z-]+)""")
_PART = re.compile(r"__|--")


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


def stylesheet(mentioning: str) -> str:
    """KERN's style sheet without the components that ``mentioning`` (all templates as one text) never names.

    A component is named by its block, so that ``kern-badge--{{ kind }}`` keeps every badge. Of the icons,
    which are pictures, those stay whose name stands somewhere in quotes. Half of the sheet are grid
    classes, icons and components that no page of ours has.
    """
    css = (folder() / "kern.min.css").read_text(encoding="utf-8").removeprefix('@charset "UTF-8";')
    blocks = {_PART.split(mention)[0].rstrip("-") for mention in _MENTION.findall(mentioning)}
    icons = {name for pair in _QUOTED_OR_ICON.findall(mentioning) for name in pair if name}
    return _without_unused(css, frozenset(blocks | {f"{_ICON}{name}" for name in icons}))


def _without_unused(css: str, named: frozenset[str]) -> str:
    kept: list[str] = []
    for head, body in _rules(css):
        if head.startswith("@media"):
            inner = _without_unused(body, named)
            if inner:
                kept.append(f"{head}{{{inner}}}")
        elif head.startswith("@"):
            kept.append(f"{head}{{{body}}}")
        elif selectors := [one for one in _selectors(head) if _is_used(one, named)]:
            kept.append(f"{','.join(selectors)}{{{body}}}")
    return "".join(kept)


def _is_used(selector: str, named: frozenset[str]) -> bool:
    return all(_name(of_class) in named for of_class in _CLASS.findall(selector))


def _name(of_class: str) -> str:
    return of_class if of_class.startswith(_ICON) else _PART.split(of_class)[0]


def _selectors(head: str) -> Iterator[str]:
    """The selectors of a list; a comma inside brackets parts nothing."""
    depth = begin = 0
    for place, sign in enumerate(head):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield head[begin:place].strip()
            begin = place + 1
    yield head[begin:].strip()


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """(head, body) of each rule on this level. Braces inside quotes, as data addresses have, do not count."""
    depth = begin = body = 0
    quote = ""
    for place, sign in enumerate(css):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            depth += 1
            if depth == 1:
                body = place + 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield css[begin : body - 1].strip(), css[body:place]
                begin = place + 1
