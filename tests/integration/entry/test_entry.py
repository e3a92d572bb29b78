# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`./amtlich`, the script: environment made once, found again, and one sentence for what is missing.

A small copy stands in for the repository, so that nothing is downloaded.
"""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[3]
TOOLS = ("bash", "cat", "cp", "df", "dirname", "env", "flock", "grep", "id", "mkdir", "readlink", "rm", "sh",
         "sha256sum", "tail", "touch", "ls")  # fmt: skip


def small_copy(root: Path) -> Path:
    """A repository with the real script, no requirements, and a program that says its arguments."""
    (root / "requirements").mkdir(parents=True)
    (root / "requirements" / "run.txt").write_text("# nothing\n")
    (root / "src" / "amtlich").mkdir(parents=True)
    (root / "src" / "amtlich" / "__init__.py").write_text("")
    (root / "src" / "amtlich" / "__main__.py").write_text(
        "import sys; print('here:', *sys.argv[1:], sep='|')\n"
    )
    shutil.copy(REPOSITORY / "amtlich", root / "amtlich")
    return root / "amtlich"


def bare_system(folder: Path) -> Path:
    """A folder for PATH with a bare system: no Python, no uv, no apt-get."""
    folder.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (folder / name).symlink_to(found)
    return folder


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    return bare_system(tmp_path / "programs")


def put(programs: Path, name: str, script: str) -> None:
    file = programs / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


def real_python() -> str:
    """The interpreter below any virtual environment, which can make one."""
    return str(Path(sys.base_prefix) / "bin" / "python3")


def call(entry: Path, programs: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": str(programs), "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", **more}
    return subprocess.run(
        [shutil.which("bash") or "bash", entry, *arguments], env=environment, capture_output=True, text=True
    )


def one_sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """The last line is what a person reads; it starts with our name."""
    assert done.returncode == 2, done
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("Amtlich: ")
    return last


def test_it_sets_up_once_and_hands_over_every_argument(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    put(programs, "python3", f'exec {real_python()} "$@"')
    first = call(entry, programs, "demo", "zwei Worte")
    assert first.returncode == 0, first
    assert first.stdout == "here:|demo|zwei Worte\n"
    assert "Amtlich wird eingerichtet" in first.stderr
    second = call(entry, programs, "demo")
    assert (second.stdout, second.stderr) == ("here:|demo\n", "")


def test_a_folder_of_150_characters_with_blanks_is_no_obstacle(tmp_path: Path, programs: Path) -> None:
    rest = 150 - len(str(tmp_path)) - 1
    entry = small_copy(tmp_path / ("Ein Ordner " * 12)[:rest].ljust(rest, "x").replace(" x", "xx"))
    put(programs, "python3", f'exec {real_python()} "$@"')
    assert call(entry, programs, "demo").stdout == "here:|demo\n"
    assert call(entry, programs, "demo").stderr == ""


def test_changed_requirements_are_installed_at_the_next_call(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    put(programs, "python3", f'exec {real_python()} "$@"')
    call(entry, programs)
    (tmp_path / "repo" / "requirements" / "run.txt").write_text("# something else\n")
    assert "Amtlich wird eingerichtet" in call(entry, programs).stderr
    assert call(entry, programs).stderr == ""


def test_a_moved_folder_is_set_up_anew(tmp_path: Path, programs: Path) -> None:
    small_copy(tmp_path / "repo")
    put(programs, "python3", f'exec {real_python()} "$@"')
    call(tmp_path / "repo" / "amtlich", programs)
    (tmp_path / "repo").rename(tmp_path / "elsewhere")
    done = call(tmp_path / "elsewhere" / "amtlich", programs, "demo")
    assert done.stdout == "here:|demo\n"


def test_an_interrupted_set_up_is_completed(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    put(programs, "python3", f'exec {real_python()} "$@"')
    (tmp_path / "repo" / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / "repo" / ".venv" / "bin" / "python").write_text("half a file")
    assert call(entry, programs, "demo").stdout == "here:|demo\n"


def test_a_second_call_waits_for_the_first(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    put(programs, "python3", f'exec {real_python()} "$@"')
    descriptor = os.open(tmp_path / "repo", os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    waiting = subprocess.Popen(
        ["bash", entry, "demo"], env={"PATH": str(programs)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert waiting.stderr is not None
    assert "dieser wartet" in waiting.stderr.readline()
    os.close(descriptor)
    said, _ = waiting.communicate(timeout=60)
    assert said == "here:|demo\n"


def test_without_a_python_from_3_11_on_it_names_the_packages(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    put(programs, "python3", "exit 1")
    assert "apt-get install python3" in one_sentence(call(entry, programs))


def without_venv_until(programs: Path, installed: Path) -> None:
    """A Debian Python: `venv` comes with a package of its own."""
    put(
        programs,
        "python3",
        f'case "$2" in *ensurepip*) [ -e "{installed}" ] || exit 1 ;; esac\nexec {real_python()} "$@"',
    )


def test_a_missing_venv_package_is_installed_by_root(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    without_venv_until(programs, tmp_path / "installed")
    put(programs, "id", "echo 0")
    put(
        programs, "apt-get", f'echo "$@" >> {tmp_path}/asked; [ "$1" = update ] || touch {tmp_path}/installed'
    )
    assert call(entry, programs, "demo").stdout == "here:|demo\n"
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[0] == "update"
    assert asked[1].endswith(f"python3.{sys.version_info[1]}-venv")


def test_anybody_else_is_told_the_command(tmp_path: Path, programs: Path) -> None:
    entry = small_copy(tmp_path / "repo")
    without_venv_until(programs, tmp_path / "never")
    (programs / "id").unlink()
    put(programs, "id", "echo 1000")
    said = one_sentence(call(entry, programs))
    assert f"sudo apt-get install python3.{sys.version_info[1]}-venv" in said


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=True)
    yield disk
    # Lazily: whoever still has a file of it open (a program that was just ended) does not hold it back.
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.mark.root
def test_a_full_disk_is_one_sentence(tiny_disk: Path, programs: Path) -> None:
    entry = small_copy(tiny_disk / "repo")
    put(programs, "python3", f'exec {real_python()} "$@"')
    assert "kein Platz mehr" in one_sentence(call(entry, programs))


@pytest.mark.root
def test_a_read_only_folder_is_one_sentence(tiny_disk: Path, programs: Path) -> None:
    entry = small_copy(tiny_disk / "repo")
    put(programs, "python3", f'exec {real_python()} "$@"')
    subprocess.run(["mount", "-o", "remount,ro,size=64m", str(tiny_disk)], check=True)
    assert "darf dieser Benutzer nicht schreiben" in one_sentence(call(entry, programs))
