# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Amtlich: from application to sealed notice, in one installable product."""

__version__ = "0.1.0"
