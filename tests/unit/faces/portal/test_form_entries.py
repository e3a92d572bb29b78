# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From questions, answers and errors to what the macros draw."""

from __future__ import annotations

from amtlich.faces.portal import form_entries, gallery_samples

_FORM = gallery_samples.form()
_FIELDS = _FORM.on_page("muster", {})
_DATA = {"text": "Lindenweg", "datum": "1988-02-13", "wahl": "b", "auswahl": ["a"], "haken": True}


def _entries(
    data: dict[str, object], typed: form_entries.Typed | None = None
) -> dict[str, form_entries.Entry]:
    return {
        entry.id: entry for block in form_entries.blocks(_FIELDS, data, typed, ()) for entry in block.entries
    }


def test_stored_answers_fill_every_kind_of_control() -> None:
    shown = _entries(_DATA)
    assert shown["text"].value == "Lindenweg"
    assert [part.value for part in shown["datum"].parts] == ["13", "2", "1988"]
    assert [option.chosen for option in shown["wahl"].options] == [False, True]
    assert [option.chosen for option in shown["auswahl"].options] == [True, False]
    assert shown["haken"].value == "ja"


def test_unknown_day_and_month_stay_empty() -> None:
    """FC-04: never a made-up first of January."""
    assert [part.value for part in _entries({"datum": "1950"})["datum"].parts] == ["", "", "1950"]
    assert [part.value for part in _entries({"datum": "1950-05"})["datum"].parts] == ["", "5", "1950"]


def test_what_was_typed_wins_over_what_is_stored() -> None:
    typed = {"text": ["<b>x"], "datum-tag": ["31"], "datum-monat": ["2"], "datum-jahr": [""], "wahl": ["a"]}
    shown = _entries(_DATA, typed)
    assert shown["text"].value == "<b>x"
    assert [part.value for part in shown["datum"].parts] == ["31", "2", ""]
    assert [option.chosen for option in shown["wahl"].options] == [True, False]
    assert shown["haken"].value == "", "a box that was not ticked is not posted"


def test_every_error_has_a_line_that_leads_to_its_input() -> None:
    parsed = _FORM.parse_step(
        "muster", {"datum-tag": ["31"], "datum-monat": ["2"], "datum-jahr": ["1988"]}, {}
    )
    lines = {line.target: line for line in form_entries.error_lines(_FIELDS, parsed.errors)}
    assert set(lines) == {"text", "name", "datum-tag", "wahl-1", "auswahl-1", "haken", "langtext"}
    assert lines["datum-tag"].label == "Datum in drei Teilen"
    blocks = form_entries.blocks(_FIELDS, {}, parsed.raw, parsed.errors)
    date = next(entry for block in blocks for entry in block.entries if entry.id == "datum")
    assert [part.wrong for part in date.parts] == [True, True, False]
    assert date.described_by == "datum-f datum-h"


def test_only_differing_answers_are_shown_when_two_windows_edit_one_draft() -> None:
    """FC-09."""
    typed = {"text": ["Ahornweg"], "datum-tag": ["13"], "datum-monat": ["2"], "datum-jahr": ["1988"]}
    typed |= {"wahl": ["a"], "auswahl": ["a"], "haken": ["ja"]}
    lines = form_entries.stored_lines(_FIELDS, _DATA, typed)
    assert [(line.stored, line.typed) for line in lines] == [
        ("Lindenweg", "Ahornweg"),
        ("Zweite Möglichkeit", "Erste Möglichkeit"),
    ]
