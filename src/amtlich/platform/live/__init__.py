# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The live channel: an open page learns that its case has changed, and asks for the rest itself.

What is sent over the stream is a cursor and the word "changed" or "reload", never data of a person.
A face or context registers, at start, the function that says which case a token means for an actor.
"""

from amtlich.platform.live.access import Resolver, register
from amtlich.platform.live.cursor import Cursor

__all__ = ["Cursor", "Resolver", "register"]
