# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The name under which the office finds a case. All functions assume an open ``tenant()``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amtlich.contexts.cases import facts
from amtlich.contexts.cases.models import Case, ListEntry
from amtlich.contexts.catalog.api import Package, package
from amtlich.engines.forms import values
from amtlich.engines.search.folding import fold, words
from amtlich.platform.events import log

_NAME, _KEY = 200, 240
_NAMELESS = "Name gelöscht"


def enter(case: Case, of: Package, statements: Mapping[str, Any]) -> None:
    """Enter a new case under the name that its form states."""
    _entry(case, *_name(of, statements)).save(force_insert=True)


def ensured(cases: list[Case]) -> dict[Any, str]:
    """The names of these cases by id; a case of before there were entries gets its entry now."""
    found = {
        entry.case_id: entry.name for entry in ListEntry.objects.filter(case_id__in=[one.pk for one in cases])
    }
    for case in cases:
        if case.pk not in found:
            found[case.pk] = _late(case)
    return found


def sort_key(family: str, given: str) -> str:
    """Orders names as Germans do (DIN 5007-1): ä as a, ß as ss; the family name first, then the others."""
    return f"{fold(family)}\x1f{fold(given)}"[:_KEY]


def search_words(text: str) -> tuple[str, ...]:
    """The words to look for, folded as those of the names are."""
    return tuple(word.folded for word in words(text))


def _late(case: Case) -> str:
    try:
        submitted = facts.payload_of(log.read(case.pk)[0])
    except facts.FactsErased:
        return _NAMELESS
    entry = _entry(case, *_name(package(case.service, case.package_version), submitted["data"]))
    ListEntry.objects.bulk_create([entry], ignore_conflicts=True)
    return entry.name


def _name(of: Package, statements: Mapping[str, Any]) -> tuple[str, str]:
    """What the form states where a log-in would have filled in the name."""

    def stated(source: str) -> str:
        for field in of.form.fields:
            if field.prefill == source:
                return str(values.get(statements, field.path) or "").strip()
        return ""

    return stated("identity.family"), stated("identity.given")


def _entry(case: Case, family: str, given: str) -> ListEntry:
    name = ", ".join(part for part in (family, given) if part) or "ohne Namen"
    return ListEntry(
        case_id=case.pk,
        authority_id=case.authority_id,
        name=name[:_NAME],
        name_key=sort_key(family, given),
        words="".join(f" {word}" for word in search_words(f"{family} {given}"))[:_KEY],
    )
