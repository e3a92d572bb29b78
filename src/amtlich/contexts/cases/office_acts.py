# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a person of the office does with a case that has come to them: grant, refuse, hear, give back.

Every act says which version of the case it was decided on: who looks at an older one is told what has
happened since (FC-13). An adverse act needs a named person, reasons, and a hearing or the reason for none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from amtlich.contexts.cases import decision, facts, happenings, requests
from amtlich.contexts.cases.access import own
from amtlich.contexts.cases.errors import Overtaken
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.office_candidates import candidates_of, key_of
from amtlich.contexts.cases.office_shapes import ANSWER_CHANNELS, WAIVERS
from amtlich.contexts.cases.policy import Action
from amtlich.contexts.cases.projection import record, state_of
from amtlich.contexts.cases.refusals import refusal_of
from amtlich.contexts.cases.submission import ADVANCE
from amtlich.contexts.cases.texts import MOST_CHARACTERS, REASON_CHARACTERS, cleaned
from amtlich.contexts.cases.words import REFUSED
from amtlich.contexts.catalog.api import package
from amtlich.contexts.proofs import api as proofs
from amtlich.engines.procedure import EventType, EvidenceStatus, ForbiddenTransition
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput
from amtlich.platform import jobs
from amtlich.platform.accounts import Actor
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

_MISSING_GROUND = "Schreiben Sie, warum Sie so entscheiden."
_SHORTEST_REASONS = 30
_NOT_NOW = (
    "Das geht gerade nicht: Der Vorgang liegt beim Programm, wartet auf eine Antwort oder ist entschieden."
)


def grant(actor: Actor, token: str, *, version: int, candidate: str = "", ground: str = "") -> None:
    """Give what was asked for. ``candidate``: key of the record that is meant, if the register named none.

    Raises ``NoSuchCase``, ``Overtaken``, ``BadInput`` (no record is known, the one chosen has changed, or is
    of somebody who has died or moved away: a certificate gives current addresses, § 18 (1) BMG).
    """
    (text,) = cleaned([ground], longest=REASON_CHARACTERS, missing=None)
    chosen = _chosen(actor, token, candidate) if candidate else None
    if chosen is not None and not text:
        raise BadInput("Schreiben Sie, warum es diese Person ist.")

    def act(case: Case) -> None:
        of = package(case.service, case.package_version)
        state = state_of(case)
        if chosen is not None:
            evidence, content = chosen
            payload = {
                "evidence": evidence,
                "status": EvidenceStatus.FOUND,
                "count": 1,
                "query_id": "",
                "fetched_at": clock.now().isoformat(),
                "record": content,
                "by": actor.display_name,
            }
            record(case, EventType.EVIDENCE_CHOSEN, payload, actor)
        elif of.evidence and EvidenceStatus.FOUND not in state.evidence.values():
            raise BadInput("Wählen Sie die Person aus dem Register, oder fragen Sie nach.")
        granting = next(name for name, kind in of.outcomes.items() if kind == "issue")
        decision.decide_by_person(case, of, granting, actor, ground=text)
        jobs.defer(ADVANCE, lock=str(case.pk), authority_id=case.authority_id, case_id=case.pk)

    _act(actor, token, version, act)


def refuse(actor: Actor, token: str, *, version: int, reasons: str, norms: Sequence[str]) -> None:
    """Refuse it: an adverse act with reasons that the person reads in the notice.

    Raises ``NoSuchCase``, ``Overtaken``, ``TextWrong``, ``BadInput`` without norm, without a hearing or the
    reason for none, while the authority has no remedy notice, or with a letter that cannot be printed: what
    is decided could not be undone.
    """
    (text,) = cleaned([reasons], longest=REASON_CHARACTERS, missing=_MISSING_GROUND)
    if len(text) < _SHORTEST_REASONS:
        raise BadInput("Begründen Sie ausführlicher: was wir wissen und was das Gesetz verlangt.")

    proofs.check_remedy(actor.authority_id)
    _check_printable(actor, token, text, norms)

    def act(case: Case) -> None:
        of = package(case.service, case.package_version)
        known = {basis.ref for basis in of.legal_basis}
        if not norms or not set(norms) <= known:
            raise BadInput("Wählen Sie mindestens eine Rechtsgrundlage dieser Leistung.")
        if not state_of(case).heard:
            raise BadInput("Erst kommt die Anhörung, oder Sie halten fest, warum nicht (§ 28 VwVfG).")
        decision.refuse_by_person(case, of, actor, reasons=text, norms=tuple(norms))
        jobs.defer(ADVANCE, lock=str(case.pk), authority_id=case.authority_id, case_id=case.pk)

    _act(actor, token, version, act)


