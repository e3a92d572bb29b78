# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Values every floor stands on: ids, clock, dates, text, errors. No I/O at all."""
