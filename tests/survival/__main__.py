# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""``python -m tests.survival --submissions 100 --kills 5 --seed 1``: the kill test at any size.

Progress and faults on standard error; the last line on standard output is one line of JSON. Ends with 0
only if every promise was kept.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.survival.campaign import survive


def main() -> int:
    """Run and report."""
    parser = argparse.ArgumentParser(prog="python -m tests.survival", description=__doc__)
    parser.add_argument("--submissions", type=int, default=100)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--home", type=Path, help="keep everything in this (empty) folder")
    chosen = parser.parse_args()
    verdict = survive(
        chosen.submissions, chosen.kills, chosen.seed, home=chosen.home, say=lambda text: _tell(f"  {text}")
    )
    for fault in verdict.faults:
        _tell(f"FAULT {fault}")
    sys.stdout.write(verdict.line() + "\n")
    return 1 if verdict.faults else 0


def _tell(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    raise SystemExit(main())
