# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How the client speaks to a provider; HTTP itself is an adapter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class Wire(Protocol):
    """Both methods return a JSON object or raise ``LoginFailed``, within a bounded time."""

    def get(self, address: str, *, bearer: str = "") -> Mapping[str, Any]: ...

    def post(
        self, address: str, fields: Mapping[str, str], *, basic: tuple[str, str] | None = None
    ) -> Mapping[str, Any]: ...
