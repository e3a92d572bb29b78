# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whether what is stored is what was recorded: checks that their owners register here.

A check names the row that was changed behind the program's back. What cannot be known is said in
docs/betrieb/pruefung.md: who can write to the database as its owner can also rewrite all hashes, so the heads
of the chains have to be anchored outside of it.
"""

from amtlich.platform.integrity.registry import Check, IntegrityError, Report, Tampered, all_checks, register

__all__ = ["Check", "IntegrityError", "Report", "Tampered", "all_checks", "register"]
