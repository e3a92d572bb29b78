# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A Meldebescheinigung's data as a builder of documents would make them, and the hard residents."""

import json
from typing import Any

from amtlich.engines.documents import qr

Data = dict[str, Any]

ISSUED = "2026-11-25T14:03:09"
CODE = "K7M4-2QXD-9TRP"
PAGE = "https://musterstadt.example/pruefen"
LENA: Data = {
    "family": "Brückner",
    "given": [{"text": "Lena", "usual": True}, {"text": "Marie"}],
    "born": "13.02.1988",
    "addresses": [
        {"kind": "main", "lines": ["Lindenweg 12", "12345 Musterstadt"]},
        {"kind": "secondary", "lines": ["Seestraße 12 a", "18055 Rostock"]},
    ],
}


def sole(*lines: str) -> list[Data]:
    return [{"kind": "sole", "lines": list(lines)}]


RESIDENTS: dict[str, Data] = {
    "main and secondary home": LENA,
    "one name only, no given names": {
        "family": "Suharto",
        "born": "03.09.1979",
        "addresses": sole("Bahnhofstraße 1/2", "12345 Musterstadt"),
    },
    "one name only, empty given names": {
        "family": "Madonna",
        "given": [],
        "born": "16.08.1958",
        "addresses": sole("Markt 3-5", "12345 Musterstadt"),
    },
    "unknown day and month of birth": {
        "family": "Yıldız",
        "given": [{"text": "Fatma", "usual": True}],
        "born": "00.00.1950",
        "born_note": "Tag und Monat sind im Melderegister nicht bekannt.",
        "addresses": sole("Lindenweg 9", "12345 Musterstadt"),
    },
    "unknown day of birth": {
        "family": "Kılıç",
        "given": [{"text": "Emre"}],
        "born": "00.05.1950",
        "born_note": "Der Tag ist im Melderegister nicht bekannt.",
        "addresses": sole("Lindenweg 9", "12345 Musterstadt"),
    },
    "no fixed abode": {
        "family": "Peters",
        "given": [{"text": "Karl", "usual": True}, {"text": "Heinz"}],
        "born": "21.06.1968",
        "addresses": [{"kind": "no_fixed", "lines": ["Ohne festen Wohnsitz", "12345 Musterstadt"]}],
    },
    "doctorate, usual name not first, letters of DIN 91379": {
        "family": "Šćepanović-J̌ānis",
        "doctorate": "Dr.",
        "born": "01.12.1990",
        "given": [
            {"text": "Nguyễn"},
            {"text": "K͟haled", "usual": True},
            {"text": "L̥̄ubomír"},
            {"text": "Þórður"},
        ],
        "addresses": [
            {"kind": "main", "lines": ["Ġenerál-Łukasiński-Straße 12 a", "12345 Musterstadt"]},
            {"kind": "secondary", "lines": ["Ulica Świętokrzyska 4, R̥̄ž̦ev", "02826 Görlitz"]},
        ],
    },
    "name of 80 letters, particle, five addresses": {
        "family": "von Wolfeschlegelsteinhausenbergerdorff-Hohenlohe-Waldenburg-Schillingsfürst-Au",
        "given": [
            {"text": name, "usual": name == "Friederike-Charlotte"}
            for name in [
                "Maximiliane",
                "Theodora",
                "Friederike-Charlotte",
                "Anna-Katharina",
                "Wilhelmine",
                "Auguste",
                "Luise",
            ]
        ],
        "doctorate": "Dr.",
        "born": "29.02.1988",
        "addresses": [
            {
                "kind": "main",
                "lines": [
                    "Donaudampfschifffahrtsgesellschaftskapitänsstraße 128 a, Hinterhaus, "
                    "3. Obergeschoss links",
                    "12345 Musterstadt",
                ],
            },
            {"kind": "secondary", "lines": ["Am Alten Güterbahnhof 5/1", "79098 Freiburg im Breisgau"]},
            {"kind": "secondary", "lines": ["Straße des 17. Juni 135", "10623 Berlin"]},
            {"kind": "secondary", "lines": ["Hellabrunner Straße 3-5", "81543 München"]},
            {"kind": "secondary", "lines": ["Strandpromenade 18 bis", "25980 Sylt"]},
        ],
    },
    "80 letters in one word": {
        "family": "W" + "m" * 79,
        "given": [{"text": "Ö" + "w" * 79}],
        "born": "01.01.2000",
        "addresses": sole("Mühle 5 1/2", "12345 Musterstadt"),
    },
    "extended data": {
        **LENA,
        "extras": [
            {"label": "Frühere Namen", "lines": ["Müller-Schmidt", "de la Fuente"]},
            {"label": "Geburtsort", "lines": ["Kiel"]},
            {"label": "Familienstand", "lines": ["verheiratet"]},
            {"label": "Staatsangehörigkeit", "lines": ["deutsch", "polnisch"]},
            {"label": "Einzugsdatum", "lines": ["01.04.2019"]},
        ],
    },
    "decomposed letters": {
        "family": "Mu\u0308ller",
        "given": [{"text": "Zoe\u0308"}],
        "born": "14.03.1994",
        "addresses": sole("Mu\u0308hle 4", "12345 Musterstadt"),
    },
    "letters that look like code": {
        "family": "#panic() $x$ *a* _b_ @c <d> \\e",
        "given": [{"text": "O’Neill-d'Arc"}],
        "born": "14.03.1994",
        "addresses": sole("Straße // nach /* Köln */ 7", "12345 Musterstadt"),
    },
}


