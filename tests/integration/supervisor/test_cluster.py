# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The embedded cluster on its own: made, found again, recovered, refused."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from tests.integration.supervisor.waiting import eventually

from amtlich.platform.supervisor import binaries, child, occupancy
from amtlich.platform.supervisor.cluster import Cluster
from amtlich.platform.supervisor.errors import DiskFull, FolderOccupied, FolderRefused, NoPostgres

PREFERENCE = os.environ.get("AMTLICH_PG")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    return closed / "home"


@pytest.fixture
def cluster(home: Path) -> Iterator[Cluster]:
    cluster = Cluster(home, preference=PREFERENCE)
    yield cluster
    cluster.stop()


def ask(cluster: Cluster, query: str, role: str = "admin") -> str:
    with psycopg.connect(cluster.url(role)) as connection:
        row = connection.execute(query).fetchone()  # type: ignore[arg-type]
    return str(row[0]) if row else ""


def test_a_new_cluster_is_utf8_with_checksums_and_no_network(cluster: Cluster) -> None:
    cluster.start()
    assert ask(cluster, "SHOW server_encoding") == "UTF8"
    assert ask(cluster, "SHOW data_checksums") == "on"
    assert ask(cluster, "SHOW listen_addresses") == ""
    assert ask(cluster, "SELECT datcollate FROM pg_database WHERE datname = 'amtlich'") == "C.UTF-8"


