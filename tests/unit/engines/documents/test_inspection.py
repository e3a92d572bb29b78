# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Reading a file of unknown origin: what it says of itself, within limits that the kernel enforces."""

import os
import subprocess
import sys

import pytest
from tests.doubles import hostile_pdfs

from amtlich.engines.documents.inspection import Inspection, assembled, inspect
from amtlich.engines.documents.render import Renderer
from amtlich.engines.documents.seal import Sealer, SealKey

from . import samples
from .conftest import AT


@pytest.fixture(scope="module")
def sealed(renderer: Renderer, sealer: Sealer) -> bytes:
    pdf = renderer.render("bescheinigung.typ", samples.certificate())
    return sealer.seal(pdf, reason="Prüfung", field_label="Siegel", at=AT)


def test_a_sealed_certificate_names_its_seal_and_its_code(sealed: bytes, seal_key: SealKey) -> None:
    seen = inspect(sealed)
    assert seen.seal is not None
    assert (seen.seal.intact, seen.seal.valid, seen.seal.fields) == (True, True, 1)
    assert seen.seal.certificate_pem == seal_key.certificate_pem
    assert (seen.codes, seen.encrypted, seen.complete) == ((samples.CODE,), False, True)


def test_a_copy_has_the_code_but_no_seal(sealed: bytes) -> None:
    seen = inspect(hostile_pdfs.saved_again(sealed))
    assert seen.seal is not None
    assert seen.seal.fields == 0
    assert seen.codes == (samples.CODE,)


def test_a_password_is_seen(sealed: bytes) -> None:
    assert inspect(hostile_pdfs.encrypted(sealed)) == Inspection(encrypted=True)


def test_what_is_broken_is_not_complete() -> None:
    seen = inspect(b"%PDF-1.7 and nothing")
    assert (seen.codes, seen.complete) == ((), False)


@pytest.mark.parametrize("lines", [b"", b'{"enc', b'{"encrypted": false}'])
def test_a_run_that_was_broken_off_is_not_complete(lines: bytes) -> None:
    assert assembled(lines) == Inspection(complete=False)


def test_whole_lines_of_a_broken_run_count() -> None:
    assert assembled(b'{"encrypted": true}\n{"comp') == Inspection(encrypted=True, complete=False)


_EATERS = {
    "time": "while True: pass",
    "memory": "x = bytearray(2_000_000_000)",
    "disk": "with open('datei', 'wb') as file: file.write(b'x')",
}


@pytest.mark.parametrize("what", _EATERS)
def test_the_kernel_ends_what_goes_beyond_its_limits(what: str, tmp_path: object) -> None:
    program = (
        "from amtlich.engines.documents import inspection as i\n"
        "i.CPU_SECONDS = 1\n"
        f"i.limit_this_process()\n{_EATERS[what]}\nprint('survived')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=str(tmp_path),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode != 0
    assert b"survived" not in ran.stdout


def test_codes_are_few_however_many_a_file_holds() -> None:
    letters = "23456789ABCDEFGH"
    text = "".join(f"({letters[n % 16] * 4}-{letters[n // 16] * 4}-2345) Tj " for n in range(200))
    content = f"BT /F1 9 Tf {text} ET".encode()
    assert len(inspect(hostile_pdfs.one_page(hostile_pdfs.stream(content))).codes) <= 5
