# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A browser that shows nothing but text: no style, no script, no pictures.

It knows a page as somebody does who hears it or reads it line by line: by its words. A field is found by
its label, a button and a link by their name, and what has neither cannot be used.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

import httpx

_VOID = frozenset({"area", "br", "hr", "img", "input", "link", "meta", "source", "wbr"})
_UNSEEN = frozenset({"script", "style", "svg", "template", "head"})
_BLOCKS = frozenset(
    "address article aside body br dd details div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header legend "  # noqa: SIM905
    "li main nav ol p section summary table td th tr ul".split()
)


class NotThere(LookupError):
    """The page has no field, button or link of this name; the message shows the page."""


@dataclass
class Element:
    """A part of the page. ``parts`` are elements and text in reading order."""

    tag: str
    attributes: dict[str, str]
    parts: "list[Element | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()

    def text(self) -> str:
        """What is read out, white space collapsed."""
        return " ".join("".join(self._said()).split())

    def lines(self) -> list[str]:
        """The text by blocks."""
        said = "".join(self._said(breaks=True)).split("\n")
        return [line for each in said if (line := " ".join(each.split()))]

    def _said(self, *, breaks: bool = False) -> Iterator[str]:
        if self.tag in _UNSEEN or self.attributes.get("aria-hidden") == "true" or "hidden" in self.attributes:
            return
        if breaks and self.tag in _BLOCKS:
            yield "\n"
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from part._said(breaks=breaks)
        if breaks and self.tag in _BLOCKS:
            yield "\n"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("page", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].parts.append(made)
        if tag not in _VOID:
            self._open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].parts.append(data)


class TextBrowser:
    """A person with a text-only client. Follows redirections, keeps cookies, knows one page at a time."""

    def __init__(self, site: str) -> None:
        self._client = httpx.Client(base_url=site, follow_redirects=True, timeout=30, trust_env=False)
        self.status = 0
        self.page = Element("page", {})
        self._typed: dict[int, str] = {}

    def __enter__(self) -> "TextBrowser":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    @property
    def path(self) -> str:
        return urlsplit(str(self._address)).path

    def go(self, address: str) -> None:
        self._show(self._client.get(address))

    def _show(self, answer: httpx.Response) -> None:
        self.status, self._address = answer.status_code, answer.url
        reader = _Reader()
        reader.feed(answer.text)
        self.page, self._typed = reader.root, {}

    def reads(self) -> list[str]:
        """The main part of the page, line by line."""
        return self._first("main").lines()

    def sees(self, words: str) -> bool:
        return any(words in line for line in self.reads())

    def follow(self, name: str) -> None:
        """Use the first link of this name."""
        for link in self._all("a"):
            if "href" in link.attributes and self._name(link) == name:
                self._show(self._client.get(str(self._address.join(link.attributes["href"]))))
                return
        raise self._missing("link", name)

    def fill(self, label: str, value: str) -> None:
        """Type into the field with this label."""
        self._typed[id(self._field(label, "text"))] = value

    def check(self, label: str) -> None:
        """Choose the radio button or tick the box whose label begins so."""
        box = self._field(label, "box")
        if box.attributes.get("type") == "radio":
            for other in self._all("input"):
                if other.attributes.get("name") == box.attributes.get("name"):
                    self._typed[id(other)] = ""
        self._typed[id(box)] = box.attributes.get("value", "on")

    def press(self, name: str) -> None:
        """Press the first button of this name; its form is sent with what the page held and was typed."""
        for form in self._all("form"):
            for button in form.walk():
                if button.tag == "button" and self._name(button) == name:
                    self._send(form, button)
                    return
        raise self._missing("button", name)

    def _send(self, form: Element, button: Element) -> None:
        sent: dict[str, list[str]] = {}
        for each in form.walk():
            if (value := self._value(each)) is not None:
                sent.setdefault(each.attributes["name"], []).append(value)
        if button.attributes.get("name"):
            sent.setdefault(button.attributes["name"], []).append(button.attributes.get("value", ""))
        target = str(self._address.join(form.attributes.get("action", "")))
        if form.attributes.get("method", "get").lower() == "post":
            origin = f"{self._address.scheme}://{self._address.netloc.decode()}"
            headers = {"Origin": origin, "Referer": str(self._address)}
            self._show(self._client.post(target, data=sent, headers=headers))
        else:
            self._show(self._client.get(target, params=sent))

    def _value(self, each: Element) -> str | None:
        """What a field sends, or None if it sends nothing."""
        if not each.attributes.get("name") or "disabled" in each.attributes:
            return None
        kind = each.attributes.get("type", "text")
        if each.tag == "textarea":
            return self._typed.get(id(each), "".join(part for part in each.parts if isinstance(part, str)))
        if each.tag != "input" or kind in ("submit", "button", "file"):
            return None
        if kind in ("radio", "checkbox"):
            held = each.attributes.get("value", "on") if "checked" in each.attributes else ""
            return self._typed.get(id(each), held) or None
        return self._typed.get(id(each), each.attributes.get("value", ""))

    def _field(self, label: str, kind: str) -> Element:
        by_id = {each.attributes["id"]: each for each in self.page.walk() if "id" in each.attributes}
        for each in self._all("label"):
            field = by_id.get(each.attributes.get("for", ""))
            is_box = field is not None and field.attributes.get("type") in ("radio", "checkbox")
            named = re.match(re.escape(label) + (r"" if kind == "box" else r"( ?\(.*\))?$"), each.text())
            if field is not None and named and is_box == (kind == "box"):
                return field
        raise self._missing("field", label)

    def _name(self, element: Element) -> str:
        by_id = {each.attributes["id"]: each for each in self.page.walk() if "id" in each.attributes}
        named_by = [by_id[key].text() for key in element.attributes.get("aria-labelledby", "").split()]
        return " ".join(named_by) or element.attributes.get("aria-label") or element.text()

    def _all(self, tag: str) -> list[Element]:
        return [each for each in self.page.walk() if each.tag == tag]

    def _first(self, tag: str) -> Element:
        return self._all(tag)[0]

    def _missing(self, kind: str, name: str) -> NotThere:
        return NotThere(f"{self.path} has no {kind} {name!r}:\n" + "\n".join(self.page.lines()))
