# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A database of its own for a benchmark, with Django set up on it; all gone at the end."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def instance() -> Iterator[None]:
    """An empty instance in demonstration mode; ``AMTLICH_PG`` chooses its PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="amtlich-bench-") as folder:
        from amtlich.faces.cli import django_setup
        from amtlich.platform.settings.catalogue import DATABASE_ROLES
        from amtlich.platform.supervisor.cluster import Cluster

        os.environ.update(AMTLICH_MODE="demo", AMTLICH_HOME=folder, AMTLICH_SECRET_KEY=secrets.token_hex(32))
        cluster = Cluster(Path(folder), preference=os.environ.get("AMTLICH_PG"))
        cluster.start()
        try:
            for role, url in cluster.urls().items():
                os.environ[f"AMTLICH_{DATABASE_ROLES[role].upper()}"] = url
            django_setup.set_up()
            django_setup.migrate()
            django_setup.collect_static()
            print(cluster.version)
            yield
            django_setup.close_connections()
        finally:
            cluster.stop()