def test_every_role_gets_in_with_its_password_and_none_without(cluster: Cluster) -> None:
    cluster.start()
    for role in ("app", "owner", "system", "retention"):
        assert ask(cluster, "SELECT current_user", role) == f"amtlich_{role}"
    stranger = cluster.url("app").replace("amtlich_app:", "amtlich_app:wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(stranger)


def test_no_running_role_is_superuser_or_bypasses_policies(cluster: Cluster) -> None:
    cluster.start()
    strong = "SELECT count(*) FROM pg_roles WHERE rolname <> 'amtlich_admin' AND rolname LIKE 'amtlich%' "
    assert ask(cluster, strong + "AND (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole)") == "0"


@pytest.mark.root
def test_as_root_the_server_runs_as_nobody_below_a_closed_folder(cluster: Cluster) -> None:
    cluster.start()
    assert cluster.pid is not None
    assert Path(f"/proc/{cluster.pid}").stat().st_uid == child.unprivileged().uid != 0


def test_passwords_are_readable_by_the_owner_only(cluster: Cluster, home: Path) -> None:
    cluster.start()
    access = home / "database" / "access.json"
    assert access.stat().st_mode & 0o777 == 0o600
    folder = Path(json.loads(access.read_text())["socket"])
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_second_start_finds_the_same_data_and_addresses(cluster: Cluster, home: Path) -> None:
    cluster.start()
    with psycopg.connect(cluster.url("owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    cluster.stop()
    again = Cluster(home)
    try:
        again.start()
        assert ask(again, "SELECT answer FROM kept", "owner") == "42"
    finally:
        again.stop()


def test_a_clean_stop_leaves_no_process_and_no_socket(cluster: Cluster, home: Path) -> None:
    cluster.start()
    folder = Path(json.loads((home / "database" / "access.json").read_text())["socket"])
    cluster.stop()
    assert not folder.exists()
    assert occupancy.processes_in(cluster.data) == []


def test_fc27_a_home_of_150_characters_with_blanks_works_twice(tmp_path: Path) -> None:
    rest = 150 - len(str(tmp_path)) - 1
    home = tmp_path / ("ein langer Ordner mit Leerzeichen " * 5)[:rest].replace(" ", " ", 1).rstrip().ljust(
        rest, "x"
    )
    assert len(str(home)) == 150
    for _ in range(2):
        cluster = Cluster(home, preference=PREFERENCE)
        try:
            cluster.start()
            assert ask(cluster, "SELECT 1") == "1"
        finally:
            cluster.stop()


def test_a_killed_server_comes_back_with_its_data(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(cluster.url("owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert cluster.pid is not None
    os.kill(cluster.pid, signal.SIGKILL)
    eventually(lambda: cluster.poll() is not None)
    cluster.respawn()
    eventually(lambda: occupancy.status(cluster.data) == "ready")
    assert ask(cluster, "SELECT answer FROM kept", "owner") == "42"


def _crash(cluster: Cluster) -> None:
    """Leave the folder as a power cut would: no process, lock file in place."""
    assert cluster.pid is not None
    os.kill(cluster.pid, signal.SIGKILL)
    eventually(lambda: cluster.poll() is not None and not occupancy.processes_in(cluster.data))


def test_a_lock_file_that_names_another_process_of_the_same_user_is_no_obstacle(
    cluster: Cluster, home: Path
) -> None:
    """FC-28: after a power cut the number in the lock file belongs to somebody else."""
    cluster.start()
    _crash(cluster)
    lock = cluster.data / "postmaster.pid"
    account = child.unprivileged()
    other = child.spawn(["/bin/sleep", "600"], env=child.plain_environment(), account=account)
    try:
        lines = lock.read_text().splitlines()
        lock.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        cluster.stop()
        again = Cluster(home)
        again.start()
        try:
            assert ask(again, "SELECT 1") == "1"
        finally:
            again.stop()
        assert other.poll() is None
    finally:
        child.end(other, [(signal.SIGKILL, 10)])


def test_a_database_that_really_runs_there_is_refused_and_left_alone(cluster: Cluster, home: Path) -> None:
    cluster.start()
    before = cluster.pid
    with pytest.raises(FolderOccupied, match="läuft Amtlich schon"):
        Cluster(home).start()
    assert cluster.pid == before
    assert ask(cluster, "SELECT 1") == "1"


def test_a_database_started_by_hand_on_the_folder_is_refused_too(
    cluster: Cluster, home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    cluster.start()
    cluster.stop()
    (home / "database" / "lock").unlink()  # another program does not know our lock
    foreign = Cluster(home)
    foreign.start()
    (home / "database" / "lock").unlink()
    try:
        with pytest.raises(FolderOccupied, match="arbeitet schon eine Datenbank"):
            Cluster(home).start()
        assert ask(foreign, "SELECT 1") == "1"
    finally:
        foreign.stop()


def test_a_half_made_cluster_is_made_anew(cluster: Cluster, home: Path) -> None:
    half = home / "database" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15\n")
    cluster.start()
    assert ask(cluster, "SELECT 1") == "1"
    assert not half.exists()


def test_two_homes_run_side_by_side(cluster: Cluster, tmp_path: Path) -> None:
    other = Cluster(tmp_path / "other", preference=PREFERENCE)
    cluster.start()
    try:
        other.start()
        assert ask(cluster, "SELECT 1") == ask(other, "SELECT 1") == "1"
    finally:
        other.stop()


def test_a_cluster_of_a_version_that_nobody_can_run_is_named(cluster: Cluster) -> None:
    cluster.data.mkdir(parents=True)
    (cluster.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(NoPostgres, match="apt-get install postgresql-13"):
        cluster.start()


def test_a_file_in_the_place_of_the_home_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderRefused, match="ist kein Ordner"):
        Cluster(tmp_path / "file").start()


def fill_up(file: Path) -> None:
    with contextlib.suppress(OSError), file.open("wb", buffering=0) as stream:
        while stream.write(b"x" * 65536):
            pass


@pytest.mark.root
def test_a_full_disk_is_one_sentence_and_works_after_making_room(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(disk)], check=True)
    try:
        ballast = disk / "ballast"
        ballast.write_bytes(b"x" * (260 * 1024 * 1024))
        cluster = Cluster(disk / "home", preference=PREFERENCE)
        with pytest.raises(DiskFull, match="kein Platz mehr"):
            cluster.start()
        ballast.unlink()
        cluster.start()
        assert ask(cluster, "SELECT 1") == "1"
        cluster.stop()
        fill_up(ballast)
        with pytest.raises(DiskFull, match="kein Platz mehr"):
            cluster.start()
        ballast.unlink()
        cluster.start()
        assert ask(cluster, "SELECT 1") == "1"
        cluster.stop()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_nothing_stays_behind_when_the_starter_is_killed_and_the_next_start_works(
    cluster: Cluster, home: Path
) -> None:
    program = textwrap.dedent(
        """
        import pathlib, sys
        from amtlich.platform.supervisor.cluster import Cluster
        cluster = Cluster(pathlib.Path(sys.argv[1]))
        cluster.start()
        print(cluster.pid, flush=True)
        sys.stdin.read()
        """
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", program, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert starter.stdout is not None
    assert starter.stdin is not None
    assert int(starter.stdout.readline()) > 0
    starter.kill()
    starter.wait()
    cluster.start()  # waits for the old server to go, by itself
    assert ask(cluster, "SELECT 1") == "1"
    starter.stdin.close()
    starter.stdout.close()


@pytest.mark.root
def test_packaged_programs_below_a_closed_folder_are_copied_once(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (packaged,) = [one for one in binaries.available() if one.source == "wheel"]
    closed = tmp_path / "venv"
    closed.mkdir(mode=0o700)
    for part in packaged.parts:
        shutil.copytree(packaged.base / part, closed / part, symlinks=True)
    hidden = replace(packaged, base=closed, bin=closed / packaged.bin.relative_to(packaged.base))
    open_place = Path(tempfile.mkdtemp(prefix="amtlich-test-programs-"))
    open_place.chmod(0o755)
    monkeypatch.setattr(binaries, "_PLACES_FOR_COPIES", (open_place,))
    monkeypatch.setattr(binaries, "available", lambda: [hidden])
    cluster = Cluster(home)
    try:
        cluster.start()
        assert cluster.version == "PostgreSQL 18 (wheel)"
        assert ask(cluster, "SELECT 1") == "1"
        (copied,) = open_place.iterdir()
        made = copied.stat().st_ctime_ns
        cluster.stop()
        cluster.start()
        assert [one.stat().st_ctime_ns for one in open_place.iterdir()] == [made]
    finally:
        cluster.stop()
        shutil.rmtree(open_place)
