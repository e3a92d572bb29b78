# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the catalog refuses."""

from __future__ import annotations

from amtlich.contexts.catalog.directory_source import DirectoryReport
from amtlich.contexts.catalog.findings import CheckReport
from amtlich.kernel.errors import AmtlichError, BadInput, Conflict, Forbidden, NotFound


class CatalogError(AmtlichError):
    """Root of the catalog's errors."""


class UnknownService(NotFound, CatalogError):
    """The authority offers no service of that name."""

    def __init__(self, slug: str) -> None:
        super().__init__(f"Die Leistung „{slug[:80]}“ gibt es hier nicht. Sehen Sie unter Leistungen nach.")


class NoLongerOffered(UnknownService):
    """The service was offered here and is not any more. ``replaced_by``: what there is today, if known."""

    def __init__(self, slug: str, replaced_by: str | None) -> None:
        super().__init__(slug)
        self.slug = slug
        self.replaced_by = replaced_by


class UnknownVersion(NotFound, CatalogError):
    """The service exists, but not in that version."""

    def __init__(self, slug: str, version: str) -> None:
        super().__init__(
            f"Die Leistung „{slug[:80]}“ gibt es nicht in der Version „{version[:40]}“. "
            "Nehmen Sie die Version, die unter Leistungen angeboten wird."
        )


class PackageRefused(BadInput, CatalogError):
    """The package did not pass the gate. ``report`` holds every finding."""

    def __init__(self, report: CheckReport) -> None:
        self.report = report
        super().__init__(str(report))


class DirectoryRefused(BadInput, CatalogError):
    """The directory of services did not pass its check. ``report`` holds every finding."""

    def __init__(self, report: DirectoryReport) -> None:
        self.report = report
        super().__init__(str(report))


class VersionTaken(Conflict, CatalogError):
    """Another content was published under the same version: versions never change."""

    def __init__(self, slug: str, version: str) -> None:
        super().__init__(
            f"Die Version „{version}“ von „{slug}“ ist schon mit anderem Inhalt veröffentlicht. "
            "Veröffentlichtes ändert sich nie. Erhöhen Sie version in service.yaml und ergänzen Sie "
            "CHANGELOG.md."
        )


class SecondPersonNeeded(Forbidden, CatalogError):
    """The person who confirms is the one who handed the version in."""

    def __init__(self, by: str) -> None:
        super().__init__(
            f"„{by}“ hat das Paket selbst vorgelegt. "
            "Freigeben muss es eine zweite Person (Vier-Augen-Prinzip)."
        )


class NothingToConfirm(NotFound, CatalogError):
    """No package waits for a second person under that name and version."""

    def __init__(self, slug: str, version: str) -> None:
        super().__init__(
            f"Für „{slug[:80]}“ {version[:40]} wartet keine Veröffentlichung auf eine zweite Person."
        )


class MovedOn(Conflict, CatalogError):
    """Somebody else did something about this service since the person looked. ``what`` says who and when."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"{what} Ihr Schritt wurde nicht ausgeführt. Sehen Sie sich den neuen Stand an.")


class ReasonMissing(BadInput, CatalogError):
    """Who rejects a version or ends an offer says why."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"Geben Sie einen Grund an, mit höchstens {limit} Zeichen.")
