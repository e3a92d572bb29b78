# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Each night every authority's records are compared with what was recorded."""

from __future__ import annotations

import logging

from amtlich.platform import jobs
from amtlich.platform.integrity.run import verify
from amtlich.platform.tenancy.registry import all_authorities

log = logging.getLogger(__name__)
VERIFY = "integrity.verify"
# A million cases take about an hour on one core.
_LONGEST = 6 * 3600.0


def verify_all() -> None:
    """Verify all authorities, also those that are switched off; what is wrong is logged as an error."""
    wrong = sum(verify(one.id) for one in all_authorities())
    log.info("nightly verification: %s rows are not what was recorded", wrong)


def register() -> None:
    """Make the task known to the workers; at 2:37 UTC, after the upkeep of that hour."""
    jobs.periodic("37 2 * * *", name=VERIFY, time_limit=_LONGEST)(verify_all)
