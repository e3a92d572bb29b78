# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What is sent for a draft after its session has ended: kept aside until the owner is back.

Who sends it is nobody here, so nothing of the draft changes and nothing about it is told. The owner,
logged in again, finds the typing in the form and decides. Knowing the address (128 random bits) lets
somebody put a proposal there, never more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from amtlich.contexts.cases.models import Draft
from amtlich.contexts.catalog.api import package
from amtlich.kernel import clock
from amtlich.kernel.ids import is_token
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant

# All of a page, or nothing: what is longer was sent by a machine, and nothing is kept in part.
_MOST_CHARACTERS = 250_000


def park(actor: Actor, token: str, step_id: str, raw: Mapping[str, Sequence[str]]) -> None:
    """Keep what was typed on one page; does nothing where there is no such draft or page."""
    if not is_token(token):
        return
    with tenant(actor.authority_id):
        found = Draft.objects.filter(
            token=token, case_id=None, deleted_at=None, expires_at__gt=clock.now()
        ).first()
    if found is None:
        return
    steps = {step.id: step for step in package(found.service, found.package_version).form.steps}
    if step_id not in steps:
        return
    names = [name for field in steps[step_id].fields for name in field.posted_names]
    typed = {name: list(raw[name]) for name in names if name in raw}
    if sum(len(value) for values in typed.values() for value in values) > _MOST_CHARACTERS:
        return
    parked = {"step": step_id, "raw": typed, "at": clock.now().isoformat()}
    with tenant(actor.authority_id):
        Draft.objects.filter(pk=found.pk, case_id=None, deleted_at=None).update(parked=parked)


def unpark(actor: Actor, token: str) -> None:
    """The owner does not want it back."""
    with tenant(actor.authority_id):
        Draft.objects.filter(token=token, holder_id__in=actor.holders).update(parked=None)
