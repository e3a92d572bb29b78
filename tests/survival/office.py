# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An installation of its own for one run: home, durable database, a small town, web and worker.

Nothing of Django may be imported before ``set_up``: the settings read their addresses from the environment.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.survival.ledger import Outcome

from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.settings.config import SECRET_FILE, config, set_environment
from amtlich.platform.supervisor import sockets, tools
from amtlich.platform.supervisor.access import write_private
from amtlich.platform.supervisor.child import python_command
from amtlich.platform.supervisor.cluster import Cluster
from amtlich.platform.supervisor.roles import Supervisor

#: Who applies, and what the rules make of it. "" is a visitor without a log-in.
PEOPLE: Mapping[str, Outcome] = {"lena": "notice", "mehmet": "notice", "jonas": "person", "nadja": "person"}
_RESIDENTS = 60


class Office:
    """The installation. Use in the main thread; ``set_up``, then ``run``."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.logs = home / "logs"
        self.cluster: Cluster
        self.supervisor: Supervisor
        self.port = 0
        self.authority_id: UUID
        self.statements: Mapping[str, Mapping[str, Any]]
        self._listening: list[socket.socket] = []

    def set_up(self) -> None:
        """Everything but the roles is there and running."""
        for name in [name for name in os.environ if name.startswith("AMTLICH_") and name != "AMTLICH_PG"]:
            del os.environ[name]
        self.logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(self.home / SECRET_FILE, secrets.token_urlsafe(64))
        self._listening, self.port = sockets.listen("localhost", _first_port(), search=True)
        set_environment(
            {
                "AMTLICH_MODE": "demo",
                "AMTLICH_HOME": str(self.home),
                "AMTLICH_PORT": str(self.port),
                "AMTLICH_PUBLIC_URL": f"http://localhost:{self.port}",
            }
        )
        fonts = tools.start(
            [*python_command()[:-1], "amtlich.engines.documents.fonts", str(config().fonts)],
            log=self.logs / "fonts.log",
        )
        try:
            # Durable, as in production: a receipt must outlive the server process that gave it.
            self.cluster = Cluster(self.home, preference=config().pg)
            self.cluster.start()
            set_environment(
                {f"AMTLICH_{DATABASE_ROLES[role].upper()}": url for role, url in self.cluster.urls().items()}
            )
            self._found_town()
            if fonts.wait() != 0:
                raise RuntimeError(f"the fonts cannot be prepared, see {self.logs / 'fonts.log'}")
        except BaseException:
            tools.stop(fonts)
            self.close()
            raise

    def _found_town(self) -> None:
        from amtlich.faces.cli import django_setup

        django_setup.set_up()
        django_setup.migrate()
        django_setup.collect_static()
        from tests.doubles.applicants import statements

        from amtlich.contexts.catalog import api as catalog
        from amtlich.contexts.registers import api as registers
        from amtlich.faces.cli.demo_town import KLEINSTADT, MUSTERSTADT, ensure_town
        from amtlich.platform.tenancy.registry import authority_for_host

        ensure_town({MUSTERSTADT.slug: _RESIDENTS, KLEINSTADT.slug: _RESIDENTS})
        town = authority_for_host("localhost")
        assert town is not None
        assert catalog.published(town.id)
        self.authority_id = town.id
        self.statements = {
            one.key: statements(one) for one in registers.demo_residents() if one.key in PEOPLE
        }
        django_setup.close_connections()

    def run(self, when_started: Callable[[], None]) -> None:
        """Web and worker under the real supervisor, until ``supervisor.stop()``."""
        from amtlich.faces.cli.serving import server_roles

        self.supervisor = Supervisor(server_roles(self._listening, logs=self.logs), self.cluster)
        self.supervisor.run(when_started=when_started)

    def close(self) -> None:
        """Leave no process and no socket."""
        if hasattr(self, "cluster"):
            self.cluster.stop()
        for one in self._listening:
            one.close()


def _first_port() -> int:
    """Where the search for a free port begins: apart for runs side by side."""
    return 20_000 + os.getpid() % 20_000
