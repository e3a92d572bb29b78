# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The gate's kill test: a hundred applications, five kills, nothing lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.timeout(600)
def test_no_receipt_is_lost_under_five_kills():
    """In a process of its own: the run needs a database of its own, and the main thread."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMTLICH_")}
    if "AMTLICH_PG" in os.environ:
        kept["AMTLICH_PG"] = os.environ["AMTLICH_PG"]
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.survival", "--submissions", "100", "--kills", "5", "--seed", "1"],
        cwd=_ROOT,
        env={**kept, "PYTHONPATH": str(_ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-6000:]
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["acknowledged"] >= 85
    assert figures["kills"] == 5
    assert (figures["lost"], figures["duplicates"], figures["without_outcome"]) == (0, 0, 0)
    assert figures["longest_gap_s"] <= 30
