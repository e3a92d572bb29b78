# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the browser tests have seen of accessibility, kept for the statement at /barrierefreiheit/.

With ``E2E_WRITE_ACCESSIBILITY=1`` every look of a ``Visitor`` is noted, and the end of the run writes
``results.json`` beside the portal: so the statement says what was really looked at. Start it with
``./amtlich test accessibility``.
"""

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from amtlich import __version__

RESULTS = Path(__file__).parents[2] / "src/amtlich/faces/portal/accessibility_data/results.json"
#: Pages that answer at no address of ours, error pages mostly.
ELSEWHERE = ("error", "…")


@dataclass
class _Kind:
    address: str
    visits: Counter[str] = field(default_factory=Counter)
    violations: int = 0


_kinds: dict[str, _Kind] = {}
_rules: set[str] = set()
_windows: set[int] = set()
_tool = ""


def wanted() -> bool:
    """Whether looks are noted in this run."""
    return bool(os.environ.get("E2E_WRITE_ACCESSIBILITY"))


def note(url: str, form: str, width: int, *, tool: str, violations: int, rules_passed: list[str]) -> None:
    """One look at one page of the portal; the statement is not about the pages of the office."""
    global _tool
    if urlsplit(url).path.startswith("/amt/"):
        return
    name, address = kind_of(url)
    kind = _kinds.setdefault(name, _Kind(address))
    kind.visits[form] += 1
    kind.violations += violations
    _rules.update(rules_passed)
    _windows.add(width)
    _tool = tool


def kind_of(url: str) -> tuple[str, str]:
    """The name of the address and how people see it, "…" standing for what differs."""
    try:
        found = resolve(urlsplit(url).path)
    except Resolver404:
        return ELSEWHERE
    parts = ["…" if part.startswith("<") else part for part in found.route.split("/")]
    return found.url_name or ELSEWHERE[0], "/" + "/".join(parts)


def write() -> Path | None:
    """Put down what was seen; None if nothing was."""
    if not _kinds:
        return None
    told = {
        "version": __version__,
        "date": date.today().isoformat(),  # noqa: DTZ011 (the day on which this machine looked)
        "tool": _tool,
        "windows": [f"{width} px" for width in sorted(_windows, reverse=True)],
        "rules_passed": sorted(_rules),
        "pages": {
            name: {
                "address": kind.address,
                "visits": dict(sorted(kind.visits.items())),
                "violations": kind.violations,
            }
            for name, kind in sorted(_kinds.items())
        },
    }
    RESULTS.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return RESULTS
