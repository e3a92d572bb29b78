# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whether published packages and directories are what was published."""

from __future__ import annotations

from uuid import UUID

from amtlich.contexts.catalog.bundle import from_archive
from amtlich.contexts.catalog.models import PackageVersion, Publication
from amtlich.platform import integrity
from amtlich.platform.tenancy import tenant

_VERSION, _PUBLICATION = PackageVersion._meta.db_table, Publication._meta.db_table


def check_packages(authority_id: UUID, report: integrity.Report) -> None:
    """Every version that the authority has taken up is there, and holds the files it was published with."""
    with tenant(authority_id):
        taken = list(Publication.objects.order_by("pk"))
        digests = {one.digest for one in taken}
        versions = {one.digest: one for one in PackageVersion.objects.filter(digest__in=digests)}
    report.rows += len(taken) + len(versions)
    for version in versions.values():
        try:
            whole = from_archive(bytes(version.archive)).digest == version.digest
        except Exception:  # noqa: BLE001 (a damaged archive fails in many ways, and is damaged in all of them)
            whole = False
        if not whole:
            report.wrong(_VERSION, version.pk, "Die Dateien des Pakets sind nicht die veröffentlichten.")
    for one in taken:
        of = versions.get(one.digest)
        if of is None or (of.slug, of.version) != (one.slug, one.version):
            report.wrong(_PUBLICATION, one.pk, "Zu dieser Veröffentlichung gehört kein solches Paket.")


def register() -> None:
    """Called once, while the app starts."""
    integrity.register(
        integrity.Check("catalog.packages", "Leistungspakete", (_VERSION, _PUBLICATION), check_packages)
    )
