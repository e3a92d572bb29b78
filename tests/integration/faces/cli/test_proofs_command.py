# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`amtlich proofs`: what was issued, and revoking it by name and reason."""

import pytest
from tests.integration.contexts.proofs.conftest import apply_as, issued, office, residents

from amtlich.contexts.proofs import api as proofs

__all__ = ["apply_as", "issued", "office", "residents"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


@pytest.fixture
def amtlich(monkeypatch, capsys):
    """The command line without setting Django up a second time."""
    from amtlich.faces.cli import packages
    from amtlich.faces.cli.commands import main

    monkeypatch.setattr(packages.django_setup, "set_up", lambda: None)

    def run(*words):
        status = main(["proofs", *words])
        told = capsys.readouterr()
        return status, told.out + told.err

    return run


def test_a_document_is_shown_revoked_and_shown_as_revoked(amtlich, office, issued):
    status, told = amtlich("show", issued.code.lower())
    assert status == 0
    assert "Gültig, nicht widerrufen." in told
    assert issued.sealed.sha256 in told
    status, told = amtlich("revoke", issued.code, "--reason", "error", "--as", "Derya Kaya")
    assert status == 0
    assert "von Derya Kaya. Grund: error (In dem Dokument war ein Fehler.)" in told
    assert "Widerrufen am" in amtlich("show", issued.code)[1]
    assert proofs.verify(office.id, issued.code).state is proofs.CheckState.REVOKED


def test_a_second_revocation_changes_nothing_and_says_so(amtlich, issued):
    amtlich("revoke", issued.code, "--reason", "error", "--as", "Derya Kaya")
    status, told = amtlich("revoke", issued.code, "--reason", "other", "--as", "Jonas Petrović")
    assert status == 0
    assert "schon widerrufen" in told
    assert "Derya Kaya" in told
    assert "Petrović" not in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "7XK4-M2QD-T9RP"), "gibt es kein Dokument"),
        (("revoke", "quatsch", "--reason", "error", "--as", "D. Kaya"), "gibt es kein Dokument"),
    ],
)
def test_an_unknown_code_is_refused_with_a_sentence(amtlich, office, words, told):
    status, said = amtlich(*words)
    assert status == 2
    assert told in said


def test_an_unknown_reason_names_those_there_are(amtlich, office, issued):
    status, told = amtlich("revoke", issued.code, "--reason", "so", "--as", "Derya Kaya")
    assert status == 2
    assert "replaced (Es gibt ein neues Dokument.)" in told
    assert proofs.verify(office.id, issued.code).state is proofs.CheckState.VALID


def test_nobody_revokes_anonymously(amtlich, office, issued):
    assert amtlich("revoke", issued.code, "--reason", "error", "--as", "  ")[0] == 2
    with pytest.raises(SystemExit):
        amtlich("revoke", issued.code, "--reason", "error")
    assert proofs.verify(office.id, issued.code).state is proofs.CheckState.VALID
