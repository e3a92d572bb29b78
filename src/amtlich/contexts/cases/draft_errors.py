# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Why a draft cannot be opened. Who never had it learns nothing; who had it is told what became of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from amtlich.contexts.cases.errors import NoSuchDraft
from amtlich.kernel.errors import BadInput


class DraftGone(NoSuchDraft):
    """The actor's own draft has expired or was deleted. To everybody else it is ``NoSuchDraft``."""

    def __init__(self, why: Literal["expired", "deleted"], service: str, at: datetime) -> None:
        super().__init__()
        self.why = why
        self.service = service
        self.at = at


class WrongCode(BadInput):
    """No draft has this resume code. Mistyped, expired, deleted and made up are never told apart."""


class TooManyCodes(BadInput):
    """So many wrong codes came that for a while none is looked at, not even a right one."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__()
        self.wait = wait
