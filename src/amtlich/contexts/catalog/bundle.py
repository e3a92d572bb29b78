# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The files of one package in memory, with their digest; from a folder, to an archive and back.

A folder is somebody else's input: links out of it, strange names, and more than a package can need are
refused. The digest is taken over names and contents, not over an archive, because two zip libraries pack
the same files differently.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from amtlich.contexts.catalog.findings import Finding

REQUIRED = (
    "service.yaml",
    "form.yaml",
    "decision.dmn",
    "parameters.yaml",
    "texts.yaml",
    "reasons.yaml",
    "scenarios.yaml",
    "CHANGELOG.md",
)
"""Every package has these files."""

MAX_FILES = 100
MAX_FILE_BYTES = 1_000_000
MAX_BYTES = 5_000_000

_NOTICE = re.compile(r"notices/[A-Za-z0-9][A-Za-z0-9._-]{0,79}\.(typ|svg|json)")
_OPTIONAL = re.compile(r"README\.md|LICENSE")


class BundleRefused(ValueError):
    """The folder or archive is no package. ``findings`` says why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Bundle:
    """Relative names (with /) and contents of all files."""

    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """SHA-256 over sorted names and contents, each with its length before it."""
        total = hashlib.sha256()
        for name in sorted(self.files):
            for part in (name.encode(), self.files[name]):
                total.update(len(part).to_bytes(8, "big"))
                total.update(part)
        return total.hexdigest()

    def to_archive(self) -> bytes:
        """A zip with fixed dates, so that equal packages give equal archives from one library."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(self.files):
                archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), self.files[name])
        return target.getvalue()


def from_archive(source: bytes) -> Bundle:
    """The files of a stored package. Raises ``BundleRefused``; sizes are checked before unpacking."""
    try:
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            entries = archive.infolist()
            findings = _check_sizes({entry.filename: entry.file_size for entry in entries})
            findings += [finding for entry in entries for finding in _check_name(entry.filename)]
            if findings:
                raise BundleRefused(findings)
            return Bundle({entry.filename: archive.read(entry) for entry in entries})
    except zipfile.BadZipFile as error:
        raise BundleRefused(
            [
                Finding(
                    "service.yaml", 1, 1, "Das Archiv ist beschädigt.", "Veröffentlichen Sie das Paket neu."
                )
            ]
        ) from error


def from_folder(folder: Path) -> Bundle:
    """The files of a package folder. Raises ``BundleRefused`` with every reason."""
    if not folder.is_dir():
        raise BundleRefused(
            [
                Finding(
                    str(folder),
                    1,
                    1,
                    "Diesen Ordner gibt es nicht.",
                    "Nennen Sie den Ordner eines Leistungspakets.",
                )
            ]
        )
    if not (folder / "service.yaml").is_file():
        # One sentence: every file of a foreign folder as a finding of its own would help nobody.
        raise BundleRefused(
            [
                Finding(
                    "service.yaml",
                    1,
                    1,
                    f"Der Ordner {folder} ist kein Leistungspaket: Die Datei service.yaml fehlt.",
                    "Nennen Sie den Ordner eines Pakets oder legen Sie die Datei an.",
                )
            ]
        )
    findings: list[Finding] = []
    found: dict[str, Path] = {}
    _walk(folder, folder, found, findings)
    sizes = {name: path.stat().st_size for name, path in found.items()}
    findings += _check_sizes(sizes)
    for name in found:
        findings += _check_name(name)
    findings += [
        Finding(
            name, 1, 1, f"Die Datei {name} fehlt.", "Legen Sie sie an; die Anleitung zeigt, was darin steht."
        )
        for name in REQUIRED
        if name not in found
    ]
    if findings:
        raise BundleRefused(findings)
    return Bundle({name: path.read_bytes() for name, path in sorted(found.items())})


def _walk(root: Path, folder: Path, found: dict[str, Path], findings: list[Finding]) -> None:
    for entry in sorted(os.scandir(folder), key=lambda item: item.name):
        name = Path(entry.path).relative_to(root).as_posix()
        # What editors, systems and test runs leave behind is no part of a package.
        if entry.name.startswith(".") or entry.name.endswith(("~", ".bak", ".swp")):
            continue
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode):
            findings.append(
                Finding(
                    name,
                    1,
                    1,
                    "Das ist ein Verweis auf eine andere Datei.",
                    "Kopieren Sie die Datei in das Paket.",
                )
            )
        elif stat.S_ISDIR(mode):
            if len(found) <= MAX_FILES:
                _walk(root, Path(entry.path), found, findings)
        elif stat.S_ISREG(mode):
            if len(found) > MAX_FILES:
                return
            found[name] = Path(entry.path)
        else:
            findings.append(Finding(name, 1, 1, "Das ist keine gewöhnliche Datei.", "Löschen Sie sie."))


def _check_sizes(sizes: Mapping[str, int]) -> list[Finding]:
    findings = [
        Finding(name, 1, 1, f"Die Datei ist größer als {MAX_FILE_BYTES // 1000} kB.", "Verkleinern Sie sie.")
        for name, size in sizes.items()
        if size > MAX_FILE_BYTES
    ]
    if len(sizes) > MAX_FILES:
        findings.append(
            Finding(
                "service.yaml",
                1,
                1,
                f"Das Paket hat mehr als {MAX_FILES} Dateien.",
                "Löschen Sie, was nicht dazugehört.",
            )
        )
    if sum(sizes.values()) > MAX_BYTES:
        findings.append(
            Finding(
                "service.yaml",
                1,
                1,
                f"Das Paket ist größer als {MAX_BYTES // 1_000_000} MB.",
                "Verkleinern Sie es.",
            )
        )
    return findings


def _check_name(name: str) -> list[Finding]:
    pure = PurePosixPath(name)
    if pure.is_absolute() or ".." in pure.parts or "\\" in name:
        return [
            Finding(name, 1, 1, "Der Name führt aus dem Paket hinaus.", "Legen Sie die Datei in das Paket.")
        ]
    if name == "notices/base.typ":
        return [
            Finding(
                name,
                1,
                1,
                "base.typ kommt von Amtlich und steht in jedem Paket gleich.",
                "Löschen Sie die Datei.",
            )
        ]
    if name in REQUIRED or _OPTIONAL.fullmatch(name) or _NOTICE.fullmatch(name):
        return []
    return [
        Finding(
            name,
            1,
            1,
            "Diese Datei gehört nicht in ein Leistungspaket.",
            f"Löschen Sie sie. Möglich sind {', '.join(REQUIRED)} und unter notices .typ, .svg und .json.",
        )
    ]
