# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How fast the rules engine is, against plain Python that does the same, measured in the same run.

    python bench/rules.py

Ratios matter, not seconds: machines differ, the ratio hardly. The peer for evaluation is a chain of ifs over
Decimals, which gives the outcome but no trace; the peer for analysis is trying out all boundary values.
"""

from __future__ import annotations

import itertools
import random
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from amtlich.engines.rules import Model, analyse, load_model, parse_expression

KINDS = ("Antrag", "Anzeige", "Auskunft", "Beschwerde", "Widerspruch")
BOUNDS = tuple(Decimal(bound) for bound in (0, 100, 250, 500, 750, 1000, 1500, 2000, 3000, 5000))
Case = tuple[str, Decimal, bool]


def seconds(run: Callable[[], object], *, at_least: float = 0.4) -> float:
    """CPU seconds of one call, the best of several rounds."""
    best, spent = float("inf"), 0.0
    while spent < at_least:
        start = time.process_time()
        run()
        took = time.process_time() - start
        best, spent = min(best, took), spent + took
    return best


def rows() -> list[tuple[str, Decimal, Decimal, int]]:
    """50 rules: kind of request, amount from, amount below, fee."""
    pairs = list(itertools.pairwise((*BOUNDS, Decimal(10_000))))
    return [
        (kind, low, high, number * 10 + offset)
        for number, (low, high) in enumerate(pairs)
        for offset, kind in enumerate(KINDS)
    ]


def model_source(hit: str) -> bytes:
    """The rules as a DMN file: unique, complete up to missing values."""
    lines = [
        '<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="bench">',
        '<inputData id="a" name="Art"><variable name="Art" typeRef="string"/></inputData>',
        '<inputData id="b" name="Betrag"><variable name="Betrag" typeRef="number"/></inputData>',
        '<inputData id="c" name="elektronisch"><variable name="elektronisch" typeRef="boolean"/></inputData>',
        '<decision id="d" name="gebuehr">',
        *(
            f'<informationRequirement><requiredInput href="#{one}"/></informationRequirement>'
            for one in "abc"
        ),
        f'<decisionTable id="t" hitPolicy="{hit}">',
        *(
            f"<input><inputExpression><text>{name}</text></inputExpression></input>"
            for name in ("Art", "Betrag", "elektronisch")
        ),
        '<output name="gebuehr"/><output name="grund"/>',
    ]
    for number, (kind, low, high, fee) in enumerate(rows()):
        online = "true" if number % 2 else "not(null)"
        cells = [f'"{kind}"', f"[{low}..{high})", online, str(fee), f'"grund-{number}"']
        tags = ["inputEntry"] * 3 + ["outputEntry"] * 2
        text = "".join(
            f"<{tag}><text>{escape(cell)}</text></{tag}>" for tag, cell in zip(tags, cells, strict=True)
        )
        lines.append(f'<rule id="r{number}">{text}</rule>')
    return "\n".join([*lines, "</decisionTable></decision></definitions>"]).encode()


def chain_of_ifs() -> Callable[[Case], tuple[int, str] | None]:
    """The same rules as a Python function, one if per rule."""
    lines = ["def decide(case):", "    art, betrag, elektronisch = case"]
    values: dict[str, object] = {}
    for number, (kind, low, high, fee) in enumerate(rows()):
        values[f"low{number}"], values[f"high{number}"] = low, high
        third = "elektronisch is True" if number % 2 else "elektronisch is not None"
        lines.append(f"    if art == {kind!r} and low{number} <= betrag < high{number} and {third}:")
        lines.append(f"        return {fee}, 'grund-{number}'")
    lines.append("    return None")
    exec("\n".join(lines), values)
    return values["decide"]  # type: ignore[return-value]


def cases(count: int) -> list[Case]:
    chosen = random.Random(1)
    return [
        (chosen.choice(KINDS), Decimal(chosen.randrange(0, 10_000)), chosen.random() < 0.9)
        for _ in range(count)
    ]


def evaluation(hit: str) -> None:
    model, decide, sample = load_model(model_source(hit)), chain_of_ifs(), cases(200)
    inputs = [{"Art": kind, "Betrag": amount, "elektronisch": online} for kind, amount, online in sample]
    for case, given in zip(sample, inputs, strict=True):
        expected, outcome = decide(case), model.evaluate("gebuehr", given).outcome
        found = None if not isinstance(outcome, dict) else (int(outcome["gebuehr"]), outcome["grund"])
        assert found == expected, (case, found, expected)
    ours = seconds(lambda: [model.evaluate("gebuehr", given) for given in inputs]) / len(inputs)
    peer = seconds(lambda: [decide(case) for case in sample]) / len(sample)
    report(f"50 rules, {hit}, with trace", ours, peer, "chain of ifs without trace")


def expression() -> None:
    text = 'if betrag > 1000 and art = "Antrag" then betrag * 0.05 else 10'
    parsed = parse_expression(text, names={"betrag", "art"})
    given = {"betrag": Decimal(2000), "art": "Antrag"}

    def plain() -> Decimal:
        betrag, art = given["betrag"], given["art"]
        assert isinstance(betrag, Decimal)
        return betrag * Decimal("0.05") if betrag > 1000 and art == "Antrag" else Decimal(10)

    ours = seconds(lambda: [parsed.evaluate(given) for _ in range(1000)]) / 1000
    peer = seconds(lambda: [plain() for _ in range(1000)]) / 1000
    report("one expression", ours, peer, "the same in Python")


def proof() -> None:
    model: Model = load_model(model_source("UNIQUE"))
    found = analyse(model)
    ours = seconds(lambda: analyse(model))
    amounts = sorted({*BOUNDS, Decimal(10_000)})
    between = [(a + b) / 2 for a, b in itertools.pairwise(amounts)]
    numbers = (Decimal(-1), *amounts, *between, None)
    tried = list(itertools.product((*KINDS, "?", None), numbers, (True, False, None)))

    def brute_force() -> int:
        inputs = ({"Art": a, "Betrag": b, "elektronisch": c} for a, b, c in tried)
        return sum(model.evaluate("gebuehr", one).outcome is None for one in inputs)

    report(
        f"analysis ({len(found)} findings)",
        ours,
        seconds(brute_force),
        f"brute force over {len(tried)} cases",
    )


def loading() -> None:
    from xml.dom.minidom import parseString

    source = model_source("UNIQUE")
    peer = seconds(lambda: parseString(source))
    report("load, parse and compile", seconds(lambda: load_model(source)), peer, "minidom")


def report(what: str, ours: float, peer: float, name: str) -> None:
    print(f"{what:34} {ours * 1e6:10.1f} us   {ours / peer:7.2f} x   {name} ({peer * 1e6:.1f} us)")


if __name__ == "__main__":
    print(f"{'':34} {'ours':>13}   {'ratio':>9}   peer, same run")
    evaluation("UNIQUE")
    evaluation("FIRST")
    expression()
    proof()
    loading()
