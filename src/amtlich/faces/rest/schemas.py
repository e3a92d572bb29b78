# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What goes in and out over the API. Field names are English, values of forms are the package's."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema


class Session(Schema):
    """Who the session is, and the token that every POST carries in the header X-CSRFToken."""

    csrf_token: str
    logged_in: bool
    level: str = Field(description="none, low, substantial or high")


class Service(Schema):
    """A published service (Verwaltungsleistung)."""

    slug: str
    version: str
    name: dict[str, str] = Field(description="By language form: de, leicht, en")
    summary: dict[str, str]
    min_level: str = Field(description="Trust level that automation needs; with less a person decides")


class ServiceForm(Service):
    """A service with the JSON Schema (2020-12) of its form."""

    form_schema: dict[str, Any]


class SubmissionIn(Schema):
    """An application."""

    version: str | None = Field(
        None,
        max_length=40,
        pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]*$",
        description="Package version; else the current one",
    )
    data: dict[str, Any] = Field(description="The form's data, see the service's form_schema")


class Receipt(Schema):
    """The confirmation of receipt. It is durable when you read it."""

    case: str = Field(description="Address token of the case")
    reference: str
    received_at: datetime
    repeated: bool = Field(description="True if this submission had arrived before")


class CaseSummary(Schema):
    """A case in the list."""

    case: str
    reference: str
    service: str
    step: str = Field(description="draft, arrived, working, answer, decided or withdrawn")
    sentence: str
    received_at: datetime


class Revoked(Schema):
    """That a document no longer holds."""

    at: datetime
    reason: str = Field(description="error, replaced, outdated, seal or other")


class Document(Schema):
    """A document that can be fetched."""

    id: UUID
    notice: str
    title: str
    language: str
    filename: str
    media_type: str
    size: int = Field(description="Bytes")
    pages: int | None
    sha256: str
    sealed: bool
    check_code: str
    revoked: Revoked | None = Field(None, description="Null while the document holds")


class Request(Schema):
    """What the office asks (Nachforderung): one request lists all that is missing."""

    number: int = Field(description="Names the request in an answer")
    status: str = Field(description="open, answered, lapsed or dropped")
    questions: list[str]
    asked_at: datetime
    until: date = Field(description="The last day for an answer, in Germany")


class Message(Schema):
    """Something that was said in the case."""

    seq: int
    at: datetime
    kind: str = Field(description="message, question or answer")
    mine: bool = Field(description="False if the office said it")
    sender: str
    texts: list[str]


class AnswerIn(Schema):
    """Answers to all questions of a request, in their order."""

    request: int = Field(ge=1, le=2_000_000_000, description="The number of the request")
    answers: list[str] = Field(min_length=1, max_length=10)


class MessageIn(Schema):
    """A message to the office."""

    text: str


class WithdrawalIn(Schema):
    """A withdrawal; nobody has to give a reason."""

    reason: str = ""


class Done(Schema):
    """What was sent is in the case. It is durable when you read this."""

    case: str
    repeated: bool = Field(description="True if the same had arrived before")


class Case(CaseSummary):
    """A case in full."""

    file_number: str
    version: str
    phase: str
    waiting_on: str
    waiting_since: datetime | None
    decided_at: datetime | None
    withdrawn_at: datetime | None
    request: Request | None
    messages: list[Message] = Field(description="Newest first")
    documents: list[Document]
    seq: int = Field(description="Number of the last event")


class Event(Schema):
    """An event of the case, without its payload."""

    seq: int
    type: str
    at: datetime
    title: str


class Verification(Schema):
    """What the authority knows of a check code."""

    state: str = Field(description="valid, revoked or unknown")
    code: str
    title: str
    authority_name: str
    issued_at: datetime | None
    pages: int | None
    sha256: str
    revoked: Revoked | None = Field(None, description="Null while the document holds")


class FieldProblem(Schema):
    """What is wrong with one field of the form."""

    field: str
    part: str | None = None
    message: str


class Problem(Schema):
    """Problem details, RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
