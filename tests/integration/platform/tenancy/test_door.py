# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One door, and nothing behind it but the authority's own rows (FC-25)."""

import pytest
from django.db import DatabaseError, connection

from amtlich.platform.accounts.models import Account
from amtlich.platform.tenancy import NestedTenantError, current_tenant_id, tenant
from amtlich.platform.tenancy.registry import HostTaken, authority_for_host, ensure_authority, forget_hosts
from amtlich.platform.tenancy.spec import AuthoritySpec

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


def account(authority_id, name):
    return Account.objects.create(authority_id=authority_id, username=name, display_name=name)


@pytest.fixture
def people(town, other_town):
    for place in (town, other_town):
        with tenant(place.id):
            account(place.id, f"person in {place.slug}")
    return town, other_town


def test_each_town_sees_its_own_rows_and_without_a_town_there_are_none(people):
    town, other_town = people
    with tenant(town.id):
        assert [one.username for one in Account.objects.all()] == ["person in musterstadt"]
    assert list(Account.objects.all()) == []
    with tenant(other_town.id):
        assert [one.username for one in Account.objects.all()] == ["person in kleinstadt"]


def test_a_reused_connection_knows_no_town_even_after_an_error(people):
    town, other_town = people
    with pytest.raises(ZeroDivisionError), tenant(town.id):
        _ = Account.objects.count() / 0
    assert Account.objects.count() == 0
    with tenant(other_town.id):
        assert {one.authority_id for one in Account.objects.all()} == {other_town.id}
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.authority', true)")
        assert cursor.fetchone()[0] in (None, "")


def test_a_row_cannot_be_written_for_another_town(people):
    town, other_town = people
    with pytest.raises(DatabaseError, match="row-level security"), tenant(town.id):
        account(other_town.id, "smuggled")


def test_another_towns_row_can_be_neither_changed_nor_deleted(people):
    town, other_town = people
    with tenant(town.id):
        assert Account.objects.filter(authority_id=other_town.id).update(display_name="x") == 0
        assert Account.objects.filter(authority_id=other_town.id).delete()[0] == 0


def test_the_door_does_not_nest(people):
    town, other_town = people
    with tenant(town.id):
        with pytest.raises(NestedTenantError), tenant(other_town.id):
            pass
        assert current_tenant_id() == town.id
        assert Account.objects.count() == 1
    assert current_tenant_id() is None


def test_a_lazy_result_taken_outside_is_empty(people):
    town, _ = people
    with tenant(town.id):
        lazy = Account.objects.all()
    assert list(lazy) == []


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "LOCALHOST.", "localhost.:80"])
def test_the_host_decides_the_authority(town, host):
    assert authority_for_host(host) == town


@pytest.mark.parametrize(
    "host", ["", "evil.example", "localhost.evil.example", "[::1]", "a" * 400, "local\x00host", "\x00"]
)
def test_an_unknown_host_is_nobody(town, host):
    assert authority_for_host(host) is None


def _spec(slug: str, *hosts: str) -> AuthoritySpec:
    return AuthoritySpec(slug, "Stadt", "Stadt", "Amt", "Weg 1", "12345 Stadt", "115", "Mo", "NW", hosts)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST"])
def test_one_host_name_never_means_two_authorities(town, host):
    with pytest.raises(HostTaken, match="localhost gehört schon zu „musterstadt“"):
        ensure_authority(_spec("neustadt", "amt.neustadt.example", host))
    assert authority_for_host("localhost") == town
    assert authority_for_host("amt.neustadt.example") is None


def test_an_authority_keeps_its_own_names_when_it_is_set_up_again(town):
    again = ensure_authority(_spec("musterstadt", "localhost", "Amt.Musterstadt.example"))
    forget_hosts()
    assert again.pk == town.pk
    assert authority_for_host("amt.musterstadt.example") == town
