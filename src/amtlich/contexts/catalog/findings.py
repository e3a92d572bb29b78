# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What the gate has to say about a package: where, what, and what to do."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One reason to refuse a package. Line and column count from 1; German throughout."""

    file: str
    line: int
    column: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} {self.remedy}"


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The outcome of a check. A package may be published only if there are no findings.

    ``scenarios`` counts the package's own examples that were run.
    """

    path: str
    slug: str | None
    version: str | None
    digest: str | None
    findings: tuple[Finding, ...]
    scenarios: int = 0

    @property
    def ok(self) -> bool:
        return not self.findings

    def __str__(self) -> str:
        name = f"{self.slug} {self.version}" if self.slug else self.path
        if self.ok:
            return f"{name}: geprüft, {self.scenarios} Beispiele stimmen."
        count = "1 Fehler" if len(self.findings) == 1 else f"{len(self.findings)} Fehler"
        return "\n".join([f"{name}: {count}.", *map(str, self.findings)])
