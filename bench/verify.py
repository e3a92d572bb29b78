# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How long `amtlich verify` takes, against reading the same rows and doing nothing with them.

python bench/verify.py
"""

from __future__ import annotations

import time
from uuid import uuid4

import embedded

CASES = 300


def run() -> None:
    from django.db import connection

    from amtlich.contexts.cases import api as cases
    from amtlich.contexts.registers.api import demo_residents
    from amtlich.faces.cli.demo_town import MUSTERSTADT, ensure_town
    from amtlich.kernel.person import Identity
    from amtlich.platform import integrity, jobs
    from amtlich.platform.accounts import Actor
    from amtlich.platform.integrity.run import verify
    from amtlich.platform.tenancy import tenant
    from amtlich.platform.tenancy.registry import authority_named

    ensure_town({MUSTERSTADT.slug: 200, "kleinstadt": 20})
    authority = authority_named(MUSTERSTADT.slug)
    person = next(one for one in demo_residents() if one.persona)
    stated = person.query
    account = uuid4()
    actor = Actor(
        "citizen", authority.id, holder_id=account, account_id=account, level=person.level, means="demo",
        identity=Identity(stated.family, stated.given, stated.birth, stated.address),
    )  # fmt: skip
    for _ in range(CASES):
        draft = cases.start_draft(actor, "meldebescheinigung")
        cases.submit(actor, "meldebescheinigung", None, _statements(draft.data), str(uuid4()))
        jobs.run_pending()

    tables = sorted({table for check in integrity.all_checks() for table in check.tables})
    began = time.perf_counter()
    with tenant(authority.id), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            cursor.fetchall()
    reading = time.perf_counter() - began

    rows: dict[str, int] = {}
    began = time.perf_counter()
    assert verify(authority.id, lambda check, report: rows.update({check.name: report.rows})) == 0
    checking = time.perf_counter() - began
    print(f"{CASES} cases, {sum(rows.values())} rows: {checking:.2f} s, {CASES / checking:.0f} cases/s")
    print(f"reading all rows only: {reading:.2f} s; ratio {checking / reading:.1f}")


def _statements(prefilled: object) -> dict[str, object]:
    return {**dict(prefilled), "umfang": "einfach", "form": "elektronisch"}  # type: ignore[call-overload]


if __name__ == "__main__":
    with embedded.instance():
        run()
