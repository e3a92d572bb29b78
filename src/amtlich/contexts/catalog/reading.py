# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""From parsed files to a ``Package``. The structure is sound by then; nothing is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from amtlich.contexts.catalog.layouts import PAGE_SECTIONS
from amtlich.contexts.catalog.package import (
    Automation,
    EvidenceSpec,
    InputSource,
    LegalBasis,
    NoticeSpec,
    OnRequest,
    Package,
    Parameter,
    ParameterValue,
    Purpose,
    Retention,
    Scenario,
    Term,
)
from amtlich.contexts.catalog.source import Source
from amtlich.engines.forms import LANGUAGES, Text
from amtlich.kernel.periods import Period
from amtlich.kernel.trust import TrustLevel


def build_package(source: Source, notice_root: Path) -> Package:
    """The package of these files; its notices are rendered from ``notice_root``."""
    service: Mapping[str, Any] = source.content("service.yaml")
    reasons: Mapping[str, Any] = source.content("reasons.yaml")
    purposes = {item["id"]: _purpose(item) for item in service["purposes"]}
    target = service.get("target")
    return Package(
        slug=service["id"],
        version=service["version"],
        digest=source.bundle.digest,
        names=service["name"],
        summary=service["summary"],
        category=service["category"],
        owner=service["owner"],
        office=service["authority"]["office"],
        unit=service["authority"]["unit"],
        reference_prefix=service["reference_prefix"],
        legal_basis=tuple(
            LegalBasis(item["ref"], item["in_force"], _text(item["role"])) for item in service["legal_basis"]
        ),
        automation=Automation(**service["automation"]),
        lifecycle=service["lifecycle"],
        min_level=TrustLevel.from_word(service["authentication"]["min_level"]),
        purposes=purposes,
        retention=Retention(**{key: Period.from_iso(text) for key, text in service["retention"].items()}),
        target=Period.from_iso(target["decide_within"]).seconds if target else None,
        evidence=tuple(_evidence(item, purposes) for item in service["evidence"]),
        form=source.form,
        model=source.model,
        decision=service["decision"]["name"],
        outcomes=service["decision"]["outcomes"],
        inputs={name: input_source(text) for name, text in service["decision"]["inputs"].items()},
        series={
            name: _parameter(name, item) for name, item in (source.content("parameters.yaml") or {}).items()
        },
        texts=_texts(source.content("texts.yaml")),
        ready=source.content("texts.yaml").get("ready") or _ready(service["name"]),
        terms={
            name: Term(item["name"], item.get("values", {}))
            for name, item in source.content("texts.yaml").get("terms", {}).items()
        },
        reasons={key: {language: item[language] for language in LANGUAGES} for key, item in reasons.items()},
        office_reasons={key: item["office"] for key, item in reasons.items()},
        notices=tuple(NoticeSpec(**item) for item in service["notices"]),
        scenarios=tuple(_scenario(item) for item in source.content("scenarios.yaml")),
        notice_root=notice_root,
        words=tuple(service.get("words", ())),
        leika=service.get("keys", {}).get("leika"),
    )


def input_source(text: str) -> InputSource:
    """Read "form.umfang", "evidence.meldedatensatz.matches". An unknown kind is refused by the gate."""
    kind, _, ref = text.partition(".")
    return InputSource(cast(Any, kind), ref)


def _purpose(item: Mapping[str, Any]) -> Purpose:
    return Purpose(item["id"], item["text"], item["basis"], tuple(map(_text, item["recipients"])))


def _evidence(item: Mapping[str, Any], purposes: Mapping[str, Purpose]) -> EvidenceSpec:
    more = item.get("on_request")
    purpose = purposes.get(item["purpose"])
    return EvidenceSpec(
        id=item["id"],
        register=item["register"],
        query=item["query"],
        fields=tuple(item["fields"]),
        purpose=purpose.text["de"] if purpose else "",
        purpose_id=item["purpose"],
        legal_basis=item["legal_basis"],
        fallback=item["fallback"],
        field_purposes={**item["fields"], **(more["fields"] if more else {})},
        on_request=OnRequest(more["chosen_in"], more["legal_basis"], tuple(more["fields"])) if more else None,
    )


def _parameter(name: str, item: Mapping[str, Any]) -> Parameter:
    values = tuple(
        ParameterValue(_exact(entry["value"]), entry["from"], entry["source"]) for entry in item["values"]
    )
    return Parameter(name, item["basis"], _text(item["unit"]) if "unit" in item else None, values)


def _exact(value: Any) -> Decimal | str | bool:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else cast(Any, value)


def _text(value: Text | str) -> Text:
    """Packages of the first time said some things in German only; German is what they say in every form."""
    return dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value


def _ready(name: Text) -> Text:
    return {
        "de": f"Ihr Dokument ist da: {name['de']}.",
        "leicht": f"Ihr Papier ist da: {name['leicht']}.",
        "en": f"Your document is ready: {name['en']}.",
    }


def _texts(content: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        section: {language: tuple(lines) for language, lines in content[section].items()}
        for section in PAGE_SECTIONS
    }


def _scenario(item: Mapping[str, Any]) -> Scenario:
    return Scenario(item["name"], item["on"], item["in"], item["out"])
