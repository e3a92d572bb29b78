# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`migrate`, `web` and `worker` apart, against a PostgreSQL that somebody else runs."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.integration.operation.programs import Program, environment, run

from amtlich.faces.cli.demo_walk import walk
from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.supervisor.cluster import Cluster

_TOWN = (
    "from amtlich.faces.cli import django_setup; django_setup.set_up(); django_setup.collect_static(); "
    "from amtlich.faces.cli import demo_town; demo_town.ensure_town()"
)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The four addresses of a database that is not ours to start or stop."""
    cluster = Cluster(tmp_path / "elsewhere", preference=os.environ.get("AMTLICH_PG"))
    cluster.start()
    yield {f"AMTLICH_{DATABASE_ROLES[role].upper()}": url for role, url in cluster.urls().items()}
    cluster.stop()


@pytest.fixture
def env(outside: dict[str, str], tmp_path: Path) -> dict[str, str]:
    secret = "0123456789abcdefghijklmnopqrstuvwxyz-0123456789-ABCDEFG"
    return environment(tmp_path / "home", AMTLICH_MODE="demo", AMTLICH_SECRET_KEY=secret, **outside)


def test_an_application_goes_through_roles_of_their_own(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o700)
    migrated = run(env, "migrate")
    assert migrated.returncode == 0, migrated
    subprocess.run([sys.executable, "-c", _TOWN], env=env, check=True)
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    with Program(env, "web", "--port", str(port)) as web, Program(env, "worker") as worker:
        web.until("startup complete")
        walked = walk(f"http://localhost:{port}", "lena", lambda title, seconds: None)
        assert walked.pdf.startswith(b"%PDF-")
        assert web.end() == 0
        assert worker.end() == 0
    assert not (tmp_path / "home" / "database").exists()


def test_check_names_a_missing_address_and_a_role_that_is_too_mighty(
    env: dict[str, str], outside: dict[str, str]
) -> None:
    del env["AMTLICH_DATABASE_RETENTION_URL"]
    env["AMTLICH_DATABASE_SYSTEM_URL"] = outside["AMTLICH_DATABASE_URL"]
    done = run(env, "check")
    assert done.returncode == 1
    assert "AMTLICH_DATABASE_RETENTION_URL fehlt" in done.stdout
    assert "AMTLICH_DATABASE_SYSTEM_URL meldet sich als „amtlich_app“ an" in done.stdout


def test_a_database_that_cannot_be_reached_is_one_sentence(env: dict[str, str]) -> None:
    env["AMTLICH_DATABASE_URL"] = "postgresql://amtlich_app@/amtlich?host=/nirgends"
    done = run(env, "web")
    assert done.returncode == 2
    assert "AMTLICH_DATABASE_URL: Die Datenbank ist nicht erreichbar" in done.stdout
