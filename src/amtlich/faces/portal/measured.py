# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long a service really takes, in words and as a picture on a scale. The words say all it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amtlich.contexts.cases import api as cases
from amtlich.faces.portal.language import current, translated, typeset
from amtlich.kernel.sentence import LANGUAGES, Sentence
from amtlich.kernel.words import duration_in

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_ENDS = (
    *(5, 10, 15, 20, 30, 45),
    *(one * _MINUTE for one in (1, 2, 3, 5, 10, 15, 20, 30, 45)),
    *(one * _HOUR for one in (1, 2, 3, 4, 6, 8, 12, 18)),
    *(one * _DAY for one in (1, 2, 3, 4, 5, 7, 10, 14, 21, 30, 45, 60, 90)),
)


_SHORT = {
    **dict.fromkeys(("Sekunde", "Sekunden", "second", "seconds"), "s"),
    **dict.fromkeys(("Minute", "Minuten", "minute", "minutes"), "min"),
    **dict.fromkeys(("Stunde", "Stunden"), "Std."),
    **dict.fromkeys(("hour", "hours"), "h"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A label on the scale: where it stands in percent of its length, and to which side it grows."""

    at: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What a page says of the real duration. Positions are percent of the scale's length."""

    typical: str
    sentences: tuple[str, ...]
    small: str
    alternative: str
    band_at: str
    band_width: str
    median_at: str
    median: Mark
    marks: tuple[Mark, ...]


def measured(found: cases.Durations, target: int | None) -> Measured:
    """``target``: the seconds within which the package wants to decide."""
    end = next((one for one in _ENDS if one >= found.high * 1.2), found.high * 1.2)
    low, median, high = (100 * part / end for part in (found.low, found.median, found.high))
    return Measured(
        typical=_told(Sentence("meist {span}", span=_span(found.median))),
        sentences=tuple(_sentences(found, target)),
        small=_told(
            Sentence(
                "Gemessen an {count} Anträgen vom {since} bis {until}, von der Ankunft bis zum Ergebnis.",
                count=found.cases,
                since=found.since,
                until=found.until,
            )
        ),
        alternative=_told(
            Sentence(
                "Skala von 0 bis {end}: Mitte {median}, 8 von 10 Anträgen zwischen {low} und {high}",
                end=_span(end),
                median=_span(found.median),
                low=_dative(found.low),
                high=_dative(found.high),
            )
        ),
        band_at=_percent(low),
        band_width=_percent(max(high - low, 1)),
        median_at=_percent(median),
        median=Mark(
            _percent(median), _told(Sentence("Mitte {span}", span=_span(found.median))), _anchor(median)
        ),
        marks=tuple(_marks(found, end, low, high)),
    )


def _sentences(found: cases.Durations, target: int | None) -> Iterator[str]:
    median, low, high = _dative(found.median), _dative(found.low), _dative(found.high)
    yield _told(Sentence("Die Hälfte aller Anträge war nach {span} fertig.", span=median))
    if low == high:
        yield _told(Sentence("8 von 10 Anträgen dauerten ungefähr gleich lang."))
    else:
        yield _told(Sentence("8 von 10 Anträgen waren nach {low} bis {high} fertig.", low=low, high=high))
    if target is not None:
        yield _target(found, target)
    if found.running == 1:
        yield _told(
            Sentence("1 Antrag ist noch nicht fertig. Er wartet seit {span}.", span=_dative(found.oldest))
        )
    elif found.running:
        yield _told(
            Sentence(
                "{count} Anträge sind noch nicht fertig. Der älteste wartet seit {span}.",
                count=found.running,
                span=_dative(found.oldest),
            )
        )
    if found.with_person:
        yield _told(Sentence("Von einer Person geprüft werden gerade: {count}.", count=found.with_person))


def _target(found: cases.Durations, target: int) -> str:
    """Said as it is, also when it is not flattering."""
    span = _span(target)
    if found.median > target:
        return _told(Sentence("Unser Ziel ist: {span}. Das schaffen wir zurzeit meistens nicht.", span=span))
    if found.high > target:
        return _told(Sentence("Unser Ziel ist: {span}. Das schaffen wir zurzeit nicht immer.", span=span))
    return _told(Sentence("Unser Ziel ist: {span}. Das schaffen wir bei 9 von 10 Anträgen.", span=span))


def _marks(found: cases.Durations, end: float, low: float, high: float) -> Iterator[Mark]:
    """The ends of the scale only where they do not run into the ends of the band."""
    close = high - low < 25
    if low > 18:
        yield Mark("0", "0", "start")
    if _short(found.low) != _short(found.high):
        yield Mark(_percent(low), _short(found.low), "end" if close and low > 18 else _anchor(low))
    side = "start" if close and high < 75 else _anchor(high)
    yield Mark(_percent(high), _short(found.high), side)
    if high < 75:
        yield Mark("100%", _short(end), "end")


def _short(seconds: float) -> str:
    """2 s, 5 min, 3 Std., 2 Tage: as little as a scale on a phone has room for."""
    count, unit = _span(seconds)[current()].split(" ")
    return f"{count} {_SHORT.get(unit, unit)}"


def _told(sentence: Sentence) -> str:
    return typeset(translated(sentence))


def _anchor(at: float) -> str:
    return "start" if at < 12 else "end" if at > 88 else "middle"


def _span(seconds: float) -> Mapping[str, str]:
    return {language: duration_in(seconds, language) for language in LANGUAGES}


def _dative(seconds: float) -> Mapping[str, str]:
    """As it stands behind "nach" and "seit": 3 Tagen."""
    return {language: re.sub(r" Tage$", " Tagen", text) for language, text in _span(seconds).items()}


def _percent(at: float) -> str:
    return f"{at:.1f}%"
