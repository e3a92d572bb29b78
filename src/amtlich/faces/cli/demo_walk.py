# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""One citizen's way through the portal, over HTTP like any browser's: from the log-in to the document.

Knows the pages by their addresses and forms only, so it walks the real path and nothing else.
"""

import http.cookiejar
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from amtlich.kernel.errors import AmtlichError

SERVICE = "meldebescheinigung"
_PATIENCE = 120.0
_MOST_PAGES = 12
_CHOICES = {"umfang": "einfach", "form": "elektronisch"}


class WalkFailed(AmtlichError):
    """The application did not get through; the message says at which page."""


@dataclass(frozen=True)
class Walk:
    """What the citizen has in the end. `seconds`: from submitting to the document on the page."""

    case: str
    title: str
    verify_code: str
    filename: str
    pdf: bytes
    seconds: float


@dataclass(frozen=True)
class _Page:
    address: str
    body: bytes

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.address).path

    def form(self) -> "_Form":
        reader = _FormReader()
        reader.feed(self.body.decode("utf-8", "replace"))
        for form in reader.forms:
            if form.method == "post" and "abmelden" not in form.action:
                return form
        raise WalkFailed(f"Auf der Seite {self.path} fehlt das Formular.")


@dataclass
class _Form:
    action: str
    method: str
    values: dict[str, str]
    choices: dict[str, list[str]]
    buttons: dict[str, str]

    def filled(self) -> dict[str, str]:
        """What a person sends who accepts what is there and chooses the plain certificate."""
        chosen = {
            name: _CHOICES[name] if _CHOICES.get(name) in options else options[0]
            for name, options in self.choices.items()
            if name not in self.values
        }
        return {**self.values, **chosen, **self.buttons}


class _FormReader(HTMLParser):
    """Collects the forms of a page with what they would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self._open: _Form | None = None
        self._text_of: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = _Form(values.get("action", ""), values.get("method", "get").lower(), {}, {}, {})
            self.forms.append(self._open)
        elif self._open is not None and "disabled" not in values:
            self._field(self._open, tag, values)

    def _field(self, form: _Form, tag: str, values: Mapping[str, str]) -> None:
        name = values.get("name", "")
        kind = values.get("type", "text")
        if tag == "input" and name and kind == "radio":
            form.choices.setdefault(name, []).append(values.get("value", "on"))
        if tag == "input" and name and kind in ("radio", "checkbox"):
            if "checked" in values:
                form.values[name] = values.get("value", "on")
        elif tag == "input" and name and kind not in ("submit", "file", "button"):
            form.values[name] = values.get("value", "")
        elif tag == "button" and name and not form.buttons and values.get("type", "submit") == "submit":
            form.buttons[name] = values.get("value", "")
        elif tag == "textarea" and name:
            form.values[name], self._text_of = "", name
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in values or self._select not in form.values):
            form.values[self._select] = values.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._open is not None and self._text_of is not None:
            self._open.values[self._text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea":
            self._text_of = None
        elif tag == "select":
            self._select = None


class Citizen:
    """A person with a browser: keeps cookies, follows redirections."""

    def __init__(self, base: str) -> None:
        self._base = base.rstrip("/")
        # No proxy: the way leads to this very machine.
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar(policy=_LOCAL_COOKIES)),
        )

    def get(self, path: str) -> _Page:
        return self._ask(urllib.request.Request(self._absolute(path), headers={"Accept": "text/html"}))  # noqa: S310

    def send(self, page: _Page, form: _Form, values: Mapping[str, str]) -> _Page:
        request = urllib.request.Request(  # noqa: S310 - our own http address
            self._absolute(urllib.parse.urljoin(page.address, form.action)),
            data=urllib.parse.urlencode(values).encode("ascii"),
            headers={"Accept": "text/html", "Origin": self._base, "Referer": page.address},
        )
        return self._ask(request)

    def _absolute(self, path: str) -> str:
        return urllib.parse.urljoin(self._base + "/", path)

    def _ask(self, request: urllib.request.Request) -> _Page:
        try:
            with self._opener.open(request, timeout=_PATIENCE) as answer:
                return _Page(answer.geturl(), answer.read())
        except urllib.error.HTTPError as error:
            place = urllib.parse.urlsplit(request.full_url).path
            raise WalkFailed(f"Die Seite {place} antwortet mit {error.code}.") from error
        except (OSError, http.client.HTTPException) as error:
            raise WalkFailed(f"Der Webdienst unter {self._base} antwortet nicht ({error}).") from error


