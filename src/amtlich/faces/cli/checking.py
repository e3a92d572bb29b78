# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich check`: what is wrong with settings and surroundings, one German sentence per finding."""

import argparse
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from amtlich.faces.cli.steps import say
from amtlich.platform.settings.catalogue import DATABASE_ROLES
from amtlich.platform.settings.config import Config, config, unknown_variables
from amtlich.platform.supervisor import binaries
from amtlich.platform.supervisor.errors import SupervisorError
from amtlich.platform.tenancy.imprint import still_missing

_SECRET_LENGTH = 50
_KNOWN_SECRETS = ("secret", "geheim", "changeme", "change-me", "password", "kennwort", "insecure", "default",
                  "example", "beispiel", "django")  # fmt: skip
_LITTLE_SPACE = 1024**3
_LOWEST_VERSION = 150000


@dataclass(frozen=True)
class Finding:
    """`grave` ones keep production from starting."""

    grave: bool
    sentence: str


def check(chosen: argparse.Namespace) -> int:
    """Print all findings; exit status 1 if one of them keeps production from starting."""
    external = config().external_database
    found = [*findings(roles=tuple(DATABASE_ROLES) if external else ()), *about_imprints()]
    for finding in found:
        say(f"{'✗' if finding.grave else '•'} {finding.sentence}")
    if any(finding.grave for finding in found):
        return 1
    say("✓ So darf Amtlich starten.")
    return 0


def findings(roles: Sequence[str]) -> list[Finding]:
    """All findings for a process that connects as `roles`; in demo and test mode only those on the
    surroundings count."""
    settings = config()
    found = [Finding(False, sentence) for sentence in unknown_variables(os.environ)]
    found += _about_home(settings)
    if settings.mode == "production":
        found += _about_secrets(settings)
        found += _about_addresses(settings)
        found += _about_rights()
        found += _about_mail(settings)
    if settings.external_database:
        found += _about_databases(settings, roles)
    else:
        found += _about_embedded(settings)
    return found


def about_imprints() -> list[Finding]:
    """What law asks each authority to say and its file does not; nothing where no database answers."""
    url = config().database_urls.get("app")
    if url is None:
        return []
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            stated = connection.execute(
                "SELECT slug, email, imprint FROM tenancy_authority WHERE enabled ORDER BY slug"
            ).fetchall()
    except psycopg.Error:
        return []  # that it does not answer is a finding of its own
    found = []
    for slug, email, imprint in stated:
        missing = [f"imprint.{name}" for name in still_missing(imprint)] + ([] if email else ["email"])
        if missing:
            found.append(
                Finding(
                    False,
                    f"{slug}: In der Datei der Behörde fehlt für Impressum und Barrierefreiheit: "
                    f"{', '.join(missing)}. Tragen Sie es ein: amtlich authority add DATEI",
                )
            )
    return found


def _about_secrets(settings: Config) -> Iterator[Finding]:
    key = settings.secret_key
    make = "Ein gutes macht: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    if not key:
        yield Finding(True, f"AMTLICH_SECRET_KEY fehlt. {make}")
    elif len(key) < _SECRET_LENGTH or len(set(key)) < 12:
        yield Finding(True, f"AMTLICH_SECRET_KEY ist zu kurz oder zu eintönig. {make}")
    elif any(word in key.lower() for word in _KNOWN_SECRETS):
        yield Finding(True, f"AMTLICH_SECRET_KEY sieht nach einem Platzhalter aus. {make}")
    file = os.environ.get("AMTLICH_SECRET_KEY_FILE")
    if file and Path(file).exists() and Path(file).stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(True, f"{file} ist für andere lesbar. Bitte geben Sie ein: chmod 600 {file}")


def _about_addresses(settings: Config) -> Iterator[Finding]:
    if not settings.hosts:
        yield Finding(True, "AMTLICH_HOSTS fehlt: die Rechnernamen, unter denen der Dienst erreichbar ist.")
    if any(host in ("*", ".") for host in settings.hosts):
        yield Finding(True, "AMTLICH_HOSTS darf nicht alles erlauben; bitte nennen Sie die Rechnernamen.")
    if not settings.public_url.startswith("https://"):
        yield Finding(False, f"AMTLICH_PUBLIC_URL ist {settings.public_url}; auf Bescheiden steht so keine "
                             "sichere Adresse. Erwartet wird https://…")  # fmt: skip
    if settings.public_url.startswith("https://") and not settings.trusted_proxies:
        yield Finding(False, "AMTLICH_TRUSTED_PROXIES fehlt: Ohne diese Angabe erkennt Amtlich nicht, dass "
                             "der vorgeschaltete Rechner verschlüsselt.")  # fmt: skip


