# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich demo`: what the README promises, tried from an empty folder."""

import http.client
import json
import signal
import socket
import urllib.parse
from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def base(home: Path, outcome: Outcome) -> Iterator[str]:
    """The address of a second start in the same home, which runs beside the tests."""
    with Program(environment(home), "demo") as demo:
        address = demo.until("Portal:").split()[-1]
        demo.until("Beenden mit Strg+C")
        yield address
        assert demo.end() == 0
        assert "Daten bleiben" in demo.said[-1]


def ask(base: str, path: str, *, host: str = "", address: str = "") -> tuple[int, str, str]:
    """Status, place it leads to, and text; `host`: the name a browser would send, `address`: where to."""
    port = urllib.parse.urlsplit(base).port
    name = urllib.parse.urlsplit(base).hostname
    with closing(http.client.HTTPConnection(address or "127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": f"{host or name}:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read().decode()


def test_its_last_line_names_case_times_document_and_code(outcome: Outcome) -> None:
    assert list(outcome) == ["case", "seconds", "pdf", "verify_code"]
    seconds = outcome["seconds"]
    assert isinstance(seconds, dict)
    assert list(seconds) == ["environment", "database", "fonts", "town", "submit_to_document", "total"]
    assert Path(str(outcome["pdf"])).read_bytes().startswith(b"%PDF-")
    code = str(outcome["verify_code"])
    assert len(code) == 14
    assert code.count("-") == 2


def test_a_second_start_continues_with_the_same_data(base: str, outcome: Outcome) -> None:
    status, _, text = ask(base, f"/api/v1/verifications/{outcome['verify_code']}")
    assert (status, json.loads(text)["state"]) == (200, "valid")


def test_the_numeric_address_leads_to_localhost(base: str) -> None:
    status, place, _ = ask(base, "/leistungen/?a=1", host="127.0.0.1")
    assert (status, place) == (307, f"{base}/leistungen/?a=1")


def test_the_second_authority_answers_under_its_own_name(base: str) -> None:
    assert "Kleinstadt" in ask(base, "/", host="kleinstadt.localhost")[2]
    assert "Musterstadt" in ask(base, "/")[2]
    assert ask(base, "/", host="anderswo.example")[0] == 404


def test_a_second_demonstration_in_the_same_home_is_one_sentence(home: Path, base: str) -> None:
    done = run(environment(home), "demo", "--once")
    assert done.returncode == 2
    assert "läuft Amtlich schon" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert ask(base, "/")[0] == 200


def test_broken_off_half_way_it_leaves_no_process_and_the_next_start_goes_on_beside_another(
    base: str, tmp_path: Path
) -> None:
    env = environment(tmp_path / "other")
    with Program(env, "demo", "--once") as broken_off:
        broken_off.until("Datenbank: ")
        numbers = children(broken_off.process.pid)
        assert broken_off.end() == 130, broken_off.said
        assert "Abgebrochen." in broken_off.said
    assert "database" in numbers
    eventually(lambda: not any(alive(number) for number in numbers.values()))
    with Program(env, "demo", "--listen", "127.0.0.2") as second:
        there = second.until("Portal:").split()[-1]
        in_the_net = second.until("Im Netz:").split()[-1]
        second.until("Beenden mit Strg+C")
        assert there != base
        assert in_the_net == there.replace("localhost", "127.0.0.2")
        assert any("Vorsicht" in line for line in second.said)
        for address in (there, in_the_net):
            name = urllib.parse.urlsplit(address).hostname or ""
            status, _, text = ask(address, "/leistungen/", address=name)
            assert status == 200
            assert "Meldebescheinigung" in text
        assert second.end(signal.SIGTERM) == 0


def test_a_named_port_that_is_taken_is_one_sentence_and_nothing_starts(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        done = run(environment(tmp_path / "home"), "demo", "--once", "--port", str(port))
    assert done.returncode == 2
    assert f"Port {port} ist schon belegt" in done.stderr
    assert not (tmp_path / "home" / "database").exists()


@pytest.mark.long
def test_killed_outright_it_leaves_no_process_and_the_next_start_goes_on(tmp_path: Path) -> None:
    env = environment(tmp_path / "home")
    with Program(env, "demo") as demo:
        code = demo.until("Prüfcode:").split()[-1]
        demo.until("Beenden mit Strg+C")
        numbers = children(demo.process.pid)
        assert set(numbers) == {"database", "web", "worker"}
        demo.process.kill()
        demo.process.wait()
        eventually(lambda: not any(alive(number) for number in numbers.values()))
    with Program(env, "demo") as demo:
        address = demo.until("Portal:").split()[-1]
        assert json.loads(ask(address, f"/api/v1/verifications/{code}")[2])["state"] == "valid"
        numbers = children(demo.process.pid)
        assert demo.end() == 0
    assert not any(alive(number) for number in numbers.values())
