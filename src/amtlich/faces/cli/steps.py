# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a person sees while things are set up: each step with its time."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Steps:
    """Prints steps as they end, and remembers their seconds by key."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, key: str, title: str) -> Iterator[None]:
        """Time the block under `key` and print `title` when it is through."""
        began = time.monotonic()
        yield
        self.done(key, title, time.monotonic() - began)

    def done(self, key: str, title: str, seconds: float) -> None:
        self.seconds[key] = round(self.seconds.get(key, 0.0) + seconds, 2)
        say(f"  ✓ {title:<58}{seconds_de(seconds):>9}")


def say(text: str = "") -> None:
    print(text, flush=True)


def seconds_de(seconds: float) -> str:
    return f"{seconds:.1f} s".replace(".", ",")
