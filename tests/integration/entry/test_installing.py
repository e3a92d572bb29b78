# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How `./amtlich` installs: by uv where that works, by pip where not, and whole even when broken off.

uv is played by a script that notes what it is asked; nothing is downloaded.
"""

import base64
import hashlib
import os
import signal
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.integration.entry.test_entry import bare_system, call, put, real_python, small_copy
from tests.integration.supervisor.waiting import eventually

_UV = """case "$1" in
  --version) echo uv 9 ;;
  venv) shift; for place in "$@"; do :; done; {python} -m venv --without-pip "$place" ;;
  pip) echo "$UV_DEFAULT_INDEX|$*" >> {notes}; {then} ;;
esac"""


def uv_script(notes: Path, then: str = ":") -> str:
    return _UV.format(python=real_python(), notes=notes, then=then)


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    folder = bare_system(tmp_path / "programs")
    put(folder, "python3", f'exec {real_python()} "$@"')
    return folder


def uv_wheel(folder: Path, script: str) -> str:
    """A package `uv` with `script` as its program; returns its line for a requirement file."""
    folder.mkdir()
    wheel = folder / "uv-9.0-py3-none-any.whl"
    files = {
        "uv-9.0.data/scripts/uv": f"#!/bin/sh\n{script}\n",
        "uv-9.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: uv\nVersion: 9.0\n",
        "uv-9.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for name, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
        record += f"{name},sha256={digest},{len(text)}\n"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, text in {**files, "uv-9.0.dist-info/RECORD": record}.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (stat.S_IFREG | 0o755) << 16
            archive.writestr(entry, text)
    return f"uv==9.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n"


def test_uv_is_used_where_it_is(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    put(programs, "uv", uv_script(tmp_path / "notes"))
    assert call(entry, programs, "demo").stdout == "here:|demo\n"
    assert "--require-hashes" in (tmp_path / "notes").read_text()


def test_where_uv_fails_pip_does_it(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    put(programs, "uv", uv_script(tmp_path / "notes", then="exit 1"))
    done = call(entry, programs, "demo")
    assert done.stdout == "here:|demo\n"
    assert (tmp_path / "notes").exists()


def test_a_wrapper_without_uv_behind_it_is_no_uv(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    put(programs, "uv", "exit 127")
    assert call(entry, programs, "demo").stdout == "here:|demo\n"


def test_pip_brings_uv_which_is_told_of_the_offices_own_package_source(
    tmp_path: Path, programs: Path
) -> None:
    entry = small_copy(tmp_path / "repo")
    line = uv_wheel(tmp_path / "wheels", uv_script(tmp_path / "notes"))
    (entry.parent / "requirements" / "uv.txt").write_text(line)
    source = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(tmp_path / "wheels"),
        "PIP_INDEX_URL": "https://pakete.amt.example/simple",
    }
    done = call(entry, programs, "demo", **source)
    assert done.stdout == "here:|demo\n", done
    (noted,) = (tmp_path / "notes").read_text().splitlines()
    assert noted.startswith("https://pakete.amt.example/simple|pip install")


def test_a_uv_with_another_checksum_is_not_used(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    line = uv_wheel(tmp_path / "wheels", uv_script(tmp_path / "notes"))
    (entry.parent / "requirements" / "uv.txt").write_text(line[:-9] + "00000000\n")
    done = call(entry, programs, "demo", PIP_NO_INDEX="1", PIP_FIND_LINKS=str(tmp_path / "wheels"))
    assert done.stdout == "here:|demo\n", done
    assert not (tmp_path / "notes").exists()


def group_of(number: int) -> list[int]:
    """The living processes of a process group."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            state, _, group = (entry / "stat").read_text().rsplit(")", 1)[1].split()[:3]
        except OSError:
            continue
        if int(group) == number and state not in ("Z", "X"):
            found.append(int(entry.name))
    return found


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_broken_off_while_installing_it_leaves_no_process_and_the_next_call_starts_clean(
    tmp_path: Path, programs: Path, signum: signal.Signals
) -> None:
    entry = small_copy(tmp_path / "repo")
    os.mkfifo(tmp_path / "never")
    half = f"touch {tmp_path}/repo/.venv/half-a-package; {programs}/cat {tmp_path}/never"
    put(programs, "uv", uv_script(tmp_path / "notes", then=half))
    call_one = subprocess.Popen(
        ["bash", entry, "demo"], env={"PATH": str(programs)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, start_new_session=True,
    )  # fmt: skip
    eventually(lambda: (tmp_path / "notes").exists())
    # A terminal sends Ctrl-C to all; a service manager may ask the script alone.
    if signum is signal.SIGINT:
        os.killpg(call_one.pid, signum)
    else:
        call_one.send_signal(signum)
    _, said = call_one.communicate(timeout=60)
    assert call_one.returncode == 130
    assert "Ein neuer Aufruf macht hier weiter" in said
    eventually(lambda: not group_of(call_one.pid))
    put(programs, "uv", uv_script(tmp_path / "notes"))
    assert call(entry, programs, "demo").stdout == "here:|demo\n"
    assert not (tmp_path / "repo" / ".venv" / "half-a-package").exists()


def test_debians_tools_are_not_broken_off(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    os.mkfifo(tmp_path / "go-on")
    put(programs, "python3", f'case "$2" in *ensurepip*) exit 1 ;; esac; exec {real_python()} "$@"')
    put(programs, "id", "echo 0")
    slow = f"echo $1 >> {tmp_path}/asked; read go < {tmp_path}/go-on; echo whole >> {tmp_path}/asked"
    put(programs, "apt-get", slow)
    call_one = subprocess.Popen(
        ["bash", entry, "demo"], env={"PATH": str(programs)}, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    eventually(lambda: (tmp_path / "asked").exists())
    os.killpg(call_one.pid, signal.SIGINT)
    assert call_one.stderr is not None
    eventually(lambda: "fertig installiert" in call_one.stderr.readline())
    (tmp_path / "go-on").write_text("\n")
    _, said = call_one.communicate(timeout=60)
    assert call_one.returncode == 130
    assert "Ein neuer Aufruf macht hier weiter" in said
    assert (tmp_path / "asked").read_text().split() == ["update", "whole"]
    assert not group_of(call_one.pid)
