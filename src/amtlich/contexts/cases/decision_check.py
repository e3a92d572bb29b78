# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whether a decision is still what its package decides: records re-evaluated with their stored model."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from amtlich.contexts.cases import decision
from amtlich.contexts.cases.models import Case, DecisionPayload, DecisionRecord
from amtlich.contexts.catalog.api import Package, package
from amtlich.kernel.commitment import commit
from amtlich.kernel.errors import AmtlichError
from amtlich.platform import integrity
from amtlich.platform.tenancy import tenant

_BATCH = 200
_RECORD, _PAYLOAD = DecisionRecord._meta.db_table, DecisionPayload._meta.db_table


def check_decisions(authority_id: UUID, report: integrity.Report) -> None:
    """Every record is the one that was written, and its inputs give its outcome with its own model."""
    last = UUID(int=0)
    while rows := _next(authority_id, last):
        last = rows[-1].pk
        report.rows += len(rows)
        with tenant(authority_id):
            cases = Case.objects.in_bulk([row.case_id for row in rows])
        for row in rows:
            if not hasattr(row, "decisionpayload"):
                report.erased += 1
            for table, sentence in _faults(row, cases.get(row.case_id)):
                report.wrong(table, row.pk, sentence)
    with tenant(authority_id):
        known = DecisionRecord.objects.values("pk")
        for key in DecisionPayload.objects.exclude(pk__in=known).values_list("pk", flat=True):
            report.wrong(_RECORD, key, "Der Entscheidungsnachweis fehlt, sein Inhalt ist da.")
        decided = Case.objects.exclude(decision_id="")
        for named in decided.values_list("decision_id", flat=True).iterator():
            if not DecisionRecord.objects.filter(pk=UUID(named)).exists():
                report.wrong(_RECORD, named, "Der Entscheidungsnachweis fehlt, obwohl entschieden wurde.")


def _next(authority_id: UUID, last: UUID) -> list[DecisionRecord]:
    with tenant(authority_id):
        rows = DecisionRecord.objects.filter(pk__gt=last).select_related("decisionpayload").order_by("pk")
        return list(rows[:_BATCH])


def _faults(row: DecisionRecord, case: Case | None) -> Iterator[tuple[str, str]]:
    if case is None or (case.service, case.package_version) != (row.service, row.package_version):
        yield _RECORD, "Der Nachweis gehört zu keinem Vorgang dieser Leistung und Fassung."
        return
    try:
        of = package(row.service, row.package_version)
    except AmtlichError:
        yield "catalog_packageversion", "Die Fassung des Leistungspakets fehlt oder ist beschädigt."
        return
    if (of.digest, of.decision) != (row.package_digest, row.decision):
        yield _RECORD, "Der Nachweis nennt ein anderes Paket, als unter dieser Fassung liegt."
    if not hasattr(row, "decisionpayload"):
        return
    stored = row.decisionpayload
    if commit(stored.payload, bytes(stored.salt)) != bytes(row.commitment):
        yield _PAYLOAD, "Der Inhalt des Nachweises ist nicht der, der aufgezeichnet wurde."
        return
    yield from ((_RECORD, sentence) for sentence in _differences(row, of))


def _differences(row: DecisionRecord, of: Package) -> Iterator[str]:
    recorded = row.decisionpayload.payload
    if not recorded["steps"]:
        return  # a person decided before any rule was asked
    values = {entry["name"]: entry["value"] for entry in recorded["inputs"]}
    again = of.decide_again(values, row.legal_state_date)
    if decision.plain(again.outcome) != recorded["outcome"]:
        yield "Dieselben Eingaben ergeben mit demselben Paket heute etwas anderes."
    if decision.plain_steps(again) != recorded["steps"]:
        yield "Dieselben Eingaben lassen mit demselben Paket heute andere Regeln greifen."
    result = (recorded["outcome"] or {}).get(decision.RESULT) or ""
    if row.mode != "human" and row.outcome != result:
        yield "In der Zeile steht ein anderes Ergebnis als im Inhalt."


def register() -> None:
    """Called once, while the app starts."""
    integrity.register(
        integrity.Check(
            "cases.decisions", "Entscheidungen, noch einmal ausgewertet", (_RECORD, _PAYLOAD), check_decisions
        )
    )
