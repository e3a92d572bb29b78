# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Migration operations that put a table under row-level security.

Every table says here, once, who may do what with it; nothing is granted by default.
"""

from __future__ import annotations

from django.db import migrations

OWNER = "amtlich_owner"
APP = "amtlich_app"
SYSTEM = "amtlich_system"
RETENTION = "amtlich_retention"

# Empty on a connection that was used before and reset: '' is no uuid, so nullif (FC-25).
_OWN_ROWS = "authority_id = nullif(current_setting('app.authority', true), '')::uuid"


def _tenant(table: str, privileges: str) -> list[str]:
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY tenant ON "{table}" TO {APP} USING ({_OWN_ROWS}) WITH CHECK ({_OWN_ROWS})',
        f'CREATE POLICY system_reads ON "{table}" FOR SELECT TO {SYSTEM} USING (true)',
        f'GRANT {privileges} ON "{table}" TO {APP}',
        f'GRANT SELECT ON "{table}" TO {SYSTEM}',
    ]


def tenant_table(table: str) -> migrations.RunSQL:
    """A table whose rows belong to one authority each and may change."""
    return _run(_tenant(table, "SELECT, INSERT, UPDATE, DELETE"))


def append_only_table(table: str) -> migrations.RunSQL:
    """A tenant table whose rows the running programs can add and read, never change or delete."""
    return _run(_tenant(table, "SELECT, INSERT"))


def payload_table(table: str) -> migrations.RunSQL:
    """An append-only tenant table that the retention role alone may delete from (erasure)."""
    return _run(
        [
            *_tenant(table, "SELECT, INSERT"),
            f'CREATE POLICY retention_deletes ON "{table}" TO {RETENTION} USING (true)',
            f'GRANT SELECT, DELETE ON "{table}" TO {RETENTION}',
        ]
    )


def global_table(table: str, app: str = "SELECT") -> migrations.RunSQL:
    """A table without rows of authorities, with the privileges that the running programs need."""
    return _run([f'GRANT {app} ON "{table}" TO {APP}', f'GRANT SELECT ON "{table}" TO {SYSTEM}'])


def _run(statements: list[str]) -> migrations.RunSQL:
    return migrations.RunSQL([(statement, None) for statement in statements], migrations.RunSQL.noop)
