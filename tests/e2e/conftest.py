# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A running demonstration and a real browser.

The site is the product as people start it: ``amtlich demo`` in a home of its own. Its database is the
embedded one, so these tests also hold what the demonstration promises.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.e2e import audit
from tests.e2e.visitor import Visitor

_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE = 180.0


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """Where the demonstration lives; ``E2E_HOME`` names that of one that runs already."""
    if given := os.environ.get("E2E_HOME"):
        yield Path(given)
        return
    made = Path(tempfile.mkdtemp(prefix="amtlich-e2e-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


def _surroundings(home: Path) -> dict[str, str]:
    """The environment of a program that belongs to the demonstration, not to the tests' own database."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AMTLICH_")}
    if "AMTLICH_PG" in os.environ:
        kept["AMTLICH_PG"] = os.environ["AMTLICH_PG"]
    return {**kept, "AMTLICH_HOME": str(home), "PYTHONPATH": str(_ROOT / "src"), "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="session")
def site(home: Path) -> Iterator[str]:
    """The address of a demonstration that has carried its first application through.

    ``E2E_SITE`` names one that runs already, for work on pages.
    """
    running = os.environ.get("E2E_SITE")
    if running:
        yield running.rstrip("/")
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "amtlich", "demo"],
        cwd=_ROOT,
        env=_surroundings(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        yield _address_of(process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="session")
def amtlich(site: str, home: Path) -> Callable[..., str]:
    """The command line of the running demonstration: ``amtlich("service", "list")``."""

    def run(*arguments: str) -> str:
        told = subprocess.run(
            [sys.executable, "-m", "amtlich", *arguments],
            cwd=_ROOT,
            # As the demonstration itself: what is published needs no second person there.
            env={**_surroundings(home), "AMTLICH_MODE": "demo"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        return told.stdout

    return run


@pytest.fixture(scope="session")
def office(amtlich: Callable[..., str]) -> Callable[..., str]:
    """What a person of the office does from the command line: ``office("ask", token, ...)``."""
    return lambda command, token, *options: amtlich("case", command, token, "--as", "Derya Kaya", *options)


def _address_of(process: "subprocess.Popen[str]") -> str:
    """Read what the demonstration says until it names its address."""
    assert process.stdout is not None
    told: list[str] = []
    deadline = threading.Timer(_PATIENCE, process.kill)
    deadline.start()
    try:
        for line in process.stdout:
            told.append(line)
            if line.strip().startswith("Portal:"):
                # The rest is read on, so that the demonstration never waits for a full pipe.
                threading.Thread(target=process.stdout.read, daemon=True).start()
                return line.split()[-1].rstrip("/")
    finally:
        deadline.cancel()
    pytest.fail("The demonstration did not start:\n" + "".join(told))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Missing, the tests fail: nothing is skipped silently."""
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def visitor(site: str, browser: Browser) -> Iterator[Visitor]:
    """A person with a fresh browser window of 1280 px and JavaScript."""
    with Visitor(browser, site) as fresh:
        yield fresh


def pytest_sessionfinish() -> None:
    """The end of ``./amtlich test accessibility``: what was seen is written down for the statement."""
    if audit.wanted():
        audit.write()
