# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""What a question over 500 services costs, as a ratio to a plain scan of the same texts for the same words.

The scan is the least that any search without an index must do: fold the question, look for each of its words
in every folded text. It finds no compounds, no typos, no other forms.

Run: python bench/search.py
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable

from amtlich.engines.search import Document, Index
from amtlich.engines.search.folding import fold

THINGS = """
Hund Wohnsitz Gewerbe Geburt Ehe Garten Baum Auto Fahrrad Müll Abwasser Wasser Strom Haus Wohnung Schule
Kindergarten Bücherei Grab Reise Pass Ausweis Führerschein Parkplatz Straße Fest Feuerwerk Fisch Jagd Waffe
"""
WORDS = """
Anmeldung Abmeldung Ummeldung Bescheinigung Urkunde Genehmigung Erlaubnis Steuer Gebühr Befreiung Ermäßigung
Verlängerung Zuschuss Beratung Auskunft Kontrolle Änderung Verlust Fund Ersatz
"""
QUESTIONS = {
    "two known words": "Hund anmelden",
    "a compound nobody wrote": "Wohnungsbescheinigung",
    "other forms, filler words": "ich möchte meine Bäume angemeldet haben",
    "two typing mistakes": "Gewebe Gehnemigung",
    "nothing to be found": "Quarkbällchen xylophonisch",
    "a whole story": "Guten Tag, ich habe meinen Führerschein auf der Reise verloren, wo bekomme ich Ersatz "
    "und was kostet die Gebühr, und gilt die Auskunft auch für den Pass meiner Frau?",
}


def services(count: int = 500) -> list[Document]:
    """Services with a name, three everyday words and a summary, as a town has them."""
    pairs = itertools.islice(itertools.product(THINGS.split(), WORDS.split()), count)
    return [
        Document(
            id=f"{thing}-{word}",
            name=f"{word} für {thing}",
            other_names=(f"{thing} service: {word}",),
            words=(f"{thing}{word.casefold()}", f"{thing} {word} beantragen", f"{thing}sache{number % 40}"),
            summary=(f"So bekommen Sie im Bürgeramt die {word}, wenn Sie wegen {thing} zu uns kommen.",),
        )
        for number, (thing, word) in enumerate(pairs)
    ]


def cpu_microseconds(work: Callable[[], object], seconds: float = 0.5) -> float:
    """CPU time of one call, over as many calls as fit into the given CPU time."""
    work()
    count, start = 0, time.process_time()
    while time.process_time() - start < seconds:
        work()
        count += 1
    return (time.process_time() - start) / count * 1e6


def main() -> None:
    documents = services()
    texts = [[fold(text) for _, text in document.texts()] for document in documents]

    def scan(question: str) -> list[int]:
        words = fold(question).split()
        return [
            number
            for number, held in enumerate(texts)
            if any(word in text for word in words for text in held)
        ]

    start = time.process_time()
    index = Index(documents)
    print(f"index of {len(index)} services built in {(time.process_time() - start) * 1e3:.0f} ms CPU, once")
    for name, question in QUESTIONS.items():
        base = cpu_microseconds(lambda question=question: scan(question))
        cost = cpu_microseconds(lambda question=question: index.search(question))
        print(f"{name:26} {cost:8.0f} us CPU, plain scan {base:6.0f} us: {cost / base:6.2f} x")


if __name__ == "__main__":
    main()
