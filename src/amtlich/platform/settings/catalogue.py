# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every setting there is: its name, how it is read, what an operator is told about it.

The environment calls a setting `AMTLICH_<NAME>`, the TOML file `<name>`; nothing else is read. The
table in docs/betrieb/einstellungen.md is compared with this list by a test.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MODES = ("demo", "production", "test")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DATABASE_ROLES: Mapping[str, str] = {
    "app": "database_url",
    "owner": "database_owner_url",
    "system": "database_system_url",
    "retention": "database_retention_url",
}

_HOST = re.compile(r"\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_NETWORK = re.compile(r"[0-9a-fA-F:.]+(/[0-9]{1,3})?")
_SMTP = re.compile(
    r"(smtp|smtps|smtp\+plain)://([^\s/?#@]+@)?([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(:[0-9]{1,5})?"
)
_SENDER = re.compile(r"(\{slug\}|[A-Za-z0-9.!#$%&'*+/=?^_`|~-])+@([\w-]|\{slug\}|\.)+")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Malformed(ValueError):
    """A value cannot be read; the message says in German what would be right."""


Reader = Callable[[object], object]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Malformed("Hier gehört ein Text in Anführungszeichen hin.")
    return value.strip()


def _path(value: object) -> Path:
    text = _text(value)
    if not text or "\0" in text:
        raise Malformed("Hier gehört der Pfad eines Ordners hin.")
    return Path(text).expanduser().absolute()


def _whole_number(low: int, high: int) -> Reader:
    def read(value: object) -> int:
        text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
            raise Malformed(f"Hier gehört eine ganze Zahl von {low} bis {high} hin.")
        return int(text)

    return read


def _one_of(words: tuple[str, ...]) -> Reader:
    def read(value: object) -> str:
        text = _text(value)
        for word in words:
            if text.casefold() == word.casefold():
                return word
        raise Malformed(f"Erlaubt sind: {', '.join(words)}.")

    return read


def _list_of(pattern: re.Pattern[str], what: str) -> Reader:
    def read(value: object) -> tuple[str, ...]:
        parts = value.split(",") if isinstance(value, str) else value
        if not isinstance(parts, list):
            raise Malformed(f"Hier gehören {what} hin, durch Kommas getrennt.")
        words = tuple(_text(part) for part in parts if not isinstance(part, str) or part.strip())
        for word in words:
            if not pattern.fullmatch(word.lower()):
                raise Malformed(f"„{word}“ gehört nicht zu dem, was hier stehen darf ({what}).")
        return words

    return read


def _database_url(value: object) -> str:
    text = _text(value)
    if not text.startswith(("postgresql://", "postgres://")):
        raise Malformed("Eine Datenbankadresse beginnt mit postgresql://, etwa "
                        "postgresql://amtlich_app:KENNWORT@db.example.org/amtlich.")  # fmt: skip
    if not urlsplit(text).path.strip("/"):
        raise Malformed("In der Adresse fehlt der Name der Datenbank hinter dem letzten Schrägstrich.")
    return text


def _smtp_url(value: object) -> str:
    text = _text(value).rstrip("/")
    if not _SMTP.fullmatch(text):
        raise Malformed("Hier gehört der Mailserver hin: smtp://BENUTZER@mail.example.org:587 für STARTTLS, "
                        "smtps://… für TLS von Anfang an, smtp+plain://localhost ohne.")  # fmt: skip
    parts = urlsplit(text)
    if parts.password is not None:
        raise Malformed("Das Kennwort gehört nicht in die Adresse, sondern in die Datei, die "
                        "AMTLICH_SMTP_PASSWORD_FILE nennt.")  # fmt: skip
    if parts.scheme == "smtp+plain" and parts.username and parts.hostname not in _LOOPBACK:
        raise Malformed(
            "Ohne Verschlüsselung geht kein Kennwort über das Netz. Nehmen Sie smtp:// oder smtps://."
        )
    return text


def _mail_from(value: object) -> str:
    text = _text(value)
    if not _SENDER.fullmatch(text):
        raise Malformed("Hier gehört eine E-Mail-Adresse hin, etwa amt@musterstadt.de; {slug} steht für das "
                        "Kürzel der Behörde.")  # fmt: skip
    return text


def _public_url(value: object) -> str:
    text = _text(value).rstrip("/")
    if not re.fullmatch(r"https?://[^/\s?#]+", text):
        raise Malformed("Hier gehört eine Adresse wie https://amt.example.org hin, ohne Pfad.")
    return text


@dataclass(frozen=True)
class Setting:
    """One setting. `read` turns the raw value into the right type or raises `Malformed`."""

    name: str
    read: Reader
    shown_default: str
    purpose: str

    @property
    def variable(self) -> str:
        return f"AMTLICH_{self.name.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting("mode", _one_of(MODES), "production",
            "Betriebsart: `demo`, `production` oder `test`. `amtlich demo` setzt sie selbst."),
    Setting("home", _path, "~/.local/share/amtlich",
            "Ordner für alle Daten: eingebettete Datenbank, Schlüssel, Schriften, Protokolle."),
    Setting("secret_key", _text, "keiner",
            "Geheimnis für Sitzungen und Formulare, mindestens 50 zufällige Zeichen."),
    Setting("secret_key_file", _path, "keine",
            "Datei, in der das Geheimnis steht, statt `AMTLICH_SECRET_KEY`; nur für den Dienst lesbar."),
    Setting("database_url", _database_url, "eingebettet",
            "Adresse der Datenbank für die Rolle `amtlich_app` (Web und Worker)."),
    Setting("database_owner_url", _database_url, "eingebettet",
            "Adresse für die Rolle `amtlich_owner`; nur `amtlich migrate` braucht sie."),
    Setting("database_system_url", _database_url, "eingebettet",
            "Adresse für die Rolle `amtlich_system`, die über alle Behörden hinweg lesen darf."),
    Setting("database_retention_url", _database_url, "eingebettet",
            "Adresse für die Rolle `amtlich_retention`, die Inhalte nach Ablauf der Frist löscht."),
    Setting("database_backup_url", _database_url, "eingebettet",
            "Adresse für die Rolle, mit der `amtlich backup` alle Zeilen liest (BYPASSRLS)."),
    Setting("pg", _one_of(("system", "wheel")), "was da ist",
            "Welches PostgreSQL eingebettet wird: `system` (Debian) oder `wheel` (mitgeliefert)."),
    Setting("port", _whole_number(1, 65535), "8000", "Port, auf dem der Webdienst hört."),
    Setting("listen", _text, "localhost",
            "Adresse, auf der der Webdienst hört; `0.0.0.0` öffnet ihn für das Netz."),
    Setting("hosts", _list_of(_HOST, "Rechnernamen"), "keine",
            "Rechnernamen, unter denen Bürgerinnen und Bürger den Dienst erreichen."),
    Setting("public_url", _public_url, "http://localhost:PORT",
            "Öffentliche Adresse, wie sie auf Bescheiden und in Nachrichten steht."),
    Setting("trusted_proxies", _list_of(_NETWORK, "IP-Adressen oder Netze"), "keine",
            "Vorgeschaltete Rechner, deren Angaben zu Protokoll und Absender gelten."),
    Setting("smtp_url", _smtp_url, "keiner",
            "Mailserver: `smtp://` mit STARTTLS, `smtps://` mit TLS von Anfang an, `smtp+plain://` ohne."),
    Setting("smtp_password_file", _path, "keine",
            "Datei, in der das Kennwort für den Mailserver steht; nur für den Dienst lesbar."),
    Setting("smtp_ca_file", _path, "die des Systems",
            "Datei mit den Zertifikaten, denen Amtlich beim Mailserver vertraut."),
    Setting("mail_from", _mail_from, "keiner",
            "Absender der E-Mails, etwa `amt@musterstadt.de`; `{slug}` steht für das Kürzel der Behörde."),
    Setting("log_level", _one_of(LOG_LEVELS), "INFO",
            "Wie viel protokolliert wird: `DEBUG`, `INFO`, `WARNING` oder `ERROR`."),
    Setting("web_threads", _whole_number(1, 64), "8",
            "Wie viele Anfragen ein Webprozess zugleich bearbeitet."),
    Setting("worker_concurrency", _whole_number(1, 4), "2",
            "Wie viele Aufträge ein Worker zugleich bearbeitet, höchstens 4."),
    Setting("fonts", _path, "HOME/fonts",
            "Ordner der vorbereiteten Schriften für Bescheide."),
    Setting("services", _path, "mitgelieferte",
            "Ordner der Leistungspakete, die beim Einrichten veröffentlicht werden."),
)  # fmt: skip
