# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Partners with keys: what one key opens, what it never does, and the guide's example as it stands there."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from tests.doubles.applicants import statements
from tests.integration.contexts.cases.conftest import apply_as, office, residents

from amtlich import __version__
from amtlich.contexts.cases.models import Case
from amtlich.contexts.privacy.api import accesses_for_case
from amtlich.faces.cli.commands import main
from amtlich.faces.rest import partner
from amtlich.faces.rest.api import api
from amtlich.kernel import clock
from amtlich.kernel.errors import BadInput
from amtlich.platform import jobs
from amtlich.platform.partners import keys
from amtlich.platform.partners.keys import Scope
from amtlich.platform.partners.models import ApiKey
from amtlich.platform.tenancy import tenant

__all__ = ["apply_as", "office", "residents"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])
DOCS = Path(__file__).resolve().parents[4] / "docs" / "schnittstellen"
ALL = tuple(Scope)
SUBMIT = "/api/v1/services/meldebescheinigung/submissions"


@pytest.fixture(autouse=True)
def _a_new_minute():
    partner.calls.forget()
    partner.wrong.forget()


class Program:
    """A partner's program."""

    def __init__(self, key: str, host: str = "localhost") -> None:
        self.client = Client(enforce_csrf_checks=True, raise_request_exception=False, headers={"host": host})
        self.key = key

    def get(self, path: str):
        return self.client.get(f"/api/v1{path}", headers={"authorization": f"Bearer {self.key}"})

    def submit(self, data, number: str = "number-0001"):
        return self.client.post(
            SUBMIT,
            json.dumps({"data": data}),
            content_type="application/json",
            headers={"authorization": f"Bearer {self.key}", "idempotency-key": number},
        )


@pytest.fixture
def given(office):
    """Make a partner with a key of these scopes."""

    def make(slug: str = "fv-x", scopes=ALL, days: int = 30, authority=None) -> str:
        of = authority or office
        if slug not in {one.slug for one in keys.partners(of.id)}:
            keys.add(of.id, slug, f"Fachverfahren {slug}", "support@x.example")
        return keys.new_key(of.id, slug, scopes, days, by="Anna")

    return make


def test_a_partner_submits_and_reads_what_is_its_own_and_stands_in_the_journal(office, given, residents):
    ours, other = Program(given("fv-x")), Program(given("fv-y"))
    made = ours.submit(statements(residents["lena"]))
    assert made.status_code == 201
    assert ours.submit(statements(residents["lena"])).status_code == 200
    jobs.run_pending()
    token = made.json()["case"]
    read = ours.get(f"/cases/{token}")
    assert read.status_code == 200
    assert read.json()["waiting_on"] == "office"  # nobody vouches, so a person decides
    assert [one["case"] for one in ours.get("/cases").json()] == [token]
    assert other.get(f"/cases/{token}").status_code == 404
    assert other.get("/cases").json() == []
    with tenant(office.id):
        case = Case.objects.get(token=token)
    told = {(one.who, one.source) for one in accesses_for_case(office.id, case.pk)}
    assert ("Fachverfahren fv-x", "Vorgang") in told


def test_a_key_opens_only_what_its_scopes_say(office, given, residents):
    reader = Program(given(scopes=[Scope.SERVICES_READ]))
    assert reader.get("/services").status_code == 200
    for refused in (
        reader.get("/cases"),
        reader.submit(statements(residents["lena"])),
        reader.get("/session"),
    ):
        assert refused.status_code == 403
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert "Nötig ist" in refused.json()["detail"]


def test_every_operation_says_what_a_partner_needs_for_it():
    views = api.default_router.path_operations.values()
    names = {operation.view_func.__name__ for view in views for operation in view.operations}
    assert names == set(partner.SCOPES)


