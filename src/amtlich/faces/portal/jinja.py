# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The template environment: Jinja2 with autoescape, our filters and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2
from django.templatetags.static import static
from markupsafe import Markup

from amtlich.contexts.mail.api import offered
from amtlich.faces.portal import language, moments
from amtlich.faces.portal.language import said

__all__ = ["environment", "phone_link", "said"]

TEMPLATES = Path(__file__).parent / "templates"
OFFICE_TEMPLATES = Path(__file__).parents[1] / "office" / "templates"


def phone_link(number: str) -> str:
    """The digits of a phone number, for a tel: link."""
    return re.sub(r"[^0-9+]", "", number)


def _say(text: str, cls: str = "", **values: Any) -> Markup:
    return language.say(text, cls, **values)


def environment(**options: Any) -> jinja2.Environment:
    """What settings.TEMPLATES names. A name that a template misspells is an error, never an empty string."""
    options["loader"] = jinja2.FileSystemLoader([TEMPLATES, OFFICE_TEMPLATES])
    options["undefined"] = jinja2.StrictUndefined
    options.pop("autoescape", None)  # not for a setting to switch off
    env = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, **options)
    env.globals.update(static=static, _=language._, say=_say, language=language.current)
    env.globals.update(mail_offered=offered)
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
