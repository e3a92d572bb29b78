# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Backups of a whole instance: database, files and keys, each part with its checksum.

``making`` writes one, ``restoring`` reads one, ``upgrading`` uses both: what fails ends where it began.
"""
