# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""Whose address it is (FC-30), through pages, as a person, a scanner and a second device meet it."""

import re
import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connections
from tests.integration.faces.portal.conftest import Browser

from amtlich.contexts.mail import api as mail
from amtlich.contexts.mail import confirmations
from amtlich.contexts.mail.models import Confirmation, Recipient
from amtlich.kernel import clock
from amtlich.platform import jobs
from amtlich.platform.tenancy import tenant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])

PAGE = "/benachrichtigung/"
LENA = "lena@müller.example"


@pytest.fixture
def visitor(town) -> Browser:
    return begun(Browser(), town)


@pytest.fixture
def elsewhere(town) -> Browser:
    return begun(Browser(), town)


def begun(browser: Browser, town) -> Browser:
    """Somebody who has begun something, so that the session has a holder."""
    session = browser.client.session
    session["holder"] = str(confirmations.UUID(int=abs(hash(id(browser)))))
    session.save()
    return browser


def ask(browser: Browser, address: str = LENA, page: str = PAGE):
    browser.get(page)
    return browser.post(PAGE, {"tun": "adresse", "adresse": address})


def mail_to(server, address: str = "lena@xn--mller-kva.example") -> tuple[str, str]:
    """Path of the link and the code, out of the newest mail."""
    jobs.run_pending()
    text = server.taken_for(address)[-1].text
    link = re.search(r"https?://\S+/bestaetigen/\S+", text)
    code = re.search(r"^ +(\w{4}-\w{4})$", text, re.MULTILINE)
    assert link, text
    assert code, text
    return urlsplit(link[0]).path, code[1]


def confirmed(town) -> list[str]:
    with tenant(town.pk):
        return list(Recipient.objects.values_list("address", flat=True))


def everything(town) -> list:
    with tenant(town.pk):
        return [*Confirmation.objects.order_by("pk").values(), *Recipient.objects.order_by("pk").values()]


def test_the_link_in_the_asking_browser_confirms(visitor, server, town):
    assert ask(visitor).status_code == 302
    link, _ = mail_to(server)
    page = visitor.get(link)
    assert LENA in page.content.decode()
    assert confirmed(town) == []
    assert visitor.post(link, {}).status_code == 302
    assert confirmed(town) == [LENA]
    assert LENA in visitor.get(PAGE).content.decode()
    # Pressed twice, or the link opened again: harmless.
    visitor.get(link)
    assert visitor.post(link, {}).status_code == 302
    assert confirmed(town) == [LENA]


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{plain}"])
def test_the_code_confirms_as_people_type_it(typed, visitor, server, town):
    ask(visitor)
    _, code = mail_to(server)
    visitor.get(PAGE)
    text = typed.format(code, lower=code.lower(), plain=code.replace("-", ""))
    assert visitor.post(PAGE, {"tun": "code", "code": text}).status_code == 302
    assert confirmed(town) == [LENA]


def test_fc30_scanners_change_nothing_and_the_person_still_gets_in(visitor, server, town):
    ask(visitor)
    link, code = mail_to(server)
    before = everything(town)
    scanner = Browser()
    assert scanner.client.head(link).status_code == 403
    assert scanner.get(link).status_code == 403
    assert scanner.get(link).status_code == 403
    assert Browser().client.post(link, {}).status_code == 403
    assert Browser().client.post(PAGE, {"tun": "code", "code": code}).status_code == 403
    # Even one that keeps cookies and sends the form's token along.
    scanner.get("/anmelden/")
    assert scanner.post(link, {}).status_code in (403, 409)
    assert everything(town) == before
    visitor.get(link)
    visitor.get(link)
    assert everything(town) == before
    assert visitor.post(link, {}).status_code == 302
    assert confirmed(town) == [LENA]


def test_another_browser_can_use_neither_link_nor_code(visitor, elsewhere, server, town):
    ask(visitor)
    link, code = mail_to(server)
    page = elsewhere.get(link)
    assert page.status_code == 403
    assert LENA not in page.content.decode()
    elsewhere.get(PAGE)
    assert elsewhere.post(PAGE, {"tun": "code", "code": code}).status_code == 422
    ask(elsewhere, "other@example.org")
    assert elsewhere.get(link).status_code == 403
    assert elsewhere.post(PAGE, {"tun": "code", "code": code}).status_code == 422
    assert confirmed(town) == []


