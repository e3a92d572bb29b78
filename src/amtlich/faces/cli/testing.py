# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich test`: every check there is, in one list, with progress and one verdict.

`./amtlich test` has installed the Python packages; what tests need from Debian is installed here where
that may be done, and else named. Nothing that is missing is skipped.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from amtlich.faces.cli.steps import say, seconds_de
from amtlich.kernel.errors import AmtlichError
from amtlich.platform.settings.config import set_environment
from amtlich.platform.supervisor import tools

ROOT = Path(__file__).resolve().parents[4]
_PYTHON = sys.executable
_PYTEST = (_PYTHON, "-m", "pytest", "-q", "-rs", "--durations=5")
# Most tests wait more than they reckon: two at a time, each file whole on one of two databases.
_BY_TWO = (*_PYTEST, "-n", "2", "--dist", "loadfile")


class TestsRefused(AmtlichError):
    """The tests cannot run here; the message says what is missing."""

    __test__ = False


@dataclass(frozen=True)
class Phase:
    """One check: its name for people and the command, run in the repository's folder."""

    name: str
    command: Sequence[str]
    needs: Sequence[str] = ()


#: Program looked for, and Debian's package that brings it.
PACKAGES = {"chromium": "chromium", "pdfsig": "poppler-utils", "faketime": "faketime", "curl": "curl"}

GATE = (
    Phase("Stil", (_PYTHON, "-m", "ruff", "check", ".")),
    Phase("Form", (_PYTHON, "-m", "ruff", "format", "--check", ".")),
    Phase("Typen", (_PYTHON, "-m", "mypy")),
    Phase(
        "Mauern des Hauses",
        (_PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()"),
    ),
    Phase("Lizenzen", (_PYTHON, "-m", "reuse", "lint", "--quiet")),
    Phase("Migrationen", (_PYTHON, "-m", "amtlich", "test", "migrations")),
    Phase("Unit", (*_BY_TWO, "tests/unit", "-m", "not long")),
    Phase("Integration", (*_BY_TWO, "tests/integration", "-m", "not long"), ("pdfsig", "curl")),
    Phase("Verträge und Überleben", (*_BY_TWO, "tests/contract", "tests/survival", "-m", "not long")),
    Phase("Browser", (*_BY_TWO, "tests/e2e", "-m", "not long"), ("chromium", "pdfsig")),
)
CONFORMANCE = (Phase("Fremde Prüfwerkzeuge", (*_PYTEST, "-s", "tests/conformance"), ("chromium", "pdfsig")),)
LONG = (Phase("Lange Fehlertests", (*_BY_TWO, "tests", "-m", "long"), ("chromium", "pdfsig", "faketime")),)
# The browser tests that come to every page: what they see is written down for the accessibility statement.
_LOOKS = ("test_accessibility.py", "test_around.py", "test_login.py", "test_newer_form.py")
ACCESSIBILITY = (
    Phase(
        "Barrierefreiheit",
        # One after the other: what was seen is put together in one process.
        ("env", "E2E_WRITE_ACCESSIBILITY=1", *_PYTEST, *(f"tests/e2e/{name}" for name in _LOOKS)),
        ("chromium", "pdfsig"),
    ),
)
SUITES = {"gate": GATE, "conformance": CONFORMANCE, "long": LONG, "accessibility": ACCESSIBILITY}


def test(chosen: argparse.Namespace) -> int:
    """Run a suite, or the named test files; exit status 0 only if everything passed."""
    if not (ROOT / "tests").is_dir():
        raise TestsRefused(
            "Die Tests liegen nur im Quellverzeichnis; bitte rufen Sie dort ./amtlich test auf."
        )
    what = list(chosen.what) or ["gate"]
    if what == ["migrations"]:
        return _check_migrations()
    if what[0] in SUITES and len(what) == 1:
        phases = [phase for phase in SUITES[what[0]] if _has_tests(phase)]
        if not phases:
            say(f"Zu „{what[0]}“ gibt es noch keine Tests; geprüft wurde nichts.")
            return 0
    else:
        files = [os.path.relpath(Path(name).resolve(), ROOT) if Path(name.split("::")[0]).exists() else name
                 for name in what]  # fmt: skip
        whole_folders = all(Path(name).is_dir() for name in what)
        phases = [Phase("Ausgewählte Tests", (*(_BY_TWO if whole_folders else _PYTEST), *files), ())]
    _install_missing(sorted({need for phase in phases for need in phase.needs}))
    return _run(phases)


test.__test__ = False  # type: ignore[attr-defined]  # a command, not a test


def _has_tests(phase: Phase) -> bool:
    """Whether the repository holds tests for this phase; a folder that a later issue brings is none yet."""
    named = [ROOT / part for part in phase.command if part.startswith("tests")]
    files = [file for one in named for file in ([one] if one.is_file() else one.rglob("test_*.py"))]
    if phase in LONG:
        return any("mark.long" in file.read_text(encoding="utf-8") for file in files)
    return not named or bool(files)


def _run(phases: Sequence[Phase]) -> int:
    began = time.monotonic()
    results: list[tuple[Phase, int, float]] = []
    for number, phase in enumerate(phases, 1):
        say(f"\n── {number} von {len(phases)}: {phase.name}")
        started = time.monotonic()
        status = tools.run(phase.command, cwd=ROOT, env={"PYTHONUNBUFFERED": "1"})
        results.append((phase, status, time.monotonic() - started))
    say()
    for phase, status, seconds in results:
        say(f"  {'✓' if status == 0 else '✗'} {phase.name:<40}{seconds_de(seconds):>10}")
    failed = [phase.name for phase, status, _ in results if status != 0]
    total = seconds_de(time.monotonic() - began)
    say(f"  {'Nicht bestanden: ' + ', '.join(failed) if failed else 'Alles bestanden'} ({total})")
    return 1 if failed else 0


def _install_missing(programs: Sequence[str]) -> None:
    packages = [PACKAGES[name] for name in programs if shutil.which(name) is None]
    if not packages:
        return
    by_hand = f"sudo apt-get update && sudo apt-get install {' '.join(packages)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise TestsRefused(f"Für die Tests fehlt: {', '.join(packages)}. Bitte geben Sie ein: {by_hand}")
    say(f"Es fehlt {', '.join(packages)}; es wird installiert.")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update", "-q"),
                    ("apt-get", "install", "-q", "--yes", "--no-install-recommends", *packages)):  # fmt: skip
        if tools.run(command, cwd=ROOT, env=quiet) != 0:
            raise TestsRefused(
                f"{', '.join(packages)} ließ sich nicht installieren. Bitte geben Sie ein: {by_hand}"
            )


def _check_migrations() -> int:
    """Every model of ours is as its migrations leave it, and none destroys data. Needs no database."""
    from amtlich.faces.cli import django_setup

    set_environment({"AMTLICH_MODE": "test"})
    django_setup.set_up()
    from amtlich.faces.cli.migration_check import findings

    found = findings()
    for sentence in found:
        say(sentence)
    return 1 if found else 0