_LOCAL_COOKIES = http.cookiejar.DefaultCookiePolicy(
    strict_ns_domain=http.cookiejar.DefaultCookiePolicy.DomainLiberal
)


def walk(base: str, person: str, said: Callable[[str, float], None]) -> Walk:
    """Log in as `person`, apply for a Meldebescheinigung, wait for the document and fetch it.

    `said(title, seconds)` is told each step. Raises WalkFailed.
    """
    citizen = Citizen(base)
    began = time.monotonic()
    citizen.get("/")
    said("Web und Worker gestartet", time.monotonic() - began)

    began = time.monotonic()
    log_in = citizen.get("/anmelden/")
    form = log_in.form()
    citizen.send(log_in, form, {**form.values, "person": person})
    said("Anmeldung", time.monotonic() - began)

    began = time.monotonic()
    check_page = _fill_in(citizen)
    said("Antrag ausgefüllt und geprüft", time.monotonic() - began)

    submitted = time.monotonic()
    check_form = check_page.form()
    receipt = citizen.send(check_page, check_form, check_form.filled())
    if not receipt.path.endswith("/eingang/"):
        raise WalkFailed(f"Nach dem Absenden kam {receipt.path} statt der Eingangsbestätigung.")
    said("Antrag abgesendet, Eingang bestätigt", time.monotonic() - submitted)

    case = _newest_case(citizen)
    document = _wait_for_document(citizen, case, submitted)
    seconds = time.monotonic() - submitted
    said("Bescheinigung ausgestellt, gesiegelt und auf der Seite", seconds)
    pdf = citizen.get(f"/vorgaenge/{case}/dokumente/{document['id']}/").body
    if not pdf.startswith(b"%PDF-"):
        raise WalkFailed("Das Dokument ist kein PDF.")
    return Walk(
        case, str(document["title"]), str(document["check_code"]), str(document["filename"]), pdf, seconds
    )


def _fill_in(citizen: Citizen) -> _Page:
    page = citizen.get(f"/leistungen/{SERVICE}/beantragen/")
    for _ in range(_MOST_PAGES):
        if page.path.endswith("/pruefen/"):
            return page
        form = page.form()
        after = citizen.send(page, form, form.filled())
        if after.path == page.path and not after.path.endswith("/beantragen/"):
            raise WalkFailed(f"Die Seite {page.path} nimmt die Angaben nicht an.")
        page = after
    raise WalkFailed(f"Nach {_MOST_PAGES} Seiten war der Antrag noch nicht fertig ({page.path}).")


def _newest_case(citizen: Citizen) -> str:
    cases = json.loads(citizen.get("/api/v1/cases").body)
    newest = max(cases, key=lambda one: str(one["received_at"]))
    return str(newest["case"])


def _wait_for_document(citizen: Citizen, case: str, since: float) -> dict[str, object]:
    state: dict[str, object] = {}
    while time.monotonic() - since < _PATIENCE:
        state = json.loads(citizen.get(f"/api/v1/cases/{case}").body)
        documents = state.get("documents")
        if isinstance(documents, list):
            for document in documents:
                if document.get("sealed"):
                    return dict(document)
        time.sleep(0.1)
    raise WalkFailed(f"Nach {_PATIENCE:.0f} Sekunden ist noch kein Dokument da: {state.get('sentence', '')}")
