# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The rules engine against the DMN Technology Compatibility Kit, strictly: an exception is a failure.

The floors are what the engine has reached; they only ever rise. No case is treated in a way of its own.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

from amtlich.engines.rules import tck
from amtlich.faces.cli.rules import rates

_DATA = Path(os.environ.get("AMTLICH_SHARED") or Path(__file__).resolve().parents[3] / "shared" / "data")
#: Level: share of all cases, and of those that expect something else than null.
_FLOORS = {"level-2": (1.0, 1.0), "level-3": (0.992, 0.987)}


@pytest.fixture(scope="module")
def counts() -> Counter[tuple[str, bool, bool]]:
    kit = _DATA / "dmn-tck"
    if not kit.is_dir():
        pytest.fail(f"The kit is missing: put the DMN TCK into {kit}, or name its parent in AMTLICH_SHARED.")
    return Counter((result.level, result.passed, result.all_null) for result in tck.run(kit))


@pytest.mark.parametrize("level", _FLOORS)
def test_rate_of_a_level(counts: Counter[tuple[str, bool, bool]], level: str) -> None:
    found = rates(counts, level)
    print(f"{level}: {found}")
    assert found["total"] > 100
    all_cases, non_null = _FLOORS[level]
    assert found["passed"] >= all_cases * found["total"]
    assert found["passed_non_null"] >= non_null * found["total_non_null"]