def certificate(
    record: Data | None = None, *, code: str = CODE, purpose: str = "Vorlage bei der Bank"
) -> Data:
    """The data dict of bescheinigung.typ; the companion sheets take the same one."""
    record = LENA if record is None else record
    content = json.dumps({"schema": "amtlich/meldebescheinigung/1", "person": record}, ensure_ascii=False)
    return {
        "meta": {
            "title": "Meldebescheinigung",
            "description": "Bescheinigung aus dem Melderegister nach § 18 Absatz 1 Bundesmeldegesetz",
            "issued": ISSUED,
            "issued_utc": "2026-11-25T13:03:09Z",
            "reference": "MB-2026-04127",
        },
        "sender": {
            "town": "Stadt Musterstadt",
            "office": "Bürgeramt, Meldebehörde",
            "street": "Rathausplatz 1",
            "city": "12345 Musterstadt",
            "phone": "0123 4567-0",
        },
        "statement": "Die Stadt Musterstadt bescheinigt aus ihrem Melderegister:",
        "record": record,
        "purpose": purpose,
        "legal_basis": "§ 18 Absatz 1 Bundesmeldegesetz",
        "retrieved": ISSUED,
        "check": qr.check_block(PAGE, code),
        "notes": [
            "Diese Bescheinigung wurde elektronisch erstellt und ist ohne Unterschrift gültig. Sie trägt ein "
            "fortgeschrittenes elektronisches Siegel der Stadt Musterstadt. In der Datei sehen Sie das "
            "Siegel, "
            "auf Papier prüfen Sie mit dem Code.",
            "Für Programme liegt derselbe Inhalt als meldebescheinigung.json bei.",
        ],
        "attachment": {
            "name": "meldebescheinigung.json",
            "description": "Maschinenlesbarer Datensatz dieser Meldebescheinigung (§ 18a BMG)",
            "content": content,
        },
    }


def texts(data: Data) -> list[str]:
    """Every value that the text layer must give back."""
    record = data["record"]
    rows = [*record["addresses"], *record.get("extras", [])]
    return [
        data["check"]["code"],
        data["check"]["url"],
        data["meta"]["reference"],
        data["sender"]["town"],
        data["purpose"],
        data["legal_basis"],
        record["family"],
        record["born"],
        *(part["text"] for part in record.get("given", [])),
        *([record["doctorate"]] if "doctorate" in record else []),
        *(line for row in rows for line in row["lines"]),
    ]
