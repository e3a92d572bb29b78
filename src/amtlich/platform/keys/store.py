# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Where seal keys lie: ``home/keys/<authority>/seal.key`` and ``seal.crt``, mode 0600."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from amtlich.engines.documents.seal import SealKey, make_seal_key
from amtlich.kernel.errors import AmtlichError
from amtlich.platform.settings.config import config

if TYPE_CHECKING:
    from amtlich.platform.tenancy.models import Authority


class NoSealKey(AmtlichError):
    """The authority has no seal key, or it cannot be read."""


def _folder(slug: str) -> Path:
    return config().home / "keys" / slug


def create(authority: Authority) -> SealKey:
    """Make the authority's key and self-signed certificate, unless they exist; an *advanced* seal.

    The key is complete on disk, or not there at all: both files are written beside and renamed.
    """
    folder = _folder(authority.slug)
    if not (folder / "seal.crt").exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = make_seal_key(authority.name, f"{authority.name}, elektronisches Siegel (fortgeschritten)")
        _write(folder / "seal.key", made.key_pem)
        _write(folder / "seal.crt", made.certificate_pem)
        _read.cache_clear()
    return seal_key(authority)


def seal_key(authority: Authority) -> SealKey:
    """The authority's key; raises ``NoSealKey`` with what to do."""
    return _read(_folder(authority.slug))


@lru_cache(maxsize=512)
def _read(folder: Path) -> SealKey:
    try:
        return SealKey((folder / "seal.key").read_bytes(), (folder / "seal.crt").read_bytes())
    except OSError as error:
        raise NoSealKey(
            f"Der Siegelschlüssel in {folder} fehlt oder ist nicht lesbar. "
            "Spielen Sie ihn aus der Sicherung zurück; ein neuer Schlüssel macht alte Siegel nicht ungültig."
        ) from error


def _write(path: Path, content: bytes) -> None:
    beside = path.with_suffix(".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
