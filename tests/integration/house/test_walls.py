# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the database refuses, and walls between contexts that imports cannot show."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connections, models

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

APPEND_ONLY = [
    "catalog_directory",
    "events_event",
    "events_payload",
    "cases_decisionrecord",
    "cases_decisionpayload",
    "proofs_document",
    "proofs_content",
    "privacy_access",
    "privacy_accesspayload",
    "privacy_deletion",
]


def tenant_tables() -> list[str]:
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if any(field.column == "authority_id" for field in model._meta.local_concrete_fields)
    )


def rows(sql: str, *values: object, using: str = "owner") -> list[tuple]:
    with connections[using].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def test_fc25_every_tenant_table_has_an_enforced_policy():
    tables = tenant_tables()
    assert len(tables) >= 12
    secured = rows(
        "SELECT relname FROM pg_class WHERE relname = ANY(%s) AND relrowsecurity AND relforcerowsecurity",
        tables,
    )
    assert {name for (name,) in secured} == set(tables)
    with_policy = rows("SELECT DISTINCT tablename FROM pg_policies WHERE 'amtlich_app' = ANY(roles)")
    assert set(tables) <= {name for (name,) in with_policy}


def test_fc25_the_running_programs_own_nothing_and_bypass_nothing():
    roles = ["amtlich_app", "amtlich_system", "amtlich_retention"]
    assert rows("SELECT tablename FROM pg_tables WHERE tableowner = ANY(%s)", roles) == []
    assert (
        rows("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolbypassrls OR rolsuper)", roles)
        == []
    )


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET authority_id = authority_id", "DELETE FROM {}", "TRUNCATE {}"]
)
def test_the_runtime_role_can_neither_change_nor_delete_what_is_append_only(table, statement):
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_only_the_retention_role_deletes_payloads_and_nothing_else():
    deletable = rows(
        "SELECT table_name FROM information_schema.role_table_grants"
        " WHERE grantee = 'amtlich_retention' AND privilege_type <> 'SELECT'"
    )
    assert {name for (name,) in deletable} == {
        "events_payload",
        "cases_decisionpayload",
        "proofs_content",
        "privacy_accesspayload",
        "privacy_deletion",
    }


def test_no_foreign_key_leads_from_one_context_to_another():
    strays = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("amtlich.")
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey)
        and field.related_model._meta.app_label != model._meta.app_label
    ]
    assert strays == []


def test_every_table_is_granted_by_its_own_migration():
    """No table of ours that the running programs cannot read at all: a forgotten grant is found here."""
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("amtlich.")}
    readable = rows(
        "SELECT table_name FROM information_schema.role_table_grants"
        " WHERE grantee = 'amtlich_app' AND privilege_type = 'SELECT'"
    )
    assert ours <= {name for (name,) in readable}
