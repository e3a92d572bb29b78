# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.contexts.catalog.yaml_source import MAX_BYTES, YamlRefused, read_yaml


def test_values_are_exact_and_words_stay_words() -> None:
    text = "a: 8.50\nb: 8\nc: true\nd: null\ne: 2026-11-25\nf: yes\non: x\ng: '08'\nh: -3\ni: 0.5\n"
    content = read_yaml("x.yaml", text.encode()).content
    assert content == {
        "a": Decimal("8.50"), "b": 8, "c": True, "d": None, "e": date(2026, 11, 25),
        "f": "yes", "on": "x", "g": "08", "h": -3, "i": Decimal("0.5"),
    }  # fmt: skip
    assert isinstance(content["a"], Decimal)


def test_every_value_knows_its_line_and_column() -> None:
    document = read_yaml("x.yaml", b"a:\n  - b: 1\n  - {c: zwei}\n")
    assert document.place(("a", 0, "b")) == (2, 8)
    assert document.place(("a", 1, "c")) == (3, 9)
    assert document.place(("a", 1, "fehlt")) == (3, 5)
    assert document.place(()) == (1, 1)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"a: \xff", "UTF-8"),
        (b"\x00", "kein g"),
        (b"a: " + b"x" * MAX_BYTES, "größer als"),
        (b"[" * 40, "verschachtelt"),
        (b"? [a]\n: b", "Schlüssel muss ein Wort sein"),
        (b"a: 1e999999999", "keine einfache Zahl"),
        (b"a: 0o17", "keine einfache Zahl"),
        (b"a: .nan", "keine einfache Zahl"),
        (b"a: " + b"9" * 31, "zu lang"),
        (b"a: 2026-11-25 10:00:00", "kein Datum"),
        (b"a: &a [*a]", "Anker"),
        (b"<<: {a: 1}", "Zusammenf"),
        (b"%YAML 1.1\n---\na: !ja b", "Typangabe"),
    ],
)
def test_what_is_not_plain_data_is_refused(source: bytes, words: str) -> None:
    with pytest.raises(YamlRefused) as refused:
        read_yaml("x.yaml", source)
    assert words in refused.value.finding.message
    assert refused.value.finding.remedy


def test_a_merge_key_in_quotes_is_a_name() -> None:
    assert read_yaml("x.yaml", b"'<<': 1").content == {"<<": 1}


@given(st.text() | st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,? \n\t01.~<"))
def test_whatever_a_file_holds_it_is_read_or_refused_with_a_place(text: str) -> None:
    source = text.encode("utf-8", "surrogatepass")
    try:
        read_yaml("x.yaml", source)
    except YamlRefused as refused:
        finding = refused.finding
        assert finding.line >= 1
        assert finding.column >= 1
