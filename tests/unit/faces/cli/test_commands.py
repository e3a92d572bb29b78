# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The command line refuses with one German sentence, and never with a trace."""

import pytest

from amtlich.faces.cli.commands import main


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
