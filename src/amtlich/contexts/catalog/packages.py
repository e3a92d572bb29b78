# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Package objects in this process, by digest, and their files on this machine's disk.

What a digest names never changes, so both may be kept for ever and thrown away at any time. The files
are needed by the renderer, which reads templates from a folder.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import threading
from collections import OrderedDict
from pathlib import Path

from amtlich.contexts.catalog.bundle import Bundle, from_archive
from amtlich.contexts.catalog.errors import CatalogError
from amtlich.contexts.catalog.models import PackageVersion
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.reading import build_package
from amtlich.contexts.catalog.source import read_source
from amtlich.engines.documents import render
from amtlich.platform.settings.config import config

_KEPT = 64

_packages: OrderedDict[str, Package] = OrderedDict()
_lock = threading.Lock()


class PackageDamaged(CatalogError):
    """What is stored under a digest is not what the digest says."""


def package_of(digest: str) -> Package:
    """The package with that digest; read from the database at most once per process."""
    with _lock:
        found = _packages.get(digest)
        if found is not None:
            _packages.move_to_end(digest)
            return found
    # Outside the lock: two threads may both build it, and build the same.
    built = _build(digest)
    with _lock:
        _packages[digest] = built
        while len(_packages) > _KEPT:
            _packages.popitem(last=False)
    return built


def forget() -> None:
    """Drop what is kept in memory, for tests that stand for another process."""
    with _lock:
        _packages.clear()


def bundle_of(digest: str) -> Bundle:
    """The files of the version with that digest. Raises ``PackageDamaged``."""
    return _stored(digest)[1]


def _stored(digest: str) -> tuple[PackageVersion, Bundle]:
    stored = PackageVersion.objects.get(digest=digest)
    bundle = from_archive(bytes(stored.archive))
    if bundle.digest != digest:
        raise PackageDamaged(
            f"{stored}: Der gespeicherte Inhalt passt nicht zu seiner Prüfsumme {digest[:12]}…. "
            "Spielen Sie die Tabelle catalog_packageversion aus einer Sicherung zurück."
        )
    return stored, bundle


def _build(digest: str) -> Package:
    stored, bundle = _stored(digest)
    source, findings = read_source(bundle)
    if source is None:
        raise PackageDamaged(
            f"{stored}: Diese Fassung von Amtlich kann das Paket nicht mehr lesen: {findings[0]}"
        )
    folder = materialise(bundle, config().home / "cache" / "packages")
    return build_package(source, folder / "notices")


def materialise(bundle: Bundle, root: Path) -> Path:
    """Write the files to ``root/<digest>`` in one step, with the shared templates beside the notices.

    What lies there already is compared, not trusted: after a power cut a file may be empty. Processes
    that do this at the same time end with the same folder.
    """
    target = root / bundle.digest
    if not _is_whole(target, bundle):
        root.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{bundle.digest[:12]}-", dir=root))
        try:
            _write(fresh, bundle)
            _put_in_place(fresh, target, bundle)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    render.install_base(target / "notices")
    return target


def _is_whole(folder: Path, bundle: Bundle) -> bool:
    try:
        return all((folder / name).read_bytes() == content for name, content in bundle.files.items())
    except OSError:
        return False


def _write(folder: Path, bundle: Bundle) -> None:
    folder.chmod(0o755)
    (folder / "notices").mkdir()
    for name, content in bundle.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    render.install_base(folder / "notices")


def _put_in_place(fresh: Path, target: Path, bundle: Bundle) -> None:
    for _ in range(3):
        try:
            fresh.rename(target)
            return
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        if _is_whole(target, bundle):
            return
        # Damaged: move it out of the way in one step, so that nobody reads half of it.
        aside = Path(tempfile.mkdtemp(prefix=".damaged-", dir=target.parent)) / "old"
        try:
            os.rename(target, aside)
        except FileNotFoundError:
            pass
        finally:
            shutil.rmtree(aside.parent, ignore_errors=True)
    raise PackageDamaged(
        f"{target} lässt sich nicht ersetzen. Löschen Sie den Ordner; Amtlich legt ihn neu an."
    )
