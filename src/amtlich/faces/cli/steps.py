# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a person sees while things are set up: each step with its time."""

import shutil
import signal
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator
from types import FrameType

_WIDEST = 100
_NARROWEST = 60


class Steps:
    """Prints steps as they end, and remembers their seconds by key.

    Ctrl-C ends the step, or at the latest the next begin or end of one: an exception that a signal raises
    while Python collects garbage is lost without a trace, so that it is noted, too.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._broken_off = False
        signal.signal(signal.SIGINT, self._break_off)

    def _break_off(self, _signum: int, _frame: FrameType | None) -> None:
        self._broken_off = True
        raise KeyboardInterrupt

    def _go_on(self) -> None:
        if self._broken_off:
            raise KeyboardInterrupt

    def begin(self, title: str) -> None:
        """In a terminal, say what is going on until the step is done; a log gets finished steps only."""
        self._go_on()
        if sys.stdout.isatty():
            print(f"\r\033[K  … {title}", end="", flush=True)

    def done(self, key: str, title: str, seconds: float) -> None:
        self._go_on()
        self.seconds[key] = round(self.seconds.get(key, 0.0) + seconds, 2)
        say(f"  ✓ {title:<58}{seconds_de(seconds):>9}")


def say(text: str = "") -> None:
    # What `begin` left on the line goes.
    print(f"\r\033[K{text}" if sys.stdout.isatty() else text, flush=True)


def seconds_de(seconds: float) -> str:
    return f"{seconds:.1f} s".replace(".", ",")


def two_columns(rows: Iterable[tuple[str, str]], *, indent: int, width: int) -> Iterator[str]:
    """Lines that show a name of at most `width` and beside it a text, broken where the terminal ends."""
    columns = min(max(shutil.get_terminal_size((_WIDEST, 24)).columns, _NARROWEST), _WIDEST)
    for name, text in rows:
        shown = _shortened(name, width)
        gap = " " * (width - _columns(shown) + 1)
        first, *more = textwrap.wrap(text, columns - indent - width - 1) or [""]
        yield f"{' ' * indent}{shown}{gap}{first}"
        yield from (" " * (indent + width + 1) + line for line in more)


def _columns(text: str) -> int:
    """Places on the screen; a mark that stands on another letter needs none."""
    return sum(not unicodedata.combining(letter) for letter in text)


def _shortened(text: str, width: int) -> str:
    if _columns(text) <= width:
        return text
    kept = ""
    for letter in text:
        if _columns(kept + letter) > width - 1:
            break
        kept += letter
    return f"{kept}…"
