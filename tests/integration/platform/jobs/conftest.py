# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Tasks for these tests, registered as an app would register its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections

from amtlich.platform.jobs import registry


@contextmanager
def _without_traces() -> Iterator[None]:
    tasks, callbacks = dict(registry._tasks), dict(registry._parked)
    try:
        yield
    finally:
        registry._tasks.clear()
        registry._tasks.update(tasks)
        registry._parked.clear()
        registry._parked.update(callbacks)


@pytest.fixture
def task() -> Iterator[Callable[..., str]]:
    """``task(function, **options)`` registers it for this test and returns its name."""

    def register(function: Callable[..., Any], name: str = "test.task", **options: Any) -> str:
        registry.task(name=name, **options)(function)
        return name

    with _without_traces():
        yield register


@pytest.fixture
def rows() -> Callable[[str], list[tuple[Any, ...]]]:
    """Look into a table as the app role."""

    def look(query: str) -> list[tuple[Any, ...]]:
        with connections["default"].cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    return look


@pytest.fixture
def due() -> Callable[[], None]:
    """Make every waiting job due now, so that no test waits for a pause."""

    def make() -> None:
        with connections["default"].cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")

    return make
