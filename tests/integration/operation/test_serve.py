# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The production form refuses what is not safe, each time with a sentence that says what to do."""

from pathlib import Path

import pytest
from tests.integration.operation.programs import environment, run

_GOOD = {
    "AMTLICH_SECRET_KEY": "pV7d_3kQ9zXw-Lr2sT8uYb4NcMf6HgJ1aEoIiRqUxZsWvKtDyBnCmPlOj",
    "AMTLICH_HOSTS": "amt.example",
    "AMTLICH_PUBLIC_URL": "https://amt.example",
    "AMTLICH_TRUSTED_PROXIES": "10.0.0.5",
}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"AMTLICH_SECRET_KEY": ""}, "AMTLICH_SECRET_KEY fehlt"),
        ({"AMTLICH_SECRET_KEY": "kurz"}, "AMTLICH_SECRET_KEY ist zu kurz"),
        ({"AMTLICH_SECRET_KEY": "a" * 80}, "AMTLICH_SECRET_KEY ist zu kurz oder zu eintönig"),
        (
            {"AMTLICH_SECRET_KEY": "bitte-aendern-change-me-0123456789-abcdefghijklmnop"},
            "nach einem Platzhalter",
        ),
        ({"AMTLICH_HOSTS": ""}, "AMTLICH_HOSTS fehlt"),
    ],
)
def test_serve_refuses_an_unsafe_setting(changes: dict[str, str], sentence: str, tmp_path: Path) -> None:
    done = run(environment(tmp_path / "home", **{**_GOOD, **changes}), "serve")
    assert done.returncode == 2
    assert sentence in done.stdout
    assert "So darf Amtlich nicht starten" in done.stderr
    assert not (tmp_path / "home").exists()


@pytest.mark.root
@pytest.mark.parametrize("command", ["serve", "web", "worker"])
def test_no_role_runs_as_root_in_production(command: str, tmp_path: Path) -> None:
    done = run(environment(tmp_path / "home", **_GOOD), command)
    assert done.returncode == 2
    assert "läuft im Betrieb nicht als root" in done.stdout


def test_check_ends_with_one_as_long_as_something_grave_is_left(tmp_path: Path) -> None:
    done = run(environment(tmp_path / "home", AMTLICH_PROT="1"), "check")
    assert done.returncode == 1
    assert "• AMTLICH_PROT: Diese Einstellung gibt es nicht. Meinten Sie AMTLICH_PORT?" in done.stdout
    assert "✗ AMTLICH_HOSTS fehlt" in done.stdout


def test_a_secret_that_others_may_read_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(_GOOD["AMTLICH_SECRET_KEY"])
    secret.chmod(0o644)
    settings = {**_GOOD, "AMTLICH_SECRET_KEY": "", "AMTLICH_SECRET_KEY_FILE": str(secret)}
    done = run(environment(tmp_path / "home", **settings), "check")
    assert done.returncode == 1
    assert f"chmod 600 {secret}" in done.stdout


@pytest.mark.root
def test_a_full_disk_is_one_sentence_of_the_demonstration(small_disk: Path) -> None:
    done = run(environment(small_disk / "home"), "demo", "--once")
    assert done.returncode == 2
    assert "kein Platz mehr" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("command", [["service", "list"], ["migrate"]])
def test_what_needs_a_database_says_so_without_one(command: list[str], tmp_path: Path) -> None:
    done = run(environment(tmp_path / "home"), *command)
    assert done.returncode == 2
    assert done.stderr.startswith("Amtlich: ")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_service_package_that_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    done = run(environment(tmp_path / "home"), "service", "check", str(tmp_path / "nirgends"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "nirgends" in done.stdout
