# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich demo`: from nothing to a sealed certificate, then a server to try it all on."""

import argparse
import json
import os
import secrets
import socket
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from amtlich.faces.cli import django_setup
from amtlich.faces.cli.demo_walk import Walk, walk
from amtlich.faces.cli.steps import Steps, say, seconds_de, two_columns
from amtlich.kernel.errors import AmtlichError
from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.settings.config import SECRET_FILE, Config, config, set_environment
from amtlich.platform.supervisor import sockets, tools
from amtlich.platform.supervisor.access import write_private
from amtlich.platform.supervisor.child import python_module
from amtlich.platform.supervisor.cluster import Cluster
from amtlich.platform.supervisor.errors import folder_error
from amtlich.platform.supervisor.roles import Supervisor

_PERSON = "lena"


def demo(chosen: argparse.Namespace) -> int:
    """Set up (or find again) the demonstration, carry one application through, keep serving."""
    began = _began()
    steps = Steps()
    say("Amtlich: Vorführung")
    set_environment({"AMTLICH_MODE": "demo"})
    settings = config()
    steps.done("environment", "Python-Umgebung", time.time() - began)
    _prepare_home(settings)
    host = chosen.listen or settings.listen
    # A port that somebody named is meant; 8000 is only where the search begins.
    listening, port = sockets.listen(
        host, chosen.port or settings.port, search=chosen.port is None, here_too=True
    )
    others = sockets.names_for_others(host)
    set_environment({"AMTLICH_PORT": str(port), "AMTLICH_PUBLIC_URL": f"http://localhost:{port}"})
    fonts = _Fonts(settings)
    cluster = None if settings.external_database else Cluster(settings.home, preference=settings.pg)
    try:
        _prepare_database(steps, cluster)
        _prepare_town(steps, others)
        fonts.ready(steps)
    except BaseException:
        tools.stop(fonts.process)
        if cluster is not None:
            cluster.stop()
        raise
    return _run(chosen, steps, began, listening, _Addresses(port, others), cluster)


def _began() -> float:
    """When the person pressed Enter: `./amtlich` notes it before it prepares the environment."""
    try:
        return float(os.environ.get("AMTLICH_STARTED", ""))
    except ValueError:
        return time.time()


def _prepare_home(settings: Config) -> None:
    try:
        (settings.home / "logs").mkdir(mode=0o700, parents=True, exist_ok=True)
        if not settings.secret_key:
            write_private(settings.home / SECRET_FILE, secrets.token_urlsafe(64))
            config.cache_clear()
    except OSError as error:
        raise folder_error(settings.home, error) from error


def _prepare_database(steps: Steps, cluster: Cluster | None) -> None:
    began = time.monotonic()
    steps.begin("Datenbank")
    if cluster is not None:
        cluster.start()
        set_environment(
            {f"AMTLICH_{DATABASE_ROLES[role].upper()}": url for role, url in cluster.urls().items()}
        )
    django_setup.set_up()
    django_setup.migrate()
    django_setup.collect_static()
    title = f"Datenbank: {cluster.version}" if cluster else "Datenbank"
    steps.done("database", title, time.monotonic() - began)


def _prepare_town(steps: Steps, others: Sequence[str]) -> None:
    from amtlich.faces.cli.demo_town import ensure_town

    began = time.monotonic()
    steps.begin("Musterstadt und Kleinstadt")
    residents = ensure_town(also_at=others)
    django_setup.close_connections()
    count = f"{residents:,}".replace(",", ".")
    steps.done("town", f"Musterstadt mit {count} erfundenen Einwohnern, Kleinstadt", time.monotonic() - began)


class _Fonts:
    """The fonts, prepared beside everything else; a thread notes when they are ready."""

    def __init__(self, settings: Config) -> None:
        self._log = settings.home / "logs" / "fonts.log"
        self._began = time.monotonic()
        self.process = tools.start(
            [*python_module("amtlich.engines.documents.fonts"), str(settings.fonts)], log=self._log
        )
        self._seconds = 0.0
        self._watcher = threading.Thread(target=self._watch, name="fonts", daemon=True)
        self._watcher.start()

    def _watch(self) -> None:
        self.process.wait()
        self._seconds = time.monotonic() - self._began

    def ready(self, steps: Steps) -> None:
        steps.begin("Schriften für Bescheide")
        self._watcher.join()
        if self.process.returncode != 0:
            last = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise AmtlichError(
                f"Die Schriften lassen sich nicht vorbereiten: {last[-1] if last else 'ohne Meldung'}"
            )
        steps.done("fonts", "Schriften für Bescheide (nebenher)", self._seconds)


