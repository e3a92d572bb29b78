# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One broken package per refusal: found in the right file and line, with a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.contexts.catalog.broken_packages import BROKEN
from tests.unit.contexts.catalog.small_package import FILES, changed, line_in, write

from amtlich.contexts.catalog.findings import CheckReport
from amtlich.contexts.catalog.gate import check_folder


def check(folder: Path, files: dict[str, str]) -> CheckReport:
    report, bundle = check_folder(write(folder, files))
    assert report.ok == (bundle is not None)
    return report


def test_the_small_package_passes(tmp_path: Path) -> None:
    report = check(tmp_path, FILES)
    assert report.ok, report
    assert (report.slug, report.version, report.scenarios) == ("fundschein", "1", 5)
    assert "5 Beispiele stimmen" in str(report)


@pytest.mark.parametrize(
    "case", [case for case in BROKEN if case[4]], ids=[case[0] for case in BROKEN if case[4]]
)
def test_a_broken_package_is_refused_at_the_right_place(
    tmp_path: Path, case: tuple[str, str, str, str, str, str, str]
) -> None:
    _, file, old, new, found_in, at, words = case
    files = changed(file, old, new)
    report = check(tmp_path, files)
    hits = [finding for finding in report.findings if finding.file == found_in and words in finding.message]
    assert hits, report
    assert line_in(files, found_in, at) in [finding.line for finding in hits], report
    assert all(finding.remedy.strip() for finding in report.findings)


def test_an_unreachable_rule_is_refused(tmp_path: Path) -> None:
    files = changed("decision.dmn", 'hitPolicy="UNIQUE"', 'hitPolicy="FIRST"')
    twice = files["decision.dmn"]
    rule = twice[twice.index('      <rule id="regel-eins">') : twice.index('      <rule id="regel-andere">')]
    files["decision.dmn"] = twice.replace(rule, rule + rule.replace("regel-eins", "regel-nie"))
    report = check(tmp_path, files)
    messages = [finding.message for finding in report.findings]
    assert any("regel-nie" in message and "Kein Beispiel" not in message for message in messages), report
    assert any("Kein Beispiel benutzt die Regel regel-nie" in message for message in messages)


def test_a_rule_that_no_example_uses_is_refused(tmp_path: Path) -> None:
    files = dict(FILES)
    files["scenarios.yaml"] = "".join(FILES["scenarios.yaml"].splitlines(keepends=True)[8:])
    (finding,) = check(tmp_path, files).findings
    assert "Kein Beispiel benutzt die Regel regel-eins" in finding.message
    assert finding.line == line_in(files, "decision.dmn", 'id="regel-eins"')


def test_all_findings_come_at_once_and_in_reading_order(tmp_path: Path) -> None:
    files = changed("service.yaml", "template: schein.typ", "template: anders.typ")
    files["service.yaml"] = files["service.yaml"].replace("discretion: none", "discretion: StVO § 45")
    files["scenarios.yaml"] = files["scenarios.yaml"].replace("gebuehr: 8.5", "gebuehr: 9")
    report = check(tmp_path, files)
    assert [finding.file for finding in report.findings] == ["scenarios.yaml", "service.yaml", "service.yaml"]
    assert [finding.line for finding in report.findings[1:]] == sorted(f.line for f in report.findings[1:])
    assert "3 Fehler" in str(report)


def test_a_longtext_may_be_asked_if_a_rule_reads_it(tmp_path: Path) -> None:
    files = changed("form.yaml", "x-control: name", "x-control: longtext")
    files["service.yaml"] = files["service.yaml"].replace("mode: full", "mode: proposal")
    assert check(tmp_path, files).ok
