# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A directory of services is right as a whole, or refused with file, line and remedy."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from tests.unit.contexts.catalog.small_directory import BROKEN, FILES, changed, write

from amtlich.contexts.catalog.directory import from_content
from amtlich.contexts.catalog.directory_source import MAX_FILES, read_directory
from amtlich.engines.forms import LANGUAGES

MUSTERSTADT = Path(__file__).parents[4] / "services" / "verzeichnis" / "musterstadt"


def test_the_small_directory_is_right(tmp_path: Path) -> None:
    report, content = read_directory(write(tmp_path))
    assert report.ok, report
    assert str(report) == "Verzeichnis dorf: geprüft, 2 Leistungen."
    assert content is not None
    directory = from_content(content)
    dog, bees = directory.entries
    assert (dog.slug, dog.leika, dog.related, bees.leika) == (
        "hund-anmelden",
        "99102013104000",
        ("bienen",),
        None,
    )
    assert dog.office is not None
    assert (dog.office.phone, dog.category["de"], dog.online) == ("01234 56-0", "Tiere", False)
    assert dog.papers["en"] == ("identity card",)
    assert dog.without_form is not None


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_wrong_is_found_where_it_is(what: str, tmp_path: Path) -> None:
    files, file, line, words = BROKEN[what]
    report, content = read_directory(write(tmp_path / "dorf", files))
    assert not report.ok
    assert content is None
    assert any(
        (finding.file, finding.line) == (file, line) and words in f"{finding.message} {finding.remedy}"
        for finding in report.findings
    ), report
    assert all(finding.remedy for finding in report.findings)


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    files = changed("tiere.yaml", "office: rathaus", "office: nirgends")
    files["tiere.yaml"] = files["tiere.yaml"].replace("related: [bienen]", "related: [katzen]")
    report, _ = read_directory(write(tmp_path, files))
    assert [finding.line for finding in report.findings] == [9, 11]
    assert str(report).startswith("Verzeichnis dorf: 2 Fehler.\ntiere.yaml:9:")


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    report, _ = read_directory(tmp_path / "nichts")
    assert "Diesen Ordner gibt es nicht." in str(report)


def test_links_and_folders_inside_are_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "dorf")
    os.symlink(tmp_path / "dorf" / "tiere.yaml", folder / "fremd.yaml")
    (folder / "unter.yaml").mkdir()
    report, _ = read_directory(folder)
    assert [finding.file for finding in report.findings] == ["fremd.yaml", "unter.yaml"]


def test_what_editors_leave_behind_is_passed_over(tmp_path: Path) -> None:
    folder = write(tmp_path, {**FILES, ".tiere.yaml.swp": "x", "tiere.yaml~": "x", "tiere.yaml.bak": "x"})
    assert read_directory(folder)[0].ok


def test_a_folder_of_thousands_of_files_is_refused_before_they_are_read(tmp_path: Path) -> None:
    folder = write(tmp_path, {**FILES, **{f"lage-{number}.yaml": "x: [" for number in range(MAX_FILES)}})
    report, _ = read_directory(folder)
    assert [finding.message for finding in report.findings] == [
        f"Das Verzeichnis hat mehr als {MAX_FILES} Dateien."
    ]


def test_texts_are_kept_composed(tmp_path: Path) -> None:
    files = {name: unicodedata.normalize("NFD", text) for name, text in FILES.items()}
    _, content = read_directory(write(tmp_path, files))
    assert content == read_directory(write(tmp_path / "nfc"))[1]


def test_the_directory_of_the_demonstration_town_is_right_and_whole() -> None:
    report, content = read_directory(MUSTERSTADT)
    assert report.ok, report
    assert content is not None
    directory = from_content(content)
    assert len(directory.entries) >= 40
    for entry in directory.entries:
        for language in LANGUAGES:
            assert entry.name[language]
            assert entry.summary[language]
            assert entry.papers[language]
        # Leichte Sprache: short sentences, one statement each.
        for line in entry.summary["leicht"].splitlines():
            assert len(line.split()) <= 12, line
        # English names the German term or is plain; it never is the German text.
        assert entry.name["en"] != entry.name["de"]
