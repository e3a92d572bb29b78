# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Revoking: once, by a named person, for a reason out of a closed set, and told wherever one checks."""

import pytest
from django.db import DatabaseError, connection
from tests.doubles import hostile_pdfs

from amtlich.contexts.cases import api as cases
from amtlich.contexts.proofs import api as proofs
from amtlich.contexts.proofs.api import CheckState, RevocationReason
from amtlich.kernel.errors import NotFound
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def test_a_revoked_document_is_told_as_such_by_code_file_and_case(office, issued):
    done = proofs.revoke(office.id, issued.code.lower(), RevocationReason.REPLACED, "Derya  Kaya")
    assert (done.reason, done.revoked_by) == (RevocationReason.REPLACED, "Derya Kaya")
    for found in (proofs.verify(office.id, issued.code), proofs.verify_file(office.id, issued.pdf)):
        assert found.state is CheckState.REVOKED
        assert found.revoked == proofs.Revoked(done.revoked_at, RevocationReason.REPLACED)
        assert "Kaya" not in repr(found)
    (sealed,) = [
        item for item in cases.case(issued.done.actor, issued.done.case.token).documents if item.sealed
    ]
    assert sealed.revoked == proofs.Revoked(done.revoked_at, RevocationReason.REPLACED)


def test_a_changed_file_stays_changed_and_says_that_its_original_is_revoked(office, issued):
    proofs.revoke(office.id, issued.code, RevocationReason.ERROR, "Derya Kaya")
    found = proofs.verify_file(office.id, hostile_pdfs.appended_to(issued.pdf))
    assert found.state is CheckState.CHANGED
    assert found.revoked is not None


def test_revoking_twice_changes_nothing(office, issued):
    first = proofs.revoke(office.id, issued.code, RevocationReason.ERROR, "Derya Kaya")
    again = proofs.revoke(office.id, issued.code, RevocationReason.OTHER, "Jonas Petrović")
    assert again == first


@pytest.mark.parametrize("code", ["7XK4-M2QD-T9RP", "quatsch", ""])
def test_an_unknown_code_is_refused_with_a_sentence(office, code):
    with pytest.raises(NotFound, match="gibt es kein Dokument"):
        proofs.revoke(office.id, code, RevocationReason.ERROR, "Derya Kaya")


@pytest.mark.parametrize("by", ["", "   ", "x" * 121, "Derya\0Kaya"])
def test_nobody_revokes_without_a_name(office, issued, by):
    with pytest.raises(proofs.RevocationRefused, match="wer widerruft"):
        proofs.revoke(office.id, issued.code, RevocationReason.ERROR, by)
    assert proofs.verify(office.id, issued.code).state is CheckState.VALID


def test_another_authority_cannot_revoke_it(office, other_town, issued):
    with pytest.raises(proofs.NoSuchDocument):
        proofs.revoke(other_town.id, issued.code, RevocationReason.ERROR, "Derya Kaya")


def test_a_revocation_cannot_be_taken_back_by_the_program(office, issued):
    proofs.revoke(office.id, issued.code, RevocationReason.ERROR, "Derya Kaya")
    for change in ("DELETE FROM proofs_revocation", "UPDATE proofs_revocation SET reason = 'other'"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            tenant(office.id),
            connection.cursor() as c,
        ):
            c.execute(change)
