# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What `amtlich check` says about the mail server."""

from pathlib import Path

import pytest

from amtlich.faces.cli.checking import findings
from amtlich.platform.settings.config import config

GOOD = {"AMTLICH_SMTP_URL": "smtps://mail.example.org", "AMTLICH_MAIL_FROM": "amt@musterstadt.de"}


@pytest.fixture(autouse=True)
def _settings_are_read_anew():
    config.cache_clear()
    yield
    config.cache_clear()


def said(monkeypatch: pytest.MonkeyPatch, **settings: str) -> list[tuple[bool, str]]:
    """Findings on e-mail in production, with these settings."""
    for name, value in {"AMTLICH_MODE": "production", **settings}.items():
        monkeypatch.setenv(name, value)
    config.cache_clear()
    found = findings(roles=())
    return [(one.grave, one.sentence) for one in found if "SMTP" in one.sentence or "MAIL" in one.sentence
            or "mail-kennwort" in one.sentence]  # fmt: skip


def test_nothing_is_said_where_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(monkeypatch) == []
    assert said(monkeypatch, **GOOD) == []


@pytest.mark.parametrize("missing", list(GOOD))
def test_half_a_set_up_is_a_hint(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ((grave, sentence),) = said(monkeypatch, **{name: text for name, text in GOOD.items() if name != missing})
    assert not grave
    assert sentence.startswith(missing)


def test_a_password_that_others_read_or_nobody_finds_is_grave(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "mail-kennwort"
    ((grave, sentence),) = said(monkeypatch, **GOOD, AMTLICH_SMTP_PASSWORD_FILE=str(file))
    assert grave
    assert "gibt es nicht" in sentence
    file.write_text("geheim")
    file.chmod(0o644)
    ((grave, sentence),) = said(monkeypatch, **GOOD, AMTLICH_SMTP_PASSWORD_FILE=str(file))
    assert grave
    assert "chmod 600" in sentence
    file.chmod(0o600)
    assert said(monkeypatch, **GOOD, AMTLICH_SMTP_PASSWORD_FILE=str(file)) == []


def test_an_open_line_over_the_net_is_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    open_line = {**GOOD, "AMTLICH_SMTP_URL": "smtp+plain://mail.example.org"}
    ((grave, sentence),) = said(monkeypatch, **open_line)
    assert not grave
    assert "unverschlüsselt" in sentence
    assert said(monkeypatch, **{**open_line, "AMTLICH_SMTP_URL": "smtp+plain://localhost"}) == []
