# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Registers behind the port: the built-in one and those reached over HTTP."""
