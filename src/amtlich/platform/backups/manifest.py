# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is in a backup: its parts with size and SHA-256, and how many rows each table had."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from amtlich.kernel.errors import AmtlichError

NAME, DATABASE, FILES, KEYS = "manifest.json", "database.dump", "files.tar", "keys.tar"
FORMAT = 1


class BackupError(AmtlichError):
    """A backup cannot be made or used; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The backup as a whole. ``version`` is the program's, ``postgres`` the server's major version."""

    version: str
    made_at: str
    postgres: int
    tables: Mapping[str, int]
    parts: Mapping[str, Part]

    @property
    def rows(self) -> int:
        return sum(self.tables.values())


def part_of(file: Path) -> Part:
    """Size and checksum of a file."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return Part(file.stat().st_size, digest.hexdigest())


def write(folder: Path, manifest: Manifest) -> None:
    """The last file of a backup: without it, it is none."""
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1, sort_keys=True, ensure_ascii=False)
    with (folder / NAME).open("w", encoding="utf-8") as stream:
        stream.write(text + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def read(folder: Path) -> Manifest:
    """The manifest, after all parts have been compared with it. Raises ``BackupError``."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except OSError:
        raise BackupError(f"{folder} ist keine vollständige Sicherung: {NAME} fehlt.") from None
    except ValueError:
        raise BackupError(f"{folder / NAME} ist beschädigt. Nehmen Sie eine andere Sicherung.") from None
    if found.get("format") != FORMAT:
        raise BackupError(f"{folder}: Diese Sicherung hat ein Format, das diese Fassung nicht kennt.")
    parts = {name: Part(**part) for name, part in found["parts"].items()}
    for name, part in parts.items():
        file = folder / name
        if not file.is_file() or part_of(file) != part:
            raise BackupError(
                f"{file} fehlt oder ist beschädigt: Prüfsumme oder Größe stimmt nicht. "
                "Nehmen Sie eine andere Sicherung."
            )
    return Manifest(found["version"], found["made_at"], found["postgres"], found["tables"], parts)
