# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The analysis of tables against brute force: random tables, every value that could matter tried out."""

from __future__ import annotations

import itertools
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engines.rules.tables import item, table_model

from amtlich.engines.rules import Model, analyse

NUMBERS = ["0", "1", "2.5", "7"]
TEXTS = ['"a"', '"b"', '"c"']
DAYS = ["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-05"]

# All values that a cell below can tell apart, and more.
VALUES = {
    "number": [Decimal(text) for text in ("-1", "0", "0.5", "1", "1.7", "2.5", "2.6", "7", "8")] + [None],
    "string": ["", "a", "aa", "b", "bb", "c", "zz", None],
    "tListe": ["a", "b", "c", None],
    "boolean": [True, False, None],
    "date": [
        f"2024-{day}" for day in ("01-01", "02-28", "02-29", "03-01", "03-02", "03-04", "03-05", "12-31")
    ]
    + [None],
}


@st.composite
def ordered_cells(draw: st.DrawFn, literals: list[str]) -> str:
    value = st.sampled_from(literals)
    shape = draw(st.integers(0, 8))
    if shape == 0:
        return "-"
    if shape == 1:
        return "null"
    if shape == 2:
        return draw(st.sampled_from(["<", "<=", ">", ">=", "=", "!="])) + draw(value)
    if shape == 3:
        low, high = sorted([draw(st.integers(0, len(literals) - 1)), draw(st.integers(0, len(literals) - 1))])
        opening, closing = draw(st.sampled_from(["[", "(", "]"])), draw(st.sampled_from(["]", ")", "["]))
        return f"{opening}{literals[low]}..{literals[high]}{closing}"
    if shape == 4:
        return f"not({draw(ordered_cells(literals).filter(lambda cell: cell != '-' and 'not' not in cell))})"
    if shape == 5:
        return f"{draw(value)}, {draw(value)}"
    if shape == 6:
        return f"? >= {draw(value)} and ? != {draw(value)}"
    if shape == 7:
        return f"? < {draw(value)} or ? = null"
    return draw(value)


def cells(type_ref: str) -> st.SearchStrategy[str]:
    if type_ref == "boolean":
        return st.sampled_from(
            ["-", "true", "false", "null", "not(true)", "not(null)", "? = false", "true, null"]
        )
    if type_ref == "number":
        return ordered_cells(NUMBERS)
    if type_ref == "date":
        return ordered_cells([f'date("{day}")' for day in DAYS])
    if type_ref == "tListe":
        return st.one_of(ordered_cells(TEXTS), st.sampled_from(['contains("ab", ?)', 'starts with(?, "a")']))
    return ordered_cells(TEXTS)


@st.composite
def tables(draw: st.DrawFn, hit: str) -> tuple[Model, list[str]]:
    types = draw(st.lists(st.sampled_from(list(VALUES)), min_size=1, max_size=2))
    rules = draw(
        st.lists(
            st.tuples(st.tuples(*(cells(one) for one in types)), st.tuples(st.sampled_from(['"x"', '"y"']))),
            min_size=1,
            max_size=4,
        )
    )
    inputs = [(f"e{number}", one) for number, one in enumerate(types)]
    return table_model(inputs, rules, hit=hit, types=item("tListe", "string", '"a", "b", "c"')), types


def tried(model: Model, types: list[str]) -> list[tuple[dict[str, object], tuple[str, ...]]]:
    """Every combination of values with the rules that it meets."""
    names = [f"e{number}" for number in range(len(types))]
    found = []
    for values in itertools.product(*(VALUES[one] for one in types)):
        inputs = dict(zip(names, values, strict=True))
        found.append((inputs, fired(model, inputs)))
    return found


def fired(model: Model, inputs: dict[str, object]) -> tuple[str, ...]:
    return model.evaluate("entscheidung", inputs).steps[-1].fired


@settings(max_examples=60, deadline=None)
@given(tables("RULE ORDER"))
def test_random_cells_are_all_analysed(drawn: tuple[Model, list[str]]) -> None:
    model, _ = drawn
    assert not [finding for finding in analyse(model) if finding.kind == "not_analysed"]


@settings(max_examples=60, deadline=None)
@given(tables("FIRST"))
def test_gaps_are_found_exactly_where_brute_force_finds_them(drawn: tuple[Model, list[str]]) -> None:
    model, types = drawn
    gaps = [finding for finding in analyse(model) if finding.kind == "gap"]
    open_cases = [inputs for inputs, rules in tried(model, types) if not rules]
    assert bool(gaps) == bool(open_cases)
    for finding in gaps:
        # Beyond twenty the gaps are only counted.
        if finding.example is not None:
            assert fired(model, dict(finding.example)) == ()


@settings(max_examples=60, deadline=None)
@given(tables("FIRST"))
def test_a_rule_is_unreachable_exactly_if_it_never_fires(drawn: tuple[Model, list[str]]) -> None:
    model, types = drawn
    unreachable = {finding.rules[0] for finding in analyse(model) if finding.kind == "unreachable"}
    seen = {rule for _, rules in tried(model, types) for rule in rules}
    table = model.decisions["entscheidung"].table
    assert table is not None
    assert unreachable == {rule.id for rule in table.rules} - seen


@settings(max_examples=60, deadline=None)
@given(tables("UNIQUE"), st.data())
def test_unique_overlaps_are_found_exactly_where_brute_force_finds_them(
    drawn: tuple[Model, list[str]], data: st.DataObject
) -> None:
    model, types = drawn
    overlaps = [finding for finding in analyse(model) if finding.kind == "overlap"]
    clashes = [
        inputs
        for inputs, _ in tried(model, types)
        if any("Mehrere Regeln" in reason for reason in model.evaluate("entscheidung", inputs).null_reasons)
    ]
    assert bool(overlaps) == bool(clashes)
    for finding in overlaps:
        assert finding.example is not None
        reasons = model.evaluate("entscheidung", finding.example).null_reasons
        named = next(reason for reason in reasons if "Mehrere Regeln" in reason)
        assert set(finding.rules) <= set(named.split("(")[1].split(")")[0].split(", "))


@settings(max_examples=40, deadline=None)
@given(tables("ANY"))
def test_any_allows_overlaps_with_equal_outputs_only(drawn: tuple[Model, list[str]]) -> None:
    model, types = drawn
    overlaps = [finding for finding in analyse(model) if finding.kind == "overlap"]
    clashes = [
        inputs
        for inputs, _ in tried(model, types)
        if any(
            "verschiedenen Ergebnissen" in reason
            for reason in model.evaluate("entscheidung", inputs).null_reasons
        )
    ]
    assert bool(overlaps) == bool(clashes)


@settings(max_examples=40, deadline=None)
@given(tables("FIRST"))
def test_missing_values_have_gaps_of_their_own(drawn: tuple[Model, list[str]]) -> None:
    model, types = drawn
    gaps = [finding.example for finding in analyse(model) if finding.kind == "gap" and finding.example]
    for inputs, rules in tried(model, types):
        lone_nulls = [name for name, value in inputs.items() if value is None]
        if rules or len(lone_nulls) != 1:
            continue
        name = lone_nulls[0]
        covered_otherwise = any(
            fired(model, {**inputs, name: value})
            for value in VALUES[types[int(name[1:])]]
            if value is not None
        )
        if covered_otherwise:
            assert any(example[name] is None for example in gaps)
