# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The look of one town: its colours as a stylesheet, its arms as a picture, each under an address.

The address carries a digest of the content, so that a browser keeps it for ever and a town that changes
its colours is seen in them at once. Colours are a file of their own because no page may hold a style.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from amtlich.platform.tenancy.look import Look, look_of
from amtlich.platform.tenancy.models import Authority

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Drawn:
    """What pages link to (empty: nothing to link to) and what lies there."""

    colours: str
    arms: str
    stylesheet: str
    picture: str


def drawn(authority: Authority) -> Drawn:
    """The look of an authority as pages use it."""
    return _drawn(look_of(authority))


def digest(content: str) -> str:
    """The mark of a content in its address."""
    return hashlib.sha256(content.encode()).hexdigest()[:_DIGITS]


@lru_cache(maxsize=256)
def _drawn(look: Look) -> Drawn:
    stylesheet = _stylesheet(look)
    return Drawn(
        colours=f"/behoerde.css?{digest(stylesheet)}" if stylesheet else "",
        arms=f"/wappen.svg?{digest(look.arms)}" if look.arms else "",
        stylesheet=stylesheet,
        picture=look.arms,
    )


def _stylesheet(look: Look) -> str:
    light = _tokens(look.primary, look.accent)
    dark = _tokens(look.primary_dark, look.accent_dark)
    if not light:
        return ""
    if look.primary:
        # A button gets darker under the pointer; KERN makes it lighter, and its white text harder to read.
        shade = "color-mix(in oklch, var(--kern-color-action-default), black"
        light += f"--kern-color-action-state-indicator-shade-hover:{shade} 10%);"
        light += f"--kern-color-action-state-indicator-shade-active:{shade} 20%);"
    return (
        f":root,[data-kern-theme=light]{{{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"
        f"[data-kern-theme=dark]{{{dark}}}\n"
    )


def _tokens(primary: str, accent: str) -> str:
    tokens = f"--kern-color-action-default:{primary};" if primary else ""
    return tokens + (f"--am-town-accent:{accent};" if accent else "")