WRONG = (
    "Bearer x",
    "Bearer ",
    "Basic YTpi",
    f"Bearer amt_aaaaaaaaaaaa_{'A' * 43}",
    "Bearer " + "a" * 5000,
    "ü",
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_key_is_401_and_never_somebody_without_a_key(office, given, wrong):
    client = Client(raise_request_exception=False, headers={"host": "localhost"})
    answer = client.get("/api/v1/services", headers={"authorization": wrong})
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["WWW-Authenticate"]


def test_guessing_keys_ends_in_a_pause_and_so_does_calling_too_often(office, given):
    program, guesser = Program(given()), Program("amt_aaaaaaaaaaaa_" + "A" * 43)
    said = [guesser.get("/services").status_code for _ in range(partner.WRONG_PER_PLACE + 1)]
    assert said == [401] * partner.WRONG_PER_PLACE + [429]
    assert int(guesser.get("/services").headers["Retry-After"]) >= 1
    assert program.get("/services").status_code == 200  # from the same place, with the right key
    said = [program.get("/services").status_code for _ in range(partner.PER_KEY)]
    assert said[-1] == 429
    assert set(said[:-1]) == {200}


def test_a_key_ends_with_its_day_and_at_once_when_it_is_revoked(office, given):
    program = Program(given(days=30))
    with clock.use(clock.FixedClock(clock.now() + timedelta(days=30, seconds=1))):
        assert program.get("/services").status_code == 401
    assert program.get("/services").status_code == 200
    prefix = program.key.split("_")[1]
    assert keys.revoke(office.id, prefix) is True
    assert program.get("/services").status_code == 401
    assert keys.revoke(office.id, prefix) is False


def test_a_key_of_one_town_opens_nothing_at_another(office, other_town, given):
    assert Program(given(), "kleinstadt.localhost").get("/services").status_code == 401


def test_no_secret_is_stored(office, given):
    key = given()
    with tenant(office.id):
        stored = ApiKey.objects.get()
    assert key.split("_", 2)[2] not in str(vars(stored))
    assert stored.prefix in key


@pytest.mark.parametrize(("scopes", "days"), [((), 30), (ALL, 0), (ALL, 731)])
def test_a_key_without_scope_or_end_is_refused(office, given, scopes, days):
    with pytest.raises(BadInput):
        given(scopes=scopes, days=days)


def test_the_command_line_gives_lists_and_revokes(office, capsys):
    where = ("--authority", office.slug)
    assert main(["partner", "add", "fv-x", *where, "--name", "X", "--contact", "a@x.example"]) == 0
    assert main(["partner", "add", "fv-x", *where, "--name", "Noch einmal", "--contact", "b"]) == 2
    capsys.readouterr()
    assert main(["partner", "key", "fv-x", *where, "--scope", "services:read"]) == 0
    key = re.search(r"amt_([a-z0-9]{12})_\S{43}", capsys.readouterr().out)
    assert Program(key[0]).get("/services").status_code == 200
    assert main(["partner", "list", *where]) == 0
    listed = capsys.readouterr().out
    assert key[1] in listed
    assert key[0] not in listed
    assert main(["partner", "revoke", key[1], *where]) == 0
    assert Program(key[0]).get("/services").status_code == 401
    assert main(["partner", "key", "fv-x", *where, "--scope", "alles"]) == 2
    assert "services:read" in capsys.readouterr().err


def test_the_guides_example_runs_as_it_stands_there(office, given, live_server):
    guide = (DOCS / "rest.md").read_text(encoding="utf-8")
    (shell,) = re.findall(r"```bash\n(.*?)```", guide, re.S)
    (python,) = re.findall(r"```python\n(.*?)```", guide, re.S)
    port = live_server.url.rsplit(":", 1)[1]
    env = {**os.environ, "AMTLICH_URL": f"http://localhost:{port}", "AMTLICH_KEY": given()}
    by_curl = subprocess.run(["bash", "-e", "-c", shell], env=env, capture_output=True, text=True, timeout=60)
    assert by_curl.returncode == 0, by_curl
    assert '"reference": "MB-' in by_curl.stdout
    by_python = subprocess.run(
        [sys.executable, "-c", python], env=env, capture_output=True, text=True, timeout=60
    )
    assert by_python.returncode == 0, by_python
    said = by_python.stdout.splitlines()
    assert said[0] == "Meldebescheinigung version 3"
    assert re.fullmatch(r"first 201 MB-\S+", said[1])
    assert said[2] == said[1].replace("first 201", "again 200")
    assert said[3].startswith("arrived ")


def test_what_the_interface_is_stands_in_the_repository_and_changes_in_a_diff_only(office):
    """`AMTLICH_TEST_WRITE_OPENAPI=1` writes it anew; then say in aenderungen.md what has changed."""
    described = json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), indent=1, sort_keys=True) + "\n"
    kept = DOCS / "openapi.json"
    if "AMTLICH_TEST_WRITE_OPENAPI" in os.environ:
        kept.write_text(described, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == described
    assert f"## {__version__}" in (DOCS / "aenderungen.md").read_text(encoding="utf-8")
