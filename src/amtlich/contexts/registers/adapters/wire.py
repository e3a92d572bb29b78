# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The JSON of the HTTP register protocol (docs/schnittstellen/register-http.md), read strictly.

An answer is accepted whole or not at all. What is wrong is said by its place, never by its value:
messages of this module reach logs and must hold no personal data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from amtlich.contexts.registers.errors import FaultyAnswer
from amtlich.contexts.registers.ports import LookUp
from amtlich.contexts.registers.records import (
    FIELDS,
    LIST_FIELDS,
    RegisteredAddress,
    ResidentRecord,
)
from amtlich.kernel.partial_date import PartialDate
from amtlich.kernel.text import TextRefused, clean_text

QUERY_SCHEMA = "amtlich/register-query/1"
ANSWER_SCHEMA = "amtlich/register-answer/1"

MAX_TEXT = 200
MAX_LIST = 50
MAX_COUNT = 1_000_000

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NotJson(FaultyAnswer):
    """Not a whole JSON document: cut off on the way, or a page of something in between. Worth a retry."""


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """A well-formed answer; nothing in it has been compared with the query yet."""

    outcome: str
    count: int
    record: ResidentRecord | None


def question_json(question: LookUp) -> bytes:
    """The body of a request."""
    query = question.query
    address = query.address
    if address.no_fixed_abode:
        place: dict[str, object] = {"ohne_festen_wohnsitz": True}
    else:
        place = {
            "strasse": address.street,
            "hausnummer": address.house_number,
            "plz": address.postcode,
            "ort": address.town,
        }
    body = {
        "schema": QUERY_SCHEMA,
        "query_id": question.query_id,
        "query": {
            "familienname": query.family,
            "vornamen": list(query.given),
            "geburtsdatum": query.birth.iso(),
            "anschrift": place,
        },
        "fields": list(question.fields),
        "purpose": question.purpose,
        "legal_basis": question.legal_basis,
    }
    return json.dumps(body, ensure_ascii=False).encode()


def read_answer(body: bytes, query_id: str) -> WireAnswer:
    """Parse and check an answer's form. Raises ``NotJson`` or ``FaultyAnswer``."""
    data = _object(_load(body), "answer", {"schema", "query_id", "outcome", "count", "record"})
    if data.get("schema") != ANSWER_SCHEMA:
        raise FaultyAnswer(f"schema is not {ANSWER_SCHEMA}")
    if data.get("query_id") != query_id:
        raise FaultyAnswer("query_id is not the one that was sent: this answers another question")
    outcome = data.get("outcome")
    allowed = {"none": (), "blocked": (), "several": ("count",), "one": ("record",)}
    if not isinstance(outcome, str) or outcome not in allowed:
        raise FaultyAnswer("outcome is none of one, none, several, blocked")
    if surplus := {"count", "record"} & set(data) - set(allowed[outcome]):
        raise FaultyAnswer(f"outcome {outcome} must not carry {' or '.join(sorted(surplus))}")
    if outcome == "one":
        return WireAnswer(outcome, 1, read_record(data.get("record")))
    if outcome == "several":
        count = data.get("count")
        if type(count) is not int or not 2 <= count <= MAX_COUNT:
            raise FaultyAnswer("count is no number from 2 on")
        return WireAnswer(outcome, count, None)
    return WireAnswer(outcome, 0, None)


