# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""A whole application with e-mail: two mails, and nothing in them that says who or what."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from tests.doubles.applicants import actor_for, statements
from tests.integration.contexts.cases.conftest import apply_as, office, residents

from amtlich.contexts.mail.models import Recipient
from amtlich.kernel import clock
from amtlich.platform.tenancy import tenant

__all__ = ["apply_as", "office", "residents"]
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system", "retention"])

MAILBOX = "x17@example.org"


@pytest.fixture
def lena(office, residents):
    """Lena Brückner, logged in, with a confirmed address that tells nothing about her."""
    actor = actor_for(office, residents["lena"])
    with tenant(office.pk):
        Recipient.objects.create(
            authority_id=office.pk,
            holder_id=actor.holder_id,
            address=MAILBOX,
            language="de",
            confirmed_at=clock.now(),
        )
    return actor


def test_a_decided_application_sends_two_mails_that_tell_nothing_personal(lena, apply_as, residents, server):
    done = apply_as(residents["lena"], actor=lena)
    subjects = [mail.letter["Subject"] for mail in server.taken_for(MAILBOX)]
    assert subjects == ["Ihr Antrag ist angekommen", "Ihr Antrag ist entschieden"]
    stated = {str(value) for value in statements(residents["lena"]).values() if isinstance(value, str)}
    secrets = {word for text in stated for word in re.findall(r"\w{3,}", text)} - {"12345", "Musterstadt"}
    # Where the office is may be in a mail; where she lives may not.
    assert len(secrets) > 6
    for mail in server.mails:
        html = mail.letter.get_body(("html",)).get_content()
        for shown in (mail.text, html, mail.letter["Subject"]):
            said = set(re.findall(r"\w{3,}", re.sub(r"<style>.*?</style>", "", shown, flags=re.DOTALL)))
            assert not secrets & said
            assert "escheinigung" not in shown
        assert done.receipt.reference in mail.text


def test_no_link_of_a_mail_logs_in_or_shows_anything_to_somebody_else(lena, apply_as, residents, server):
    apply_as(residents["lena"], actor=lena)
    for mail in server.mails:
        links = re.findall(r"https?://\S+", mail.text)
        assert links
        for link in links:
            parts = urlsplit(link)
            assert (parts.query, parts.fragment) == ("", "")
            stranger = Client(headers={"host": "localhost"})
            answer = stranger.get(parts.path)
            assert answer.status_code == (404 if "/vorgaenge/" in link else 200)
            assert "amtlich_session" not in stranger.cookies
            assert "Brückner" not in answer.content.decode()


def test_a_mail_server_that_is_away_holds_up_no_case(lena, apply_as, residents, server):
    from tests.doubles.smtp_server import Mode

    server.mode = Mode.BUSY
    done = apply_as(residents["lena"], actor=lena)
    assert done.case.documents
    assert server.mails == []
