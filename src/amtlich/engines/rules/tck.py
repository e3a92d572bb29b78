# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Runs a folder in the layout of the DMN TCK (https://dmn-tck.github.io/tck) against this engine.

A case passes if every result node has the expected value: numbers within 1e-8, everything else exactly, null
only where null is expected. Whatever is raised on the way is a failure, never a null.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Final

from amtlich.engines.rules import temporal
from amtlich.engines.rules.errors import RulesError
from amtlich.engines.rules.loader import load_model
from amtlich.engines.rules.model import Model
from amtlich.engines.rules.values import NUMBERS, equal

_TEST: Final = "{http://www.omg.org/spec/DMN/20160719/testcase}"
_XSI: Final = "{http://www.w3.org/2001/XMLSchema-instance}"
_TOLERANCE: Final = Decimal("1e-8")
_READ: Final = {
    "date": temporal.read_date,
    "time": temporal.read_time,
    "dateTime": temporal.read_moment,
    "duration": temporal.read_duration,
}
_NUMBERS: Final = frozenset({"decimal", "double", "float", "integer", "int", "long"})


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One test case. `why` is empty if it passed; `all_null` if null is expected throughout."""

    level: str
    name: str
    passed: bool
    all_null: bool
    why: str


def run(folder: Path) -> Iterator[CaseResult]:
    """All cases below `folder`, file by file in the order of their paths. Raises OSError if unreadable."""
    for path in sorted(folder.rglob("*.xml")):
        root = ET.parse(path).getroot()  # noqa: S314 (a kit that the caller chose; nothing from outside)
        if root.tag == f"{_TEST}testCases":
            yield from _file(path, root, _level(path, folder))


def _level(path: Path, folder: Path) -> str:
    named = [part for part in path.relative_to(folder.parent).parts if part.startswith("compliance-level-")]
    return named[0].removeprefix("compliance-") if named else "other"


def _file(path: Path, root: ET.Element, level: str) -> Iterator[CaseResult]:
    model: Model | None = None
    refused = ""
    try:
        model = _model(path.parent / root.findtext(f"{_TEST}modelName", "").strip())
    except (RulesError, OSError) as error:
        refused = str(error)
    for case in root.iter(f"{_TEST}testCase"):
        nodes, name = case.findall(f"{_TEST}resultNode"), f"{path.parent.name}/{case.get('id', '?')}"
        try:
            expected = {node.get("name", ""): _expected(node) for node in nodes}
        except ValueError as unreadable:
            yield CaseResult(level, name, passed=False, all_null=False, why=str(unreadable))
            continue
        why = refused if model is None else _difference(model, case, expected)
        yield CaseResult(level, name, not why, all(value is None for value in expected.values()), why)


def _model(file: Path) -> Model:
    others = {one.name: one.read_bytes() for one in file.parent.glob("*.dmn") if one != file}
    return load_model(file.read_bytes(), file.name, others=others, tolerant=True)


def _difference(model: Model, case: ET.Element, expected: Mapping[str, object]) -> str:
    """What came out otherwise than expected, or an empty string."""
    try:
        inputs = {node.get("name", ""): _value(node) for node in case.findall(f"{_TEST}inputNode")}
        found = {name: _outcome(model, case, name, inputs) for name in expected}
    except Exception as error:  # noqa: BLE001 (an exception is a failed case, and the next one is to run)
        return f"{type(error).__name__}: {error}"
    return "; ".join(
        f"{name}: {temporal.shown(found[name])} instead of {temporal.shown(value)}"
        for name, value in expected.items()
        if not _same(found[name], value)
    )


def _outcome(model: Model, case: ET.Element, name: str, inputs: Mapping[str, object]) -> object:
    """The value of a result node; of several outputs of a decision service, the one that it names."""
    service = model.services.get(case.get("invocableName", ""))
    if service is None:
        return model.evaluate(name, inputs).outcome
    outcome = model.evaluate(service.name, inputs).outcome
    if len(service.outputs) > 1 and name in service.outputs and isinstance(outcome, dict):
        return outcome[name]
    return outcome


def _expected(node: ET.Element) -> object:
    expected = node.find(f"{_TEST}expected")
    return None if expected is None else _value(expected)


def _value(node: ET.Element) -> object:
    if node.get(f"{_XSI}nil") == "true":
        return None
    listed, components = node.find(f"{_TEST}list"), node.findall(f"{_TEST}component")
    if listed is not None:
        nothing = listed.get(f"{_XSI}nil") == "true"
        return None if nothing else [_value(item) for item in listed.findall(f"{_TEST}item")]
    if components:
        return {one.get("name", ""): _value(one) for one in components}
    simple = node.find(f"{_TEST}value")
    if simple is None or simple.get(f"{_XSI}nil") == "true":
        return None
    return _simple((simple.get(f"{_XSI}type") or "string").rpartition(":")[2], simple.text or "")


def _simple(kind: str, text: str) -> object:
    if kind in _NUMBERS:
        return NUMBERS.create_decimal(text.strip())
    if kind == "boolean":
        return text.strip() in ("true", "1")
    if kind not in _READ:
        return text
    value = _READ[kind](text.strip())
    if value is None:
        raise ValueError(f"the kit's {kind} {text.strip()!r} cannot be read")
    return value


def _same(found: object, expected: object) -> bool:
    if isinstance(found, Decimal) and isinstance(expected, Decimal):
        return abs(found - expected) <= _TOLERANCE
    if isinstance(found, list) and isinstance(expected, list):
        return len(found) == len(expected) and all(map(_same, found, expected))
    if isinstance(found, dict) and isinstance(expected, dict):
        return found.keys() == expected.keys() and all(_same(found[key], expected[key]) for key in found)
    if found is None or expected is None:
        return found is expected
    return type(found) is type(expected) and equal(found, expected) is True
