# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A draft that was begun without a log-in goes over to who has logged in.

Until then it hangs on the session of the browser and would end with it.
"""

from __future__ import annotations

from enum import Enum

from amtlich.contexts.cases.draft_view import own
from amtlich.contexts.cases.models import Draft
from amtlich.contexts.catalog.api import package
from amtlich.contexts.mail import api as mail
from amtlich.platform.accounts import Actor
from amtlich.platform.tenancy import tenant


class Adoption(Enum):
    """What became of the draft."""

    OWN = "it belongs to the account now"
    OF_SOMEBODY_ELSE = "it states another person than has logged in; nothing was changed"


def adopt_draft(actor: Actor, token: str, *, whoever_it_states: bool = False) -> Adoption:
    """Give the draft of this session to the account that has logged in.

    A finished draft that states somebody else stays where it is: two people may use one device, and
    the second must not find the statements of the first in their account. With ``whoever_it_states``
    the person has said that it is theirs. From then on it needs no resume code. Raises ``NoSuchDraft``.
    """
    with tenant(actor.authority_id):
        found = own(actor, token)
    if actor.account_id is None or found.holder_id == actor.account_id or found.case_id is not None:
        return Adoption.OWN
    form = package(found.service, found.package_version).form
    finished = form.first_open_step(found.data) is None
    if finished and not whoever_it_states and form.agrees_with(found.data, actor.identity) is False:
        return Adoption.OF_SOMEBODY_ELSE
    with tenant(actor.authority_id):
        Draft.objects.filter(pk=found.pk, case_id=None).update(holder_id=actor.account_id, resume_hash=None)
    mail.adopt(actor.authority_id, found.holder_id, actor.account_id)
    return Adoption.OWN
