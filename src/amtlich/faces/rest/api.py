# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The operations. Each calls one function of a context; errors become problem details."""

from __future__ import annotations

import base64
import math
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Header, Path, Query, Schema, Status
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError

from amtlich import __version__
from amtlich.contexts.cases import api as cases
from amtlich.contexts.catalog import api as catalog
from amtlich.contexts.proofs import api as proofs
from amtlich.faces.rest import schemas
from amtlich.faces.rest.description import SENDS_A_DOCUMENT, DescribedApi
from amtlich.faces.rest.parsing import StrictParser
from amtlich.faces.rest.partner import KeyRefused, PartnerKey, ScopeMissing
from amtlich.faces.rest.problems import problem, takes_json
from amtlich.faces.rest.session import SessionActor
from amtlich.kernel.errors import BadInput, Conflict, Forbidden, NotFound, TooMany, Unavailable
from amtlich.platform.accounts.actor import Actor
from amtlich.platform.accounts.login import ensure_holder

api = DescribedApi(
    title="Amtlich",
    version=__version__,
    description="Anträge stellen, ihren Stand lesen, Dokumente holen und prüfen.",
    docs_url=None,
    auth=[PartnerKey(), SessionActor()],
    parser=StrictParser(),
    urls_namespace="rest",
)

Slug = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]
CaseToken = Annotated[str, Path(pattern=r"^[a-z2-7]{26}$")]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[!-~]{8,100}$",
        description="Chosen by you, one per application or message; repeat it when you repeat the call",
    ),
]
_READING = {HTTPStatus(code): schemas.Problem for code in (400, 401, 403, 404, 422, 429, 503)}
_WRITING = {HTTPStatus(code): schemas.Problem for code in (400, 401, 403, 404, 409, 413, 415, 422, 429, 503)}


def _actor(request: HttpRequest) -> Actor:
    return request.actor  # type: ignore[attr-defined, no-any-return]


@api.get("/session", response={200: schemas.Session, **_READING}, tags=["session"])
def session(request: HttpRequest) -> schemas.Session:
    """Who you are, and the CSRF token for later calls. A visitor's session begins here."""
    # Not only with the first POST: were its answer lost, the repeated call would come from somebody new,
    # and the same key would make a second case.
    actor = ensure_holder(request)
    return schemas.Session(
        csrf_token=get_token(request), logged_in=actor.logged_in, level=actor.level.name.lower()
    )


@api.get("/services", response={200: list[schemas.Service], **_READING}, tags=["services"])
def list_services(request: HttpRequest) -> list[schemas.Service]:
    """All services that this authority has published."""
    found = catalog.published(_actor(request).authority_id)
    return [_service(catalog.package(card.slug, card.version)) for card in found]


def _service(of: catalog.Package) -> schemas.Service:
    return schemas.Service(
        slug=of.slug,
        version=of.version,
        name=dict(of.names),
        summary=dict(of.summary),
        min_level=of.min_level.name.lower(),
    )


@api.get("/services/{slug}", response={200: schemas.ServiceForm, **_READING}, tags=["services"])
def get_service(request: HttpRequest, slug: Slug) -> schemas.ServiceForm:
    """One service with the JSON Schema of its form."""
    of = catalog.current(_actor(request).authority_id, slug)
    return schemas.ServiceForm(**_service(of).model_dump(), form_schema=dict(of.form.schema))


@api.post(
    "/services/{slug}/submissions",
    response={201: schemas.Receipt, 200: schemas.Receipt, **_WRITING},
    tags=["cases"],
)
@decorate_view(takes_json)
def submit(request: HttpRequest, slug: Slug, key: Key, body: schemas.SubmissionIn) -> Status[schemas.Receipt]:
    """Submit an application. The same key with the same data gives the same receipt (200)."""
    actor = ensure_holder(request)
    receipt = cases.submit(actor, slug, body.version, body.data, key)
    said = schemas.Receipt(
        case=receipt.case_token,
        reference=receipt.reference,
        received_at=receipt.received_at,
        repeated=receipt.repeated,
    )
    return Status(200 if receipt.repeated else 201, said)


