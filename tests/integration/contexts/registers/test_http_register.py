# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The HTTP adapter against a real server on the loopback that misbehaves in every way we know."""

import json
import logging
from dataclasses import replace

import httpx
import pytest
from tests.doubles.register_server import FakeRegister, Mode

from amtlich.contexts.registers.adapters.http import HttpRegister, Limits
from amtlich.contexts.registers.demo.residents import demo_residents
from amtlich.contexts.registers.errors import RegistersError
from amtlich.contexts.registers.ports import LookUp
from amtlich.contexts.registers.records import BASIC_FIELDS, Ambiguous, Blocked, Found, NoMatch, Unavailable
from amtlich.platform.outside.breaker import THRESHOLD, CircuitBreaker

HARD = {one.key: one for one in demo_residents()}
LENA = HARD["lena"]
# Short enough for a test, long enough for a busy machine's loopback.
LIMITS = Limits(connect=5, read=0.4, whole=30, first_pause=0.01)
OUTCOME = {"found": Found, "none": NoMatch, "several": Ambiguous, "blocked": Blocked}


class Steps:
    """Time that moves only by being waited for."""

    def __init__(self):
        self.now = 0.0
        self.pauses = []

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.pauses.append(seconds)
        self.now += seconds


def question(person=LENA, query_id="q-1"):
    return LookUp(person.query, BASIC_FIELDS, "Meldebescheinigung", "BMG § 18", query_id)


def client_of(url, *, limits=LIMITS, steps=None, breaker=None, **more):
    steps = steps or Steps()
    return HttpRegister(
        url,
        breaker=breaker or CircuitBreaker(steps.monotonic),
        limits=limits,
        sleep=steps.sleep,
        jitter=lambda: 1.0,
        monotonic=steps.monotonic,
        **more,
    )


@pytest.fixture
def fake():
    with FakeRegister() as register:
        yield register


@pytest.mark.parametrize("key", sorted(HARD))
def test_every_hard_resident_gets_the_outcome_that_the_built_in_register_gives(fake, key):
    answer = client_of(fake.url).look_up(question(HARD[key]))
    assert isinstance(answer, OUTCOME[HARD[key].outcome])
    if isinstance(answer, Found):
        assert answer.record == HARD[key].record


def test_fc05_a_register_that_sends_decomposed_letters_is_understood(fake):
    fake.shape = lambda record: {**record, "familienname": "Bru\u0308ckner"}
    answer = client_of(fake.url).look_up(question())
    assert answer.record.family == "Br\u00fcckner"


def test_the_question_goes_out_with_its_id_and_the_credential(fake):
    client_of(fake.url, credential="secret").look_up(question(query_id="q-7"))
    (seen,) = fake.requests
    assert seen.query_id == "q-7"
    assert seen.body["query_id"] == "q-7"
    assert seen.authorization == "Bearer secret"


@pytest.mark.parametrize(
    ("mode", "tries", "kind"),
    [
        (Mode.SLOW, 3, "down"),
        (Mode.GARBAGE, 3, "down"),
        (Mode.TRUNCATED, 3, "down"),
        (Mode.ERROR, 3, "down"),
        (Mode.NOTHING, 3, "down"),
        (Mode.DENIED, 1, "down"),
        (Mode.WRONG_PERSON, 1, "faulty"),
        (Mode.WRONG_QUERY, 1, "faulty"),
        (Mode.HUGE, 1, "faulty"),
    ],
    ids=lambda value: getattr(value, "value", value),
)
def test_whatever_the_register_does_the_caller_learns_only_that_it_is_unavailable(fake, mode, tries, kind):
    fake.mode = mode
    answer = client_of(fake.url).look_up(question())
    assert isinstance(answer, Unavailable)
    assert answer.kind == kind
    assert answer.reason.endswith(".")
    assert 0 < answer.retry_after <= 60
    assert fake.asked() == {"q-1": tries}


def test_a_drip_is_cut_when_the_time_is_up(fake):
    fake.mode = Mode.DRIP
    register = HttpRegister(
        fake.url, breaker=CircuitBreaker(lambda: 0.0), limits=Limits(connect=5, read=5, whole=0.6, tries=1)
    )
    answer = register.look_up(question())
    assert answer == Unavailable("Das Melderegister antwortet zu langsam.", 1.0)


def test_a_person_at_a_page_waits_no_longer_than_their_patience(fake):
    fake.mode = Mode.SLOW
    register = HttpRegister(fake.url, breaker=CircuitBreaker(lambda: 0.0), limits=Limits(5, 60, 60))
    for _ in range(THRESHOLD):
        assert isinstance(register.look_up(replace(question(), patience=0.2)), Unavailable)
    assert fake.asked() == {"q-1": THRESHOLD}
    fake.mode = Mode.OK
    assert isinstance(register.look_up(question()), Found)  # impatience opens no circuit


def test_a_register_that_is_not_there_is_unavailable():
    with FakeRegister() as gone:
        url = gone.url
    answer = client_of(url).look_up(question())
    assert isinstance(answer, Unavailable)
    assert "Verbindung" in answer.reason


