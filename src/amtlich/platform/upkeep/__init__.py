# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What can be deleted once its time is over. Owners register it here while they start.

How long each is kept, and the proof that it was deleted, is the affair of ``contexts.privacy``; here is
only who knows how. No table of ours may be without a purge or a reason why it is kept (a test sees to it).
"""

from amtlich.platform.upkeep.registry import (
    INSTALLATION,
    Purge,
    UpkeepError,
    all_purges,
    find,
    register,
)
from amtlich.platform.upkeep.rows import Rows, per_authority

__all__ = [
    "INSTALLATION",
    "Purge",
    "Rows",
    "UpkeepError",
    "all_purges",
    "find",
    "per_authority",
    "register",
]
