# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Documents in people's hands: checked by file, printed, taken along; and who read what about me."""

import io
import re
import socket
import threading
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import Browser
from tests.doubles import hostile_pdfs
from tests.e2e import walks
from tests.e2e.visitor import Visitor

# Every form of language, both widths, with and without JavaScript; the page is the same in all of them.
_WINDOWS = [
    pytest.param((1280, True, "de"), id="1280-de"),
    pytest.param((360, False, "leicht"), id="360-leicht-without-javascript"),
    pytest.param((360, True, "en"), id="360-en"),
]
_CASE = re.compile(r'href="(/vorgaenge/[a-z2-7]{26}/)"')


@pytest.fixture(scope="module")
def lena(site: str, browser: Browser) -> Iterator[Visitor]:
    """Lena Brückner with a case that came to its document."""
    with Visitor(browser, site) as fresh:
        fresh.log_in("lena")
        walks.to_check_page(fresh)
        walks.until_decided(fresh, walks.submit(fresh))
        yield fresh


@pytest.fixture(scope="module")
def done(lena: Visitor) -> str:
    return lena.path.partition("?")[0]


@pytest.fixture(scope="module")
def certificate(lena: Visitor, done: str) -> bytes:
    """The sealed PDF as it was downloaded."""
    html = lena.context.request.get(lena.site + done).text()
    files = [
        lena.context.request.get(lena.site + path).body()
        for path in dict.fromkeys(re.findall(r'href="(/vorgaenge/[^"]+/dokumente/[^"]+)"', html))
    ]
    (sealed,) = [file for file in files if b"/ByteRange" in file]
    return sealed


@pytest.mark.parametrize("window", _WINDOWS)
def test_results_of_a_checked_file(
    window: tuple[int, bool, str], site: str, browser: Browser, certificate: bytes
) -> None:
    width, scripting, form = window
    with Visitor(browser, site, width=width, scripting=scripting) as stranger:
        stranger.go(f"/pruefen/?sprache={form}")
        faults = stranger.faults()
        results = [("success", certificate), ("danger", hostile_pdfs.appended_to(certificate))]
        if form == "de":  # the same shape as the others
            results.append(("info", hostile_pdfs.one_page(hostile_pdfs.stream(b""))))
        for kind, file in results:
            upload(stranger, file)
            assert stranger.page.locator(f".kern-alert--{kind}").count() == 1, kind
            assert "Brückner" not in stranger.page.content()
            faults += stranger.faults()
        upload(stranger, b"kein PDF")
        assert stranger.page.locator("#datei[aria-invalid=true]").count() == 1
        faults += stranger.faults()
        assert faults == []


def upload(stranger: Visitor, file: bytes) -> None:
    stranger.go("/pruefen/")
    stranger.page.locator("#datei").set_input_files(
        {"name": "dokument.pdf", "mimeType": "application/pdf", "buffer": file}
    )
    with stranger.page.expect_navigation():
        stranger.page.locator("form[method=post][action='/pruefen/'] button").click()


@pytest.mark.parametrize("window", _WINDOWS)
def test_who_read_my_data(window: tuple[int, bool, str], site: str, browser: Browser, done: str) -> None:
    width, scripting, form = window
    with Visitor(browser, site, width=width, scripting=scripting) as person:
        person.go(f"/meine-daten/?sprache={form}")
        faults = person.faults()
        assert person.page.locator("table").count() == 0
        person.log_in("lena")
        person.go("/meine-daten/")
        assert person.page.locator("tbody tr").count() >= 2
        header = person.page.locator("thead")
        seen = header.bounding_box()
        assert seen is not None
        assert (seen["height"] > 10) == (width >= 768)
        faults += person.faults()
        person.page.locator("select[name=vorgang]").select_option(done.split("/")[2])
        person.page.locator("form[action='/meine-daten/'] button").click()
        person.page.wait_for_url("**vorgang=**")
        assert person.page.locator("tbody tr").count() == 1
        assert faults == []


@pytest.mark.parametrize(("form", "most"), [("de", 2), ("en", 2), ("leicht", 3)])
def test_a_decided_case_prints_on_two_pages(lena: Visitor, done: str, form: str, most: int) -> None:
    """Leichte Sprache is larger and has one statement a line: three pages."""
    assert printed(lena, done, form) <= most


@pytest.fixture(scope="module")
def waiting(site: str, browser: Browser) -> Iterator[Visitor]:
    """Somebody whose case waits for a person, open at its page."""
    with Visitor(browser, site) as jonas:
        jonas.log_in("jonas")
        walks.to_check_page(jonas)
        jonas.go(walks.submit(jonas))
        jonas.page.locator(".am-track .is-paused").first.wait_for()
        yield jonas


