# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Writing the access journal. Assumes an open ``tenant()``."""

from __future__ import annotations

from amtlich.contexts.privacy.entries import AccessEntry
from amtlich.contexts.privacy.errors import IncompleteAccess
from amtlich.contexts.privacy.models import Access, AccessPayload
from amtlich.kernel import clock
from amtlich.kernel.commitment import new_salt


def check(entry: AccessEntry) -> None:
    """Refuse an access that nobody could justify later (GDPR Art. 5 (2))."""
    missing = [
        name
        for name in ("actor_kind", "actor_label", "source", "fields", "purpose", "legal_basis")
        if not getattr(entry, name)
    ]
    if missing:
        raise IncompleteAccess(
            f"access journal entry without {', '.join(missing)}: "
            "state it in the evidence of the service package"
        )
    if entry.fields_de and len(entry.fields_de) != len(entry.fields):
        raise IncompleteAccess("access journal entry: fields_de must have one word for each of fields")


def add(entry: AccessEntry) -> None:
    """Insert the entry and its payload."""
    payload, salt = entry.payload(), new_salt()
    access = Access(
        id=entry.id,
        authority_id=entry.authority_id,
        at=clock.now(),
        case_id=entry.case_id,
        subject_holder_id=entry.subject_holder_id,
        actor_kind=entry.actor_kind,
        actor_id=entry.actor_id,
    )
    access.commitment = access.commitment_to(payload, salt)
    access.save(force_insert=True)
    AccessPayload.objects.create(access=access, authority_id=entry.authority_id, payload=payload, salt=salt)
