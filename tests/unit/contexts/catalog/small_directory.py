# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A directory of services that is as small as one may be, and what may be wrong with it."""

from __future__ import annotations

from pathlib import Path


def say(text: str) -> str:
    return f'{{de: "{text}", leicht: "{text}", en: "{text}"}}'


ROOT = f"""\
id: dorf
name: {say("Leistungen des Dorfs")}
without_form: {say("Kommen Sie vorbei.")}
situations: [tiere]
offices:
  - id: rathaus
    name: {say("Rathaus")}
    street: Dorfstraße 1
    city: 12345 Dorf
    phone: 01234 56-0
    hours: {say("Montag, 8 bis 12 Uhr")}
"""

ANIMALS = f"""\
id: tiere
name: {say("Tiere")}
services:
  - id: hund-anmelden
    name: {say("Hund anmelden")}
    summary: {say("Für alle, die einen Hund haben.")}
    words: [Hundesteuer]
    leika: "99102013104000"
    office: rathaus
    papers: {{de: [Ausweis], leicht: [Ausweis], en: [identity card]}}
    related: [bienen]
  - id: bienen
    name: {say("Bienen anmelden")}
    summary: {say("Für Imkerinnen und Imker.")}
    words: []
    office: rathaus
    papers: {{de: [Ausweis], leicht: [Ausweis], en: [identity card]}}
    related: []
"""

FILES = {"verzeichnis.yaml": ROOT, "tiere.yaml": ANIMALS}


