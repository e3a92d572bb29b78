# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One PostgreSQL cluster per test run, and a database that tests see with the rights of production.

The run starts an embedded cluster of its own in a temporary home (`AMTLICH_PG=system|wheel` chooses the
programs). `AMTLICH_TEST_PG=<socket folder>` uses a running cluster instead, where the four roles exist and
amtlich_owner may create databases; `AMTLICH_TEST_DB=<name>` then keeps parallel runs apart.

Tests run as the app role. Alias `owner` migrates; no test may lean on the owner's rights.
"""

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.test.testcases import TransactionTestCase

from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.supervisor.cluster import Cluster

_HOME = pytest.StashKey[Path]()
_CLUSTER = pytest.StashKey[Cluster]()
_LEFT_OUT = pytest.StashKey[int]()
_KEPT = frozenset(
    {"AMTLICH_PG", "AMTLICH_TEST_PG", "AMTLICH_TEST_DB", "AMTLICH_TEST_WRITE_OPENAPI", "AMTLICH_SHARED"}
)
#: A test database needs no durability; tests of durability start clusters of their own.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def pytest_configure(config: pytest.Config) -> None:
    """Runs before pytest-django sets Django up, so the settings find their addresses."""
    # A run started in the background inherits "ignore Ctrl-C", and so would every program under test.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in list(os.environ):
        if name.startswith("AMTLICH_") and name not in _KEPT:
            del os.environ[name]
    home = Path(tempfile.mkdtemp(prefix="amtlich-test-"))
    config.stash[_HOME] = home
    os.environ.update(
        AMTLICH_MODE="test",
        AMTLICH_HOME=str(home),
        AMTLICH_SECRET_KEY=secrets.token_hex(32),
    )
    # `-p no:django` runs tests of the kernel, the engines and the supervisor, which need no Django.
    if config.option.collectonly or not config.pluginmanager.hasplugin("django"):
        return
    # Who only hands tests out to workers (-n) needs no database; each worker starts one of its own.
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amtlich.platform.settings.django")
    for role, url in _urls(config, home).items():
        os.environ[f"AMTLICH_{DATABASE_ROLES[role].upper()}"] = url
    from django.conf import settings

    assert settings.DATABASES  # pytest-django sets up only what has been read
    settings.PASSWORD_HASHERS = ["tests.doubles.hashers.QuickArgon2"]


def _urls(config: pytest.Config, home: Path) -> dict[str, str]:
    running = os.environ.get("AMTLICH_TEST_PG")
    if running:
        name = f"amtlich_{os.environ.get('AMTLICH_TEST_DB', str(os.getpid()))}"
        return {role: f"postgresql://amtlich_{role}@/{name}?host={running}" for role in DATABASE_ROLES}
    cluster = Cluster(home, preference=os.environ.get("AMTLICH_PG"), settings=_FAST)
    cluster.start()
    config.stash[_CLUSTER] = cluster
    with psycopg.connect(cluster.url("admin"), autocommit=True) as connection:
        connection.execute("ALTER ROLE amtlich_owner CREATEDB")
    return cluster.urls()


def pytest_unconfigure(config: pytest.Config) -> None:
    cluster = config.stash.get(_CLUSTER, None)
    if cluster is not None:
        cluster.stop()
    home = config.stash.get(_HOME, None)
    if home is not None:
        shutil.rmtree(home, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What only root can try is left out for anybody else, and the summary says so."""
    if os.geteuid() == 0:
        return
    left_out = [item for item in items if item.get_closest_marker("root")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)
    config.stash[_LEFT_OUT] = len(left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker (-n) tells whoever hands out the tests what it left out."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(_LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    told = getattr(node, "workeroutput", {}).get("left_out", 0)
    node.config.stash[_LEFT_OUT] = max(told, node.config.stash.get(_LEFT_OUT, 0))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if number := config.stash.get(_LEFT_OUT, 0):
        terminalreporter.write_line(f"{number} tests need root and were left out: sudo ./amtlich test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that needs something missing fails: whoever skips it has not looked."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} skips itself ({report.longrepr}); it must fail or run."
    return report


def pytest_report_header(config: pytest.Config) -> str:
    cluster = config.stash.get(_CLUSTER, None)
    return f"database: {cluster.version if cluster else os.environ.get('AMTLICH_TEST_PG', 'none')}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """The database's name tells runs apart already."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Pools are closed before the test database goes: it could not be dropped under them."""
    yield
    from django.db import connections

    with django_db_blocker.unblock():
        for connection in connections.all():
            connection.close()
            if hasattr(connection, "close_pool"):
                connection.close_pool()


def _empty_all_tables(case: TransactionTestCase) -> None:
    """What Django does after a test with real transactions, but as the owner: the app role may neither
    empty tables nor delete events."""
    from django.db import connections

    owner = connections["owner"]
    with owner.cursor() as cursor:
        kept = {"django_migrations", "django_content_type"}
        tables = [name for name in owner.introspection.table_names(cursor) if name not in kept]
        quoted = ", ".join(owner.ops.quote_name(name) for name in sorted(tables))
        cursor.execute(f"TRUNCATE {quoted} RESTART IDENTITY CASCADE")
    owner.close()


@pytest.fixture(autouse=True, scope="session")
def _clean_as_owner() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", _empty_all_tables)
        yield
