# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One module for each kind of page; a view calls contexts, shapes the answer, renders."""
