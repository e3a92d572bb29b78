# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The template environment refuses what would go wrong silently."""

from __future__ import annotations

import re

import jinja2
import pytest

from amtlich.faces.portal import jinja

_ENV = jinja.environment()
_NAMES = sorted(name for name in _ENV.list_templates() if name.endswith(".html"))


def _source(name: str) -> str:
    loader = _ENV.loader
    assert loader is not None
    return loader.get_source(_ENV, name)[0]


@pytest.mark.parametrize("name", _NAMES)
def test_every_template_compiles(name: str) -> None:
    _ENV.get_template(name)


@pytest.mark.parametrize("name", _NAMES)
def test_no_template_holds_inline_style_or_script(name: str) -> None:
    source = _source(name)
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=\s*[\"']|javascript:", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)", source)


# Checking a file changes nothing and reads nothing of a session: it works for those who refuse cookies, too.
# The log-out at the provider is sent to another site, where our token has no business.
_CHANGES_NOTHING = {"portal/verify.html", "portal/logged_out.html"}
# Macros that bring the token along.
_CARRIES_IT = {"hidden"}


@pytest.mark.parametrize("name", sorted(set(_NAMES) - _CHANGES_NOTHING))
def test_every_posted_form_carries_the_csrf_token(name: str) -> None:
    source = _source(name)
    for form in re.findall(r"<form[^>]*method=\"post\"[^>]*>(.*?)</form>", source, flags=re.DOTALL):
        assert "csrf_input" in form or _CARRIES_IT & set(re.findall(r"\{\{ (\w+)\(", form))


def test_what_somebody_typed_is_never_markup() -> None:
    template = _ENV.from_string("<p>{{ name }}</p>")
    assert template.render(name="<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_setting_cannot_switch_escaping_off() -> None:
    assert jinja.environment(autoescape=False).from_string("{{ a }}").render(a="<") == "&lt;"


def test_misspelt_name_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        _ENV.from_string("{{ nmae }}").render(name="x")


def test_phone_number_becomes_a_link_of_digits() -> None:
    assert jinja.phone_link("+49 1234 56-4100") == "+491234564100"
