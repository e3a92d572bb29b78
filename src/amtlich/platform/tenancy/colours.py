# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Colours of an authority and whether text in them can be read (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

import colorsys
import re

NEEDED = 4.5
# What KERN 2.6 puts below text: the lightest and darkest ground of each mode are not enough, because the
# layers in between come closest to the text.
LIGHT_GROUNDS = ("#ffffff", "#f3f4f7")
DARK_GROUNDS = ("#000000", "#131525", "#1d2034")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
# A derived colour may be better than needed: thin type on black looks weaker than it measures.
_COMFORTABLE = 7.0
_CALMER = 0.7  # light and fully saturated is a neon sign


def is_colour(text: object) -> bool:
    """Six hexadecimal digits after a number sign."""
    return isinstance(text, str) and _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def weakest(colour: str, grounds: tuple[str, ...]) -> float:
    """The contrast with that ground on which the colour is hardest to see."""
    return min(contrast(colour, ground) for ground in grounds)


def for_dark(colour: str) -> str:
    """The colour in the same hue, just as light as text on a dark ground needs."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(value / 255 for value in _channels(colour)))
    for percent in range(round(lightness * 100), 101):
        lighter = _hex(colorsys.hls_to_rgb(hue, percent / 100, saturation * _CALMER))
        if weakest(lighter, DARK_GROUNDS) >= _COMFORTABLE:
            return lighter
    raise AssertionError("white on a dark ground is readable")


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in channels)
