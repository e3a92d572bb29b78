# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich rules`: the rules engine against an outside test kit."""

import argparse
import json
from collections import Counter

from amtlich.engines.rules import tck
from amtlich.faces.cli.steps import say
from amtlich.kernel.errors import BadInput


def run_tck(chosen: argparse.Namespace) -> int:
    """Run every case of a kit; the last line is JSON. Exit status 1 if the folder holds no case."""
    if not chosen.folder.is_dir():
        raise BadInput(f"{chosen.folder} ist kein Ordner. Nennen Sie den Ordner des DMN-Prüfsatzes.")
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for result in tck.run(chosen.folder):
        counts[result.level, result.passed, result.all_null] += 1
        if not result.passed and chosen.failures:
            say(f"{result.level} {result.name}: {result.why}")
    say(json.dumps({level: rates(counts, level) for level in sorted({key[0] for key in counts})}))
    return 0 if counts else 1


def rates(counts: Counter[tuple[str, bool, bool]], level: str) -> dict[str, int]:
    """Passed and total of a level, with and without the cases that expect nothing but null."""

    def number(*, passed: tuple[bool, ...], null: tuple[bool, ...]) -> int:
        return sum(counts[level, way, kind] for way in passed for kind in null)

    both = (True, False)
    return {
        "passed": number(passed=(True,), null=both),
        "total": number(passed=both, null=both),
        "passed_non_null": number(passed=(True,), null=(False,)),
        "total_non_null": number(passed=both, null=(False,)),
    }