def test_the_code_can_be_tried_five_times_and_the_link_still_works(visitor, server, town):
    ask(visitor)
    link, code = mail_to(server)
    for _ in range(5):
        visitor.get(PAGE)
        assert visitor.post(PAGE, {"tun": "code", "code": "2222-2222"}).status_code == 422
    answer = visitor.post(PAGE, {"tun": "code", "code": code})
    assert answer.status_code == 422
    assert "Dieser Code gilt nicht mehr" in answer.content.decode()
    assert confirmed(town) == []
    visitor.get(link)
    visitor.post(link, {})
    assert confirmed(town) == [LENA]


def test_many_wrong_codes_at_once_are_counted_one_by_one(visitor, server, town):
    ask(visitor)
    browser = visitor.client.session["mail_browser"]
    refused: list[str] = []

    def guess() -> None:
        try:
            mail.confirm_by_code(town.pk, None, browser, "2222-2222")
        except mail.CodeRefused as wrong:
            refused.append(wrong.sentence.template)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with tenant(town.pk):
        assert Confirmation.objects.get().wrong_codes == 5
    assert sum("gilt nicht mehr" in each for each in refused) == 3


def test_after_four_hours_link_and_code_are_no_longer_good(visitor, server, town):
    ask(visitor)
    link, code = mail_to(server)
    later = clock.FixedClock(clock.now() + confirmations.LIFETIME + timedelta(seconds=1))
    with clock.use(later):
        page = visitor.get(link)
        assert page.status_code == 410
        assert "Dieser Link gilt nicht mehr" in page.content.decode()
        visitor.get(PAGE)
        assert visitor.post(PAGE, {"tun": "code", "code": code}).status_code == 422
    assert confirmed(town) == []


def test_a_newer_mail_takes_the_place_of_an_older_one(visitor, server, town):
    ask(visitor, "old@example.org")
    old, _ = mail_to(server, "old@example.org")
    ask(visitor)
    assert visitor.get(old).status_code == 410
    link, _ = mail_to(server)
    visitor.get(link)
    visitor.post(link, {})
    assert confirmed(town) == [LENA]


def test_an_unknown_link_says_what_to_do(visitor, server):
    for token in ("abcdefghijklmnopqrstuvwxyz", "kurz"):
        page = visitor.get(f"{PAGE}bestaetigen/{token}/")
        assert page.status_code == 404
        assert "Diesen Link kennen wir nicht" in page.content.decode()


def test_until_the_new_address_is_confirmed_the_old_one_holds(visitor, server, town):
    ask(visitor, "old@example.org")
    link, _ = mail_to(server, "old@example.org")
    visitor.get(link)
    visitor.post(link, {})
    ask(visitor)
    assert confirmed(town) == ["old@example.org"]
    link, _ = mail_to(server)
    visitor.get(link)
    visitor.post(link, {})
    assert confirmed(town) == [LENA]


def test_deleting_leaves_nothing_to_write_to(visitor, server, town):
    ask(visitor)
    link, _ = mail_to(server)
    visitor.get(link)
    visitor.post(link, {})
    visitor.get(PAGE)
    assert visitor.post(PAGE, {"tun": "loeschen"}).status_code == 302
    assert confirmed(town) == []
    assert LENA not in visitor.get(PAGE).content.decode()


