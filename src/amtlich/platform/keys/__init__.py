# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Seal keys: one per authority, as files that only the running user may read."""

from amtlich.platform.keys.store import NoSealKey, create, seal_key

__all__ = ["NoSealKey", "create", "seal_key"]