@api.get("/cases", response={200: list[schemas.CaseSummary], **_READING}, tags=["cases"])
def list_cases(request: HttpRequest) -> list[schemas.CaseSummary]:
    """Your cases, newest first."""
    return [
        schemas.CaseSummary(
            case=one.token,
            reference=one.reference,
            service=one.service,
            step=one.step,
            sentence=one.sentence,
            received_at=one.received_at,
        )
        for one in cases.my_cases(_actor(request))
    ]


@api.get("/cases/{token}", response={200: schemas.Case, **_READING}, tags=["cases"])
def get_case(request: HttpRequest, token: CaseToken) -> schemas.Case:
    """One case of yours; foreign and missing cases are both 404."""
    found = cases.case(_actor(request), token)
    return schemas.Case(
        case=found.token,
        reference=found.reference,
        service=found.service,
        step=found.step,
        sentence=found.sentence,
        received_at=found.received_at,
        file_number=found.file_number,
        version=found.version,
        phase=found.phase,
        waiting_on=found.waiting_on,
        waiting_since=found.waiting_since,
        decided_at=found.decided_at,
        withdrawn_at=found.withdrawn_at,
        request=_request(found.request),
        messages=[_message(entry) for entry in found.talk],
        documents=[schemas.Document.model_validate(item, from_attributes=True) for item in found.documents],
        seq=found.seq,
    )


def _request(request: cases.RequestView | None) -> schemas.Request | None:
    if request is None:
        return None
    return schemas.Request(
        number=request.seq,
        status=request.status,
        questions=list(request.questions),
        asked_at=request.asked_at,
        until=request.until,
    )


def _message(entry: cases.TalkEntry) -> schemas.Message:
    return schemas.Message(
        seq=entry.seq,
        at=entry.at,
        kind=entry.kind,
        mine=entry.mine,
        sender=entry.who,
        texts=list(entry.texts),
    )


_DONE: dict[HTTPStatus, type[Schema]] = {
    HTTPStatus.CREATED: schemas.Done,
    HTTPStatus.OK: schemas.Done,
    **_WRITING,
}


def _done(token: str, repeated: bool) -> Status[schemas.Done]:
    return Status(200 if repeated else 201, schemas.Done(case=token, repeated=repeated))


@api.post("/cases/{token}/answers", response=_DONE, tags=["cases"])
@decorate_view(takes_json)
def answer(request: HttpRequest, token: CaseToken, body: schemas.AnswerIn) -> Status[schemas.Done]:
    """Answer a request. The same answers again are harmless (200); others come too late (409)."""
    return _done(token, cases.answer(_actor(request), token, body.request, body.answers))


@api.post("/cases/{token}/messages", response=_DONE, tags=["cases"])
@decorate_view(takes_json)
def send_message(
    request: HttpRequest, token: CaseToken, key: Key, body: schemas.MessageIn
) -> Status[schemas.Done]:
    """Write to the office. The same key with the same text is one message (200)."""
    return _done(token, cases.send_message(_actor(request), token, body.text, f"api:{key}"))


@api.post("/cases/{token}/withdrawal", response=_DONE, tags=["cases"])
@decorate_view(takes_json)
def withdraw(request: HttpRequest, token: CaseToken, body: schemas.WithdrawalIn) -> Status[schemas.Done]:
    """Withdraw the application, for good. Once it is decided this is refused (409)."""
    return _done(token, cases.withdraw(_actor(request), token, body.reason))


@api.get("/cases/{token}/events", response={200: list[schemas.Event], **_READING}, tags=["cases"])
def list_events(
    request: HttpRequest, token: CaseToken, after: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0
) -> list[schemas.Event]:
    """The events of a case after the place ``after``, in order."""
    return [
        schemas.Event(seq=event.seq, type=event.type, at=event.at, title=event.title)
        for event in cases.events(_actor(request), token, after)
    ]


