# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Writing so that a reader sees the whole file or none, whatever happens in between."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from amtlich.engines.documents.errors import RenderError

_REASONS = {
    errno.ENOSPC: "der Datenträger ist voll. Schaffen Sie Platz",
    errno.EDQUOT: "das Kontingent des Benutzers ist erschöpft. Schaffen Sie Platz",
    errno.EFBIG: "die Datei darf dort nicht so groß werden. Erhöhen Sie die Grenze (ulimit -f)",
    errno.EROFS: "der Datenträger ist nur lesbar. Wählen Sie einen anderen Ordner",
    errno.EACCES: "das Recht zum Schreiben fehlt. Prüfen Sie die Rechte des Ordners",
}


def reason_de(error: OSError) -> str:
    """Why the system refused, and what to do, as the end of a German sentence."""
    known = _REASONS.get(error.errno or 0)
    return known or f"das System meldet: {error.strerror or error}. Prüfen Sie den Ordner"


def write_whole(path: Path, content: bytes) -> Path:
    """Write the file durably under its name, or leave what was there and raise ``RenderError``."""
    spare: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, spare = tempfile.mkstemp(prefix=f".{path.name[:40]}-", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(spare, path)
    except OSError as error:
        if spare is not None:
            with contextlib.suppress(OSError):
                os.unlink(spare)
        raise RenderError(f"{path} wurde nicht geschrieben: {reason_de(error)}.") from error
    return path
