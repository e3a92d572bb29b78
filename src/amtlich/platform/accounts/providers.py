# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where the citizens of an authority log in: its identity provider, as one table of its TOML file.

``read`` checks the table without database and network; the running program reads the same table from
the authority's row. The client's secret stands in neither: the table names where it lies.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

from amtlich.kernel.errors import BadInput
from amtlich.kernel.trust import TrustLevel

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: What a log-in can tell about a person, and the claim that tells it unless the table says otherwise.
CLAIMS: Mapping[str, str] = MappingProxyType(
    {
        "family": "family_name",
        "given": "given_name",
        "birth": "birthdate",
        "street": "address.street_address",
        "house_number": "",  # mostly the end of the street
        "postcode": "address.postal_code",
        "town": "address.locality",
    }
)
_LEVELS = ("low", "substantial", "high")
_VARIABLE = re.compile(r"[A-Z][A-Z0-9_]{2,60}")
_CLAIM = re.compile(r"[A-Za-z0-9_:/-]+(\.[A-Za-z0-9_:/-]+)?")
_LONGEST = 500
_LONGEST_SECRET = 4096

ClientAuth = Literal["basic", "post"]


class NoSecret(Exception):
    """The secret is not where the table says. The message is for the operator's log."""


@dataclass(frozen=True, slots=True)
class MeansLevel:
    """What one value of ``acr`` means: how sure the log-in is, and by which means it was made."""

    acr: str
    level: TrustLevel
    means: str


@dataclass(frozen=True, slots=True)
class ProviderSpec:
    """An OpenID Connect provider and what it knows us by."""

    name: str
    issuer: str
    client_id: str
    client_auth: ClientAuth
    secret_file: str
    secret_env: str
    scopes: tuple[str, ...]
    userinfo: bool
    levels: tuple[MeansLevel, ...]
    claims: Mapping[str, str]

    def meaning_of(self, acr: object) -> MeansLevel:
        """What a log-in of this ``acr`` is worth. One that the table does not know is worth nothing."""
        for known in self.levels:
            if known.acr == acr:
                return known
        return MeansLevel("", TrustLevel.NONE, self.name)

    def reaching(self, level: TrustLevel) -> tuple[MeansLevel, ...]:
        """The means that reach a level, in the order of the table."""
        return tuple(one for one in self.levels if one.level >= level)

    def secret(self) -> str:
        """The client's secret, read anew each time so that it can be changed; raises ``NoSecret``."""
        if self.secret_env:
            found = os.environ.get(self.secret_env, "").strip()
            where = f"environment variable {self.secret_env}"
        else:
            where = self.secret_file
            try:
                with Path(self.secret_file).open(encoding="utf-8") as file:
                    found = file.read(_LONGEST_SECRET).strip()
            except (OSError, UnicodeDecodeError) as fault:
                raise NoSecret(f"{where}: {type(fault).__name__}") from None
        if not found:
            raise NoSecret(f"{where} is empty")
        return found


def provider_of(login: Mapping[str, Any]) -> ProviderSpec | None:
    """The provider of an authority whose row holds this table, None where it has none."""
    return read(login) if login else None


def read(table: Mapping[str, Any]) -> ProviderSpec:
    """The table ``[login]``, checked. Raises ``BadInput`` naming the key and what would be right."""
    _refuse_a_secret(table)
    _only(table, "login", (*_FIELDS, "levels", "claims"))
    secret_file, secret_env = _secret_place(table)
    return ProviderSpec(
        name=_text(table, "name", "Nennen Sie den Anbieter, wie die Menschen ihn kennen, etwa BundID"),
        issuer=_issuer(table),
        client_id=_text(table, "client_id", "Nennen Sie die Kennung, unter der der Anbieter Sie führt"),
        client_auth=_client_auth(table),
        secret_file=secret_file,
        secret_env=secret_env,
        scopes=_scopes(table),
        userinfo=_flag(table, "userinfo"),
        levels=_levels(table),
        claims=_claims(table),
    )


_FIELDS = (
    "name",
    "issuer",
    "client_id",
    "client_auth",
    "client_secret_file",
    "client_secret_env",
    "scopes",
    "userinfo",
)


def _refused(key: str, right: str) -> BadInput:
    return BadInput(f"„{key}“: {right}.")


def _only(table: object, where: str, known: tuple[str, ...]) -> None:
    if not isinstance(table, Mapping):
        raise _refused(where, "Hier gehört eine Tabelle hin")
    if unknown := sorted(str(key) for key in table.keys() - set(known)):
        raise _refused(f"{where}.{unknown[0]}", f"Das gibt es nicht. Möglich sind: {', '.join(known)}")


def _text(table: Mapping[str, Any], key: str, right: str, where: str = "login") -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST or not value.isprintable():
        raise _refused(f"{where}.{key}", f"{right} (ein Text in Anführungszeichen)")
    return value.strip()


