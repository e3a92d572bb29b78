# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich backup` and `amtlich restore`: the whole instance into a folder, and out of one."""

import argparse

from amtlich.faces.cli.steps import say
from amtlich.platform.backups import making, restoring
from amtlich.platform.settings.config import config


def backup(chosen: argparse.Namespace) -> int:
    """Write database, files and keys to a new folder."""
    made = making.backup(config(), chosen.folder)
    size = sum(part.size for part in made.parts.values()) / 1e6
    say(f"Gesichert in {chosen.folder}: {made.rows} Zeilen in {len(made.tables)} Tabellen, {size:.1f} MB.")
    say("Die Schlüssel liegen in keys.tar: Bewahren Sie diese Datei getrennt und verschlossen auf.")
    return 0


def restore(chosen: argparse.Namespace) -> int:
    """Bring the instance to what a backup holds, and count what has arrived."""
    wanted, different = restoring.restore(config(), chosen.folder, replace=chosen.replace)
    say(f"Eingespielt: Sicherung vom {wanted.made_at}, Amtlich {wanted.version}.")
    if different:
        say("Diese Tabellen haben nicht die Zeilen, die sie haben sollten:")
        for sentence in different:
            say(f"    {sentence}")
        return 1
    say(f"Nachgezählt: {wanted.rows} Zeilen in {len(wanted.tables)} Tabellen, alle sind da.")
    say("Jetzt starten: amtlich serve (bringt die Datenbank auf den Stand dieser Fassung)")
    return 0
