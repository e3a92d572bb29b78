# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The append-only event log: the truth of every case, hash-chained per stream. Door: ``log``.

A row holds no personal data, only a salted commitment; the payload lies beside it and may be
erased by the retention role without breaking the chain.
"""
