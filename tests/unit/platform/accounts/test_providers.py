# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The table [login] of an authority: every refusal names the key and what would be right."""

import pytest

from amtlich.kernel.errors import BadInput
from amtlich.kernel.trust import TrustLevel
from amtlich.platform.accounts.providers import NoSecret, provider_of, read

TABLE = {
    "name": "BundID",
    "issuer": "https://id.example.de/realms/buerger",
    "client_id": "amtlich-musterstadt",
    "client_secret_env": "MUSTERSTADT_SECRET",
    "levels": [
        {"acr": "level-1", "level": "low", "means": "BundID mit Passwort"},
        {"acr": "level-3", "level": "substantial", "means": "BundID mit ELSTER-Zertifikat"},
        {"acr": "level-4", "level": "high", "means": "BundID mit Online-Ausweis"},
    ],
}


def changed(**changes):
    return {**TABLE, **changes}


def test_a_whole_table_is_read():
    spec = read(TABLE)
    assert (spec.name, spec.client_auth, spec.userinfo) == ("BundID", "basic", False)
    assert spec.scopes == ("openid", "profile", "address")
    assert spec.meaning_of("level-3").level is TrustLevel.SUBSTANTIAL
    assert [one.acr for one in spec.reaching(TrustLevel.SUBSTANTIAL)] == ["level-3", "level-4"]


@pytest.mark.parametrize("acr", ["level-9", "", None, 3, ["level-4"], {"level-4": 1}])
def test_what_the_table_does_not_know_is_worth_nothing(acr):
    means = read(TABLE).meaning_of(acr)
    assert (means.level, means.means) == (TrustLevel.NONE, "BundID")


def test_an_authority_without_a_table_has_no_provider():
    assert provider_of({}) is None


@pytest.mark.parametrize(
    ("changes", "key", "right"),
    [
        ({"name": ""}, "login.name", "BundID"),
        ({"name": 3}, "login.name", "Anführungszeichen"),
        ({"issuer": "http://id.example.de"}, "login.issuer", "https://"),
        ({"issuer": "https://id.example.de/?a=b"}, "login.issuer", "https://"),
        ({"issuer": "https://ich@id.example.de/"}, "login.issuer", "https://"),
        ({"issuer": "https://id.example.de:x/"}, "login.issuer", "https://"),
        ({"issuer": "https://id.example.de; script-src *"}, "login.issuer", "https://"),
        ({"issuer": "ftp://id.example.de"}, "login.issuer", "https://"),
        ({"client_id": None}, "login.client_id", "Kennung"),
        ({"client_auth": "none"}, "login.client_auth", "basic und post"),
        ({"client_secret": "geheim"}, "login.client_secret", "darf hier nicht stehen"),
        ({"client_secret_env": None}, "login.client_secret_file", "entweder"),
        ({"client_secret_file": "/etc/x"}, "login.client_secret_file", "entweder"),
        ({"client_secret_env": "klein"}, "login.client_secret_env", "Großbuchstaben"),
        ({"client_secret_env": "AMTLICH_SECRET_KEY"}, "login.client_secret_env", "AMTLICH_"),
        ({"client_secret_env": None, "client_secret_file": "x"}, "login.client_secret_file", "mit / beginnt"),
        ({"scopes": "openid"}, "login.scopes", "Liste"),
        ({"scopes": ["a b"]}, "login.scopes", "Liste"),
        ({"userinfo": "ja"}, "login.userinfo", "true oder false"),
        ({"levels": []}, "login.levels", "[[login.levels]]"),
        (
            {"levels": [{"acr": "a", "level": "sehr hoch", "means": "b"}]},
            "Eintrag 1.level",
            "low, substantial",
        ),
        ({"levels": [{"acr": "a b", "level": "low", "means": "b"}]}, "Eintrag 1.acr", "Leerzeichen"),
        ({"levels": [{"acr": "a", "level": "low"}]}, "Eintrag 1.means", "Mittel"),
        ({"levels": [*TABLE["levels"], TABLE["levels"][0]]}, "Eintrag 4.acr", "steht schon"),
        ({"levels": [{"acr": "a", "level": "low", "means": "b", "x": 1}]}, "Eintrag 1.x", "Möglich sind"),
        ({"levels": ["a"]}, "Eintrag 1", "Tabelle"),
        ({"claims": {"email": "email"}}, "login.claims.email", "Möglich sind"),
        ({"claims": {"birth": "a b"}}, "login.claims.birth", "birthdate"),
        ({"claims": []}, "login.claims", "Tabelle"),
        ({"isuer": "https://x.de"}, "login.isuer", "Möglich sind"),
    ],
)
def test_what_is_wrong_is_named_with_what_would_be_right(changes, key, right):
    table = {name: value for name, value in changed(**changes).items() if value is not None}
    with pytest.raises(BadInput) as refused:
        read(table)
    assert key in str(refused.value)
    assert right in str(refused.value)


@pytest.mark.parametrize("table", [[], "BundID", 3])
def test_what_is_no_table_is_refused(table):
    with pytest.raises(BadInput, match="login"):
        read(table)


@pytest.mark.parametrize("issuer", ["http://localhost:8080", "http://127.0.0.1:9", "http://[::1]:9/a"])
def test_without_https_only_on_this_machine(issuer):
    assert read(changed(issuer=issuer)).issuer == issuer


def test_the_secret_is_read_where_the_table_says(monkeypatch, tmp_path):
    monkeypatch.setenv("MUSTERSTADT_SECRET", " geheim ")
    assert read(TABLE).secret() == "geheim"
    file = tmp_path / "secret"
    file.write_text("anders\n", encoding="utf-8")
    table = {name: value for name, value in TABLE.items() if name != "client_secret_env"}
    spec = read({**table, "client_secret_file": str(file)})
    assert spec.secret() == "anders"
    file.write_text("gewechselt", encoding="utf-8")
    assert spec.secret() == "gewechselt"


def test_a_missing_secret_is_said_without_being_shown(monkeypatch, tmp_path):
    monkeypatch.delenv("MUSTERSTADT_SECRET", raising=False)
    with pytest.raises(NoSecret, match="MUSTERSTADT_SECRET"):
        read(TABLE).secret()
    table = {name: value for name, value in TABLE.items() if name != "client_secret_env"}
    with pytest.raises(NoSecret, match="FileNotFoundError"):
        read({**table, "client_secret_file": str(tmp_path / "fehlt")}).secret()
