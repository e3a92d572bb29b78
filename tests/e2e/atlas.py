# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every kind of page in every state with the way that leads to it, for tests that hold of all pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import expect
from tests.e2e import walks
from tests.e2e.visitor import Visitor

from amtlich.kernel.sentence import LANGUAGES, Language

#: What a person of the office does: ``office("ask", token, ...)``, see ``conftest.office``.
Office = Callable[..., str]
Lead = Callable[[Visitor, Office], object]


@dataclass(frozen=True)
class Place:
    """A page in one state. ``lead`` brings a visitor there who stands anywhere, reading German.

    ``then`` is what makes the page out of that one without depending on words, where it is the answer to a
    form and so cannot be loaded anew.
    """

    name: str
    lead: Lead
    then: Callable[[Visitor], object] | None = None

    def show(self, visitor: Visitor, office: Office) -> Iterator[Language]:
        """Bring the visitor there in one language form after the other."""
        for form in LANGUAGES:
            if form == LANGUAGES[0] or self.then:
                visitor.speak("de")
                self.lead(visitor, office)
            visitor.speak(form)
            if self.then:
                self.then(visitor)
            visitor.page.wait_for_load_state()
            yield form

    def __str__(self) -> str:
        return self.name


def _at(path: str) -> Lead:
    return lambda visitor, _office: visitor.go(path)


def _as_lena(onward: str) -> Lead:
    return lambda visitor, _office: visitor.log_in("lena", onward)


def _first_step(visitor: Visitor, _office: Office) -> None:
    visitor.log_in("lena")
    walks.begin_anew(visitor)


def _press(visitor: Visitor) -> None:
    visitor.press_first("main form[method=post]")


def _check(visitor: Visitor, _office: Office) -> None:
    visitor.log_in("lena")
    walks.to_check_page(visitor)


def _check_below_the_level(visitor: Visitor, _office: Office) -> None:
    visitor.log_in("jonas")
    walks.to_check_page(visitor)


def _receipt(visitor: Visitor, office: Office) -> None:
    _check(visitor, office)
    walks.submit(visitor)


def _decided(visitor: Visitor, office: Office) -> None:
    _check(visitor, office)
    walks.until_decided(visitor, walks.submit(visitor))


def _with_a_person(visitor: Visitor, office: Office) -> str:
    """To a case that a person decides; returns its address."""
    _check_below_the_level(visitor, office)
    case = walks.submit(visitor)
    visitor.go(case)
    expect(visitor.page.locator("main")).to_contain_text("Eine Person im Amt prüft Ihren Antrag")
    return case


def _asked(visitor: Visitor, office: Office) -> str:
    case = _with_a_person(visitor, office)
    office("ask", case.strip("/").split("/")[-1], "--question", "Wo haben Sie vor 2020 gewohnt?")
    visitor.go(case)
    return case


def _below(part: str, lead: Callable[[Visitor, Office], str]) -> Lead:
    """A page below that of a case."""
    return lambda visitor, office: visitor.go(lead(visitor, office) + part)


def _withdrawn(visitor: Visitor, office: Office) -> None:
    visitor.go(_with_a_person(visitor, office) + "zurueckziehen/")
    visitor.press_first("main form[method=post]")


def _failed_channel(visitor: Visitor, office: Office) -> None:
    _decided(visitor, office)
    case = visitor.path
    office("fail-notification", case.strip("/").split("/")[-1], "--reason", "nicht abgerufen")
    visitor.go(case)


def _check_a_stranger(visitor: Visitor) -> None:
    """A PDF that nobody here has issued, given to the check page."""
    field = visitor.page.locator("input[type=file]")
    field.set_input_files(
        {"name": "fremd.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}
    )
    field.locator("xpath=ancestor::form").locator("button").first.click()


def _check_a_changed_file(visitor: Visitor) -> None:
    """A certificate of ours with something written behind its end."""
    link = visitor.page.locator("main a[download]").first.get_attribute("href")
    content = visitor.context.request.get(f"{visitor.site}{link}").body()
    visitor.go("/pruefen/")
    field = visitor.page.locator("input[type=file]")
    changed = {"name": "geaendert.pdf", "mimeType": "application/pdf", "buffer": content + b"\n% neu\n"}
    field.set_input_files(changed)
    field.locator("xpath=ancestor::form").locator("button").first.click()
    visitor.page.wait_for_load_state()


PLACES = (
    Place("start", _at("/")),
    Place("services", _at("/leistungen/")),
    Place("search", _at("/leistungen/?suche=ausweis+weg")),
    Place("search-nothing", _at("/leistungen/?suche=xyzzy")),
    Place("service", _at(walks.SERVICE)),
    Place("decision", _at(f"{walks.SERVICE}entscheidung/")),
    Place("begin", _as_lena(f"{walks.SERVICE}beantragen/")),
    Place("step", _first_step),
    Place("step-faulty", _first_step, _press),
    Place("check", _check),
    Place("check-below-the-level", _check_below_the_level),
    Place("receipt", _receipt),
    Place("resume-by-code", _at("/weitermachen/")),
    Place("case-with-a-person", _with_a_person),
    Place("case-asked", _asked),
    Place("case-answer", _below("antwort/", _asked)),
    Place("case-answer-faulty", _below("antwort/", _asked), _press),
    Place("case-message", _below("nachricht/", _with_a_person)),
    Place("case-withdraw", _below("zurueckziehen/", _with_a_person)),
    Place("case-withdrawn", _withdrawn),
    Place("case-decided", _decided),
    Place("case-failed-channel", _failed_channel),
    Place("cases", _as_lena("/vorgaenge/")),
    Place("cases-empty", _at("/vorgaenge/")),
    Place("my-data", _as_lena("/meine-daten/")),
    Place("notification", _as_lena("/benachrichtigung/")),
    Place("verify", _at("/pruefen/")),
    Place("verify-unknown", _at("/pruefen/7XK4-M2QD-T9RP")),
    Place("verify-stranger", _at("/pruefen/"), _check_a_stranger),
    Place("verify-changed", _decided, _check_a_changed_file),
    Place("login", _at("/anmelden/")),
    Place("feedback", _at("/rueckmeldung/")),
    Place("barrier", _at("/rueckmeldung/barriere/")),
    Place("accessibility", _at("/barrierefreiheit/")),
    Place("imprint", _at("/impressum/")),
    Place("privacy", _at("/datenschutz/")),
    Place("easy-language", _at("/leichte-sprache/")),
    Place("status", _at("/status/")),
    Place("not-found", _at("/gibt-es-nicht/")),
)

#: Pages of the office for whoever leads there, in German only; those of a case come with its walks.
OFFICE_PAGES = (
    "/amt/",
    "/amt/eingang/",
    "/amt/eingang/?liste=offen&nach=name",
    "/amt/eingang/?liste=entschieden",
    "/amt/eingang/?liste=register",
    "/amt/stillstand/",
    "/amt/tastatur/",
    "/amt/konto/",
)
