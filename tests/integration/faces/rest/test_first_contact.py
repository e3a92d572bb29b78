# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A visitor's very first call: its answer may be lost, and the call is then repeated."""

import pytest

from amtlich.contexts.cases.models import Case
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def test_a_visitor_who_never_saw_the_first_answer_gets_the_same_receipt(citizens, office, lenas_data):
    visitor = citizens()
    before = visitor.cookies  # what the client has when the answer does not come
    lost = visitor.submit(lenas_data, "first-0001")
    visitor._client.cookies.clear()
    visitor._client.cookies.load(before)
    again = visitor.submit(lenas_data, "first-0001")
    assert (lost.status_code, again.status_code) == (201, 200)
    assert again.json()["case"] == lost.json()["case"]
    with tenant(office.id):
        assert Case.objects.count() == 1


def test_two_visitors_with_the_same_key_are_two(citizens, office, lenas_data):
    one, two = citizens(), citizens()
    assert (
        one.submit(lenas_data, "first-0001").json()["case"]
        != two.submit(lenas_data, "first-0001").json()["case"]
    )
