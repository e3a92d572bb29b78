# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Session, services and form, as a program sees them."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


def test_the_session_says_who_one_is_and_gives_a_token(citizens):
    visitor = citizens().get("/api/v1/session")
    assert visitor.status_code == 200
    assert visitor.json() | {"csrf_token": ""} == {"csrf_token": "", "logged_in": False, "level": "none"}
    known = citizens("lena").get("/api/v1/session").json()
    assert (known["logged_in"], known["level"]) == (True, "high")
    assert len(known["csrf_token"]) >= 32


def test_all_published_services_are_listed_for_visitors_too(citizens):
    (service,) = citizens().get("/api/v1/services").json()
    assert service["slug"] == "meldebescheinigung"
    assert service["name"]["de"] == "Meldebescheinigung"
    assert service["min_level"] == "substantial"


def test_the_form_of_a_service_is_a_json_schema_that_takes_what_we_submit(citizens, lenas_data):
    from jsonschema import Draft202012Validator

    found = citizens().get("/api/v1/services/meldebescheinigung").json()
    schema = found["form_schema"]
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(lenas_data)
    assert not Draft202012Validator(schema).is_valid({"umfang": "ganz"})


@pytest.mark.parametrize("slug", ["hundesteuer", "meldebescheinigung2", "x"])
def test_an_unknown_service_is_a_problem_with_a_sentence(citizens, slug):
    client = citizens("lena")
    for answer in (
        client.get(f"/api/v1/services/{slug}"),
        client.send(f"/api/v1/services/{slug}/submissions", {"data": {}}, idempotency_key="unknown-1"),
    ):
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == 404
        assert answer.json()["detail"].endswith(".")


@pytest.mark.parametrize("slug", ["Meldebescheinigung", "-x", "a" * 61, "%C3%A4mter", "..", "a%20b"])
def test_a_slug_that_none_can_have_is_refused_without_a_search(citizens, slug):
    answer = citizens().get(f"/api/v1/services/{slug}")
    assert answer.status_code in (404, 422)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/nothing", "/api/v1/cases/x/y/z", "/api/", "/api/v2/cases"]
)
def test_an_unknown_address_below_the_api_is_a_problem_too(citizens, path):
    client = citizens()
    for answer in (client.get(path), client.send(path, {})):
        assert answer.status_code == 404, answer.status_code
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["title"]


@pytest.mark.parametrize("path", ["/api/v1/session", "/api/v1/services", "/api/v1/cases"])
def test_a_method_that_an_address_does_not_know_says_which_it_knows(citizens, path):
    client = citizens("lena")
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client.send(path, {}, method=method)
        assert answer.status_code == 405
        assert answer["Allow"] == "GET"
        assert answer["Content-Type"] == "application/problem+json"


def test_the_description_names_every_operation_and_is_valid_openapi(citizens):
    described = citizens().get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    operations = {f"{method.upper()} {path}" for path, of in described["paths"].items() for method in of}
    assert operations == {
        "GET /api/v1/session",
        "GET /api/v1/services",
        "GET /api/v1/services/{slug}",
        "POST /api/v1/services/{slug}/submissions",
        "GET /api/v1/cases",
        "GET /api/v1/cases/{token}",
        "GET /api/v1/cases/{token}/events",
        "POST /api/v1/cases/{token}/answers",
        "POST /api/v1/cases/{token}/messages",
        "POST /api/v1/cases/{token}/withdrawal",
        "GET /api/v1/cases/{token}/documents/{document_id}",
        "GET /api/v1/verifications/{code}",
    }
    file = described["paths"]["/api/v1/cases/{token}/documents/{document_id}"]["get"]["responses"]["200"]
    assert set(file["content"]) == {"application/pdf", "application/json"}
    assert "Repr-Digest" in file["headers"]


def test_errors_are_described_as_problem_details(citizens):
    described = citizens().get("/api/v1/openapi.json").json()
    for of in described["paths"].values():
        for operation in of.values():
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert set(answer["content"]) == {"application/problem+json"}


def test_a_host_where_no_authority_lives_answers_in_json_below_the_api(office):
    from django.test import Client

    answer = Client(headers={"host": "nowhere.example"}).get("/api/v1/services")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/v1/services", "/api/v1/nothing", "/api/v1/cases/x"])
def test_head_answers_like_get_without_a_body(citizens, path):
    client = citizens()
    asked = client.get(path)
    head = client.send(path, b"", method="HEAD")
    assert head.status_code == asked.status_code
    assert head["Content-Type"] == asked["Content-Type"]
    assert head.content == b""
