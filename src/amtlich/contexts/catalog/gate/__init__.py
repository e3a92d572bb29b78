# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The gate: what a package must be before anybody can apply under it.

Structure first (files, YAML, layouts, form, DMN); only a sound structure is asked what it means. Every
check gives findings, none raises, and all findings come at once, sorted as an author reads: by file and line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from amtlich.contexts.catalog.bundle import Bundle, BundleRefused, from_folder
from amtlich.contexts.catalog.findings import CheckReport, Finding
from amtlich.contexts.catalog.gate.decisions import check_decisions
from amtlich.contexts.catalog.gate.forms import check_language_forms
from amtlich.contexts.catalog.gate.law import check_law
from amtlich.contexts.catalog.gate.privacy import check_privacy
from amtlich.contexts.catalog.gate.running import check_running
from amtlich.contexts.catalog.gate.scenarios import check_scenarios
from amtlich.contexts.catalog.gate.texts import check_texts
from amtlich.contexts.catalog.package import Package
from amtlich.contexts.catalog.reading import build_package
from amtlich.contexts.catalog.source import Source, read_source

Check = Callable[[Source, Package], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_running,
    check_law,
    check_privacy,
    check_texts,
    check_language_forms,
    check_decisions,
    check_scenarios,
)


def check_folder(folder: Path) -> tuple[CheckReport, Bundle | None]:
    """The report on a package folder, and its files if it may be published."""
    try:
        bundle = from_folder(folder)
    except BundleRefused as refused:
        return CheckReport(str(folder), None, None, None, tuple(sorted(refused.findings))), None
    report = check_bundle(bundle, str(folder))
    return report, bundle if report.ok else None


def check_bundle(bundle: Bundle, name: str) -> CheckReport:
    """The report on the files of a package."""
    source, findings = read_source(bundle)
    if source is None:
        return CheckReport(name, None, None, bundle.digest, tuple(sorted(set(findings))))
    package = build_package(source, Path())
    for check in CHECKS:
        findings += check(source, package)
    return CheckReport(
        path=name,
        slug=package.slug,
        version=package.version,
        digest=package.digest,
        findings=tuple(sorted(set(findings))),
        scenarios=len(package.scenarios),
    )
