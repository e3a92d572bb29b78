# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What this version of the house can run: a package that it could not carry is refused, not met by a case."""

from __future__ import annotations

from collections.abc import Iterator

from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.source import Source
from amtlich.engines.procedure import LIFECYCLES

#: Addresses that follow /antrag/<token>/ and are no steps of a form.
RESERVED_STEPS = ("pruefen", "eingang", "spaeter", "neue-fragen", "loeschen")
#: The machine-readable set beside every certificate; see proofs.
RESERVED_NOTICES = ("data",)
#: What the columns of cases and proofs hold.
LONGEST = {"outcome": 40, "evidence": 60, "notice": 40}


def check_running(source: Source, package: Package) -> Iterator[Finding]:
    """The lifecycle, names that mean something else already, and names that are too long to be kept."""
    if package.lifecycle not in LIFECYCLES:
        yield source.finding(
            "service.yaml",
            ("lifecycle",),
            f"Den Lebenslauf {package.lifecycle} kann diese Fassung von Amtlich noch nicht ausführen.",
            f"Möglich sind bisher: {', '.join(sorted(LIFECYCLES))}.",
        )
    for index, step in enumerate(package.form.steps):
        if step.id in RESERVED_STEPS:
            yield source.finding(
                "form.yaml",
                ("steps", index, "id"),
                f"„{step.id}“ heißt schon eine Seite jedes Antrags; die Seite der Fragen wäre unerreichbar.",
                "Geben Sie dem Schritt einen anderen Namen.",
            )
    yield from _names(source, package)


def _names(source: Source, package: Package) -> Iterator[Finding]:
    for outcome in package.outcomes:
        yield from _length(source, "outcome", outcome, ("decision", "outcomes", outcome))
    for index, evidence in enumerate(package.evidence):
        yield from _length(source, "evidence", evidence.id, ("evidence", index, "id"))
    for index, notice in enumerate(package.notices):
        yield from _length(source, "notice", notice.id, ("notices", index, "id"))
        if notice.id in RESERVED_NOTICES:
            yield source.finding(
                "service.yaml",
                ("notices", index, "id"),
                f"„{notice.id}“ heißt schon der maschinenlesbare Datensatz (§ 18a BMG).",
                "Geben Sie dem Dokument einen anderen Namen.",
            )


def _length(source: Source, what: str, name: str, path: tuple[str | int, ...]) -> Iterator[Finding]:
    if len(name) > LONGEST[what]:
        yield source.finding(
            "service.yaml",
            path,
            f"„{name}“ hat {len(name)} Zeichen.",
            f"Kürzen Sie den Namen auf höchstens {LONGEST[what]} Zeichen.",
        )