def read_record(value: object) -> ResidentRecord:
    """A record in the form of ``ResidentRecord.to_json``. The four statements must all be there."""
    data = _object(value, "record", set(FIELDS))
    given = _texts(data.get("vornamen", []), "record.vornamen")
    usual = _texts(data.get("rufname", []), "record.rufname")
    if not set(usual) <= set(given):
        raise FaultyAnswer("record.rufname is not among record.vornamen")
    extras: dict[str, str | tuple[str, ...]] = {}
    for key in ("geburtsort", "familienstand", "einzugsdatum"):
        if key in data:
            extras[key] = _text(data[key], f"record.{key}")
    if "einzugsdatum" in extras and not _ISO_DAY.fullmatch(str(extras["einzugsdatum"])):
        raise FaultyAnswer("record.einzugsdatum is no date like 2019-04-01")
    for key in sorted(LIST_FIELDS):
        if texts := _texts(data.get(key, []), f"record.{key}"):
            extras[key] = texts
    return ResidentRecord(
        family=_text(data.get("familienname"), "record.familienname"),
        given=given,
        usual_name=usual,
        doctorate=_text(data["doktorgrad"], "record.doktorgrad") if "doktorgrad" in data else None,
        birth=_birth(data.get("geburtsdatum")),
        addresses=_addresses(data.get("anschriften")),
        extras=extras,
    )


def _birth(value: object) -> PartialDate:
    text = _text(value, "record.geburtsdatum")
    try:
        return PartialDate.parse_iso(text)
    except ValueError:
        raise FaultyAnswer("record.geburtsdatum is no date like 1950-05-17, 1950-05 or 1950") from None


def _addresses(value: object) -> tuple[RegisteredAddress, ...]:
    items = _list(value, "record.anschriften")
    addresses = tuple(_address(item, f"record.anschriften[{i}]") for i, item in enumerate(items))
    kinds = [address.kind for address in addresses]
    if sum(kind != "secondary" for kind in kinds) != 1:
        raise FaultyAnswer("record.anschriften has not exactly one sole or main dwelling")
    if "sole" in kinds and len(kinds) > 1:
        raise FaultyAnswer("record.anschriften has more than a sole dwelling")
    return addresses


def _address(value: object, where: str) -> RegisteredAddress:
    data = _object(value, where, {"art", "strasse", "hausnummer", "plz", "ort"})
    texts = {key: _text(text, f"{where}.{key}") for key, text in data.items()}
    try:
        address = RegisteredAddress.from_json(texts)
    except KeyError:
        raise FaultyAnswer(f"{where}.art is none of the four kinds") from None
    if address.kind == "no_fixed":
        if address.street or address.house_number:
            raise FaultyAnswer(f"{where} has a street though there is no fixed abode")
    elif not (address.street and address.town):
        raise FaultyAnswer(f"{where} lacks street or town")
    return address


def _load(body: bytes) -> object:
    def refuse_twins(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
        # Two parsers may take different ones of two equal keys, so a record could be two persons.
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise FaultyAnswer("a key stands twice in one object")
            found[key] = value
        return found

    def refuse_constant(_text: str) -> NoReturn:
        raise FaultyAnswer("NaN and Infinity are no JSON")

    try:
        return json.loads(
            body.decode("utf-8", "strict"), object_pairs_hook=refuse_twins, parse_constant=refuse_constant
        )
    except FaultyAnswer:
        raise
    except (ValueError, RecursionError):
        raise NotJson("the body is no whole JSON document in UTF-8") from None


def _object(value: object, where: str, keys: set[str]) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise FaultyAnswer(f"{where} is no object")
    if unknown := set(value) - keys:
        raise FaultyAnswer(f"{where} has {len(unknown)} unknown key(s)")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list) or len(value) > MAX_LIST:
        raise FaultyAnswer(f"{where} is no list of at most {MAX_LIST}")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    """A list of texts; null and empty texts count as absent (FC-03)."""
    if value is None:
        return ()
    items = _list(value, where)
    texts = (_text(item, f"{where}[{i}]", empty=True) for i, item in enumerate(items))
    return tuple(text for text in texts if text)


def _text(value: object, where: str, *, empty: bool = False) -> str:
    if not isinstance(value, str):
        raise FaultyAnswer(f"{where} is no text")
    try:
        text = clean_text(value, MAX_TEXT)
    except TextRefused:
        raise FaultyAnswer(f"{where} holds a character that is not allowed or is too long") from None
    if not text and not empty:
        raise FaultyAnswer(f"{where} is empty")
    return text