def test_mails_speak_the_form_of_the_page(visitor, server, town):
    visitor.get(f"{PAGE}?sprache=en")
    visitor.post(PAGE, {"tun": "adresse", "adresse": LENA})
    link, _ = mail_to(server)
    assert server.mails[-1].letter["Subject"] == "Confirm your e-mail address"
    visitor.get(link)
    visitor.post(link, {})
    visitor.get(f"{PAGE}?sprache=leicht")
    visitor.post(PAGE, {"tun": "sprache"})
    with tenant(town.pk):
        assert Recipient.objects.get().language == "leicht"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Geben Sie Ihre E-Mail-Adresse ein."),
        ("lena", "fehlt das Zeichen @"),
        ("a@b.de\r\nBcc: c@d.de", "ein Zeichen, das es dort nicht gibt"),
        ("x" * 100_000, "zu lang"),
        ("lena@-.de", "kein möglicher Name"),
    ],
)
def test_a_wrong_address_is_a_sentence_beside_the_field(typed, sentence, visitor, server):
    answer = ask(visitor, typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "<title>Fehler:" in answer.content.decode()
    jobs.run_pending()
    assert server.mails == []


def test_asking_is_limited_per_address_and_per_holder(visitor, elsewhere, server):
    for _ in range(confirmations.PER_ADDRESS):
        assert ask(visitor).status_code == 302
    answer = ask(elsewhere, "LENA@MÜLLER.example")
    assert answer.status_code == 429
    assert "Warten Sie eine Stunde" in answer.content.decode()
    for number in range(confirmations.PER_HOLDER - confirmations.PER_ADDRESS):
        assert ask(visitor, f"n{number}@example.org").status_code == 302
    assert ask(visitor, "another@example.org").status_code == 429
    with clock.use(clock.FixedClock(clock.now() + timedelta(minutes=61))):
        assert ask(visitor, "another@example.org").status_code == 302


def test_a_whole_authority_is_limited_too(visitor, server, monkeypatch):
    monkeypatch.setattr(confirmations, "PER_AUTHORITY", 2)
    ask(visitor, "a@example.org")
    ask(visitor, "b@example.org")
    assert ask(visitor, "c@example.org").status_code == 429


def test_ten_at_once_are_limited_as_if_they_came_one_by_one(town, server):
    sent: list[object] = []
    holder = confirmations.UUID(int=7)

    def ask_for() -> None:
        try:
            sent.append(mail.ask(town.pk, holder, LENA, "de", "browser"))
        except mail.TooManyMails:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask_for) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == confirmations.PER_ADDRESS


def test_an_address_that_refuses_our_mail_is_said(visitor, server):
    server.answers["no@example.org"] = ["550 5.1.1 no such user"]
    ask(visitor, "no@example.org")
    jobs.run_pending()
    page = visitor.get(PAGE).content.decode()
    assert "Der Anbieter von no@example.org nimmt unsere E-Mail nicht an" in page


def test_without_a_mail_server_there_is_no_dead_form(visitor):
    page = visitor.get(PAGE)
    assert page.status_code == 200
    assert "Wir verschicken hier noch keine E-Mails" in page.content.decode()
    assert "<input" not in page.content.decode().split("<main")[1].split("</main")[0]
    assert visitor.post(PAGE, {"tun": "adresse", "adresse": LENA}).status_code in (403, 409)


def test_who_has_begun_nothing_is_told_so(server, town):
    page = Browser().get(PAGE).content.decode()
    assert "Sie haben hier noch nichts beantragt" in page


def test_an_unknown_button_is_a_sentence(visitor, server):
    visitor.get(PAGE)
    assert visitor.post(PAGE, {"tun": "quatsch"}).status_code == 400


def test_the_way_back_stays_on_our_pages(visitor, server):
    visitor.get(PAGE)
    answer = visitor.post(PAGE, {"tun": "adresse", "adresse": LENA, "zurueck": "/vorgaenge/"})
    assert answer["Location"] == f"{PAGE}?zurueck=/vorgaenge/"
    for evil in ("https://böse.example/", "//böse.example/", "javascript:alert(1)"):
        assert "böse" not in visitor.get(f"{PAGE}?zurueck={evil}").content.decode().split("<main")[1]


VISITOR, ACCOUNT, OTHER = (confirmations.UUID(int=number) for number in (1, 2, 3))


def test_an_address_goes_over_to_the_account_with_what_was_begun(town):
    with tenant(town.pk):
        for holder, address in ((VISITOR, LENA), (OTHER, "other@example.org")):
            Recipient.objects.create(
                authority_id=town.pk,
                holder_id=holder,
                address=address,
                language="en",
                confirmed_at=clock.now(),
            )
    mail.adopt(town.pk, VISITOR, ACCOUNT)
    mail.adopt(town.pk, VISITOR, OTHER)
    assert mail.status(town.pk, ACCOUNT, "").address == LENA
    assert mail.status(town.pk, OTHER, "").address == "other@example.org"
    mail.adopt(town.pk, confirmations.UUID(int=9), confirmations.UUID(int=10))


def test_who_logs_in_between_asking_and_confirming_has_the_address_too(town, server):
    mail.ask(town.pk, VISITOR, LENA, "de", "browser")
    _, code = mail_to(server)
    mail.confirm_by_code(town.pk, ACCOUNT, "browser", code)
    assert mail.status(town.pk, VISITOR, "").address == LENA
    assert mail.status(town.pk, ACCOUNT, "").address == LENA
    assert mail.status(town.pk, OTHER, "").address == ""
