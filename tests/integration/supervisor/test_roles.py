# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Roles that die come back; a supervisor that ends, in whatever way, leaves nothing behind."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.integration.supervisor.waiting import eventually

from amtlich.platform.supervisor.roles import Role, Supervisor

_SLEEPER = [sys.executable, "-c", "import signal; signal.pause()"]


class Running:
    """A supervisor whose loop runs in the main thread while the test's steps run beside it."""

    def __init__(self, *roles: Role) -> None:
        self.alarms: list[str] = []
        self.supervisor = Supervisor(roles, alarm=self.alarms.append)
        self._failures: list[BaseException] = []

    def while_it_runs(self, steps: Callable[["Running"], None]) -> None:
        def beside() -> None:
            try:
                steps(self)
            except BaseException as failure:  # noqa: BLE001 - raised again in the main thread
                self._failures.append(failure)
            finally:
                self.supervisor.stop()

        thread = threading.Thread(target=beside)
        self.supervisor.run(when_started=thread.start)
        thread.join()
        if self._failures:
            raise self._failures[0]

    def kill(self, name: str) -> int:
        """Kill the role as soon as it runs, return the number it had."""
        eventually(lambda: self.supervisor.pid(name) is not None)
        number = self.supervisor.pid(name)
        assert number is not None
        os.kill(number, signal.SIGKILL)
        eventually(lambda: self.supervisor.pid(name) != number)
        return number


def sleeper(name: str, **options: object) -> Role:
    return Role(name, _SLEEPER, os.environ, **options)  # type: ignore[arg-type]


def test_a_role_killed_twice_in_a_row_is_back_and_the_other_never_left() -> None:
    running = Running(sleeper("web"), sleeper("worker"))

    def steps(running: Running) -> None:
        eventually(lambda: running.supervisor.pid("worker") is not None)
        other = running.supervisor.pid("worker")
        for _ in range(2):
            running.kill("web")
        eventually(lambda: running.supervisor.pid("web") is not None)
        assert running.supervisor.pid("worker") == other
        assert running.alarms == []

    running.while_it_runs(steps)


def test_asking_for_a_role_from_outside_leaves_its_end_to_the_loop() -> None:
    """Two who reap at once: the loop was told "alive" of a dead role and slept on."""
    supervisor = Supervisor([sleeper("web")])
    with subprocess.Popen(_SLEEPER) as process:
        supervisor._processes["web"] = process
        assert supervisor.pid("web") == process.pid
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it has ended, nobody has reaped it
        supervisor.pid("web")
        assert process.returncode is None
        process.wait()
        assert supervisor.pid("web") is None


def test_the_third_end_within_a_minute_is_an_alarm() -> None:
    running = Running(sleeper("web"))

    def steps(running: Running) -> None:
        for _ in range(3):
            running.kill("web")
        eventually(lambda: bool(running.alarms))
        assert "3 Mal ausgefallen" in running.alarms[0]

    running.while_it_runs(steps)


def test_whoever_must_know_is_told_the_number_of_a_dead_process() -> None:
    told: list[int] = []
    running = Running(sleeper("worker", when_dead=told.append))

    def steps(running: Running) -> None:
        dead = running.kill("worker")
        eventually(lambda: bool(told))
        assert told == [dead]

    running.while_it_runs(steps)


def test_an_error_in_telling_does_not_keep_the_role_down() -> None:
    def fails(pid: int) -> None:
        raise ConnectionError("database is down too")

    running = Running(sleeper("worker", when_dead=fails))

    def steps(running: Running) -> None:
        dead = running.kill("worker")
        eventually(lambda: running.supervisor.pid("worker") not in (None, dead))

    running.while_it_runs(steps)


def test_a_telling_that_waits_for_the_database_does_not_keep_anything_down() -> None:
    """It waits for what only the supervisor can bring back: both would wait for ever."""
    back = threading.Event()
    running = Running(sleeper("worker", when_dead=lambda pid: back.wait(60) and None), sleeper("web"))

    def steps(running: Running) -> None:
        for name in ("worker", "web"):
            dead = running.kill(name)
            eventually(lambda: running.supervisor.pid(name) not in (None, dead))  # noqa: B023
        back.set()

    running.while_it_runs(steps)


def test_a_program_that_cannot_start_is_tried_again_and_hurts_no_other(tmp_path: Path) -> None:
    program = tmp_path / "later"
    running = Running(sleeper("web"), Role("worker", [sys.executable, str(program)], os.environ))

    def steps(running: Running) -> None:
        eventually(lambda: bool(running.alarms))
        assert running.supervisor.pid("web") is not None
        program.write_text("import signal; signal.pause()")
        eventually(lambda: running.supervisor.pid("worker") is not None)

    running.while_it_runs(steps)


def test_a_role_that_ignores_the_request_to_end_is_killed() -> None:
    stubborn = [sys.executable, "-c", textwrap.dedent(
        """
        import signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            signal.pause()
        """
    )]  # fmt: skip
    running = Running(Role("web", stubborn, os.environ, grace=0.2))
    numbers: list[int] = []

    def steps(running: Running) -> None:
        eventually(lambda: running.supervisor.pid("web") is not None)
        numbers.append(running.supervisor.pid("web") or 0)

    running.while_it_runs(steps)
    assert not Path(f"/proc/{numbers[0]}").exists()


@pytest.fixture
def program(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A supervisor in a process of its own, over a cluster and two roles; says their numbers when all run."""
    source = textwrap.dedent(
        """
        import os, pathlib, sys
        from amtlich.platform.supervisor.cluster import Cluster
        from amtlich.platform.supervisor.roles import Role, Supervisor
        sleeper = [sys.executable, "-c", "import signal; signal.pause()"]
        cluster = Cluster(pathlib.Path(sys.argv[1]), preference=os.environ.get("AMTLICH_PG"))
        cluster.start()
        roles = [Role(name, sleeper, os.environ) for name in ("web", "worker")]
        supervisor = Supervisor(roles, cluster)
        numbers = lambda: [cluster.pid, *(supervisor.pid(role.name) for role in roles)]
        supervisor.run(lambda: print(*numbers(), flush=True))
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", source, str(tmp_path / "home")], stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


def _numbers(program: "subprocess.Popen[str]") -> list[int]:
    assert program.stdout is not None
    return [int(word) for word in program.stdout.readline().split()]


def _alive(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    # Nobody may be there to reap an orphan in a container; a zombie does no work.
    return state not in ("Z", "X")


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_however_the_supervisor_ends_no_process_stays(
    program: "subprocess.Popen[str]", signum: signal.Signals
) -> None:
    numbers = _numbers(program)
    assert len(numbers) == 3
    program.send_signal(signum)
    status = program.wait(timeout=60)
    assert status == (-signal.SIGKILL if signum == signal.SIGKILL else 0)
    eventually(lambda: not any(_alive(number) for number in numbers))


def test_a_killed_database_is_started_again_beside_the_running_roles(
    program: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    database, web, worker = _numbers(program)
    os.kill(database, signal.SIGKILL)
    lock = tmp_path / "home" / "database" / "data" / "postmaster.pid"

    def back() -> bool:
        lines = lock.read_text().splitlines() if lock.exists() else []
        return len(lines) > 7 and lines[7].strip() == "ready" and int(lines[0]) != database

    eventually(back)
    assert _alive(web)
    assert _alive(worker)
