# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How an authority looks: two colours and its arms, checked when the authority is set up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amtlich.kernel.errors import BadInput
from amtlich.platform.tenancy import arms, colours

if TYPE_CHECKING:
    from amtlich.platform.tenancy.models import Authority  # a file is checked before Django is set up


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as ``#rrggbb`` (empty: those of KERN) and the arms as harmless SVG (empty: a neutral shield).

    Every colour is readable as text on the grounds of its mode and as ground of text in white (light) or
    black (dark).
    """

    primary: str = ""
    accent: str = ""
    primary_dark: str = ""
    accent_dark: str = ""
    arms: str = ""


def look_of(authority: Authority) -> Look:
    """The look with which the authority was set up."""
    known = {field.name for field in fields(Look)}
    return Look(**{name: value for name, value in authority.look.items() if name in known})


def checked(given: Mapping[str, Any], folder: Path) -> dict[str, str]:
    """The section ``[look]`` of an authority's file as it is stored; ``arms`` is a file in ``folder``.

    Raises ``BadInput``: a sentence that begins with the key it is about.
    """
    known = [field.name for field in fields(Look)]
    if unknown := sorted(given.keys() - set(known)):
        raise BadInput(f"„look.{unknown[0]}“ gibt es nicht. Möglich sind: {', '.join(known)}.")
    for name, value in given.items():
        if name != "arms":
            _check_colour(name, value)
    light = {name: given.get(name, "") for name in ("primary", "accent")}
    dark = {f"{name}_dark": given.get(f"{name}_dark") or _lighter(colour) for name, colour in light.items()}
    picture = _arms(folder, given["arms"]) if "arms" in given else ""
    return asdict(Look(**light, **dark, arms=picture))


def _check_colour(name: str, value: object) -> None:
    if not isinstance(value, str) or not colours.is_colour(value):
        raise BadInput(f'„look.{name}“: Hier gehört eine Farbe hin, zum Beispiel "#1f4e79".')
    dark = name.endswith("_dark")
    measured = colours.weakest(value, colours.DARK_GROUNDS if dark else colours.LIGHT_GROUNDS)
    if measured < colours.NEEDED:
        ground, better = ("dunklem", "helleren") if dark else ("hellem", "dunkleren")
        # Rounded down: nobody shall read that 4,5 is less than 4,5.
        shown = f"{int(measured * 100) / 100:.2f}".replace(".", ",")
        raise BadInput(
            f"„look.{name}“: {value} hat auf {ground} Grund einen Kontrast von {shown}:1; "
            f"für Text nötig sind 4,5:1. Wählen Sie einen {better} Ton."
        )


def _lighter(colour: str) -> str:
    return colours.for_dark(colour) if colour else ""


def _arms(folder: Path, name: object) -> str:
    if not isinstance(name, str) or not name.strip() or Path(name).name != name:
        raise BadInput("„look.arms“: Hier gehört der Name einer SVG-Datei hin, die neben dieser Datei liegt.")
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise BadInput(f"„look.arms“: {folder / name} lässt sich nicht lesen: {error.strerror}.") from None
    try:
        return arms.clean(content)
    except BadInput as refused:
        raise BadInput(f"„look.arms“, {name}: {refused}") from None