def test_a_wrong_person_is_named_in_no_message(fake, caplog):
    fake.mode = Mode.WRONG_PERSON
    with caplog.at_level(logging.DEBUG, logger="amtlich"):
        answer = client_of(fake.url).look_up(question())
    told = answer.reason + caplog.text
    for entry in fake.entries:
        assert entry.record["familienname"] not in told
    assert "andere Person" in told


@pytest.mark.parametrize(
    "change",
    [
        {"familienname": "Brueckner"},
        {"vornamen": ["Lena"], "rufname": []},
        {"geburtsdatum": "1988-02-14"},
        {"geburtsdatum": "1988-02"},
        {"anschriften": [{**LENA.record.to_json()["anschriften"][0], "hausnummer": "21"}]},
        {"anschriften": [{"art": "ohne_festen_wohnsitz", "plz": "12345", "ort": "Musterstadt"}]},
    ],
)
def test_one_statement_that_differs_is_a_wrong_person(fake, change):
    fake.shape = lambda record: {**record, **change}
    answer = client_of(fake.url).look_up(question())
    assert isinstance(answer, Unavailable)
    assert answer.kind == "faulty"


def test_a_flapping_register_is_asked_again_with_the_same_id(fake):
    fake.mode = Mode.FLAPPING
    answer = client_of(fake.url).look_up(question())
    assert isinstance(answer, Found)
    assert fake.asked() == {"q-1": 2}


def test_pauses_between_tries_grow_and_are_jittered(fake):
    fake.mode = Mode.ERROR
    steps = Steps()
    client_of(fake.url, steps=steps, limits=Limits(first_pause=0.2)).look_up(question())
    assert steps.pauses == pytest.approx([0.2, 0.4])


def test_no_try_begins_that_could_not_end_in_time(fake):
    fake.mode = Mode.ERROR
    client_of(fake.url, limits=Limits(connect=5, read=5, whole=5, first_pause=9)).look_up(question())
    assert fake.asked() == {"q-1": 1}


def test_a_dead_register_is_left_alone_and_asked_again_after_the_pause(fake):
    fake.mode = Mode.ERROR
    steps = Steps()
    register = client_of(fake.url, steps=steps)
    register.look_up(question())
    assert len(fake.requests) == THRESHOLD
    waiting = register.look_up(question(query_id="q-2"))
    assert isinstance(waiting, Unavailable)
    assert len(fake.requests) == THRESHOLD
    fake.mode = Mode.OK
    steps.now += waiting.retry_after
    assert isinstance(register.look_up(question(query_id="q-2")), Found)
    assert isinstance(register.look_up(question(query_id="q-3")), Found)


def test_a_probe_of_a_register_still_dead_asks_once(fake):
    fake.mode = Mode.ERROR
    steps = Steps()
    register = client_of(fake.url, steps=steps)
    waiting = register.look_up(question())
    steps.now += waiting.retry_after
    register.look_up(question(query_id="q-2"))
    assert fake.asked()["q-2"] == 1


def test_one_persons_faulty_record_does_not_keep_others_from_asking(fake):
    fake.mode = Mode.WRONG_PERSON
    register = client_of(fake.url)
    for _ in range(THRESHOLD * 2):
        register.look_up(question())
    fake.mode = Mode.OK
    assert isinstance(register.look_up(question(HARD["karl"])), Found)


def test_the_register_says_when_to_come_back():
    transport = httpx.MockTransport(lambda request: httpx.Response(503, headers={"Retry-After": "3600"}))
    answer = client_of("https://register.example", transport=transport).look_up(question())
    assert answer.retry_after == 60


@pytest.mark.parametrize("header", [{"Location": "https://other.example"}, {}])
@pytest.mark.parametrize("status", [301, 302, 404, 400])
def test_a_redirect_or_refusal_is_not_followed_and_not_repeated(status, header):
    seen = []

    def reply(request):
        seen.append(request.url.host)
        return httpx.Response(status, headers=header)

    answer = client_of("https://register.example", transport=httpx.MockTransport(reply)).look_up(question())
    assert isinstance(answer, Unavailable)
    assert seen == ["register.example"]


def test_a_packed_answer_is_refused():
    def reply(request):
        assert request.headers["accept-encoding"] == "identity"
        return httpx.Response(200, headers={"Content-Encoding": "gzip"}, content=b"\x1f\x8b")

    answer = client_of("https://register.example", transport=httpx.MockTransport(reply)).look_up(question())
    assert isinstance(answer, Unavailable)


@pytest.mark.parametrize("url", ["http://register.example", "ftp://register.example", "register.example", ""])
def test_personal_data_never_leaves_the_machine_without_tls(url):
    with pytest.raises(RegistersError, match="https"):
        client_of(url)


def test_a_path_in_the_address_is_kept():
    seen = []

    def reply(request):
        seen.append(str(request.url))
        body = {"schema": "amtlich/register-answer/1", "query_id": "q-1", "outcome": "none"}
        return httpx.Response(200, stream=httpx.ByteStream(json.dumps(body).encode()))

    client_of("https://register.example/melde/", transport=httpx.MockTransport(reply)).look_up(question())
    assert seen == ["https://register.example/melde/v1/residents/lookup"]
