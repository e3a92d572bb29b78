# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Accounts, sessions and who is acting.

``Actor`` is all that the rest of the house learns about the person behind a request.
"""

from amtlich.platform.accounts.actor import ANONYMOUS_LABEL, Actor, system_actor

__all__ = ["ANONYMOUS_LABEL", "Actor", "system_actor"]
