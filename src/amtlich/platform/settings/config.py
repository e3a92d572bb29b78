# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The configuration of this process: read once, from the environment and a TOML file.

The environment wins over the file. The file is `AMTLICH_CONFIG`, else `amtlich.toml` in the home
folder. Where no database address is set, that of the embedded database of this home is used.
"""

import difflib
import functools
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from amtlich.kernel.errors import AmtlichError
from amtlich.platform.settings.catalogue import DATABASE_ROLES, SETTINGS, Malformed

#: Written by the supervisor, 0600: the addresses of the embedded database, per role.
ACCESS_FILE = Path("database") / "access.json"
#: Made by `amtlich demo`, 0600, so that sessions outlive a restart.
SECRET_FILE = Path("secret-key")
#: Variables that the program, its start script and its tests use among themselves; no settings.
_OWN_VARIABLES = (
    "AMTLICH_CONFIG",
    "AMTLICH_STARTED",
    "AMTLICH_PYTHON",
    "AMTLICH_SHARED",
    "AMTLICH_TEST_",
    "AMTLICH_CRASH_",
)


class ConfigError(AmtlichError):
    """A setting cannot be read. Message in German: which one, where it stands, what would be right."""


@dataclass(frozen=True)
class Config:
    """All settings, typed. `database_urls` has keys out of "app", "owner", "system", "retention"."""

    mode: str
    home: Path
    secret_key: str
    database_urls: Mapping[str, str]
    external_database: bool  # the addresses were set; they are not those of this home's embedded cluster
    database_backup_url: str  # "" where none is set
    pg: str | None
    port: int
    listen: str
    hosts: tuple[str, ...]
    public_url: str
    trusted_proxies: tuple[str, ...]
    smtp_url: str  # "" where no mail server is set
    smtp_password_file: Path | None
    smtp_ca_file: Path | None
    mail_from: str
    log_level: str
    web_threads: int
    worker_concurrency: int
    fonts: Path
    services: Path

    def __repr__(self) -> str:
        """Never show secrets: a repr ends up in logs and error pages."""
        return f"Config(mode={self.mode!r}, home={str(self.home)!r})"


@functools.cache
def config() -> Config:
    """The configuration of this process. Raises ConfigError."""
    return read(os.environ)


def set_environment(values: Mapping[str, str]) -> None:
    """Change settings of this process and of those it will start; call it before Django is set up."""
    os.environ.update(values)
    config.cache_clear()


def read(environ: Mapping[str, str]) -> Config:
    """Read the settings of `environ` and of the TOML file it points to. Raises ConfigError."""
    home = _home(environ)
    raw, origin = _collect(environ, home)
    values: dict[str, object] = {}
    for setting in SETTINGS:
        if setting.name in raw:
            try:
                values[setting.name] = setting.read(raw[setting.name])
            except Malformed as wrong:
                raise ConfigError(f"{origin[setting.name]}: {wrong}") from None
    return _build(values, home)


def unknown_variables(environ: Mapping[str, str]) -> list[str]:
    """A German sentence for every AMTLICH_ variable that is no setting (a typing error, mostly)."""
    known = {setting.variable for setting in SETTINGS}
    return [
        f"{name}: Diese Einstellung gibt es nicht.{_did_you_mean(name, known)}"
        for name in sorted(environ)
        if name.startswith("AMTLICH_") and name not in known and not name.startswith(_OWN_VARIABLES)
    ]


def shipped_services() -> Path:
    """The folder of service packages: inside the wheel, or `services/` of the repository."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "_services"
    return inside if inside.is_dir() else package.parents[1] / "services"


def _home(environ: Mapping[str, str]) -> Path:
    text = environ.get("AMTLICH_HOME", "").strip()
    if text:
        return Path(text).expanduser().absolute()
    data = environ.get("XDG_DATA_HOME", "").strip()
    try:
        base = Path(data) if data.startswith("/") else Path.home() / ".local" / "share"
    except RuntimeError:
        raise ConfigError(
            "AMTLICH_HOME: Für diesen Benutzer gibt es keinen Heimatordner. Bitte setzen Sie "
            "AMTLICH_HOME auf einen Ordner, in dem Amtlich seine Daten ablegen darf."
        ) from None
    return base / "amtlich"


