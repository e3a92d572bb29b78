# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""E-mail addresses as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.contexts.mail.addresses import MAX_LENGTH, as_ascii, clean_address, masked
from amtlich.contexts.mail.errors import AddressRefused


@pytest.mark.parametrize(
    ("typed", "clean", "travels"),
    [
        ("lena@example.org", "lena@example.org", "lena@example.org"),
        ("  Lena.B+amt@EXAMPLE.org ", "Lena.B+amt@example.org", "Lena.B+amt@example.org"),
        ("mailto:lena@example.org", "lena@example.org", "lena@example.org"),
        ("info@MÜLLER.de", "info@müller.de", "info@xn--mller-kva.de"),
        # IDNA 2008: two different owners. Python's own codec would write to strasse.de.
        ("info@straße.de", "info@straße.de", "info@xn--strae-oqa.de"),
        ("info@xn--mller-kva.de", "info@müller.de", "info@xn--mller-kva.de"),
        ("o'neill@example.org", "o'neill@example.org", "o'neill@example.org"),
        ("a@b-c.d.museum", "a@b-c.d.museum", "a@b-c.d.museum"),
        ("\u200blena@example.org", "lena@example.org", "lena@example.org"),
    ],
)
def test_an_address_is_kept_as_its_owner_knows_it(typed: str, clean: str, travels: str) -> None:
    assert clean_address(typed) == clean
    assert as_ascii(clean) == travels


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Geben Sie Ihre E-Mail-Adresse ein"),
        ("   ", "Geben Sie Ihre E-Mail-Adresse ein"),
        ("lena.example.org", "fehlt das Zeichen @"),
        ("lena@@example.org", "mehr als einmal"),
        ("a@b@example.org", "mehr als einmal"),
        ("@example.org", "Vor dem @ fehlt"),
        ("lena@", "Nach dem @ fehlt der Name"),
        ("lena@example", "fehlt die Endung"),
        ("lena@example.", "fehlt die Endung"),
        ("lena@10.0.0.1", "fehlt die Endung"),
        ("lena@[10.0.0.1]", "kein möglicher Name"),
        ("lena@exa mple.org", "kein Leerzeichen"),
        ("Lena <lena@example.org>", "kein Leerzeichen"),
        ("<lena@example.org>", "nur Buchstaben von A bis Z"),
        ("lena@a..org", "kein möglicher Name"),
        ("lena@-a.org", "kein möglicher Name"),
        ("lena@a_b.org", "kein möglicher Name"),
        (".lena@example.org", "ein Punkt zu viel"),
        ("le..na@example.org", "ein Punkt zu viel"),
        ("lena.@example.org", "ein Punkt zu viel"),
        ("lëna@example.org", "nur Buchstaben von A bis Z"),
        ('"lena b"@example.org', "kein Leerzeichen"),
        ('"lena"@example.org', "nur Buchstaben von A bis Z"),
        ("a" * 65 + "@example.org", "höchstens 64 Zeichen"),
        ("lena@" + "a" * 64 + ".org", "kein möglicher Name"),
        ("lena@" + ".".join(["a" * 60] * 5) + ".org", "zu lang|kein möglicher Name"),
        ("x" * 1_000_000, "zu lang"),
        ("lena@example.org\r\nBcc: x@example.org", "ein Zeichen, das es dort nicht gibt"),
        ("lena\n@example.org", "ein Zeichen, das es dort nicht gibt"),
        ("lena\0@example.org", "ein Zeichen, das es dort nicht gibt"),
        ("lena@example.org\u202e", "ein Zeichen, das es dort nicht gibt"),
    ],
)
def test_a_fault_is_one_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(AddressRefused, match=sentence):
        clean_address(typed)


def test_the_longest_address_is_254_signs() -> None:
    domain = ".".join(["a" * 62] * 3) + ".org"
    mailbox = "b" * (MAX_LENGTH - len(domain) - 1)
    assert len(clean_address(f"{mailbox}@{domain}")) == MAX_LENGTH
    with pytest.raises(AddressRefused):
        clean_address(f"{mailbox}b@{domain}")


@given(st.text(max_size=400) | st.from_regex(r"\A.{0,70}@.{0,250}\Z"))
def test_whatever_is_typed_is_an_address_or_a_sentence(typed: str) -> None:
    try:
        address = clean_address(typed)
    except AddressRefused:
        return
    travels = as_ascii(address)
    assert travels.isascii()
    assert len(travels) <= MAX_LENGTH
    assert not set(travels) & set('\r\n\t \0<>,;"')
    assert clean_address(address) == address


def test_a_masked_address_is_recognised_by_its_owner_only() -> None:
    assert masked("lena@example.org") == "l…@example.org"