@pytest.mark.parametrize(("form", "most"), [("de", 2), ("en", 2), ("leicht", 3)])
def test_a_waiting_case_prints_on_two_pages(waiting: Visitor, form: str, most: int) -> None:
    assert printed(waiting, waiting.path.partition("?")[0], form) <= most


def printed(person: Visitor, path: str, form: str) -> int:
    """How many A4 pages the page takes; nothing of the frame is on them, and the date is written in full."""
    person.go(f"{path}?sprache={form}")
    pdf = person.page.pdf(format="A4", prefer_css_page_size=True, print_background=True)
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = " ".join(page.extract_text() for page in pages)
    assert "Impressum" not in text
    assert "Abmelden" not in text
    assert "http" not in text
    assert re.search(
        r"[0-9]{1,2}\.? (November|Dezember|December|Januar|January|[A-Z][a-zä]+) 20[0-9]{2}", text
    )
    assert not re.search(r"\b(heute|today)\b", text)
    return len(pages)


def test_copies_are_taken_along_without_javascript(site: str, browser: Browser) -> None:
    with Visitor(browser, site, width=360, scripting=False) as person:
        person.log_in("lena")
        person.go("/vorgaenge/")
        case = _CASE.findall(person.page.content())[0]
        person.go(case)
        sizes = {}
        for ending in ("antworten.pdf", "akte.zip"):
            link = person.page.locator(f"a[href='{case}{ending}']")
            told = link.locator("xpath=..").inner_text()
            answer = person.context.request.get(site + case + ending)
            sizes[ending] = (told, answer.body())
        told, pdf = sizes["antworten.pdf"]
        assert _about(told) == pytest.approx(len(pdf), rel=0.5)
        told, packed = sizes["akte.zip"]
        assert _about(told) == pytest.approx(len(packed), rel=0.5)
        assert zipfile.ZipFile(io.BytesIO(packed)).testzip() is None
        person.context.clear_cookies()
        for ending in ("antworten.pdf", "akte.zip"):
            assert person.context.request.get(site + case + ending).status == 404


def _about(told: str) -> int:
    found = re.search(r"etwa ([0-9]+) kB", told)
    assert found, told
    return int(found[1]) * 1000


class Line:
    """A connection to the site on which a form with a file is sent byte by byte."""

    def __init__(self, site: str, file: bytes, *, declared: int | None = None) -> None:
        where = urlsplit(site)
        assert where.hostname
        self._socket = socket.create_connection((where.hostname, where.port or 80), timeout=60)
        head = b'--grenze\r\nContent-Disposition: form-data; name="datei"; filename="x.pdf"\r\n'
        self.body = head + b"Content-Type: application/pdf\r\n\r\n" + file + b"\r\n--grenze--\r\n"
        length = declared or len(self.body)
        self.send(
            f"POST /pruefen/ HTTP/1.1\r\nHost: {where.netloc}\r\nConnection: close\r\n"
            f"Content-Type: multipart/form-data; boundary=grenze\r\nContent-Length: {length}\r\n\r\n".encode()
        )

    def send(self, piece: bytes) -> None:
        self._socket.sendall(piece)

    def answer(self) -> str:
        """All that comes until the site closes."""
        parts = []
        while piece := self._socket.recv(65_536):
            parts.append(piece)
        self._socket.close()
        return b"".join(parts).decode("utf-8", "replace")

    def cut(self) -> None:
        """Hang up without a word, as a lost mobile line does."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self._socket.close()


def test_a_slow_line_brings_the_file_in(site: str, certificate: bytes) -> None:
    """64 kbit/s: eight kilobytes a second, while others are answered."""
    line = Line(site, certificate)
    pace = threading.Event()
    for start in range(0, len(line.body), 2_000):
        line.send(line.body[start : start + 2_000])
        pace.wait(0.25)
    answer = line.answer()
    assert answer.startswith("HTTP/1.1 200")
    assert "Gültig: Das Dokument ist echt" in answer


def test_a_line_that_breaks_disturbs_nobody(site: str, certificate: bytes) -> None:
    for _ in range(5):
        line = Line(site, certificate)
        line.send(line.body[:20_000])
        line.cut()
    line = Line(site, certificate)
    line.send(line.body)
    assert line.answer().startswith("HTTP/1.1 200")


def test_fifty_megabytes_are_refused_with_a_page_that_says_the_limit(site: str) -> None:
    line = Line(site, b"%PDF-1.7" + bytes(50_000_000))
    line.send(line.body)
    answer = line.answer()
    assert answer.startswith("HTTP/1.1 413")
    assert "höchstens 5 MB" in answer
    assert "Zur Startseite" in answer or 'href="/"' in answer
