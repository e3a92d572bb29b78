# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Names in the copy of a file: every disk can hold them, and no two are equal (FC-07)."""

import pytest

from amtlich.faces.portal.case_archive import safe_name


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("Plan.pdf", "01-Plan.pdf"),
        ("Bescheid über Größe.PDF", "01-Bescheid-ueber-Groesse.pdf"),
        ("Bescheid u\u0308ber.pdf", "01-Bescheid-ueber.pdf"),
        ("../../etc/passwd", "01-passwd.bin"),
        ("..\\..\\autoexec.bat", "01-autoexec.bat"),
        ("CON.txt", "01-CON.txt"),
        ("漢字.pdf", "01-dokument.pdf"),
        ("ohne Endung", "01-ohne-Endung.bin"),
        (".pdf", "01-dokument.pdf"),
        ("", "01-dokument.bin"),
        (f"{'x' * 300}.pdf", f"01-{'x' * 60}.pdf"),
        ("a\nb\0c.p d f", "01-a-b-c.pdf"),
    ],
)
def test_fc_07_names_are_safe_on_every_disk(filename: str, name: str) -> None:
    assert safe_name(1, filename) == name


def test_fc_07_equal_names_stay_apart_on_a_disk_that_ignores_case() -> None:
    names = [safe_name(number, name) for number, name in enumerate(("Plan.pdf", "plan.pdf", "Plan.pdf"), 1)]
    assert len({name.lower() for name in names}) == 3
