# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Coats of arms: an SVG picture made harmless, so that it may be served from our own address.

Drawn again from an allow-list of shapes and their properties: what drawing programs add for themselves
is left out in silence. What could act or reach outside is refused, because then the file is not what
the town believes it to be.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

from amtlich.kernel.errors import BadInput

LARGEST = 50_000
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHAPES = _words(
    "svg g defs title desc path rect circle ellipse line polyline polygon use symbol clipPath mask "
    "linearGradient radialGradient stop pattern"
)
_ACTING = _words(
    "script foreignObject iframe object embed image feImage a animate animateMotion animateTransform set "
    "handler listener audio video"
)
_LOOKS = _words(
    "fill fill-opacity fill-rule stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit "
    "stroke-dasharray stroke-dashoffset stroke-opacity opacity clip-path clip-rule mask stop-color "
    "stop-opacity display visibility color"
)
_GEOMETRY = _words(
    "id d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height points transform viewBox preserveAspectRatio "
    "offset gradientUnits gradientTransform spreadMethod patternUnits patternTransform patternContentUnits "
    "clipPathUnits maskUnits maskContentUnits pathLength"
)
_PLAIN_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*>")
_OWN_PART = re.compile(r"url\(\s*['\"]?#[\w.:-]+['\"]?\s*\)")
_DEEPEST = 50


def clean(content: bytes) -> str:
    """The picture with allowed parts only. Raises ``BadInput`` with a sentence for the town."""
    if len(content) > LARGEST:
        raise BadInput(f"Das Wappen hat {len(content)} Byte; erlaubt sind {LARGEST}. Vereinfachen Sie es.")
    try:
        text = _PLAIN_DOCTYPE.sub("", content.decode("utf-8-sig"), count=1)
    except UnicodeDecodeError:
        raise BadInput("Das Wappen ist keine SVG-Datei in UTF-8.") from None
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadInput("Das Wappen enthält Ersetzungen (DOCTYPE mit ENTITY). Speichern Sie es ohne sie.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (no entities: refused above; bounded in size)
    except (ElementTree.ParseError, ValueError) as error:
        raise BadInput(f"Das Wappen ist keine gültige SVG-Datei: {error}.") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise BadInput("Das Wappen ist keine SVG-Datei: Das äußerste Element muss svg heißen.")
    if "viewBox" not in root.attrib:
        raise BadInput("Dem Wappen fehlt „viewBox“; ohne sie kann es nicht in jeder Größe erscheinen.")
    drawn = _copied(root, depth=0)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(drawn, encoding="unicode")


def _copied(element: ElementTree.Element, depth: int) -> ElementTree.Element:
    if depth > _DEEPEST:
        raise BadInput("Das Wappen ist zu tief verschachtelt. Vereinfachen Sie es.")
    copy = ElementTree.Element(element.tag, dict(_attributes(element)))
    if _local(element) in ("title", "desc"):
        copy.text = element.text
    for child in element:
        if not isinstance(child.tag, str):
            continue  # a comment or a processing instruction
        name = _local(child)
        if name in _ACTING:
            raise BadInput(f"Das Wappen enthält „{name}“. Erlaubt sind nur gezeichnete Formen.")
        if name in _SHAPES and child.tag == f"{{{_SVG}}}{name}":
            copy.append(_copied(child, depth + 1))
    return copy


def _attributes(element: ElementTree.Element) -> list[tuple[str, str]]:
    kept: dict[str, str] = {}
    for name, value in element.attrib.items():
        if name.lower().startswith("on"):
            raise BadInput(f"Das Wappen enthält „{name}“, ein Programm. Erlaubt sind nur gezeichnete Formen.")
        if name in (_XLINK, "href"):
            if not value.startswith("#"):
                raise BadInput(
                    f"Das Wappen verweist nach außen: „{value[:60]}“. Nehmen Sie den Verweis heraus."
                )
            kept["href"] = value
        elif name == "style":
            kept.update(_declarations(value))
        elif name in _LOOKS or name in _GEOMETRY:
            kept[name] = value
    for value in kept.values():
        _refuse_outside(value)
    return list(kept.items())


def _declarations(style: str) -> dict[str, str]:
    """A style attribute as single properties: the policy of our pages allows no inline style."""
    parts = (part.partition(":") for part in style.split(";"))
    return {
        name.strip(): value.strip() for name, _, value in parts if name.strip() in _LOOKS and value.strip()
    }


def _refuse_outside(value: str) -> None:
    rest = _OWN_PART.sub("", value).lower()
    if "url(" in rest or "javascript:" in rest or "\\" in rest:
        raise BadInput(f"Das Wappen verweist nach außen: „{value[:60]}“. Nehmen Sie den Verweis heraus.")


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]
