# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Settings: where they come from, and the sentence when one is wrong."""

import json
from pathlib import Path

import pytest

from amtlich.platform.settings.catalogue import SETTINGS
from amtlich.platform.settings.config import ConfigError, read, unknown_variables

DOCS = Path(__file__).parents[4] / "docs" / "betrieb" / "einstellungen.md"


def test_without_any_setting_it_is_production_without_secret_or_host(tmp_path: Path) -> None:
    settings = read({"AMTLICH_HOME": str(tmp_path)})
    assert (settings.mode, settings.secret_key, settings.hosts) == ("production", "", ())
    assert (settings.port, settings.listen) == (8000, "localhost")
    assert not settings.external_database
    assert (settings.services / "meldebescheinigung").is_dir()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "amtlich.toml").write_text('port = 9000\nhosts = ["a.example", "b.example"]\n')
    assert read({"AMTLICH_HOME": str(tmp_path)}).port == 9000
    settings = read({"AMTLICH_HOME": str(tmp_path), "AMTLICH_PORT": "9001"})
    assert settings.port == 9001
    assert settings.hosts == ("a.example", "b.example")


def test_a_file_named_by_the_environment_is_read_from_there(tmp_path: Path) -> None:
    file = tmp_path / "elsewhere.toml"
    file.write_text('log_level = "debug"\n')
    settings = read({"AMTLICH_HOME": str(tmp_path / "home"), "AMTLICH_CONFIG": str(file)})
    assert settings.log_level == "DEBUG"


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"AMTLICH_PORT": "0"}, "AMTLICH_PORT: .*1 bis 65535"),
        ({"AMTLICH_PORT": "٨٠٠٠"}, "AMTLICH_PORT: .*1 bis 65535"),
        ({"AMTLICH_MODE": "prod"}, "AMTLICH_MODE: Erlaubt sind: demo, production, test"),
        ({"AMTLICH_DATABASE_URL": "mysql://x/y"}, "AMTLICH_DATABASE_URL: .*postgresql://"),
        ({"AMTLICH_DATABASE_URL": "postgresql://amtlich_app@db"}, "fehlt der Name der Datenbank"),
        ({"AMTLICH_HOSTS": "*"}, "AMTLICH_HOSTS: .*„\\*“"),
        ({"AMTLICH_PUBLIC_URL": "amt.example"}, "AMTLICH_PUBLIC_URL: .*https://"),
        ({"AMTLICH_SMTP_URL": "mail.example"}, "AMTLICH_SMTP_URL: .*smtp://"),
        ({"AMTLICH_SMTP_URL": "smtp://amt:geheim@mail.example"}, "Kennwort gehört nicht in die Adresse"),
        ({"AMTLICH_SMTP_URL": "smtp+plain://amt@mail.example"}, "Ohne Verschlüsselung"),
        ({"AMTLICH_MAIL_FROM": "Stadt Musterstadt"}, "AMTLICH_MAIL_FROM: .*E-Mail-Adresse"),
        ({"AMTLICH_WORKER_CONCURRENCY": "5"}, "1 bis 4"),
        ({"AMTLICH_CONFIG": "/nirgends.toml"}, "AMTLICH_CONFIG: Die Datei /nirgends.toml gibt es nicht"),
        ({"AMTLICH_SECRET_KEY_FILE": "/nirgends"}, "AMTLICH_SECRET_KEY_FILE: .*gibt es nicht"),
    ],
)
def test_a_wrong_value_names_its_setting_and_what_would_be_right(
    environ: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=sentence):
        read({"AMTLICH_HOME": str(tmp_path), **environ})


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("prot = 1\n", "„prot“: Diese Einstellung gibt es nicht. Meinten Sie port"),
        ('port = "viele"\n', "„port“: .*ganze Zahl"),
        ("port = true\n", "„port“: .*ganze Zahl"),
        ("hosts = 5\n", "„hosts“: .*Rechnernamen"),
        ("port = \n", "keine gültige TOML-Datei"),
        ('home = "/x"\n', "AMTLICH_HOME"),
    ],
)
def test_a_wrong_line_in_the_file_is_named(content: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / "amtlich.toml").write_text(content)
    with pytest.raises(ConfigError, match=sentence):
        read({"AMTLICH_HOME": str(tmp_path)})


def test_an_unknown_variable_is_a_hint_and_no_obstacle(tmp_path: Path) -> None:
    environ = {"AMTLICH_HOME": str(tmp_path), "AMTLICH_PROT": "1"}
    read(environ)
    assert unknown_variables(environ) == [
        "AMTLICH_PROT: Diese Einstellung gibt es nicht. Meinten Sie AMTLICH_PORT?"
    ]


def test_production_never_uses_the_secret_made_for_a_demonstration(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("made-by-the-demonstration")
    assert read({"AMTLICH_HOME": str(tmp_path)}).secret_key == ""
    assert (
        read({"AMTLICH_HOME": str(tmp_path), "AMTLICH_MODE": "demo"}).secret_key
        == "made-by-the-demonstration"
    )


def test_the_embedded_database_of_the_home_is_found(tmp_path: Path) -> None:
    urls = {role: f"postgresql://amtlich_{role}@/amtlich" for role in ("app", "owner", "system", "retention")}
    (tmp_path / "database").mkdir()
    (tmp_path / "database" / "access.json").write_text(json.dumps({"urls": urls}))
    settings = read({"AMTLICH_HOME": str(tmp_path)})
    assert settings.database_urls == urls
    assert not settings.external_database


def test_no_secret_shows_in_a_log(tmp_path: Path) -> None:
    settings = read({"AMTLICH_HOME": str(tmp_path), "AMTLICH_SECRET_KEY": "streng-vertraulich"})
    assert "vertraulich" not in repr(settings)


def test_the_documentation_lists_every_setting_as_it_is() -> None:
    documented = DOCS.read_text(encoding="utf-8")
    for setting in SETTINGS:
        row = next(line for line in documented.splitlines() if line.startswith(f"| `{setting.variable}` |"))
        assert setting.purpose in row
        assert f"| {setting.shown_default} |" in row
