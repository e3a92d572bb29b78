# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An access to personal data as it is recorded, and as the person concerned reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from amtlich.kernel.words import datetime_de, join_de


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """Who takes which data from where, what for, and by what right.

    ``subject_holder_id``: the account whose holder the data is about, if known. ``source``: a German word
    (``Melderegister``). ``fields``: keys of the data asked for; ``fields_de``: the words for them, in the
    same order, if people should not read the keys. ``purpose``, ``legal_basis``: as the service package
    words them. ``outcome_count``: how many records the source had; for the authority's inspection only.
    """

    authority_id: UUID
    case_id: UUID | None
    subject_holder_id: UUID | None
    actor_kind: str
    actor_id: UUID | None
    actor_label: str
    source: str
    fields: tuple[str, ...]
    purpose: str
    legal_basis: str
    fields_de: tuple[str, ...] = ()
    outcome_count: int | None = None
    query_id: str = ""
    id: UUID = field(default_factory=uuid4)

    def payload(self) -> dict[str, Any]:
        """The part that may be erased one day."""
        return {
            "actor_label": self.actor_label,
            "source": self.source,
            "fields": list(self.fields),
            "fields_de": list(self.fields_de or self.fields),
            "purpose": self.purpose,
            "legal_basis": self.legal_basis,
            "outcome_count": self.outcome_count,
            "query_id": self.query_id,
        }


@dataclass(frozen=True, slots=True)
class AccessView:
    """A journal entry for the person concerned.

    It does not tell how many records the source had: from that somebody could learn of a block on
    information (BMG § 51). Once ``erased``, only when and by whom in general (``actor_kind``) is left.
    """

    id: UUID
    at: datetime
    case_id: UUID | None
    actor_kind: str
    who: str
    source: str
    what: tuple[str, ...]
    fields: tuple[str, ...]
    why: str
    legal_basis: str
    erased: bool = False

    @property
    def when_de(self) -> str:
        """25. November 2026, 10:14 Uhr."""
        return datetime_de(self.at)

    @property
    def sentence_de(self) -> str:
        """The whole entry as one plain paragraph."""
        if self.erased:
            return (
                f"Am {self.when_de} gab es einen Zugriff auf Daten. "
                "Die Einzelheiten sind nach Ablauf der Aufbewahrungsfrist gelöscht."
            )
        return (
            f"Am {self.when_de} wurde abgefragt: {join_de(self.what)}. Abgefragt hat: {self.who}. "
            f"Quelle: {self.source}. Zweck: {self.why}. Rechtsgrundlage: {self.legal_basis}."
        )


@dataclass(frozen=True, slots=True)
class AccessPage:
    """One page of a long list, newest first, and what the whole list holds.

    ``by_kind`` counts the accesses of programs (``system``), staff and the person themselves (``citizen``,
    ``anonymous``); ``total`` and ``last_at`` are those of the whole list, whatever page is shown.
    """

    entries: tuple[AccessView, ...]
    total: int
    by_kind: Mapping[str, int]
    last_at: datetime | None
