# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How many cases and drafts stand under which version of a service: counts, and nothing of any person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Count, Q

from amtlich.contexts.cases.models import Case, Draft
from amtlich.engines.procedure import Phase, WaitingOn
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant

_OVER = (Phase.NOTIFIED, Phase.CLOSED)
_PEOPLE = (WaitingOn.OFFICE, WaitingOn.APPLICANT)


@dataclass(frozen=True, slots=True)
class VersionUse:
    """The cases of one version by where they stand, and the drafts that are not sent yet.

    ``working``: the program or a register is at it; ``office``: a person of the authority;
    ``applicant``: the person who applied; ``decided``: answered; ``withdrawn``: taken back.
    """

    drafts: int = 0
    working: int = 0
    office: int = 0
    applicant: int = 0
    decided: int = 0
    withdrawn: int = 0

    @property
    def running(self) -> int:
        return self.working + self.office + self.applicant

    @property
    def cases(self) -> int:
        return self.running + self.decided + self.withdrawn


def use_of_versions(authority_id: UUID, service: str | None = None) -> Mapping[tuple[str, str], VersionUse]:
    """By service and version, what there is at the authority; without an entry there is nothing."""
    over, back = Q(phase__in=_OVER), Q(phase=Phase.WITHDRAWN)
    running = ~over & ~back
    with tenant(authority_id):
        cases, drafts = Case.objects.all(), Draft.objects.filter(case_id=None, deleted_at=None)
        if service is not None:
            cases, drafts = cases.filter(service=service), drafts.filter(service=service)
        counted = list(
            cases.values("service", "package_version")
            .annotate(
                working=Count("pk", filter=running & ~Q(waiting_on__in=_PEOPLE)),
                office=Count("pk", filter=running & Q(waiting_on=WaitingOn.OFFICE)),
                applicant=Count("pk", filter=running & Q(waiting_on=WaitingOn.APPLICANT)),
                decided=Count("pk", filter=over),
                withdrawn=Count("pk", filter=back),
            )
            .order_by()
            .values_list(
                "service", "package_version", "working", "office", "applicant", "decided", "withdrawn"
            )
        )
        unsent = list(
            drafts.filter(expires_at__gt=clock.now())
            .values("service", "package_version")
            .annotate(count=Count("pk"))
            .order_by()
            .values_list("service", "package_version", "count")
        )
    found = {(slug, version): VersionUse(0, *counts) for slug, version, *counts in counted}
    for slug, version, count in unsent:
        found[slug, version] = replace(found.get((slug, version), VersionUse()), drafts=count)
    return found
