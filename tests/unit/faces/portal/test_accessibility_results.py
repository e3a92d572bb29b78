# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The accessibility statement rests on results of this version, and leaves out no kind of page."""

from __future__ import annotations

from datetime import date

from amtlich import __version__
from amtlich.faces.portal import accessibility
from amtlich.faces.portal.urls import urlpatterns
from amtlich.kernel.sentence import LANGUAGES

NEW = "Look at all pages anew and commit the results: ./amtlich test accessibility"
#: Addresses that answer with no page of ours, and why.
NO_PAGE = {
    "resume": "leads on to the first open step",
    "document": "a file",
    "answers": "a file",
    "file": "a file",
    "deadline": "a file",
    "colours": "a style sheet",
    "arms": "a picture",
    "logout": "takes a form and leads on",
    "login_start": "leads to the provider",
    "login_callback": "leads on after the provider",
    "back_channel": "a machine calls it",
    "session": "leads back to the page",
}


def test_the_results_are_of_this_version() -> None:
    assert accessibility.results().version == __version__, NEW


def test_every_kind_of_page_was_looked_at_in_every_form() -> None:
    seen = {page.name: page.visits for page in accessibility.results().pages}
    kinds = {pattern.name for pattern in urlpatterns} - NO_PAGE.keys()
    missing = {
        f"{kind} in {form}" for kind in kinds for form in LANGUAGES if not seen.get(kind, {}).get(form)
    }
    assert sorted(missing) == [], NEW


def test_nothing_was_found() -> None:
    results = accessibility.results()
    assert {page.name: page.violations for page in results.pages if page.violations} == {}
    assert results.rules_passed > 20
    assert {"1280 px", "360 px"} <= set(results.windows)


def test_no_page_is_excused_that_there_is_not() -> None:
    assert NO_PAGE.keys() <= {pattern.name for pattern in urlpatterns}


def test_what_people_tried_is_told_in_three_forms_by_roles_and_not_before_its_time() -> None:
    kept = accessibility.by_hand()
    assert kept.tried
    for one in kept.tried:
        assert date(2026, 1, 1) <= one.on
    for text in (text for one in kept.tried for text in (one.what, one.by, one.result)):
        assert all(text[form] for form in LANGUAGES)
    for text in (text for one in kept.barriers for text in (one.what, one.why, one.instead)):
        assert all(len(line.split()) <= 12 for line in text["leicht"].replace(". ", ".\n").splitlines())