def _flag(table: Mapping[str, Any], key: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise _refused(f"login.{key}", "Hier gehört true oder false hin")
    return value


def _issuer(table: Mapping[str, Any]) -> str:
    right = "Nennen Sie die Adresse des Anbieters genau so, wie er sie veröffentlicht"
    text = _text(table, "issuer", right)
    if not safe_address(text) or urlsplit(text).query or urlsplit(text).fragment:
        raise _refused(
            "login.issuer", "Hier gehört eine Adresse mit https:// hin (http nur auf diesem Rechner selbst)"
        )
    return text


def safe_address(address: object) -> bool:
    """Whether this is an https address, or http on this very machine: personal data go there."""
    if not isinstance(address, str) or not address.isascii() or not address.isprintable():
        return False
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or any(sign in address for sign in " \\\"'<>;,"):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)


def _client_auth(table: Mapping[str, Any]) -> ClientAuth:
    match table.get("client_auth", "basic"):
        case "basic":
            return "basic"
        case "post":
            return "post"
    raise _refused("login.client_auth", "Erlaubt sind basic und post, je nachdem, was der Anbieter verlangt")


def _refuse_a_secret(table: object) -> None:
    if isinstance(table, Mapping) and "client_secret" in table:
        raise _refused(
            "login.client_secret",
            "Das Geheimnis darf hier nicht stehen. Nennen Sie eine Datei (client_secret_file) oder eine "
            "Umgebungsvariable (client_secret_env)",
        )


def _secret_place(table: Mapping[str, Any]) -> tuple[str, str]:
    file, variable = table.get("client_secret_file"), table.get("client_secret_env")
    if (file is None) == (variable is None):
        raise _refused(
            "login.client_secret_file",
            "Nennen Sie entweder eine Datei (client_secret_file) oder eine Umgebungsvariable "
            "(client_secret_env), in der das Geheimnis steht",
        )
    if variable is not None:
        if not isinstance(variable, str) or not _VARIABLE.fullmatch(variable):
            raise _refused("login.client_secret_env", "Erlaubt sind Großbuchstaben, Ziffern und Unterstriche")
        if variable.startswith("AMTLICH_"):  # those are settings; one of them is the secret of all sessions
            raise _refused("login.client_secret_env", "Der Name darf nicht mit AMTLICH_ beginnen")
        return "", variable
    if not isinstance(file, str) or not file.startswith("/") or "\0" in file:
        raise _refused(
            "login.client_secret_file", "Hier gehört ein vollständiger Pfad hin, der mit / beginnt"
        )
    return file, ""


def _scopes(table: Mapping[str, Any]) -> tuple[str, ...]:
    value = table.get("scopes", ["openid", "profile", "address"])
    right = 'Hier gehört eine Liste hin, etwa ["openid", "profile", "address"]'
    if not isinstance(value, list) or len(value) > 20:
        raise _refused("login.scopes", right)
    if not all(isinstance(one, str) and re.fullmatch(r"[!#-\[\]-~]{1,80}", one) for one in value):
        raise _refused("login.scopes", right)
    return tuple(dict.fromkeys(("openid", *value)))


def _levels(table: Mapping[str, Any]) -> tuple[MeansLevel, ...]:
    entries = table.get("levels")
    if not isinstance(entries, list) or not entries:
        raise _refused(
            "login.levels",
            "Es fehlt mindestens ein Abschnitt [[login.levels]] mit acr, level und means. Ohne ihn gilt "
            "jede Anmeldung als keine",
        )
    found: dict[str, MeansLevel] = {}
    for number, entry in enumerate(entries, start=1):
        where = f"login.levels, Eintrag {number}"
        _only(entry, where, ("acr", "level", "means"))
        acr = _text(entry, "acr", "Nennen Sie den Wert, den der Anbieter als acr sendet", where)
        if " " in acr:  # acr_values is a list parted by blanks
            raise _refused(f"{where}.acr", "Ein Wert von acr enthält keine Leerzeichen")
        if acr in found:
            raise _refused(f"{where}.acr", f"„{acr}“ steht schon in einem anderen Eintrag")
        if entry.get("level") not in _LEVELS:
            raise _refused(f"{where}.level", f"Erlaubt sind {', '.join(_LEVELS)}")
        means = _text(entry, "means", "Nennen Sie das Mittel, etwa BundID mit Online-Ausweis", where)
        found[acr] = MeansLevel(acr, TrustLevel.from_word(entry["level"]), means)
    return tuple(found.values())


def _claims(table: Mapping[str, Any]) -> Mapping[str, str]:
    given = table.get("claims", {})
    _only(given, "login.claims", tuple(CLAIMS))
    for key, value in given.items():
        if not isinstance(value, str) or (value and not _CLAIM.fullmatch(value)):
            raise _refused(
                f"login.claims.{key}",
                "Hier gehört der Name einer Angabe hin, etwa birthdate oder address.locality",
            )
    return MappingProxyType({**CLAIMS, **given})
