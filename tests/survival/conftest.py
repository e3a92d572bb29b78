# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The office of the cases' own tests serves here, too."""

from tests.integration.conftest import other_town, town
from tests.integration.contexts.cases.conftest import apply_as, office, residents

__all__ = ["apply_as", "office", "other_town", "residents", "town"]
