# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""OpenID Connect, the part of it that a client of one provider needs (code flow with PKCE).

``flow`` begins a log-in and takes the answer, ``metadata`` knows the provider's addresses and keys,
``tokens`` checks what it signed, ``claims`` reads who somebody is. HTTP is in ``accounts.adapters``.
"""