def _about_mail(settings: Config) -> Iterator[Finding]:
    if bool(settings.smtp_url) != bool(settings.mail_from):
        missing = "AMTLICH_MAIL_FROM" if settings.smtp_url else "AMTLICH_SMTP_URL"
        yield Finding(
            False, f"{missing} fehlt: So gehen keine E-Mails hinaus, und das Portal bietet keine an."
        )
    file = settings.smtp_password_file
    if file is not None and not os.access(file, os.R_OK):
        yield Finding(True, f"AMTLICH_SMTP_PASSWORD_FILE: {file} gibt es nicht oder ist nicht lesbar.")
    elif file is not None and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield Finding(True, f"{file} ist für andere lesbar. Bitte geben Sie ein: chmod 600 {file}")
    if settings.smtp_ca_file is not None and not os.access(settings.smtp_ca_file, os.R_OK):
        yield Finding(True, f"AMTLICH_SMTP_CA_FILE: {settings.smtp_ca_file} ist nicht lesbar.")
    if settings.smtp_url.startswith("smtp+plain://") and not _is_here(settings.smtp_url):
        yield Finding(False, "AMTLICH_SMTP_URL: E-Mails gehen unverschlüsselt zum Mailserver. Besser ist "
                             "smtp:// oder smtps://.")  # fmt: skip


def _is_here(url: str) -> bool:
    return urlsplit(url).hostname in ("localhost", "127.0.0.1", "::1")


def _about_rights() -> Iterator[Finding]:
    if os.geteuid() == 0:
        yield Finding(True, "Amtlich läuft im Betrieb nicht als root. Bitte starten Sie es unter einem "
                            "eigenen Benutzer: sudo useradd --system --create-home amtlich")  # fmt: skip


def _about_home(settings: Config) -> Iterator[Finding]:
    home = settings.home
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK | os.X_OK):
        yield Finding(True, f"In {existing} darf dieser Benutzer nicht schreiben; AMTLICH_HOME ist {home}.")
        return
    free = shutil.disk_usage(existing).free
    if free < _LITTLE_SPACE:
        yield Finding(False, f"Auf dem Datenträger von {home} sind nur noch {free // 1024**2} MB frei.")
    if home.exists() and home.stat().st_mode & stat.S_IRWXO:
        yield Finding(
            settings.mode == "production",
            f"{home} ist für andere offen. Bitte geben Sie ein: chmod 700 {home}",
        )


def _about_embedded(settings: Config) -> Iterator[Finding]:
    try:
        version = settings.home / "database" / "data" / "PG_VERSION"
        major = int(version.read_text()) if version.exists() else None
        binaries.choose(settings.pg, major, version.parent)
    except SupervisorError as error:
        yield Finding(True, str(error))
    except (OSError, ValueError):
        yield Finding(True, f"Die Datenbank in {settings.home} ist für diesen Benutzer nicht lesbar.")


def _about_databases(settings: Config, roles: Sequence[str]) -> Iterator[Finding]:
    for role in roles:
        variable = f"AMTLICH_{DATABASE_ROLES[role].upper()}"
        url = settings.database_urls.get(role)
        if url is None:
            yield Finding(True, f"{variable} fehlt: die Adresse für die Rolle amtlich_{role}.")
        else:
            yield from _about_database(role, variable, url)


def _about_database(role: str, variable: str, url: str) -> Iterator[Finding]:
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            row = connection.execute(
                "SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
            version = connection.info.server_version
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__
        yield Finding(True, f"{variable}: Die Datenbank ist nicht erreichbar ({reason}).")
        return
    user, mighty = row if row else ("", True)
    if user != f"amtlich_{role}":
        yield Finding(
            True, f"{variable} meldet sich als „{user}“ an; erwartet wird die Rolle amtlich_{role}."
        )
    elif mighty:
        yield Finding(True, f"Die Rolle {user} darf Zeilenregeln umgehen. Bitte geben Sie in der Datenbank "
                            f"ein: ALTER ROLE {user} NOSUPERUSER NOBYPASSRLS")  # fmt: skip
    if version < _LOWEST_VERSION:
        yield Finding(True, f"{variable}: PostgreSQL {version // 10000} ist zu alt; nötig ist 15 oder neuer.")
