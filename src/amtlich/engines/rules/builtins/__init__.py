# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The built-in functions of FEEL (DMN 1.5, chapter 10.3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from amtlich.engines.rules.builtins import (  # noqa: F401  importing a module registers its functions
    contexts,
    conversions,
    dates,
    lists,
    numbers,
    ranges,
    strings,
)
from amtlich.engines.rules.builtins.signature import registered
from amtlich.engines.rules.values import Function

BUILT_INS: Final[Mapping[str, Function]] = MappingProxyType(registered())
