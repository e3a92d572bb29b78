# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from amtlich.kernel.errors import AmtlichError


class JobsError(AmtlichError):
    """Root of what the jobs door refuses."""


class UnknownTask(JobsError):
    """No task of that name is registered in this process."""


class NotAnId(JobsError):
    """An argument of a job is no id. Job tables have no row-level security: pass the id, not the thing."""


class Postpone(Exception):
    """Raised by a task: an outside system is down, so this is no try and the job shall come back.

    ``seconds`` is the shortest pause that makes sense (what the other side asked for); it grows with every
    further postponement, up to a minute. ``reason`` is kept and shown to operators: no personal data.
    """

    def __init__(self, seconds: float, reason: str) -> None:
        super().__init__(reason)
        self.seconds = seconds
        self.reason = reason
