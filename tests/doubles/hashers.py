# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Passwords hashed as in production, with the least work argon2 allows: tests make hundreds of them."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The same format and the same library."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