@dataclass(frozen=True)
class _Addresses:
    """How to reach the portal: the port on this machine, and names for other machines."""

    port: int
    others: Sequence[str]

    @property
    def here(self) -> str:
        return f"http://localhost:{self.port}"


def _run(chosen: argparse.Namespace, steps: Steps, began: float, listening: list[socket.socket],
         addresses: _Addresses, cluster: Cluster | None) -> int:  # fmt: skip
    from amtlich.faces.cli.serving import server_roles

    outcome: dict[str, str] = {}
    supervisor = Supervisor(server_roles(listening, logs=config().home / "logs"), cluster, alarm=_alarm)

    def carry_one_through() -> None:
        try:
            walked, outcome["line"] = _carry_through(steps, began, addresses.here)
            if not chosen.once:
                _tell_addresses(addresses, walked)
        except AmtlichError as error:
            outcome["error"] = str(error)
        except Exception as error:  # noqa: BLE001 - a thread's error would be lost, and we would wait for ever
            outcome["error"] = f"Unerwarteter Fehler: {error!r}"
        if chosen.once or "error" in outcome:
            supervisor.stop()

    thread = threading.Thread(target=carry_one_through, name="walk", daemon=True)
    supervisor.run(when_started=thread.start)
    if "error" in outcome:
        raise AmtlichError(f"{outcome['error']} Protokolle: {config().home / 'logs'}")
    if chosen.once:
        if "line" not in outcome:
            print("\nAbgebrochen.", file=sys.stderr)
            return 130
        say(outcome["line"])
    else:
        say("Amtlich ist beendet. Die Daten bleiben für den nächsten Start erhalten.")
    return 0


def _carry_through(steps: Steps, began: float, base: str) -> tuple[Walk, str]:
    say("Ein Antrag auf Meldebescheinigung, von Anfang bis Ende:")
    steps.begin("Web und Worker")
    walked = walk(base, _PERSON, lambda title, seconds: steps.done("walk", title, seconds))
    name = Path(walked.filename)
    pdf = _keep(config().home / "pdf", f"{name.stem}-{walked.case[:8]}.pdf", walked.pdf)
    total = time.time() - began
    seconds = {key: steps.seconds[key] for key in ("environment", "database", "fonts", "town")}
    seconds |= {"submit_to_document": round(walked.seconds, 2), "total": round(total, 2)}
    say(f"  PDF: {pdf}")
    say(f"  Prüfcode: {walked.verify_code}")
    say(f"  Insgesamt: {seconds_de(total)}")
    line = {"case": walked.case, "seconds": seconds, "pdf": str(pdf), "verify_code": walked.verify_code}
    return walked, json.dumps(line, ensure_ascii=False)


def _keep(folder: Path, name: str, content: bytes) -> Path:
    file = folder / name
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise folder_error(folder, error) from error
    return file


def _tell_addresses(addresses: _Addresses, walked: Walk) -> None:
    from amtlich.contexts.mail import api as mail
    from amtlich.contexts.registers.api import demo_residents

    port = addresses.port
    say()
    say(f"  Portal:          {addresses.here}")
    for name in addresses.others:
        say(f"  Im Netz:         http://{name}:{port}")
    say(f"  Zweite Behörde:  http://kleinstadt.localhost:{port}")
    say(f"  Bescheid prüfen: {addresses.here}/pruefen/{walked.verify_code}")
    say(f"  Daten:           {config().home}")
    if folder := mail.demo_folder():
        say(f"  E-Mails:         {folder} (es geht keine hinaus)")
    if "SSH_CONNECTION" in os.environ and not addresses.others:
        say(f"  Von Ihrem Rechner aus:  ssh -L {port}:localhost:{port} {os.uname().nodename}")
    say()
    say("  Anmelden können Sie sich ohne Kennwort als:")
    people = [(one.display_name, one.about_de) for one in demo_residents() if one.persona]
    for line in two_columns(people, indent=4, width=34):
        say(line)
    say()
    if addresses.others:
        say("  Vorsicht: Wer diesen Rechner im Netz erreicht, kann sich so anmelden.")
    say("  Beenden mit Strg+C.")


def _alarm(sentence: str) -> None:
    say(f"  Alarm: {sentence} Protokolle: {config().home / 'logs'}")
