# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A case as a person of the office sees it. All texts are German: they are for staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from amtlich.contexts.cases.conversation import RequestView, TalkEntry
from amtlich.contexts.cases.words import TimelineEntry
from amtlich.contexts.privacy.api import AccessView
from amtlich.contexts.proofs.api import IssuedDocument
from amtlich.engines.procedure import Phase, WaitingOn

#: Grounds on which nobody need be heard (§ 28 (2) and (3) VwVfG), in the words of the office.
WAIVERS: Mapping[str, str] = {
    "gefahr": "Gefahr im Verzug oder öffentliches Interesse an sofortiger Entscheidung (Abs. 2 Nr. 1)",
    "frist": "Durch die Anhörung würde eine maßgebliche Frist versäumt (Abs. 2 Nr. 2)",
    "angaben": "Von den Angaben im Antrag wird nicht zuungunsten der Person abgewichen (Abs. 2 Nr. 3)",
    "allgemein": "Allgemeinverfügung oder gleichartige Fälle in größerer Zahl (Abs. 2 Nr. 4)",
    "vollstreckung": "Maßnahme der Verwaltungsvollstreckung (Abs. 2 Nr. 5)",
    "interesse": "Ein zwingendes öffentliches Interesse steht entgegen (Abs. 3)",
}


#: By which way an answer came that is entered by the office.
ANSWER_CHANNELS: Mapping[str, str] = {
    "post": "mit der Post",
    "counter": "im Amt, mündlich oder auf Papier",
    "phone": "am Telefon",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of facts: what it is, its value, and where it comes from."""

    label: str
    value: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """One datum beside what was stated. ``differs``: the two do not agree; None: nothing was stated."""

    label: str
    stated: str
    found: str
    differs: bool | None


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A resident who may be meant. ``key`` names exactly this record as it is now."""

    key: str
    name: str
    rows: tuple[Compared, ...]
    differences: int
    notes: tuple[str, ...]  # has moved away, has died, is blocked


@dataclass(frozen=True, slots=True)
class ProposalView:
    """What the program would decide, and by which rules; not binding."""

    outcome: str
    reasons: tuple[str, ...]
    norms: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Can:
    """What can be done with the case now. ``why_not_refuse``: what the law asks for first."""

    grant: bool
    refuse: bool
    why_not_refuse: str
    hear: bool
    ask: bool
    give_back: bool
    enter_answer: bool
    report_failure: bool  # of a notification
    report_effect: bool


@dataclass(frozen=True, slots=True)
class OfficeCase:
    """The whole case, on one screen. ``version`` goes along with whatever is done."""

    token: str
    version: int
    reference: str
    file_number: str
    service: str
    service_name: str
    package_version: str
    phase: Phase
    waiting_on: WaitingOn
    waiting_since: datetime | None
    received_at: datetime
    due_on: date | None
    why_here: str
    hint: str  # of the package, for the office only
    applicant: str
    level: str
    means: str
    statements: tuple[Row, ...]
    evidence: tuple[Row, ...]
    candidates: tuple[CandidateView, ...] | None  # None: the register cannot tell
    proposal: ProposalView | None
    request: RequestView | None
    heard: str
    talk: tuple[TalkEntry, ...]
    timeline: tuple[TimelineEntry, ...]
    documents: tuple[IssuedDocument, ...]
    accesses: tuple[AccessView, ...]
    norms: tuple[str, ...]  # the package's, to choose from in a refusal
    waivers: Mapping[str, str]  # grounds of § 28 (2), (3) VwVfG
    answer_channels: Mapping[str, str]
    outcome: str
    decided_by: str
    decided_at: datetime | None
    can: Can
