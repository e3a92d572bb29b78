# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Every mail in every language form: what it says, what it never says, how it travels."""

import ast
import re
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from amtlich.contexts.mail.letters import sentences
from amtlich.contexts.mail.letters.drawing import Envelope, draw, words
from amtlich.contexts.mail.letters.sentences import Facts, Kind, text
from amtlich.kernel import clock
from amtlich.kernel.sentence import LANGUAGES, Language

SNAPSHOTS = Path(__file__).parent / "snapshots"
OFFICE = SimpleNamespace(
    name="Stadt Musterstadt",
    office="Bürgeramt, Meldebehörde",
    street="Rathausplatz 1",
    city="12345 Musterstadt",
    phone="01234 56-0",
    hours="Montag bis Freitag, 8 bis 16 Uhr",
)
PORTAL = "https://amt.musterstadt.example"
FACTS = Facts(
    reference="MB-7XK4-M2QD",
    case_address=f"{PORTAL}/vorgaenge/abcdefghijklmnopqrstuvwxyz/",
    settings_address=f"{PORTAL}/benachrichtigung/",
    confirm_address=f"{PORTAL}/benachrichtigung/bestaetigen/zyxwvutsrqponmlkjihgfedcba/",
    code="3XDT-4RYQ",
    expires_at=datetime(2026, 11, 25, 17, 30, tzinfo=UTC),
)
ENVELOPE = Envelope(UUID(int=7), "amt@musterstadt.example", "lena@example.org")
EVERY = [pytest.param(kind, form, id=f"{kind}-{form}") for kind in Kind for form in LANGUAGES]


def mail(kind: Kind, form: Language, envelope: Envelope = ENVELOPE, office: object = OFFICE) -> EmailMessage:
    """The mail as it arrives on the other side."""
    with clock.use(clock.FixedClock(datetime(2026, 11, 25, 13, 3, tzinfo=UTC))):
        sent = draw(text(kind, FACTS), envelope, office, form)  # type: ignore[arg-type]
    arrived: EmailMessage = BytesParser(EmailMessage, policy=policy.SMTP).parsebytes(sent.as_bytes())
    return arrived


def part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_each_mail_is_as_it_was_looked_at(kind: Kind, form: Language) -> None:
    """To accept a change on purpose, delete the file and run the test twice."""
    letter = mail(kind, form)
    headers = "".join(f"{name}: {value}\n" for name, value in letter.items())
    shown = f"{headers}\n{part(letter, 'plain')}\n{'-' * 76}\n\n{part(letter, 'html')}"
    file = SNAPSHOTS / f"{kind}-{form}.txt"
    if not file.exists():
        SNAPSHOTS.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
        pytest.fail(f"{file.name} is new: look at it, then run again")
    assert shown == file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_it_travels_in_seven_bits_and_says_that_a_program_wrote_it(kind: Kind, form: Language) -> None:
    raw = draw(text(kind, FACTS), ENVELOPE, OFFICE, form).as_bytes()  # type: ignore[arg-type]
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    letter = mail(kind, form)
    assert letter.get_content_type() == "multipart/alternative"
    assert [each.get_content_type() for each in letter.iter_parts()] == ["text/plain", "text/html"]
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"] == f"<{UUID(int=7)}@musterstadt.example>"
    assert letter["Date"].datetime == datetime(2026, 11, 25, 13, 3, tzinfo=UTC)
    assert str(letter["From"]) == "Stadt Musterstadt <amt@musterstadt.example>"


class _Page(HTMLParser):
    """What a mail program sees of the HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given = dict(attrs)
        if tag == "a":
            self.links.append(given["href"] or "")
        if tag == "html":
            self.language = given["lang"] or ""


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_the_html_needs_nothing_from_outside_and_says_the_same(kind: Kind, form: Language) -> None:
    letter = mail(kind, form)
    html, plain = part(letter, "html"), part(letter, "plain")
    page = _Page()
    page.feed(html)
    assert not page.tags & {"img", "script", "link", "iframe", "form", "object"}
    assert "url(" not in html
    assert page.language == ("en" if form == "en" else "de")
    assert len(html.encode()) < 8_000
    assert sorted(page.links) == sorted(re.findall(r"https://\S+", plain))
    assert all(link.startswith(f"{PORTAL}/") for link in page.links)
    assert str(letter["Subject"]) in html
    assert str(letter["Subject"]) in plain


@pytest.mark.parametrize(("kind", "form"), EVERY)
def test_about_a_case_a_mail_knows_reference_and_address_only(kind: Kind, form: Language) -> None:
    """Nothing else can be said: there is no other value that a mail is given."""
    if kind not in sentences.ABOUT_A_CASE:
        return
    letter = mail(kind, form)
    whole = letter.as_string()
    assert "MB-7XK4-M2QD" in part(letter, "plain")
    assert FACTS.code not in whole
    assert "zyxwvutsrqponmlkjihgfedcba" not in whole
    for word in ("bescheinigung", "anmelden/", "?", "token", "Lena", "Brückner"):
        links = " ".join(re.findall(r"https://\S+", part(letter, "plain")))
        assert word not in links
    assert "bescheinigung" not in whole.lower()


def test_answers_go_to_the_authority_where_it_has_a_mailbox() -> None:
    with_mailbox = Envelope(
        ENVELOPE.id, ENVELOPE.sender, ENVELOPE.recipient, "buergeramt@musterstadt.example"
    )
    letter = mail(Kind.DECIDED, "de", with_mailbox)
    assert str(letter["Reply-To"]) == "Stadt Musterstadt <buergeramt@musterstadt.example>"
    assert "nicht antworten" not in part(letter, "plain")
    assert mail(Kind.DECIDED, "de")["Reply-To"] is None
    assert "nicht antworten" in part(mail(Kind.DECIDED, "de"), "plain")


def test_a_name_with_signs_stays_a_name() -> None:
    odd = SimpleNamespace(**{**vars(OFFICE), "name": 'Amt "Nord", <Süd> & Mitte; a@b.de'})
    letter = mail(Kind.DECIDED, "de", office=odd)
    (sender,) = letter["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (odd.name, ENVELOPE.sender)
    assert "<Süd>" not in part(letter, "html")


def said_in_letters() -> set[str]:
    tree = ast.parse(Path(sentences.__file__).read_text(encoding="utf-8"))
    said = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Sentence":
            first = node.args[0]
            assert isinstance(first, ast.Constant)
            said.add(first.value)
    return said


def test_every_sentence_of_a_mail_exists_in_all_forms_and_none_is_left_over() -> None:
    assert said_in_letters() == set(words().forms)


def test_leichte_sprache_keeps_its_lines_short() -> None:
    lines = [line for forms in words().forms.values() for line in forms["leicht"].splitlines()]
    assert [line for line in lines if len(line.split()) > 12] == []
    assert all("\n" not in forms[form] for forms in words().forms.values() for form in ("de", "en"))
