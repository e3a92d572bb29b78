# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The production form: `serve` runs everything under supervision, `web` and `worker` are single roles."""

import argparse
import socket
from collections.abc import Callable
from pathlib import Path

from amtlich.faces.cli import checking, django_setup
from amtlich.faces.cli.steps import say
from amtlich.kernel.errors import AmtlichError
from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.settings.config import config, set_environment
from amtlich.platform.supervisor import sockets
from amtlich.platform.supervisor.child import python_command
from amtlich.platform.supervisor.cluster import Cluster
from amtlich.platform.supervisor.roles import Role, Supervisor, child_environment


class Refused(AmtlichError):
    """The settings do not allow to start in production."""


def serve(chosen: argparse.Namespace) -> int:
    """Database (embedded where no address is set), migrations, web and worker until SIGTERM."""
    _take_address(chosen)
    django_setup.start_logging()
    _refuse_unsafe(checking.findings(roles=tuple(DATABASE_ROLES) if config().external_database else ()))
    settings = config()
    listening, _ = sockets.listen(settings.listen, settings.port, search=False)
    cluster = None if settings.external_database else Cluster(settings.home, preference=settings.pg)
    try:
        if cluster is not None:
            cluster.start()
            set_environment(
                {f"AMTLICH_{DATABASE_ROLES[role].upper()}": url for role, url in cluster.urls().items()}
            )
        django_setup.set_up()
        django_setup.migrate()
        django_setup.collect_static()
        django_setup.close_connections()
        for finding in checking.about_imprints():
            say(f"  {finding.sentence}")
    except BaseException:
        if cluster is not None:
            cluster.stop()
        raise
    supervisor = Supervisor(server_roles(listening), cluster)
    supervisor.run(when_started=lambda: say(f"Amtlich läuft: {settings.public_url}"))
    return 0


def web(chosen: argparse.Namespace) -> int:
    """The web role alone. Under a supervisor it is handed its sockets and everything is prepared."""
    _take_address(chosen)
    django_setup.start_logging()
    if chosen.sockets:
        handed_over = sockets.adopt([int(number) for number in chosen.sockets.split(",")])
    else:
        _refuse_unsafe([*checking.findings(roles=("app", "system")), *checking.about_imprints()])
        handed_over, _ = sockets.listen(config().listen, config().port, search=False)
        django_setup.set_up()
        django_setup.collect_static()
    _refuse_another_version()
    from amtlich.platform.web.server import run_web

    run_web(config().port, config().listen, trusted_proxies=config().trusted_proxies, sockets=handed_over)
    return 0


def worker(chosen: argparse.Namespace) -> int:
    """The worker role alone."""
    django_setup.start_logging()
    if not chosen.supervised:
        _refuse_unsafe(checking.findings(roles=("app", "system", "retention")))
    django_setup.set_up()
    _refuse_another_version()
    from amtlich.platform import jobs

    jobs.run_worker(concurrency=config().worker_concurrency)
    return 0


def migrate(chosen: argparse.Namespace) -> int:
    """Bring the database to this version's schema."""
    if "owner" not in config().database_urls:
        raise Refused(
            "Zum Migrieren fehlt AMTLICH_DATABASE_OWNER_URL, die Adresse für die Rolle amtlich_owner. "
            "Läuft die eingebettete Datenbank, so migriert „amtlich serve“ beim Start von selbst."
        )
    django_setup.start_logging()
    django_setup.set_up()
    django_setup.migrate()
    say("Die Datenbank ist auf dem Stand dieser Fassung.")
    return 0


def server_roles(listening: list[socket.socket], logs: Path | None = None) -> list[Role]:
    """Web and worker as children, in the order in which they end."""
    numbers = [one.fileno() for one in listening]
    environment = child_environment({})
    web_command = python_command("web", "--sockets", ",".join(map(str, numbers)))
    worker_command = python_command("worker", "--supervised")
    web_log, worker_log = (logs / "web.log", logs / "worker.log") if logs else (None, None)
    return [
        Role("web", web_command, environment, pass_fds=numbers, grace=12.0, log=web_log),
        Role("worker", worker_command, environment, grace=20.0, log=worker_log, when_dead=_release_jobs()),
    ]


def _release_jobs() -> Callable[[int], None]:
    from amtlich.platform import jobs

    def release(pid: int) -> None:
        try:
            jobs.release_worker(pid)
        finally:
            django_setup.close_connections()

    return release


def _refuse_another_version() -> None:
    django_setup.set_up()
    from amtlich.platform.database import version

    version.refuse_another()
    django_setup.close_connections()


def _take_address(chosen: argparse.Namespace) -> None:
    changes = {"AMTLICH_PORT": str(chosen.port) if chosen.port else "", "AMTLICH_LISTEN": chosen.listen or ""}
    set_environment({name: value for name, value in changes.items() if value})


def _refuse_unsafe(found: list[checking.Finding]) -> None:
    grave = [finding for finding in found if finding.grave]
    for finding in found:
        say(f"  {finding.sentence}")
    if grave:
        raise Refused("So darf Amtlich nicht starten; was zu tun ist, steht darüber (amtlich check).")
