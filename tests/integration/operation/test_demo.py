# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich demo`: what the README promises, tried from an empty folder."""

import json
import socket
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from tests.integration.operation.programs import Program, alive, children, environment, run
from tests.integration.supervisor.waiting import eventually

Outcome = dict[str, object]
pytestmark = pytest.mark.timeout(300)  # set-up by set-up, on a busy machine


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    return closed / "home"


@pytest.fixture(scope="module")
def outcome(home: Path) -> Outcome:
    """What the first `amtlich demo --once` says of itself in its last line."""
    done = run(environment(home), "demo", "--once")
    assert done.returncode == 0, done
    return dict(json.loads(done.stdout.splitlines()[-1]))


def test_its_last_line_names_case_times_document_and_code(outcome: Outcome) -> None:
    assert list(outcome) == ["case", "seconds", "pdf", "verify_code"]
    seconds = outcome["seconds"]
    assert isinstance(seconds, dict)
    assert list(seconds) == ["environment", "database", "fonts", "town", "submit_to_document", "total"]
    assert Path(str(outcome["pdf"])).read_bytes().startswith(b"%PDF-")
    code = str(outcome["verify_code"])
    assert len(code) == 14
    assert code.count("-") == 2


def test_a_second_start_continues_with_the_same_data_and_ends_on_request(
    home: Path, outcome: Outcome
) -> None:
    with Program(environment(home), "demo") as demo:
        base = demo.until("Portal:").split()[-1]
        demo.until("Beenden mit Strg+C")
        with urllib.request.urlopen(f"{base}/api/v1/verifications/{outcome['verify_code']}") as answer:
            assert json.load(answer)["state"] == "valid"
        numbers = children(demo.process.pid)
        assert set(numbers) == {"database", "web", "worker"}
        assert demo.end() == 0
        assert "Daten bleiben" in demo.said[-1]
    assert not any(alive(number) for number in numbers.values())


def test_a_second_demonstration_in_the_same_home_is_one_sentence(home: Path, outcome: Outcome) -> None:
    with Program(environment(home), "demo") as demo:
        demo.until("Datenbank: ")
        done = run(environment(home), "demo", "--once")
        assert done.returncode == 2
        assert "läuft Amtlich schon" in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
        demo.until("Beenden mit Strg+C")
        assert demo.end() == 0


def test_two_homes_run_side_by_side_on_ports_of_their_own(
    home: Path, outcome: Outcome, tmp_path: Path
) -> None:
    with (
        Program(environment(home), "demo") as first,
        Program(environment(tmp_path / "other"), "demo") as second,
    ):
        bases = {demo.until("Portal:").split()[-1] for demo in (first, second)}
        assert len(bases) == 2
        for base in bases:
            with urllib.request.urlopen(f"{base}/leistungen/") as page:
                assert "Meldebescheinigung" in page.read().decode()
        first.end()
        second.end()


def test_a_named_port_that_is_taken_is_one_sentence_and_nothing_starts(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        done = run(environment(tmp_path / "home"), "demo", "--once", "--port", str(port))
    assert done.returncode == 2
    assert f"Port {port} ist schon belegt" in done.stderr
    assert not (tmp_path / "home" / "database").exists()


def test_killed_outright_it_leaves_no_process(home: Path, outcome: Outcome) -> None:
    with Program(environment(home), "demo") as demo:
        demo.until("Beenden mit Strg+C")
        numbers = children(demo.process.pid)
        demo.process.kill()
        demo.process.wait()
        eventually(lambda: not any(alive(number) for number in numbers.values()))
