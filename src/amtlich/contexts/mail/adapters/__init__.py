# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Ways out of the house: a mail server, or a folder in the demonstration."""
