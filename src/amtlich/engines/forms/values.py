# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading and writing values inside nested answers, without ever changing the original."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amtlich.engines.forms.model import Data


def get(data: Data, path: tuple[str, ...]) -> Any:
    """The value at ``path``; None where it, or a group on the way, is missing."""
    value: Any = data
    for name in path:
        if not isinstance(value, Mapping):
            return None
        value = value.get(name)
    return value


def put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    """Set the value at ``path`` in ``data``, which must be a copy made by ``copied``."""
    target = data
    for name in path[:-1]:
        inner = target.get(name)
        if not isinstance(inner, dict):
            inner = {}
            target[name] = inner
        target = inner
    target[path[-1]] = value


def drop(data: dict[str, Any], path: tuple[str, ...]) -> None:
    """Remove the value at ``path`` and every group that is empty afterwards."""
    if len(path) == 1:
        data.pop(path[0], None)
        return
    inner = data.get(path[0])
    if not isinstance(inner, dict):
        # A group that is no group holds no answer; leaving it would keep a trace of it.
        data.pop(path[0], None)
        return
    drop(inner, path[1:])
    if not inner:
        del data[path[0]]


def copied(data: Data) -> dict[str, Any]:
    """A copy whose groups can be changed without touching the original."""
    return {key: copied(value) if isinstance(value, Mapping) else value for key, value in data.items()}


def is_empty(value: Any) -> bool:
    """Whether a value counts as no answer."""
    return value is None or value == "" or value == []
