# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can keep a process from starting. Every message is one German sentence with a remedy."""

import errno
from pathlib import Path

from amtlich.kernel.errors import AmtlichError


class SupervisorError(AmtlichError):
    """Root: a process of ours cannot be started or kept alive."""


class NoPostgres(SupervisorError):
    """No PostgreSQL program fits the wish or the existing cluster."""


class FolderOccupied(SupervisorError):
    """Somebody else's database, or a second Amtlich, works on this folder. It is left untouched."""


class FolderRefused(SupervisorError):
    """The data folder cannot be made, read or written."""


class DiskFull(SupervisorError):
    """No space left where the data lies."""


class PostgresFailed(SupervisorError):
    """PostgreSQL ended or did not become ready; the message carries its own last words."""


class PortTaken(SupervisorError):
    """Another program listens where the web server should."""


def folder_error(path: Path, error: OSError) -> SupervisorError:
    """The sentence for an operating-system error on the data folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FolderRefused(
            f"In {path} darf dieser Benutzer nicht schreiben. Bitte ändern Sie die Rechte des Ordners "
            "oder setzen Sie AMTLICH_HOME auf einen anderen."
        )
    if error.errno == errno.ENAMETOOLONG:
        return FolderRefused(
            f"Der Pfad {str(path)[:60]}… ist zu lang. Bitte setzen Sie AMTLICH_HOME auf einen kürzeren."
        )
    return FolderRefused(
        f"{path} lässt sich nicht benutzen ({error.strerror}). Bitte setzen Sie AMTLICH_HOME auf einen "
        "Ordner, in dem Amtlich seine Daten ablegen darf."
    )


def disk_full(path: Path) -> DiskFull:
    return DiskFull(
        f"Auf dem Datenträger von {path} ist kein Platz mehr. Bitte schaffen Sie mindestens 500 MB Platz "
        "oder setzen Sie AMTLICH_HOME auf einen anderen Datenträger; danach einfach neu starten."
    )
