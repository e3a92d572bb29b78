# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Child processes of our own: the embedded PostgreSQL, the roles web and worker, set-up tools.

The only package that may start processes. Nothing here imports Django.
"""
