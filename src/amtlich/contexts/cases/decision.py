# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Deciding by the package's rules, with a record that can be read and re-evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from amtlich.contexts.cases import facts as gathering
from amtlich.contexts.cases.facts import Facts
from amtlich.contexts.cases.models import Case, DecisionPayload, DecisionRecord
from amtlich.contexts.cases.projection import record
from amtlich.contexts.cases.words import REFUSED
from amtlich.contexts.catalog.api import InputSource, Package, ParameterValue
from amtlich.engines.procedure import EventType
from amtlich.engines.rules import ENGINE_VERSION, Evaluation
from amtlich.kernel import clock
from amtlich.kernel.clock import BERLIN
from amtlich.kernel.commitment import commit, new_salt
from amtlich.platform.accounts import Actor, system_actor
from amtlich.platform.tenancy import tenant

# The outputs that every package's decision has; the gate sees to it.
RESULT, REASON = "ergebnis", "grund"
NO_RULE = "no_rule"


def decide(case: Case, of: Package) -> None:
    """Evaluate the package's decision; what may be decided automatically is, the rest goes to a person.

    Only granting is automatic. No rule that fires, an outcome meant for a person, or a package
    without full automation hand the case over, with the record as a proposal (§ 35a VwVfG).
    """
    with tenant(case.authority_id):
        known = gathering.gather(case)
    on = known.received_at.astimezone(BERLIN).date()
    parameters = of.parameters(on)
    inputs = _inputs(of, known, parameters)
    evaluation = of.decide({name: entry["value"] for name, entry in inputs.items()}, on)
    outcome = evaluation.outcome if isinstance(evaluation.outcome, Mapping) else {}
    result = str(outcome.get(RESULT) or "")
    automatic = of.automation.mode == "full" and of.outcomes.get(result) == "issue"
    reason = str(outcome.get(REASON) or NO_RULE)

    with tenant(case.authority_id):
        stored = _store_record(case, of, on, inputs, parameters, evaluation, result, reason, automatic)
        program = system_actor(case.authority_id)
        if automatic:
            payload = {"decision_id": str(stored.pk), "outcome": result, "adverse": False, "mode": "full"}
            record(case, EventType.DECIDED, payload, program)
        else:
            record(
                case, EventType.HANDED_TO_PERSON, {"decision_id": str(stored.pk), "reason": reason}, program
            )


def decide_by_person(case: Case, of: Package, outcome: str, actor: Actor, *, ground: str) -> None:
    """A person gives what was asked for; what the program had proposed stays in the record.

    In an open ``tenant()``. Raises ``ForbiddenTransition`` if it is not the person's turn.
    """
    proposed = payload_of_record(case.decision_id) or {}
    would = str((proposed.get("outcome") or {}).get(RESULT) or "")
    human = {
        "who": actor.display_name,
        "deviates_from_proposal": would not in ("", outcome),
        "ground": ground,
    }
    reasons = [{"norm": of.legal_basis[0].ref, "text": ""}] if of.legal_basis else []
    _store_human(case, of, actor, outcome, {**proposed, "reasons": reasons, "human": human}, adverse=False)


def refuse_by_person(case: Case, of: Package, actor: Actor, *, reasons: str, norms: tuple[str, ...]) -> None:
    """A named person refuses, with reasons in their own words and the norms they rest on. In a ``tenant()``.

    Raises ``ForbiddenTransition`` without a hearing or the reason for none.
    """
    proposed = payload_of_record(case.decision_id) or {}
    human = {"who": actor.display_name, "deviates_from_proposal": bool(proposed), "ground": reasons}
    content = {**proposed, "reasons": [{"norm": norm, "text": ""} for norm in norms], "human": human}
    _store_human(case, of, actor, REFUSED, content, adverse=True)


def payload_of_record(decision_id: str) -> dict[str, Any] | None:
    """What a decision record rests on; None if there is none, or it has been erased. In a ``tenant()``."""
    found = DecisionPayload.objects.filter(pk=UUID(decision_id)).first() if decision_id else None
    return dict(found.payload) if found else None


