# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The template environment: Jinja2 with autoescape, our filters and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2
from django.templatetags.static import static

from amtlich.faces.portal import moments

TEMPLATES = Path(__file__).parent / "templates"


def said(text: Mapping[str, str] | str, language: str = "de") -> str:
    """One text of a package in the language of the page, ready to be set."""
    return typeset(text if isinstance(text, str) else text.get(language) or text.get("de", ""))


def typeset(text: str) -> str:
    """Keep a section sign and its number on one line. Only for texts of ours, never for what was typed."""
    return text.replace("§ ", "§\u00a0")


def phone_link(number: str) -> str:
    """The digits of a phone number, for a tel: link."""
    return re.sub(r"[^0-9+]", "", number)


def environment(**options: Any) -> jinja2.Environment:
    """What settings.TEMPLATES names. A name that a template misspells is an error, never an empty string."""
    options["loader"] = jinja2.FileSystemLoader(TEMPLATES)
    options["undefined"] = jinja2.StrictUndefined
    options.pop("autoescape", None)  # not for a setting to switch off
    env = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, **options)
    env.globals["static"] = static
    env.filters.update(
        said=said,
        phone_link=phone_link,
        moment=moments.moment,
        moment_exact=moments.moment_exact,
        moment_full=moments.moment_full,
        day=moments.day,
        clock=moments.clock_time,
    )
    return env
