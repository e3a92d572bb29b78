# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The command line: demonstration, operation, service packages, tests. Speaks German."""
