# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A room of its own for reading files of strangers: a child process with limits, killed when it is late.

The file goes through a pipe, so nothing of it is ever on disk. Few may read at once, and few more may
wait: checking strangers' files must never take the threads that carry the portal.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import amtlich
from amtlich.contexts.proofs.errors import TooManyChecks
from amtlich.engines.documents.inspection import Inspection, assembled

WALL_SECONDS = 20.0  # the processor time is limited inside; this ends a child that sleeps or is starved
_AT_ONCE = 2
_IN_THE_HOUSE = 4

_reading = threading.BoundedSemaphore(_AT_ONCE)
_inside = threading.BoundedSemaphore(_IN_THE_HOUSE)
_COMMAND = (sys.executable, "-B", "-m", "amtlich.engines.documents.inspection")
# Nothing of our environment: the child needs no address, no key and no home.
_ENVIRONMENT = {"PYTHONPATH": str(Path(amtlich.__file__).parents[1]), "PATH": "", "LANG": "C.UTF-8"}


def inspect(pdf: bytes) -> Inspection:
    """What the file says of itself, as far as it could be read within the limits.

    Raises ``TooManyChecks`` at once when the house is full.
    """
    if not _inside.acquire(blocking=False):
        raise TooManyChecks
    try:
        with _reading:
            return assembled(_read(pdf))
    finally:
        _inside.release()


def _read(pdf: bytes) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, without a shell
            _COMMAND,
            input=pdf,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a reader's complaint may quote the file
            timeout=WALL_SECONDS,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return late.stdout or b""
    return done.stdout
