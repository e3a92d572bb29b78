# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Proof that decision tables are complete and free of forbidden overlaps, or the counter-examples.

Exact for cells of comparisons, ranges, lists, not(...) and their combinations over numbers, texts, booleans,
dates, times, durations and null, and for any cell over a finite list of allowed values. What cannot be
analysed is named in a finding of kind "not_analysed"; what is found beside it is certain all the same. Every
input can be missing: null is always one of its values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from amtlich.engines.rules import syntax as s
from amtlich.engines.rules.boundaries import constant, is_constant
from amtlich.engines.rules.coverage import MAX_STEPS, Box, TooLarge, Uncovered, overlap, parts_of
from amtlich.engines.rules.errors import Place
from amtlich.engines.rules.hits import by_priority
from amtlich.engines.rules.messages import sentence
from amtlich.engines.rules.model import Model
from amtlich.engines.rules.partition import Membership, Partition, membership, partition
from amtlich.engines.rules.table import DecisionTable, HitPolicy, Rule
from amtlich.engines.rules.temporal import shown
from amtlich.engines.rules.values import equal

# So many findings of one kind are listed per table; the rest is counted.
MAX_LISTED: Final = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a table, or could not be proved.

    `kind`: "gap", "overlap", "unreachable" or "not_analysed". `rules` are rule ids. `example` maps each
    column's expression to a value (a FEEL value) for which the finding shows; None where there is none.
    """

    kind: str
    decision: str
    table_id: str
    rules: tuple[str, ...]
    example: Mapping[str, object] | None
    file: str
    line: int
    column: int
    message: str
    message_de: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.decision}: {self.message}"


def analyse(model: Model) -> list[Finding]:
    """All findings on all tables of a model, in the order of the file."""
    found: list[Finding] = []
    tables = [(one.name, one.tables) for one in model.decisions.values()]
    tables += [(one.name, one.tables) for one in model.functions.values()]
    for name, own in tables:
        for table in own:
            found.extend(_TableAnalysis(name, table).findings())
    return sorted(found, key=lambda finding: (finding.line, finding.column, finding.kind, finding.rules))


class _TableAnalysis:
    def __init__(self, decision: str, table: DecisionTable) -> None:
        self.decision = decision
        self.table = table
        # Columns that ask the same are one dimension.
        self.labels = list(dict.fromkeys(clause.label for clause in table.inputs))
        self.partitions = [self._partition(label) for label in self.labels]
        self.cells = [[self._cells(rule, axis) for axis in range(len(self.labels))] for rule in table.rules]
        self.must: list[Box] = [tuple(_all(cells, "must") for cells in rule) for rule in self.cells]
        self.may: list[Box] = [tuple(_all(cells, "may") for cells in rule) for rule in self.cells]
        self.region: Box = tuple(parts.all for parts in self.partitions)

    def _columns(self, label: str) -> list[int]:
        return [column for column, clause in enumerate(self.table.inputs) if clause.label == label]

    def _partition(self, label: str) -> Partition:
        columns = self._columns(label)
        cells = [rule.inputs[column] for rule in self.table.rules for column in columns]
        return partition(self.table.inputs[columns[0]].type, cells)

    def _cells(self, rule: Rule, axis: int) -> list[Membership]:
        return [
            membership(rule.inputs[column], self.table.inputs[column].type, self.partitions[axis])
            for column in self._columns(self.labels[axis])
        ]

    def findings(self) -> Iterator[Finding]:
        yield from self._not_analysed()
        yield from _limited(self._empty_cells(), self)
        yield from _limited(self._overlaps(), self)
        try:
            yield from self._masked()
            yield from self._gaps()
        except TooLarge:
            yield self._finding(
                "not_analysed", "not_analysed_size", self.table.place, (), None, limit=MAX_STEPS
            )

    # --- what cannot be analysed

    def _not_analysed(self) -> Iterator[Finding]:
        for rule, axes in zip(self.table.rules, self.cells, strict=True):
            for axis, cells in enumerate(axes):
                for column, cell in zip(self._columns(self.labels[axis]), cells, strict=True):
                    if not cell.known:
                        text = rule.inputs[column]
                        place = text.source.place(text.body.at)
                        what = {"cell": text.source.text.strip(), "rule": rule.id, "input": self.labels[axis]}
                        yield self._finding(
                            "not_analysed", "not_analysed_cell", place, (rule.id,), None, **what
                        )
        dependent = self._dependent_columns()
        if dependent is not None:
            columns, names = dependent
            values = {"input": ", ".join(columns), "names": ", ".join(names)}
            yield self._finding("not_analysed", "not_analysed_input", self.table.place, (), None, **values)

    def _dependent_columns(self) -> tuple[list[str], list[str]] | None:
        """Columns of which one's value says something about another's: `Alter` beside `Alter - Wartezeit`."""
        asked: dict[str, frozenset[str]] = {
            clause.label: frozenset(_access_paths(clause.expression)) for clause in self.table.inputs
        }
        columns: dict[str, None] = {}
        names: dict[str, None] = {}
        for one, paths in asked.items():
            for other, others in asked.items():
                shared = [a for a in paths for b in others if one != other and (a + ".").startswith(b + ".")]
                if shared:
                    columns.update({one: None, other: None})
                    names.update(dict.fromkeys(shared))
        return (list(columns), list(names)) if columns else None

    # --- unreachable rules

    def _empty_cells(self) -> Iterator[Finding]:
        for index, rule in enumerate(self.table.rules):
            for axis, bits in enumerate(self.may[index]):
                if bits == 0:
                    text = rule.inputs[self._columns(self.labels[axis])[-1]]
                    place = text.source.place(text.body.at)
                    values = {"rule": rule.id, "input": self.labels[axis], "cell": text.source.text.strip()}
                    yield self._finding("unreachable", "unreachable_cell", place, (rule.id,), None, **values)
                    break

    def _masked(self) -> Iterator[Finding]:
        """Rules that others always win over: those before them (FIRST) or those of higher priority
        (PRIORITY).
        """
        order = self._winning_order()
        for position, index in enumerate(order):
            box = self.may[index]
            if not all(box):
                continue
            before = [other for other in order[:position] if overlap(self.must[other], box) is not None]
            if before and not Uncovered(box, [self.must[other] for other in before], (0,) * len(box)).boxes():
                rule = self.table.rules[index]
                winners = ", ".join(self.table.rules[other].id for other in sorted(before))
                values = {"rule": rule.id, "rules": winners}
                yield self._finding(
                    "unreachable", "unreachable_masked", rule.place, (rule.id,), None, **values
                )

    def _winning_order(self) -> Sequence[int]:
        if self.table.hit_policy is HitPolicy.FIRST:
            return range(len(self.table.rules))
        if self.table.hit_policy is HitPolicy.PRIORITY:
            results = [self._constant_outputs(rule) for rule in self.table.rules]
            known = [result for result in results if result is not None]
            if len(known) == len(results):
                return by_priority(known, [output.order for output in self.table.outputs])
        return ()

    # --- overlaps

    def _overlaps(self) -> Iterator[Finding]:
        policy = self.table.hit_policy
        if policy not in (HitPolicy.UNIQUE, HitPolicy.ANY):
            return
        code = "overlap_unique" if policy is HitPolicy.UNIQUE else "overlap_any"
        for second, rule in enumerate(self.table.rules):
            for first in range(second):
                shared = overlap(self.must[first], self.must[second])
                if shared is None or (
                    policy is HitPolicy.ANY and self._same_outputs(self.table.rules[first], rule)
                ):
                    continue
                ids = (self.table.rules[first].id, rule.id)
                example = self._example(shared)
                values = {"rules": " und ".join(ids), "example": _shown(example)}
                yield self._finding("overlap", code, rule.place, ids, example, **values)

    def _same_outputs(self, first: Rule, second: Rule) -> bool:
        return all(_same_output(a, b) for a, b in zip(first.outputs, second.outputs, strict=True))

    def _constant_outputs(self, rule: Rule) -> list[object] | None:
        if not all(is_constant(output) for output in rule.outputs):
            return None
        return [constant(output, output.source) for output in rule.outputs]

    # --- gaps

    def _gaps(self) -> Iterator[Finding]:
        """A table that gives one result must give one always; lists may be empty."""
        if self.table.has_default or not self.table.hit_policy.single:
            return
        nulls = tuple(parts.null for parts in self.partitions)
        uncovered = Uncovered(self.region, self.may, nulls).boxes()
        examples = [self._example(box) for box in uncovered]
        examples.sort(key=lambda example: sum(value is None for value in example.values()))
        for example in examples[:MAX_LISTED]:
            yield self._finding("gap", "gap", self.table.place, (), example, example=_shown(example))
        if len(examples) > MAX_LISTED:
            yield self.more("gap", len(examples) - MAX_LISTED)

    # --- building findings

    def _example(self, box: Box) -> dict[str, object]:
        """A value per column; null only where nothing else is left."""
        samples = {}
        for label, parts, bits in zip(self.labels, self.partitions, box, strict=True):
            index = parts_of(bits)[0].bit_length() - 1
            samples[label] = parts.samples[index]
        return samples

    def more(self, kind: str, count: int) -> Finding:
        return self._finding(kind, "more_findings", self.table.place, (), None, count=count)

    def _finding(
        self,
        what: str,
        code: str,
        place: Place,
        rules: tuple[str, ...],
        case: Mapping[str, object] | None,
        /,
        **values: object,
    ) -> Finding:
        english, german = sentence(code, values)
        return Finding(
            what,
            self.decision,
            self.table.id,
            rules,
            case,
            place.file,
            place.line,
            place.column,
            english,
            german,
        )


def _limited(findings: Iterator[Finding], analysis: _TableAnalysis) -> Iterator[Finding]:
    listed = 0
    kind = ""
    for finding in findings:
        listed += 1
        kind = finding.kind
        if listed <= MAX_LISTED:
            yield finding
    if listed > MAX_LISTED:
        yield analysis.more(kind, listed - MAX_LISTED)


def _all(cells: Sequence[Membership], which: str) -> int:
    bits = -1
    for cell in cells:
        bits &= getattr(cell, which)
    return bits


def _shown(example: Mapping[str, object]) -> str:
    return ", ".join(f"{label} = {shown(value)}" for label, value in example.items())


def _same_output(first: s.Text, second: s.Text) -> bool:
    if is_constant(first) and is_constant(second):
        return equal(constant(first, first.source), constant(second, second.source)) is True
    return first.source.text.split() == second.source.text.split()


def _access_paths(node: s.Node) -> Iterator[str]:
    """The data an expression reads: `haushalt`, `person.alter`."""
    match node:
        case s.Text(body=body):
            yield from _access_paths(body)
        case s.Name(name=name):
            yield name
        case s.Path():
            path = _plain_path(node)
            if path is not None:
                yield path
            else:
                yield from _access_paths(node.of)
        case s.Call(callee=s.Name(), arguments=arguments):
            for argument in arguments:
                yield from _access_paths(argument)
        case _:
            for child in s.children(node):
                yield from _access_paths(child)


def _plain_path(node: s.Node) -> str | None:
    if isinstance(node, s.Name):
        return node.name
    if isinstance(node, s.Path):
        before = _plain_path(node.of)
        return None if before is None else f"{before}.{node.name}"
    return None