def _collect(environ: Mapping[str, str], home: Path) -> tuple[dict[str, object], dict[str, str]]:
    """All raw values with the place where each stands (variable, or file and key)."""
    named = environ.get("AMTLICH_CONFIG", "").strip()
    file = Path(named).expanduser() if named else home / "amtlich.toml"
    raw: dict[str, object] = {}
    origin: dict[str, str] = {}
    known = {setting.name for setting in SETTINGS}
    for key, value in _toml(file, must_exist=bool(named)).items():
        if key not in known:
            raise ConfigError(f"{file}, „{key}“: Diese Einstellung gibt es nicht.{_did_you_mean(key, known)}")
        if key == "home":
            raise ConfigError(f"{file}, „home“: Den Datenordner legt nur die Umgebung fest (AMTLICH_HOME).")
        raw[key], origin[key] = value, f"{file}, „{key}“"
    for setting in SETTINGS:
        value = environ.get(setting.variable, "")
        if value.strip():
            raw[setting.name], origin[setting.name] = value, setting.variable
    return raw, origin


def _toml(file: Path, *, must_exist: bool) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if must_exist:
            raise ConfigError(f"AMTLICH_CONFIG: Die Datei {file} gibt es nicht.") from None
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise ConfigError(f"{file} ist keine gültige TOML-Datei: {wrong}.") from None
    except PermissionError:
        raise ConfigError(f"{file} darf dieser Benutzer nicht lesen.") from None
    except OSError as wrong:
        raise ConfigError(f"{file} lässt sich nicht lesen: {wrong.strerror}.") from None


def _did_you_mean(name: str, known: set[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f" Meinten Sie {near[0]}?" if near else " Alle stehen in docs/betrieb/einstellungen.md."


def _build(values: Mapping[str, object], home: Path) -> Config:
    mode = str(values.get("mode", "production"))
    port = int(str(values.get("port", 8000)))
    urls = {role: str(values[name]) for role, name in DATABASE_ROLES.items() if name in values}
    return Config(
        mode=mode,
        home=home,
        secret_key=_secret(values, home, mode),
        database_urls=urls or _embedded_urls(home),
        external_database=bool(urls),
        database_backup_url=str(values.get("database_backup_url", "")),
        pg=None if "pg" not in values else str(values["pg"]),
        port=port,
        listen=str(values.get("listen", "localhost")),
        hosts=_words(values.get("hosts")),
        public_url=str(values.get("public_url", f"http://localhost:{port}")),
        trusted_proxies=_words(values.get("trusted_proxies")),
        smtp_url=str(values.get("smtp_url", "")),
        smtp_password_file=_file(values.get("smtp_password_file")),
        smtp_ca_file=_file(values.get("smtp_ca_file")),
        mail_from=str(values.get("mail_from", "")),
        log_level=str(values.get("log_level", "INFO")),
        web_threads=int(str(values.get("web_threads", 8))),
        worker_concurrency=int(str(values.get("worker_concurrency", 2))),
        fonts=Path(str(values.get("fonts", home / "fonts"))),
        services=Path(str(values.get("services", shipped_services()))),
    )


def _words(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _file(value: object) -> Path | None:
    return value if isinstance(value, Path) else None


def _secret(values: Mapping[str, object], home: Path, mode: str) -> str:
    if "secret_key" in values:
        return str(values["secret_key"])
    named = values.get("secret_key_file")
    # Production never falls back on a secret that the program made up by itself.
    file = Path(str(named)) if named is not None else home / SECRET_FILE
    if named is None and mode == "production":
        return ""
    try:
        return file.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        if named is None:
            return ""
        raise ConfigError(f"AMTLICH_SECRET_KEY_FILE: Die Datei {file} gibt es nicht.") from None
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"{file} lässt sich nicht lesen; dort soll das Geheimnis stehen.") from None


def _embedded_urls(home: Path) -> dict[str, str]:
    try:
        stored = json.loads((home / ACCESS_FILE).read_text(encoding="utf-8"))
        return {role: str(stored["urls"][role]) for role in DATABASE_ROLES}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