def _store_human(
    case: Case, of: Package, actor: Actor, outcome: str, content: dict[str, Any], *, adverse: bool
) -> None:
    empty: dict[str, Any] = {"inputs": [], "parameters": [], "steps": [], "outcome": None}
    on = case.received_at.astimezone(BERLIN).date()
    stored = _save(case, of, on, {**empty, **content}, outcome, "human")
    payload = {
        "decision_id": str(stored.pk),
        "outcome": outcome,
        "adverse": adverse,
        "mode": "human",
        "by": actor.display_name,
    }
    record(case, EventType.DECIDED, payload, actor)


def _inputs(of: Package, known: Facts, parameters: Mapping[str, ParameterValue]) -> dict[str, dict[str, Any]]:
    """Every input of the decision with its value and where it comes from."""
    return {name: _input(of, source, known, parameters) for name, source in of.inputs.items()}


def _input(
    of: Package, source: InputSource, known: Facts, parameters: Mapping[str, ParameterValue]
) -> dict[str, Any]:
    match source.kind:
        case "login":
            value = known.level.word_de if source.ref == "level" else known.agrees_with_login
            return {"value": value, "origin": "log-in"}
        case "form":
            return {"value": of.form.facts(known.statements)[source.ref], "origin": "applicant"}
        case "parameter":
            parameter = parameters.get(source.ref)
            return {"value": parameter.value if parameter else None, "origin": "parameter"}
        case "evidence":
            evidence_id, _, aspect = source.ref.partition(".")
            fact = known.evidence[evidence_id]
            return {
                "value": fact.count if aspect == "matches" else fact.blocked,
                "origin": "register",
                "register": evidence_id,
                "purpose": next(spec.purpose for spec in of.evidence if spec.id == evidence_id),
                "fetched_at": fact.fetched_at.isoformat(),
                "query_id": fact.query_id,
            }


def _store_record(
    case: Case,
    of: Package,
    on: date,
    inputs: Mapping[str, Any],
    parameters: Mapping[str, ParameterValue],
    evaluation: Evaluation,
    result: str,
    reason: str,
    automatic: bool,
) -> DecisionRecord:
    payload = {
        "inputs": [{"name": name, **_json(entry)} for name, entry in inputs.items()],
        "parameters": [
            {
                "name": name,
                "value": str(parameter.value),
                "valid_from": parameter.valid_from.isoformat(),
                "source": parameter.source,
            }
            for name, parameter in parameters.items()
        ],
        "steps": plain_steps(evaluation),
        "outcome": plain(evaluation.outcome),
        "reasons": _reasons(of, evaluation, reason),
    }
    return _save(case, of, on, payload, result, "full" if automatic else "proposal")


def _save(
    case: Case, of: Package, on: date, payload: dict[str, Any], outcome: str, mode: str
) -> DecisionRecord:
    salt = new_salt()
    stored = DecisionRecord.objects.create(
        authority_id=case.authority_id,
        case_id=case.pk,
        service=of.slug,
        package_version=of.version,
        package_digest=of.digest,
        engine_version=ENGINE_VERSION,
        decision=of.decision,
        legal_state_date=on,
        decided_at=clock.now(),
        mode=mode,
        outcome=outcome,
        commitment=commit(payload, salt),
    )
    DecisionPayload.objects.create(record=stored, authority_id=case.authority_id, payload=payload, salt=salt)
    return stored


def plain_steps(evaluation: Evaluation) -> list[dict[str, Any]]:
    """What the record holds of each step: which rules fired, and which failed in one cell only."""
    return [
        {
            "decision": step.decision,
            "table": step.table_id,
            "fired": list(step.fired),
            "near_misses": [
                {"rule": miss.rule, "input": miss.input, "cell": miss.cell} for miss in step.near_misses
            ],
            "null_reasons": list(step.null_reasons),
        }
        for step in evaluation.steps
    ]


def _reasons(of: Package, evaluation: Evaluation, reason: str) -> list[dict[str, str]]:
    """The norms of the rules that fired, each with the id of its text in the package."""
    found = []
    for step in evaluation.steps:
        table = of.model.decisions[step.decision].table
        if table is None:
            continue
        for rule in table.rules:
            if rule.id in step.fired:
                notes = rule.annotations
                found.append({"norm": notes.get("Norm", ""), "text": notes.get("Text", reason)})
    return found or [{"norm": "", "text": reason}]


def _json(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: plain(value) for key, value in entry.items()}


def plain(value: Any) -> Any:
    """Decimals and dates as text, so that the record is JSON and loses no digit."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, str | bool | int):
        return value
    return str(value)
