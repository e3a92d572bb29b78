# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The main job: from submission to a sealed certificate, for the residents by whom software fails."""

import json
from uuid import UUID

import pytest
from tests.doubles.applicants import actor_for, pdf_of

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.models import Case
from amtlich.contexts.cases.projection import replayed, state_of
from amtlich.contexts.privacy.api import accesses_for_case
from amtlich.contexts.proofs import api as proofs
from amtlich.contexts.registers.api import demo_residents
from amtlich.engines.documents import gate, seal
from amtlich.kernel.trust import TrustLevel
from amtlich.platform import keys
from amtlich.platform.events import log
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def case_row(office, token) -> Case:
    with tenant(office.id):
        return Case.objects.get(token=token)


def test_a_certificate_is_issued_sealed_and_checked(office, residents, apply_as):
    done = apply_as(residents["lena"])
    assert done.case.step == "decided"
    assert "Ihre Meldebescheinigung ist da." in done.case.sentence
    assert done.case.file_number == f"MB-{done.case.received_at.year}-00001"
    notices = {item.notice: item for item in done.case.documents}
    assert set(notices) == {"bescheinigung", "begleitblatt-leicht", "companion-en", "data"}
    pdf = pdf_of(done)
    texts = ["Brückner", "Lena", "Marie", "13.02.1988", "Lindenweg 12", "Seestraße 12 a", "18055 Rostock"]
    assert gate.check(pdf, texts=texts, certificate_pem=keys.seal_key(office).certificate_pem) == ()
    assert seal.verify(pdf).intact
    data = json.loads(cases.document(done.actor, done.case.token, UUID(str(notices["data"].id))).content)
    assert data["person"]["familienname"] == "Brückner"
    assert data["abgerufen"].startswith(str(done.case.received_at.year))
    assert data["pruefcode"] == notices["bescheinigung"].check_code


def test_the_printed_code_leads_to_the_document_and_names_no_person(office, other_town, residents, apply_as):
    done = apply_as(residents["lena"])
    (code,) = {item.check_code for item in done.case.documents if item.check_code}
    found = proofs.verify(office.id, code.lower().replace("-", " "))
    assert found.state == "valid"
    assert "Brückner" not in repr(found)
    assert proofs.verify(office.id, "7777-7777-7777").state == "unknown"
    assert proofs.verify(other_town.id, code).state == "unknown"


def test_replay_equals_the_projection_and_the_chain_holds(office, residents, apply_as):
    done = apply_as(residents["lena"])
    row = case_row(office, done.case.token)
    with tenant(office.id):
        assert replayed(row) == state_of(row)
        assert log.verify_stream(row.pk) == bytes(row.head)


def test_the_access_is_in_the_journal_for_the_citizen_to_read(office, residents, apply_as):
    done = apply_as(residents["lena"])
    row = case_row(office, done.case.token)
    (entry,) = accesses_for_case(office.id, row.pk)
    assert "Familienname" in repr(entry)
    assert "18 Abs. 1" in repr(entry)
    assert done.case.accesses == (entry,)


def test_the_decision_can_be_read_with_norm_and_reason(office, residents, apply_as):
    decision = apply_as(residents["lena"]).case.decision
    assert decision is not None
    assert decision.automatic
    assert any("BMG § 18" in norm for norm in decision.norms)
    assert any("genau eine Person" in reason["de"] for reason in decision.reasons)


@pytest.mark.parametrize("key", [one.key for one in demo_residents()])
def test_every_hard_resident_gets_what_the_register_says(office, residents, apply_as, key):
    resident = residents[key]
    done = apply_as(resident, actor=actor_for(office, resident, level=TrustLevel.HIGH))
    if resident.outcome == "found":
        assert done.case.step == "decided", done.case.sentence
        text = json.loads(
            next(
                cases.document(done.actor, done.case.token, UUID(str(item.id))).content
                for item in done.case.documents
                if item.notice == "data"
            )
        )
        assert text["person"]["familienname"] == resident.record.family
        assert text["person"]["geburtsdatum"] == resident.record.birth.iso()
        assert ("vornamen" in text["person"]) == bool(resident.record.given)
    else:
        assert done.case.step == "working"
        assert done.case.documents == ()


def test_all_reasons_for_a_person_look_the_same_to_the_citizen(office, residents, apply_as):
    """Auskunftssperre, nobody, several, somebody else: nothing tells them apart (§ 51 BMG)."""
    seen = set()
    for resident in residents.values():
        if resident.outcome == "found":
            continue
        done = apply_as(resident, actor=actor_for(office, resident, level=TrustLevel.HIGH))
        events = cases.events(done.actor, done.case.token)
        seen.add(
            (
                done.case.sentence,
                done.case.waiting_on,
                done.case.decision,
                tuple(
                    (entry.title, entry.detail, entry.law) for entry in done.case.timeline if entry.seq != 2
                ),
                tuple((event.type, event.title) for event in events),
            )
        )
    assert len(seen) == 1


def test_a_low_level_goes_to_a_person_and_is_received_all_the_same(office, residents, apply_as):
    done = apply_as(residents["jonas"])
    assert done.case.step == "working"
    assert done.case.waiting_on == "office"


def test_somebody_who_states_another_persons_data_gets_no_certificate(office, residents, apply_as):
    """Four facts of a neighbour are easily known; the log-in vouches for somebody else."""
    stranger = actor_for(office, residents["mehmet"], level=TrustLevel.HIGH)
    done = apply_as(residents["lena"], actor=stranger)
    assert done.case.step == "working"
    assert done.case.documents == ()


def test_extended_data_are_fetched_only_where_chosen(office, residents, apply_as):
    plain = apply_as(residents["lena"])
    assert b"Hansen" not in b"".join(_all_files(plain))
    done = apply_as(residents["lena"], umfang="erweitert", zusatz=["geburtsort", "fruehere_namen"])
    content = b"".join(_all_files(done)).decode("utf-8", "ignore")
    assert "Hansen" in content
    assert "verheiratet" not in content


def _all_files(done):
    return [
        cases.document(done.actor, done.case.token, UUID(str(item.id))).content
        for item in done.case.documents
        if item.notice == "data"
    ]


def test_paper_goes_to_a_person_because_somebody_must_print_it(office, residents, apply_as):
    assert apply_as(residents["lena"], form="schriftlich").case.waiting_on == "office"


def test_fc01_an_abandoned_branch_leaves_no_trace(office, residents, apply_as):
    done = apply_as(residents["lena"], umfang="einfach", zusatz=["geburtsort", "nonsense"])
    assert done.case.step == "decided"
    row = case_row(office, done.case.token)
    with tenant(office.id):
        events = log.read(row.pk)
    assert "zusatz" not in repr([event.payload for event in events])


def test_a_job_that_runs_twice_does_nothing_twice(office, residents, apply_as):
    from amtlich.contexts.cases import steps

    done = apply_as(residents["lena"])
    row = case_row(office, done.case.token)
    steps.advance(office.id, row.pk)
    assert cases.case(done.actor, done.case.token) == done.case


def test_one_resident_may_apply_again_and_gets_the_next_number(office, residents, apply_as):
    first, second = apply_as(residents["lena"]), apply_as(residents["lena"])
    assert first.case.file_number[:-1] == second.case.file_number[:-1]
    assert int(second.case.file_number[-5:]) == int(first.case.file_number[-5:]) + 1
