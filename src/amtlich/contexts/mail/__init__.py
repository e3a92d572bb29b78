# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Telling people by e-mail that something has happened: addresses, letters, outbox."""