def open_hearing(actor: Actor, token: str, *, version: int, text: str, days: int = 14) -> date:
    """Tell the person what is intended and why, and give them time to answer (§ 28 (1) VwVfG).

    Returns the last day. Raises ``NoSuchCase``, ``Overtaken``, ``TextWrong``, ``BadInput``.
    """
    return requests.ask(actor, token, [text], days, hearing=True, version=version)


def enter_answer(actor: Actor, token: str, *, version: int, text: str, channel: str) -> None:
    """Enter what the person answered by another way than the portal: to the open question, or hearing.

    Raises ``NoSuchCase``, ``Overtaken`` (also if nothing is asked), ``TextWrong``, ``BadInput``.
    """
    (said,) = cleaned(
        [text], longest=MOST_CHARACTERS, missing="Schreiben Sie, was die Person geantwortet hat."
    )
    if channel not in ANSWER_CHANNELS:
        raise BadInput("Wählen Sie, auf welchem Weg die Antwort kam.")

    def act(case: Case) -> None:
        request = state_of(case).request
        payload = {
            "request": request.seq if request else 0,
            "answers": [said],
            "channel": channel,
            "by": actor.display_name,
        }
        record(case, EventType.INFORMATION_SUPPLIED, payload, actor)
        jobs.defer(ADVANCE, lock=str(case.pk), authority_id=case.authority_id, case_id=case.pk)

    _act(actor, token, version, act)


def waive_hearing(actor: Actor, token: str, *, version: int, ground: str, text: str) -> None:
    """Record why nobody is heard. Raises ``NoSuchCase``, ``Overtaken``, ``TextWrong``, ``BadInput``."""
    (said,) = cleaned([text], longest=REASON_CHARACTERS, missing="Schreiben Sie, warum das hier so ist.")
    if ground not in WAIVERS:
        raise BadInput("Wählen Sie, warum eine Anhörung entfällt (§ 28 Abs. 2 und 3 VwVfG).")

    def act(case: Case) -> None:
        record(
            case,
            EventType.HEARING_WAIVED,
            {"ground": ground, "reason": said, "by": actor.display_name},
            actor,
        )

    _act(actor, token, version, act)


def give_back(actor: Actor, token: str, *, version: int) -> None:
    """Let the program look anew: registers are asked again. Raises ``NoSuchCase``, ``Overtaken``."""

    def act(case: Case) -> None:
        record(case, EventType.RETURNED_TO_PROGRAM, {"by": actor.display_name}, actor)
        jobs.defer(ADVANCE, lock=str(case.pk), authority_id=case.authority_id, case_id=case.pk)

    _act(actor, token, version, act)


def _act(actor: Actor, token: str, version: int, act: Callable[[Case], None]) -> None:
    """Do it in one transaction with the case as it was seen; who comes second is told what came first."""
    try:
        with tenant(actor.authority_id):
            case = own(actor, token, Action.DECIDE)
            happenings.refuse_older(case, version)
            act(case)
    except ForbiddenTransition:
        raise Overtaken(_NOT_NOW) from None
    except log.WrongVersion:
        with tenant(actor.authority_id):
            case = own(actor, token, Action.DECIDE)
            raise Overtaken(happenings.since(case)) from None


def _check_printable(actor: Actor, token: str, reasons: str, norms: Sequence[str]) -> None:
    """Set the notice once before it counts."""
    with tenant(actor.authority_id):
        case = own(actor, token, Action.DECIDE)
        if not case.heard:
            return  # nothing can be refused yet
        of = package(case.service, case.package_version)
        refusal = refusal_of(case, of, decided_by=actor.display_name, reasons=reasons, norms=norms or ["-"])
    try:
        proofs.rehearse_refusal(
            proofs.Order(
                authority_id=case.authority_id,
                case_id=case.pk,
                file_number=case.file_number,
                outcome=REFUSED,
                decided_at=clock.now(),
                package=of,
                statements={},
                evidence={},
                refusal=refusal,
            )
        )
    except proofs.CannotBePrinted as error:
        raise BadInput(str(error)) from None


def _chosen(actor: Actor, token: str, key: str) -> tuple[str, Mapping[str, object]]:
    """The record that was chosen, read anew and journalled; refused if it is not the one that was seen."""
    with tenant(actor.authority_id):
        case = own(actor, token, Action.DECIDE)
        known = facts.gather(case)
    found = candidates_of(actor, case, package(case.service, case.package_version), known) or ()
    for spec, one in found:
        if key_of(one) == key:
            if one.status != "current":
                raise BadInput("Diese Person wohnt nicht mehr hier. Bescheinigt wird nur, wer gemeldet ist.")
            return spec.id, one.record.only(spec.fields_for(known.statements)).to_json()
    raise BadInput("Diese Person hat sich im Register geändert. Sehen Sie sich die Treffer noch einmal an.")
