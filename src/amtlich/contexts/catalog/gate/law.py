# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the law asks of automation, outcomes and documents."""

from __future__ import annotations

from collections.abc import Iterator

from amtlich.contexts.catalog.findings import Finding
from amtlich.contexts.catalog.layouts import NO_DISCRETION
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.source import Source

_FILE = "service.yaml"


def check_law(source: Source, package: Package) -> Iterator[Finding]:
    """Automation as VwVfG § 35a allows it, and a document for every outcome that grants."""
    yield from _automation(source, package)
    yield from _whose_data(source, package)
    yield from _free_text(source, package)
    yield from _outcomes(source, package)
    yield from _notices(source, package)


def _automation(source: Source, package: Package) -> Iterator[Finding]:
    automation = package.automation
    if automation.mode != "full":
        return
    allowed = automation.full_allowed_by or ""
    if allowed == NO_DISCRETION:
        if package.lifecycle != "certificate":
            yield source.finding(
                _FILE,
                ("automation", "full_allowed_by"),
                f"Ein Registerauszug hat den Lebenslauf certificate, nicht {package.lifecycle}.",
                "Nennen Sie die Rechtsvorschrift, die das vollautomatische Verfahren zulässt (§ 35a VwVfG).",
            )
    elif "§" not in allowed and "Art" not in allowed:
        yield source.finding(
            _FILE,
            ("automation", "full_allowed_by"),
            "Vollautomatisch darf nur entschieden werden, wo eine Rechtsvorschrift es zulässt (§ 35a VwVfG).",
            f"Nennen Sie die Vorschrift oder „{NO_DISCRETION}“, sonst wählen Sie mode: proposal.",
        )
    if automation.discretion != "none":
        yield source.finding(
            _FILE,
            ("automation", "discretion"),
            f"Bei Ermessen ({automation.discretion}) darf kein Programm allein entscheiden (§ 35a VwVfG).",
            "Wählen Sie mode: proposal.",
        )
    for outcome, kind in package.outcomes.items():
        if kind == "adverse":
            yield source.finding(
                _FILE,
                ("decision", "outcomes", outcome),
                f"„{outcome}“ belastet die Person. Belastendes entscheidet immer ein Mensch.",
                "Wählen Sie mode: proposal oder schicken Sie den Fall mit person zu einer Person.",
            )


def _whose_data(source: Source, package: Package) -> Iterator[Finding]:
    """Nobody may fetch what a register says of somebody else, nor what is blocked (BMG § 51)."""
    if package.automation.mode != "full":
        return
    read = {f"{origin.kind}.{origin.ref}" for origin in package.inputs.values()}
    for evidence in package.evidence:
        needed = {
            "login.agrees": "ob die Angaben die der Anmeldung sind",
            f"evidence.{evidence.id}.matches": "wie viele Datensätze passen",
            f"evidence.{evidence.id}.blocked": "ob eine Auskunftssperre eingetragen ist",
        }
        for name, meaning in needed.items():
            if name not in read:
                yield source.finding(
                    _FILE,
                    ("decision", "inputs"),
                    f"Die Entscheidung fragt nicht, {meaning}. Ein Programm könnte fremde Daten herausgeben.",
                    f"Ergänzen Sie in der Tabelle eine Eingabe mit der Herkunft {name}.",
                )


def _free_text(source: Source, package: Package) -> Iterator[Finding]:
    """Facts of the single case must reach a person (VwVfG § 24 (1) sentence 3)."""
    if package.automation.mode != "full":
        return
    read = {origin.ref for origin in package.inputs.values() if origin.kind == "form"}
    for field in package.form.fields:
        if field.control == "longtext" and field.id not in read:
            yield source.finding(
                "form.yaml",
                ("schema", "properties", field.path[0]),
                f"Was jemand frei in „{field.id}“ schreibt, würde hier niemand lesen "
                "(§ 24 Absatz 1 Satz 3 VwVfG).",
                "Nehmen Sie das Feld unter decision, inputs auf. Schicken Sie solche Fälle zu einer Person.",
            )


def _outcomes(source: Source, package: Package) -> Iterator[Finding]:
    if not any(kind == "person" for kind in package.outcomes.values()):
        yield source.finding(
            _FILE,
            ("decision", "outcomes"),
            "Kein Ergebnis führt zu einer Person.",
            "Ergänzen Sie ein Ergebnis der Art person für Zweifelsfälle.",
        )
    for outcome, kind in package.outcomes.items():
        documents = package.notices_for(outcome)
        if kind in ("issue", "adverse") and not any(doc.sealed and doc.lang == "de" for doc in documents):
            yield source.finding(
                _FILE,
                ("decision", "outcomes", outcome),
                f"Zum Ergebnis „{outcome}“ gibt es kein gesiegeltes Dokument auf Deutsch.",
                "Ergänzen Sie es unter notices mit sealed: true und lang: de.",
            )


def _notices(source: Source, package: Package) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, notice in enumerate(package.notices):
        path = ("notices", index)
        if notice.id in seen:
            yield source.finding(
                _FILE,
                (*path, "id"),
                f"Das Dokument „{notice.id}“ gibt es zweimal.",
                "Geben Sie jedem einen eigenen Namen.",
            )
        seen.add(notice.id)
        if notice.outcome not in package.outcomes:
            yield source.finding(
                _FILE,
                (*path, "outcome"),
                f"Das Ergebnis „{notice.outcome}“ gibt es nicht.",
                f"Möglich sind: {', '.join(package.outcomes)}.",
            )
        if f"notices/{notice.template}" not in source.bundle.files:
            yield source.finding(
                _FILE,
                (*path, "template"),
                f"Die Vorlage notices/{notice.template} fehlt.",
                "Legen Sie sie an oder nennen Sie eine vorhandene.",
            )
