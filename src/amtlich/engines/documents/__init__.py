# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Documents as PDF/A-3a and PDF/UA-1, sealed and checked. See README.md."""
