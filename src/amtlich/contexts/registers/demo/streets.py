# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The streets of the demonstration towns."""

from __future__ import annotations

from dataclasses import dataclass

_MUSTERSTADT = """
    Lindenweg; Bahnhofstraße; Hauptstraße; Schulstraße; Gartenstraße; Dorfstraße; Bergstraße; Birkenweg;
    Kirchstraße; Waldstraße; Ringstraße; Wiesenweg; Amselweg; Buchenweg; Eichenweg; Jahnstraße;
    Blumenstraße; Goethestraße; Schillerstraße; Beethovenstraße; Mozartstraße; Lessingstraße; Uhlandstraße;
    Mörikestraße; Heinrich-Heine-Straße; Berliner Straße; Hamburger Straße; Leipziger Straße; Dresdner
    Straße; Münchner Straße; Kölner Straße; Rosenweg; Tulpenweg; Nelkenweg; Fliederweg; Ahornweg; Ulmenweg;
    Erlenweg; Kastanienallee; Lindenallee; Am Markt; Marktplatz; Rathausplatz; Kirchplatz; Am Alten
    Güterbahnhof; Am Bach; Am Sportplatz; Am Stadtpark; An der Mühle; Mühlenweg; Mühlstraße; Brückenstraße;
    Brunnengasse; Färbergasse; Gerbergasse; Schmiedegasse; Töpfergasse; Webergasse; Badergasse; Obere Gasse;
    Untere Gasse; Hintere Gasse; Neue Straße; Alte Landstraße; Feldstraße; Ackerweg; Hopfenweg;
    Weinbergstraße; Sonnenhang; Südhang; Nordring; Ostring; Südring; Westring; Bismarckstraße; Kaiserstraße;
    Königstraße; Wilhelmstraße; Friedrichstraße; Luisenstraße; Sophienstraße; Charlottenstraße;
    Elisabethstraße; Marienstraße; Annastraße; Johannisstraße; Georgstraße; Martinstraße; Nikolausstraße;
    Paulusweg; Petersgasse; Drosselweg; Finkenweg; Meisenweg; Lerchenweg; Schwalbenweg; Starenweg;
    Falkenweg; Fasanenweg; Rehwinkel; Hasenpfad; Fuchsbau; Dachsweg; Igelweg; Bachstelzenweg; Röntgenstraße;
    Robert-Koch-Straße; Einsteinstraße; Marie-Curie-Straße; Siemensstraße; Daimlerstraße; Dieselstraße;
    Ottostraße; Industriestraße; Gewerbering; Hafenstraße; Uferstraße; Seestraße; Deichweg; Schleusenweg;
    Werftstraße; Straße des Friedens; Platz der Republik; Europaallee; Clara-Zetkin-Straße;
    Anne-Frank-Straße; Geschwister-Scholl-Straße; Willy-Brandt-Straße; Bertha-von-Suttner-Weg;
    Edith-Stein-Straße; Käthe-Kollwitz-Straße
"""
_KLEINSTADT = """
    Dorfplatz; Hauptstraße; Kirchgasse; Lindenstraße; Mühlbachweg; Schulgasse; Am Anger; Am Weiher;
    Burgstraße; Gartenweg; Hohlweg; Im Grund; Kapellenweg; Obere Straße; Untere Straße; Schäfergasse;
    Steinbruchweg; Wiesengrund; Zum Bahnhof; Birkenallee; Eichenring; Forsthausweg; Kurze Straße; Rosengasse
"""


def _entries(text: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in text.split(";"))


@dataclass(frozen=True, slots=True)
class Town:
    """A demonstration town. ``highest_number`` bounds its house numbers."""

    slug: str
    name: str
    postcode: str
    streets: tuple[str, ...]
    highest_number: int


MUSTERSTADT = Town("musterstadt", "Musterstadt", "12345", _entries(_MUSTERSTADT), 120)
KLEINSTADT = Town("kleinstadt", "Kleinstadt", "54321", _entries(_KLEINSTADT), 40)
TOWNS = {town.slug: town for town in (MUSTERSTADT, KLEINSTADT)}

#: Where people of the towns have a second dwelling: street, postcode, town.
ELSEWHERE = (
    ("Seestraße", "18055", "Rostock"),
    ("Strandpromenade", "25980", "Sylt"),
    ("Hellabrunner Straße", "81543", "München"),
    ("Schönhauser Allee", "10439", "Berlin"),
    ("Venloer Straße", "50823", "Köln"),
    ("Am Alten Güterbahnhof", "79098", "Freiburg im Breisgau"),
    ("Karl-Liebknecht-Straße", "04275", "Leipzig"),
    ("Lange Reihe", "20099", "Hamburg"),
)
