# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Backup, restore and upgrade of an instance with a case in it: whole, or back where it was."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from tests.integration.operation.programs import Program, environment, run

from amtlich.platform.backups import manifest
from amtlich.platform.supervisor.cluster import Cluster

pytestmark = [pytest.mark.long, pytest.mark.timeout(300)]
_ROOT = Path(__file__).resolve().parents[3]
# Stands in for a new version whose last migration goes wrong, or that is not well afterwards.
_BROKEN = """
import sys
from amtlich.faces.cli import upgrade, django_setup
real = django_setup.migrate
def migrate():
    real()
    from django.db import connections
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE half_made (id int)")
        cursor.execute("DROP TABLE mail_message CASCADE")
    {then}
upgrade.django_setup.migrate = migrate
sys.argv = ["amtlich", "upgrade"]
from amtlich.__main__ import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, object]]:
    """A home in which a certificate was issued; nothing runs on it."""
    home = tmp_path_factory.mktemp("original") / "home"
    done = run(environment(home), "demo", "--once")
    assert done.returncode == 0, done
    return home, dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def home(original: tuple[Path, dict[str, object]], tmp_path: Path) -> Path:
    """A copy that a test may break."""
    copy = tmp_path / "home"
    copied(original[0], copy)
    return copy


def copied(home: Path, target: Path) -> None:
    """With its owners: as root the database belongs to an account without rights."""
    subprocess.run(["cp", "-a", str(home), str(target)], check=True)


@pytest.fixture(scope="module")
def saved(original: tuple[Path, dict[str, object]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("saved") / "backup"
    done = run(environment(original[0]), "backup", str(folder))
    assert done.returncode == 0, done
    assert "keys.tar" in done.stdout
    return folder


def ask(home: Path, query: str) -> object:
    cluster = Cluster(home, preference=os.environ.get("AMTLICH_PG"))
    cluster.start()
    try:
        with psycopg.connect(cluster.url("admin")) as connection:
            row = connection.execute(query).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None
    finally:
        cluster.stop()


def test_a_backup_is_whole_and_closed_to_others(saved: Path) -> None:
    made = manifest.read(saved)
    assert made.tables["cases_case"] == 1
    assert made.tables["registers_resident"] == 20_500
    assert saved.stat().st_mode & 0o777 == 0o700
    assert (saved / "keys.tar").stat().st_mode & 0o777 == 0o600
    assert set(made.parts) == {"database.dump", "files.tar", "keys.tar"}


def test_a_backup_beside_a_running_instance_is_of_one_moment(home: Path, tmp_path: Path) -> None:
    with Program(environment(home), "demo") as running:
        running.until("Beenden mit Strg+C")
        done = run(environment(home), "backup", str(tmp_path / "beside"))
        assert done.returncode == 0, done
        refused = run(environment(home), "restore", str(tmp_path / "beside"), "--replace")
        assert refused.returncode == 2
        assert "läuft Amtlich schon" in refused.stderr
        upgrade = run(environment(home), "upgrade")
        assert upgrade.returncode == 2
        assert "läuft Amtlich schon" in upgrade.stderr
    assert manifest.read(tmp_path / "beside").tables["cases_case"] == 2


def test_what_is_restored_elsewhere_is_counted_and_goes_on(
    saved: Path, original: tuple[Path, dict[str, object]], tmp_path: Path
) -> None:
    other = tmp_path / "other"
    done = run(environment(other), "restore", str(saved))
    assert done.returncode == 0, done
    assert "alle sind da" in done.stdout
    assert ask(other, "SELECT count(*) FROM events_event WHERE xid <> '0'") == 0
    verified = run(environment(other), "demo", "--once")
    assert verified.returncode == 0, verified
    assert ask(other, "SELECT count(*) FROM cases_case") == 2
    # The seal of before is the authority's own still.
    assert (other / "keys" / "musterstadt" / "seal.key").read_bytes() == (
        original[0] / "keys" / "musterstadt" / "seal.key"
    ).read_bytes()


@pytest.mark.parametrize("part", ["database.dump", "files.tar", "keys.tar"])
def test_one_flipped_byte_is_found_before_anything_is_touched(saved: Path, tmp_path: Path, part: str) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(saved, damaged)
    content = bytearray((damaged / part).read_bytes())
    content[len(content) // 2] ^= 1
    (damaged / part).write_bytes(content)
    refused = run(environment(tmp_path / "other"), "restore", str(damaged))
    assert refused.returncode == 2
    assert f"{part} fehlt oder ist beschädigt" in refused.stderr
    assert not (tmp_path / "other" / "database" / "data").exists()


def test_half_a_backup_is_none_and_a_home_that_is_used_is_not_overwritten(
    saved: Path, home: Path, tmp_path: Path
) -> None:
    half = tmp_path / "half"
    shutil.copytree(saved, half)
    (half / "manifest.json").unlink()
    assert "keine vollständige Sicherung" in run(environment(tmp_path / "x"), "restore", str(half)).stderr
    assert "gibt es schon" in run(environment(home), "restore", str(saved)).stderr
    assert "gibt es schon" in run(environment(home), "backup", str(half)).stderr
    assert run(environment(home), "restore", str(saved), "--replace").returncode == 0


def test_an_upgrade_keeps_everything_and_leaves_a_backup(home: Path) -> None:
    done = run(environment(home), "upgrade")
    assert done.returncode == 0, done
    (folder,) = (home / "backups").iterdir()
    assert manifest.read(folder).tables["cases_case"] == 1
    assert not (home / "upgrade.json").exists()
    assert ask(home, "SELECT count(*) FROM cases_case") == 1


def broken(home: Path, then: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _BROKEN.format(then=then)], env=environment(home),
        capture_output=True, text=True, timeout=200, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "then",
    [
        "raise RuntimeError('kaputt')",
        "from amtlich.platform.web import health; health.database_fault = lambda: 'Krank.'",
    ],
    ids=["migration", "health"],
)
def test_an_upgrade_that_fails_ends_where_it_began(home: Path, then: str) -> None:
    done = broken(home, then)
    assert done.returncode == 2, done
    assert "wieder, wie sie war" in done.stderr
    assert ask(home, "SELECT to_regclass('half_made') IS NULL AND to_regclass('mail_message') IS NOT NULL")
    assert ask(home, "SELECT count(*) FROM cases_case") == 1
    assert run(environment(home), "upgrade").returncode == 0


def test_an_upgrade_that_is_killed_half_way_goes_back_first_the_next_time(home: Path) -> None:
    killed = broken(home, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    assert killed.returncode == -signal.SIGKILL
    assert json.loads((home / "upgrade.json").read_text())["name"] == "migrating"
    again = run(environment(home), "upgrade")
    assert again.returncode == 0, again
    assert "Der letzte Versuch wurde abgebrochen" in again.stdout
    assert ask(home, "SELECT to_regclass('half_made') IS NULL AND to_regclass('mail_message') IS NOT NULL")
    assert ask(home, "SELECT count(*) FROM cases_case") == 1


@pytest.mark.parametrize("at", ["load", "count_as_owner"])
def test_going_back_that_is_killed_is_begun_again(home: Path, at: str) -> None:
    kill = (
        "from amtlich.platform.backups import restoring, upgrading; import os, signal; "
        f"target = restoring if '{at}' == 'load' else upgrading; "
        f"setattr(target, '{at}', lambda *a: os.kill(os.getpid(), signal.SIGKILL)); "
        "raise RuntimeError('kaputt')"
    )
    assert broken(home, kill).returncode == -signal.SIGKILL
    assert json.loads((home / "upgrade.json").read_text())["name"] == "going_back"
    assert run(environment(home), "upgrade").returncode == 0
    assert ask(home, "SELECT count(*) FROM cases_case") == 1


def test_another_version_is_refused_with_a_sentence(home: Path) -> None:
    ask_and_commit(home, "UPDATE database_version SET version = '99.0.0'")
    refused = run(environment(home), "demo", "--once")
    assert refused.returncode == 2
    assert "gehört zu Amtlich 99.0.0" in refused.stderr


def ask_and_commit(home: Path, statement: str) -> None:
    cluster = Cluster(home, preference=os.environ.get("AMTLICH_PG"))
    cluster.start()
    try:
        with psycopg.connect(cluster.url("admin"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[arg-type]
    finally:
        cluster.stop()


@pytest.mark.root
def test_a_full_disk_in_the_middle_of_a_migration_ends_where_it_began(
    original: tuple[Path, dict[str, object]], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600m", "tmpfs", str(disk)], check=True)
    try:
        home = disk / "home"
        copied(original[0], home)
        fill = (
            "cursor = connections['owner'].cursor(); "
            "cursor.execute('CREATE TABLE too_much AS SELECT repeat(md5(i::text), 300) t "
            "FROM generate_series(1, 40000000) i')"
        )
        done = broken(home, fill)
        assert done.returncode == 2, done
        assert "wieder, wie sie war" in done.stderr or "kein Platz" in done.stderr
        assert ask(home, "SELECT count(*) FROM cases_case") == 1
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
