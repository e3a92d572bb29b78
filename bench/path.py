# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the main job costs: submission and the way to the sealed document, on a durable cluster.

    python bench/path.py

Each figure is a ratio to a limit measured in the same run: one durable row inserted by the same role
over the same connection, and for the document the render, seal and check of it alone.
"""

import statistics
import time
from collections.abc import Callable
from uuid import uuid4

import embedded

ROUNDS = 60


def measure(work: Callable[[int], object]) -> tuple[float, float]:
    """Median CPU and wall time of one call, in ms; CPU is this process's, without the database's."""
    cpu, wall = [], []
    for number in range(ROUNDS):
        began_cpu, began = time.process_time(), time.perf_counter()
        work(number)
        cpu.append((time.process_time() - began_cpu) * 1e3)
        wall.append((time.perf_counter() - began) * 1e3)
    return statistics.median(cpu), statistics.median(wall)


def run() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests.doubles.applicants import actor_for, statements

    from amtlich.contexts.cases import api as cases
    from amtlich.contexts.cases import steps
    from amtlich.contexts.cases.models import Case
    from amtlich.contexts.registers.api import demo_residents
    from amtlich.faces.cli.demo_town import ensure_town
    from amtlich.platform.accounts.models import Account
    from amtlich.platform.tenancy import tenant
    from amtlich.platform.tenancy.registry import authority_for_host

    residents = ensure_town()
    town = authority_for_host("localhost")
    assert town is not None
    lena = demo_residents()[0]
    actor, data = actor_for(town, lena), statements(lena)

    def one_row(number: int) -> None:
        with tenant(town.id):
            Account.objects.create(authority_id=town.id, username=f"bench-{number}", display_name="x")

    def submit(number: int) -> None:
        cases.submit(actor, "meldebescheinigung", None, data, f"bench-{number:08}-{uuid4()}")

    def waiting() -> list[Case]:
        with tenant(town.id):
            return list(Case.objects.filter(phase="received"))

    for work in (one_row, submit):
        work(-1)
    for case in waiting():
        steps.advance(town.id, case.pk)
    row_cpu, row_wall = measure(one_row)
    submit_cpu, submit_wall = measure(submit)
    with CaptureQueriesContext(connection) as sent:
        submit(-2)
    queue = waiting()
    path_cpu, path_wall = measure(lambda number: steps.advance(town.id, queue[number].pk))
    print(f"{residents} residents, {ROUNDS} rounds, medians in ms (CPU of this process | wall)")
    print(f"limit: one durable row through the door   {row_cpu:6.2f} | {row_wall:6.2f}")
    print(
        f"submit ({len(sent)} statements)                    {submit_cpu:6.2f} | {submit_wall:6.2f}"
        f"   ratio {submit_cpu / row_cpu:.1f} | {submit_wall / row_wall:.1f}"
    )
    print(
        f"received -> sealed, notified, closed      {path_cpu:6.2f} | {path_wall:6.2f}"
        f"   ratio {path_cpu / row_cpu:.1f} | {path_wall / row_wall:.1f}"
    )


if __name__ == "__main__":
    with embedded.instance():
        run()
