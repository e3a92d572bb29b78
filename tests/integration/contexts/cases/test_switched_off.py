# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What an authority has received before it was switched off goes on to its end."""

import pytest

from amtlich.contexts.cases import api as cases
from amtlich.faces.cli.commands import main
from amtlich.platform import jobs
from amtlich.platform.tenancy.registry import switch

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def test_a_case_that_is_under_way_comes_to_its_document(office, residents, apply_as, capsys):
    sent = apply_as(residents["lena"], work=False)
    assert main(["authority", "disable", office.slug]) == 0
    assert "Noch nicht entschieden: 1 Vorgänge" in capsys.readouterr().out
    jobs.run_pending()
    assert cases.undecided(office.id) == 0
    switch(office.slug, on=True)
    assert cases.case(sent.actor, sent.receipt.case_token).documents
