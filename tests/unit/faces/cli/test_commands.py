# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The command line refuses with one German sentence, and never with a trace."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from amtlich.faces.cli.commands import main
from amtlich.faces.cli.steps import Steps

_SOURCES = Path(__file__).resolve().parents[4] / "src"


def refusal(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    return capsys.readouterr().err.strip()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["demoo"], "Den Befehl „demoo“ gibt es nicht. Meinten Sie „demo“?"),
        (["antrag"], "Den Befehl „antrag“ gibt es nicht. Es gibt: demo, serve,"),
        (["demo", "--port", "x"], "--port: kein Port von 1 bis 65535: 'x'"),
        (["demo", "--port", "٨٠"], "kein Port von 1 bis 65535"),
        (["demo", "--schnell"], "unbekannt: --schnell"),
        (["service"], "es fehlt: WAS"),
        (["service", "check"], "es fehlt: ORDNER"),
    ],
)
def test_a_wrong_call_is_one_sentence(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refusal(arguments, capsys)
    assert sentence in said
    assert len(said.splitlines()) == 1


def test_without_a_command_the_help_names_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 0
    said = capsys.readouterr().out
    for command in ("demo", "serve", "web", "worker", "migrate", "check", "service", "test"):
        assert f"\n    {command} " in said


def test_wrong_settings_end_a_command_with_their_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from amtlich.platform.settings.config import config

    monkeypatch.setenv("AMTLICH_PORT", "viele")
    config.cache_clear()
    try:
        assert main(["check"]) == 2
    finally:
        monkeypatch.undo()
        config.cache_clear()
    assert "AMTLICH_PORT: Hier gehört eine ganze Zahl" in capsys.readouterr().err


def test_ctrl_c_inside_an_exec_ends_with_130_and_not_with_a_killed_interpreter() -> None:
    program = (
        "import sys, amtlich.faces.cli.checking as checking\n"
        "checking.check = lambda chosen: exec('raise KeyboardInterrupt')\n"
        "sys.argv = ['amtlich', 'check']\n"
        "from amtlich.__main__ import main\n"
        "sys.exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(_SOURCES)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (130, "\nAbgebrochen.\n")


def test_ctrl_c_that_was_lost_ends_the_next_step(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        steps = Steps()
        steps.done("first", "Erster Schritt", 0.1)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            steps.done("second", "Zweiter Schritt", 0.1)
    finally:
        signal.signal(signal.SIGINT, before)
    assert "Zweiter" not in capsys.readouterr().out
