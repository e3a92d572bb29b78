# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a page of a form costs, as a ratio to the bare JSON Schema validation of the same answers.

Run: python bench/forms.py
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft202012Validator

from amtlich.contexts.catalog.yaml_source import read_yaml
from amtlich.engines.forms import Form
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.person import Address, Identity

PACKAGE = Path(__file__).parents[1] / "services" / "meldebescheinigung" / "form.yaml"
IDENTITY = Identity(
    "Brückner",
    ("Lena", "Marie"),
    PartialDate(1988, 2, 13),
    Address("Lindenweg", "12", "12345", "Musterstadt"),
)
POSTED = {
    "familienname": ["Brückner"],
    "vornamen": ["Lena Marie"],
    "geburtsdatum-tag": ["13"],
    "geburtsdatum-monat": ["2"],
    "geburtsdatum-jahr": ["1988"],
    "strasse": ["Lindenweg"],
    "hausnummer": ["12"],
    "plz": ["12345"],
    "ort": ["Musterstadt"],
}


def cpu_microseconds(work: Callable[[], object], seconds: float = 0.5) -> float:
    """CPU time of one call, over as many calls as fit into the given CPU time."""
    work()
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        work()
        count += 1
    return (time.process_time() - start) / count * 1e6


def main() -> None:
    form = Form.from_package(read_yaml("form.yaml", PACKAGE.read_bytes()).content)
    data = {**form.prefill(IDENTITY), "umfang": "einfach", "form": "elektronisch"}
    assert form.clean(data).ok
    validator = Draft202012Validator(form.schema)
    base = cpu_microseconds(lambda: list(validator.iter_errors(data)))
    print(f"bare JSON Schema validation      {base:8.0f} us CPU   1.0 x")
    for name, work in (
        ("fields of a page", lambda: form.visible("person", data)),
        ("read a posted page", lambda: form.parse_step("person", POSTED, data)),
        ("check the whole form", lambda: form.clean(data)),
        ("lines of the check page", lambda: form.answers(data)),
    ):
        cost = cpu_microseconds(work)
        print(f"{name:32} {cost:8.0f} us CPU {cost / base:5.1f} x")


if __name__ == "__main__":
    main()
