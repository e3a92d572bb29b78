# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""An authority's directory of services, also of those that nobody can apply for online yet: values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from amtlich.contexts.catalog.package import Package
from amtlich.engines.forms import LANGUAGES, Text
from amtlich.kernel.text import sort_key


@dataclass(frozen=True, slots=True)
class Office:
    """Where a service is done in person and by phone."""

    id: str
    name: Text
    street: str
    city: str
    phone: str
    hours: Text


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """A service of an authority. ``online``: a published package offers it, its page is the package's.

    ``papers`` are what to bring, by language form. ``without_form`` says that there is no online form; it and
    ``office`` are None where a package tells more than a directory can.
    """

    slug: str
    name: Text
    summary: Text
    category: Text
    words: tuple[str, ...]
    leika: str | None
    office: Office | None
    papers: Mapping[str, tuple[str, ...]]
    related: tuple[str, ...]
    without_form: Text | None
    online: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """All that one directory says, by life situation as its authors ordered them."""

    id: str
    name: Text
    categories: tuple[Text, ...]
    entries: tuple[DirectoryEntry, ...]
    replaced: Mapping[str, str]


def from_content(content: Mapping[str, Any]) -> Directory:
    """The directory of a checked content: that of verzeichnis.yaml with ``situations`` added."""
    offices = {item["id"]: Office(**item) for item in content["offices"]}
    situations = content["situations"]
    return Directory(
        id=content["id"],
        name=content["name"],
        categories=tuple(situation["name"] for situation in situations),
        entries=tuple(
            DirectoryEntry(
                slug=item["id"],
                name=item["name"],
                summary=item["summary"],
                category=situation["name"],
                words=tuple(item["words"]),
                leika=item.get("leika"),
                office=offices[item["office"]],
                papers={language: tuple(item["papers"][language]) for language in LANGUAGES},
                related=tuple(item["related"]),
                without_form=content["without_form"],
                online=False,
            )
            for situation in situations
            for item in situation["services"]
        ),
        replaced=content.get("replaced", {}),
    )


def of_package(package: Package, listed: DirectoryEntry | None) -> DirectoryEntry:
    """A service that can be applied for online. What the directory says of it besides stays findable."""
    words = dict.fromkeys((*package.words, *(listed.words if listed else ())))
    return DirectoryEntry(
        slug=package.slug,
        name=package.names,
        summary=package.summary,
        category=package.category,
        words=tuple(words),
        leika=package.leika or (listed.leika if listed else None),
        office=listed.office if listed else None,
        papers=listed.papers if listed else {},
        related=listed.related if listed else (),
        without_form=None,
        online=True,
    )


def in_german_order(entries: list[DirectoryEntry]) -> tuple[DirectoryEntry, ...]:
    """By name, as Germans sort (FC-14)."""
    return tuple(sorted(entries, key=lambda entry: (sort_key(entry.name["de"]), entry.slug)))
