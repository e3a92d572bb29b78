# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Partners: other programs that use the interface of an authority, with keys of their own."""