@api.get(
    "/cases/{token}/documents/{document_id}",
    response={200: None, **_READING},
    tags=["cases"],
    openapi_extra=SENDS_A_DOCUMENT,
)
def get_document(request: HttpRequest, token: CaseToken, document_id: UUID) -> HttpResponse:
    """The file of a document, exactly as it was issued."""
    file = cases.document(_actor(request), token, document_id)
    return HttpResponse(
        file.content,
        content_type=file.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{file.filename}"',
            "Cache-Control": "no-store",
            "Repr-Digest": f"sha-256=:{_base64_of_hex(file.sha256)}:",
        },
    )


def _base64_of_hex(digest: str) -> str:
    return base64.b64encode(bytes.fromhex(digest)).decode()


@api.get("/verifications/{code}", response={200: schemas.Verification, **_READING}, tags=["verifications"])
def verify(
    request: HttpRequest, code: Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,40}$")]
) -> schemas.Verification:
    """What this authority knows of a check code. No person is named."""
    found = proofs.verify(_actor(request).authority_id, code)
    return schemas.Verification.model_validate(found, from_attributes=True)


@api.exception_handler(cases.InvalidSubmission)
def _invalid(request: HttpRequest, error: cases.InvalidSubmission) -> HttpResponse:
    errors = [{"field": item.field, "part": item.part, "message": item.message_de} for item in error.errors]
    return problem(request, 400, str(error), errors=errors)


@api.exception_handler(cases.TextWrong)
def _wrong_text(request: HttpRequest, error: cases.TextWrong) -> HttpResponse:
    errors = [
        {"field": str(number), "part": None, "message": str(said)} for number, said in error.errors.items()
    ]
    return problem(request, 400, str(error), errors=errors)


@api.exception_handler(ValidationError)
def _not_processable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {
            "field": ".".join(str(part) for part in item["loc"]),
            "part": None,
            "message": _WRONG.get(
                item["type"], "Dieser Wert passt nicht zur Beschreibung der Schnittstelle."
            ),
        }
        for item in error.errors
    ]
    return problem(request, 422, "Der Aufruf passt nicht zur Beschreibung der Schnittstelle.", errors=errors)


_WRONG = {
    "missing": "Diese Angabe fehlt.",
    "string_pattern_mismatch": "Dieser Text hat nicht die Form, die hier verlangt ist.",
    "string_too_long": "Dieser Text ist zu lang.",
    "string_type": "Hier gehört ein Text hin.",
    "dict_type": "Hier gehört ein Objekt hin.",
    "int_parsing": "Hier gehört eine ganze Zahl hin.",
    "too_short": "Hier fehlt etwas.",
    "too_long": "Das sind zu viele.",
    "greater_than_equal": "Diese Zahl ist zu klein.",
    "less_than_equal": "Diese Zahl ist zu groß.",
    "uuid_parsing": "Das ist keine gültige Kennung.",
}


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problem(
        request, error.status_code, _REFUSALS.get(error.status_code, "Der Aufruf wurde abgelehnt.")
    )


_REFUSALS = {
    400: "Der Inhalt des Aufrufs ist kein eindeutiges JSON in UTF-8.",
    403: "Dem Aufruf fehlt das CSRF-Token: holen unter /api/v1/session, senden als X-CSRFToken.",
}


@api.exception_handler(KeyRefused)
def _no_key(request: HttpRequest, error: KeyRefused) -> HttpResponse:
    refused = problem(request, 401, str(error))
    refused["WWW-Authenticate"] = 'Bearer realm="Amtlich", error="invalid_token"'
    return refused


@api.exception_handler(ScopeMissing)
def _no_scope(request: HttpRequest, error: ScopeMissing) -> HttpResponse:
    return problem(request, 403, str(error))


@api.exception_handler(TooMany)
def _too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    refused = problem(request, 429, str(error))
    refused["Retry-After"] = str(math.ceil(error.retry_after))
    return refused


def _answer_with(status: int) -> None:
    def handler(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
        return problem(request, status, str(error))

    api.add_exception_handler(_KINDS[status], handler)


_KINDS: dict[int, type[Exception]] = {
    400: BadInput,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    503: Unavailable,
}
for _status in _KINDS:
    _answer_with(_status)