def write(folder: Path, files: dict[str, str] | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (FILES if files is None else files).items():
        (folder / name).write_text(content, encoding="utf-8")
    return folder


def changed(file: str, old: str, new: str) -> dict[str, str]:
    """The files with one place of one of them changed."""
    assert FILES[file].count(old) >= 1, old
    return {**FILES, file: FILES[file].replace(old, new, 1)}


def added(name: str, content: str) -> dict[str, str]:
    return {**FILES, name: content}


# What is broken, where the finding must point to, and a part of what it must say.
BROKEN: dict[str, tuple[dict[str, str], str, int, str]] = {
    "no root": ({"tiere.yaml": ANIMALS}, "verzeichnis.yaml", 1, "ist kein Verzeichnis von Leistungen"),
    "no services": ({"verzeichnis.yaml": ROOT}, "verzeichnis.yaml", 1, "nennt keine Leistung"),
    "empty root": (added("verzeichnis.yaml", ""), "verzeichnis.yaml", 1, "Zuordnung"),
    "a list as root": (added("verzeichnis.yaml", "- a\n"), "verzeichnis.yaml", 1, "Zuordnung"),
    "no yaml": (added("tiere.yaml", "id: [tiere\n"), "tiere.yaml", 2, "kein gültiges YAML"),
    "an anchor": (changed("tiere.yaml", "id: tiere", "id: &a tiere"), "tiere.yaml", 1, "Anker"),
    "a key twice": (changed("tiere.yaml", "id: tiere", "id: tiere\nid: tiere"), "tiere.yaml", 2, "zweimal"),
    "a missing language form": (
        changed("tiere.yaml", 'leicht: "Hund anmelden", ', ""),
        "tiere.yaml",
        5,
        "Es fehlt „leicht“",
    ),
    "an empty text": (
        changed("tiere.yaml", 'en: "Hund anmelden"', 'en: ""'),
        "tiere.yaml",
        5,
        "fehlt der Inhalt",
    ),
    "papers in one form only": (
        changed("tiere.yaml", ", en: [identity card]", ""),
        "tiere.yaml",
        10,
        "Es fehlt „en“",
    ),
    "no papers": (changed("tiere.yaml", "de: [Ausweis]", "de: []"), "tiere.yaml", 10, "fehlt der Inhalt"),
    "no office": (changed("tiere.yaml", "    office: rathaus\n", ""), "tiere.yaml", 4, "Es fehlt „office“"),
    "an unknown office": (
        changed("tiere.yaml", "office: rathaus", "office: rathhaus"),
        "tiere.yaml",
        9,
        "Das Amt „rathhaus“ gibt es in verzeichnis.yaml nicht. Meinten Sie „rathaus“?",
    ),
    "a dead reference": (
        changed("tiere.yaml", "related: [bienen]", "related: [biene]"),
        "tiere.yaml",
        11,
        "Die Leistung „biene“ gibt es in diesem Verzeichnis nicht. Meinten Sie „bienen“?",
    ),
    "a reference to itself": (
        changed("tiere.yaml", "related: [bienen]", "related: [hund-anmelden]"),
        "tiere.yaml",
        11,
        "verweist auf sich selbst",
    ),
    "a slug twice": (
        changed("tiere.yaml", "- id: bienen", "- id: hund-anmelden"),
        "tiere.yaml",
        12,
        "gibt es schon: tiere.yaml, Zeile 4",
    ),
    "a slug twice in two files": (
        added("zoo.yaml", ANIMALS.replace("id: tiere", "id: zoo").replace("bienen", "wespen")),
        "zoo.yaml",
        4,
        "„hund-anmelden“ (Leistung) gibt es schon: tiere.yaml, Zeile 4",
    ),
    "a life situation twice": (
        added("zoo.yaml", ANIMALS),
        "zoo.yaml",
        1,
        "„tiere“ (Lebenslage) gibt es schon",
    ),
    "a name twice": (
        changed("tiere.yaml", "Bienen anmelden", "Hund anmelden"),
        "tiere.yaml",
        13,
        "„Hund anmelden“ (Name) gibt es schon",
    ),
    "a life situation without a file": (
        changed("verzeichnis.yaml", "[tiere]", "[tiere, tier]"),
        "verzeichnis.yaml",
        4,
        "Zur Lebenslage „tier“ gibt es keine Datei. Meinten Sie „tiere“?",
    ),
    "a life situation listed twice": (
        changed("verzeichnis.yaml", "[tiere]", "[tiere, tiere]"),
        "verzeichnis.yaml",
        4,
        "steht hier zweimal",
    ),
    "a life situation that is not listed": (
        changed("tiere.yaml", "id: tiere", "id: getier"),
        "tiere.yaml",
        1,
        "„getier“ steht nicht in verzeichnis.yaml",
    ),
    "an office twice": (
        added("verzeichnis.yaml", ROOT + ROOT[ROOT.index("  - id: rathaus") :]),
        "verzeichnis.yaml",
        12,
        "„rathaus“ (Amt) gibt es schon",
    ),
    "a key of another length": (
        changed("tiere.yaml", "99102013104000", "99102013"),
        "tiere.yaml",
        8,
        "Der Schlüssel hat 14 Ziffern",
    ),
    "a key without quotes": (
        changed("tiere.yaml", '"99102013104000"', "99102013104000"),
        "tiere.yaml",
        8,
        "Anführungszeichen",
    ),
    "a strange slug": (
        changed("tiere.yaml", "- id: bienen", "- id: Bienen Volk"),
        "tiere.yaml",
        12,
        "a bis z",
    ),
    "a misspelt entry": (changed("tiere.yaml", "words:", "word:"), "tiere.yaml", 7, "Meinten Sie „words“?"),
    "a word twice": (
        changed("tiere.yaml", "[Hundesteuer]", "[Hundesteuer, hundesteuer]"),
        "tiere.yaml",
        7,
        "„hundesteuer“ steht hier zweimal",
    ),
    "words as one text": (changed("tiere.yaml", "[Hundesteuer]", "Hundesteuer"), "tiere.yaml", 7, "Liste"),
    "a phone number in words": (
        changed("verzeichnis.yaml", "01234 56-0", "eins eins fünf"),
        "verzeichnis.yaml",
        10,
        "Telefonnummer",
    ),
    "a form of blanks": (
        changed("tiere.yaml", 'leicht: "Für alle, die einen Hund haben."', 'leicht: "  "'),
        "tiere.yaml",
        6,
        "Dieser Text fehlt in Leichter Sprache",
    ),
    "a long line of Leichte Sprache": (
        changed("tiere.yaml", 'leicht: "Für alle, die einen Hund haben."', f'leicht: "{"so " * 13}"'),
        "tiere.yaml",
        6,
        "Diese Zeile hat 13 Wörter",
    ),
    "hours without English": (
        changed("verzeichnis.yaml", ', en: "Montag, 8 bis 12 Uhr"', ""),
        "verzeichnis.yaml",
        11,
        "Es fehlt „en“",
    ),
    "a replaced service that is still there": (
        added("verzeichnis.yaml", ROOT + "replaced: {bienen: hund-anmelden}\n"),
        "verzeichnis.yaml",
        12,
        "gibt es in diesem Verzeichnis noch",
    ),
    "a service that replaces itself": (
        added("verzeichnis.yaml", ROOT + "replaced: {katze: katze}\n"),
        "verzeichnis.yaml",
        12,
        "ersetzt sich selbst",
    ),
    "a control character": (
        changed("tiere.yaml", '"Für alle, die einen Hund haben."', '"Für\\0alle"'),
        "tiere.yaml",
        6,
        "Steuerzeichen",
    ),
    "a direction mark": (
        changed("tiere.yaml", '"Für alle, die einen Hund haben."', '"Für \\u202E alle"'),
        "tiere.yaml",
        6,
        "Schreibrichtung",
    ),
    "a foreign file": (added("bild.png", "x"), "bild.png", 1, "gehört nicht in ein Verzeichnis"),
    "no life situation's services": (
        added("leer.yaml", f"id: leer\nname: {say('Leer')}\nservices: []\n"),
        "leer.yaml",
        3,
        "fehlt der Inhalt",
    ),
}
