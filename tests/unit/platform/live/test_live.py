# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The hub and its streams on a log and sessions made up in memory (FC-11, FC-12)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amtlich.platform.live.access import AccessLost, Listener
from amtlich.platform.live.cursor import Cursor
from amtlich.platform.live.hub import Hub, Limits, TooManyStreams
from amtlich.platform.live.stream import LiveChannel
from amtlich.platform.live.subscriber import Signal, Subscriber
from amtlich.platform.live.tail import MOST_MISSED, Batch, Change, Missed, TailLost
from amtlich.platform.web.intake import Message, Refused, Scope

CASE = uuid4()
OTHER = uuid4()
TOKEN = "a" * 26
FOREIGN = "b" * 26


class Log:
    """An event log in memory: what is committed, and how far transactions are final."""

    def __init__(self) -> None:
        self.changes: list[Change] = []
        self.xmin = 100
        self.lost = False
        self.reads = 0

    def add(self, stream: UUID = CASE, xid: int | None = None, number: int | None = None) -> Change:
        seq = 1 + sum(change.stream == stream for change in self.changes)
        place = Cursor(xid or self.xmin, number or 1 + len(self.changes))
        change = Change(place, stream, seq)
        self.changes.append(change)
        if xid is None:
            self.xmin += 1
        return change

    async def after(self, position: Cursor) -> Batch:
        self._reachable()
        self.reads += 1
        found = [c for c in self.changes if position < c.cursor and c.cursor.xid < self.xmin]
        return Batch(sorted(found, key=lambda c: c.cursor), self.xmin, self.xmin, complete=True)

    async def missed(self, stream: UUID, cursor: Cursor | None) -> Missed:
        self._reachable()
        own = [c for c in self.changes if c.stream == stream]
        newest = own[-1].cursor if own else Cursor(0, 0)
        seen = next((c.seq for c in own if c.cursor == cursor), None)
        if cursor is None or seen is None or len(own) - seen > MOST_MISSED:
            return Missed(cursor is None, (), len(own), newest)
        return Missed(True, own[seen:], len(own), newest)

    async def close(self) -> None:
        return None

    def _reachable(self) -> None:
        if self.lost:
            raise TailLost("away")


class Sessions:
    """Who is logged in, and to whom ``TOKEN`` belongs."""

    def __init__(self) -> None:
        self.open = {"lena", "tom"}
        self.asked: list[frozenset[str]] = []
        self.lost = False

    async def listener(self, key: str, host: str, token: str) -> Listener | None:
        if self.lost:
            raise AccessLost
        if key not in self.open:
            return None
        return Listener(key, CASE if token == TOKEN else None)

    async def still_open(self, sessions: Collection[str]) -> frozenset[str]:
        if self.lost:
            raise AccessLost
        self.asked.append(frozenset(sessions))
        return frozenset(self.open & set(sessions))

    async def close(self) -> None:
        return None


class World:
    def __init__(self, limits: Limits | None = None) -> None:
        self.log = Log()
        self.sessions = Sessions()
        self.hub = Hub(self.log, self.sessions, limits or Limits(poll=0.001))


def play(scenario: Callable[[World], Coroutine[Any, Any, None]], limits: Limits | None = None) -> None:
    async def run() -> None:
        async with asyncio.timeout(20):
            world = World(limits)
            try:
                await scenario(world)
            finally:
                await world.hub.stop()

    asyncio.run(run())


def waiting(subscriber: Subscriber) -> list[Signal]:
    return list(subscriber._waiting)


# ---- the hub


def test_an_open_page_hears_of_its_own_case_only() -> None:
    async def scenario(world: World) -> None:
        mine = await world.hub.subscribe(CASE, "lena", None)
        other = await world.hub.subscribe(OTHER, "tom", None)
        change = world.log.add(CASE)
        await world.hub.read_once()
        assert waiting(mine) == [Signal(change.cursor)]
        assert waiting(other) == []

    play(scenario)


def test_who_comes_back_gets_what_was_missed_once_and_in_order() -> None:
    """FC-11: events 101 to 110, the client has 103."""

    async def scenario(world: World) -> None:
        changes = [world.log.add() for _ in range(10)]
        subscriber = await world.hub.subscribe(CASE, "lena", changes[2].cursor)
        await world.hub.read_once()
        more = world.log.add()
        await world.hub.read_once()
        await world.hub.read_once()
        assert waiting(subscriber) == [Signal(c.cursor) for c in (*changes[3:], more)]

    play(scenario)


@pytest.mark.parametrize("cursor", [Cursor(0, 1), Cursor(100, 77), Cursor(7, 7), Cursor(10**6, 10**6)])
def test_a_place_that_is_not_known_gives_one_reload(cursor: Cursor) -> None:
    async def scenario(world: World) -> None:
        newest = [world.log.add() for _ in range(3)][-1].cursor
        subscriber = await world.hub.subscribe(CASE, "lena", cursor)
        assert waiting(subscriber) == [Signal(newest, reload=True)]

    play(scenario)


def test_a_place_of_another_case_gives_a_reload() -> None:
    async def scenario(world: World) -> None:
        foreign = world.log.add(OTHER)
        world.log.add(CASE)
        (signal,) = waiting(await world.hub.subscribe(CASE, "lena", foreign.cursor))
        assert signal.reload

    play(scenario)


def test_too_much_missed_gives_one_reload() -> None:
    async def scenario(world: World) -> None:
        changes = [world.log.add() for _ in range(MOST_MISSED + 2)]
        (signal,) = waiting(await world.hub.subscribe(CASE, "lena", changes[0].cursor))
        assert signal == Signal(changes[-1].cursor, reload=True)
        assert len(waiting(await world.hub.subscribe(CASE, "lena", changes[1].cursor))) == MOST_MISSED

    play(scenario)


def test_nothing_is_lost_that_is_committed_between_subscription_and_first_read() -> None:
    async def scenario(world: World) -> None:
        world.log.add()
        subscriber = await world.hub.subscribe(CASE, "lena", None)
        change = world.log.add()
        await world.hub.read_once()
        assert waiting(subscriber) == [Signal(change.cursor)]

    play(scenario)


def test_what_comes_in_while_the_missed_is_looked_up_is_told_once() -> None:
    async def scenario(world: World) -> None:
        first = world.log.add()
        looking, go = asyncio.Event(), asyncio.Event()
        look_up = world.log.missed

        async def slow(stream: UUID, cursor: Cursor | None) -> Missed:
            looking.set()
            await go.wait()
            return await look_up(stream, cursor)

        world.log.missed = slow  # type: ignore[method-assign]
        opening = asyncio.create_task(world.hub.subscribe(CASE, "lena", first.cursor))
        await looking.wait()
        second = world.log.add()
        await world.hub.read_once()
        go.set()
        subscriber = await opening
        third = world.log.add()
        await world.hub.read_once()
        assert waiting(subscriber) == [Signal(second.cursor), Signal(third.cursor)]

    play(scenario)


def test_an_event_of_a_transaction_that_began_earlier_and_ended_later_is_told() -> None:
    """`id > last` loses it; and a place with a higher transaction number does not hide it."""

    async def scenario(world: World) -> None:
        early = world.log.add(CASE, xid=105, number=1)
        world.log.xmin = 103  # transaction 103 is still open
        subscriber = await world.hub.subscribe(CASE, "lena", early.cursor)
        await world.hub.read_once()
        assert waiting(subscriber) == []
        late = world.log.add(CASE, xid=103, number=2)
        world.log.xmin = 110
        await world.hub.read_once()
        assert waiting(subscriber) == [Signal(late.cursor)]

    play(scenario)


def test_a_page_that_does_not_read_gets_one_reload_instead_of_a_long_queue() -> None:
    async def scenario(world: World) -> None:
        subscriber = await world.hub.subscribe(CASE, "lena", None)
        for _ in range(50):
            newest = world.log.add()
        await world.hub.read_once()
        assert len(waiting(subscriber)) <= 10
        assert waiting(subscriber)[-1].cursor == newest.cursor
        assert waiting(subscriber)[0].reload

    play(scenario, Limits(waiting_signals=10))


def test_an_ended_session_hears_nothing_more() -> None:
    """FC-12: log-out in another tab, then a new event."""

    async def scenario(world: World) -> None:
        ended = await world.hub.subscribe(CASE, "lena", None)
        stays = await world.hub.subscribe(CASE, "tom", None)
        world.sessions.open.discard("lena")
        world.log.add()
        await world.hub.read_once()
        assert ended.closed
        assert await ended.next(0) is None
        assert not stays.closed
        assert len(waiting(stays)) == 1

    play(scenario)


def test_all_sessions_are_checked_with_one_question() -> None:
    async def scenario(world: World) -> None:
        streams = [await world.hub.subscribe(uuid4(), each, None) for each in ("lena", "tom", "lena")]
        world.sessions.open.discard("tom")
        await world.hub.check_sessions()
        assert [each.closed for each in streams] == [False, True, False]
        assert world.sessions.asked == [frozenset({"lena", "tom"})]

    play(scenario)


def test_sessions_are_checked_by_themselves() -> None:
    async def scenario(world: World) -> None:
        subscriber = await world.hub.subscribe(CASE, "lena", None)
        await world.hub.start()
        world.sessions.open.clear()
        assert await subscriber.next(10) is None
        assert subscriber.closed

    play(scenario, Limits(poll=0.001, session_check=0.001))


@pytest.mark.parametrize("what", ["log", "sessions"])
def test_while_the_database_is_away_pages_wait_and_then_hear_everything(what: str) -> None:
    async def scenario(world: World) -> None:
        subscriber = await world.hub.subscribe(CASE, "lena", None)
        lost: Log | Sessions = world.log if what == "log" else world.sessions
        lost.lost = True
        changes = [world.log.add(), world.log.add()]
        await world.hub.start()
        assert await subscriber.next(0.02) is None
        assert not subscriber.closed
        lost.lost = False
        assert [await subscriber.next(10), await subscriber.next(10)] == [Signal(c.cursor) for c in changes]

    play(scenario, Limits(poll=0.001, longest_backoff=0.002))


def test_a_restored_database_makes_all_pages_reload() -> None:
    """Transaction numbers go back; what was loaded has number 0."""

    async def scenario(world: World) -> None:
        world.log.add()
        subscriber = await world.hub.subscribe(CASE, "lena", None)
        await world.hub.read_once()
        world.log.changes = [Change(Cursor(0, 1), CASE, 1)]
        world.log.xmin = 20
        await world.hub.read_once()
        assert waiting(subscriber) == [Signal(Cursor(0, 1), reload=True)]
        await subscriber.next(0)
        change = world.log.add()
        await world.hub.read_once()
        assert waiting(subscriber) == [Signal(change.cursor)]

    play(scenario)


def test_streams_of_one_session_are_limited_and_places_come_back() -> None:
    async def scenario(world: World) -> None:
        streams = [await world.hub.subscribe(CASE, "lena", None) for _ in range(3)]
        with pytest.raises(TooManyStreams):
            await world.hub.subscribe(CASE, "lena", None)
        await world.hub.subscribe(CASE, "tom", None)
        world.hub.unsubscribe(streams[0])
        world.hub.unsubscribe(streams[0])
        await world.hub.subscribe(CASE, "lena", None)
        assert world.hub.open_streams == 4

    play(scenario, Limits(per_session=3))


def test_a_subscription_that_fails_takes_no_place() -> None:
    async def scenario(world: World) -> None:
        await world.hub.read_once()
        world.log.lost = True
        with pytest.raises(TailLost):
            await world.hub.subscribe(CASE, "lena", None)
        assert world.hub.open_streams == 0

    play(scenario)


def test_an_open_transaction_is_reported_once_it_is_long(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(world: World) -> None:
        world.hub._watch_horizon(50, 60)
        assert not caplog.records
        assert world.hub._held_since is not None
        world.hub._held_since = (50, world.hub._held_since[1] - 6)
        world.hub._watch_horizon(50, 61)
        assert "open for more than 6 s" in caplog.text
        caplog.clear()
        world.hub._watch_horizon(50, 62)
        assert not caplog.records

    play(scenario)


@given(
    seen=st.integers(0, 12),
    reads=st.lists(st.integers(0, 4), max_size=8),
)
def test_every_event_after_the_place_is_told_exactly_once_in_order(seen: int, reads: Sequence[int]) -> None:
    async def scenario(world: World) -> None:
        before = [world.log.add() for _ in range(12)]
        place = before[seen - 1].cursor if seen else None
        subscriber = await world.hub.subscribe(CASE, "lena", place)
        expected = [c.cursor for c in before[seen:]] if seen else []
        for count in reads:
            expected += [world.log.add().cursor for _ in range(count)]
            world.log.add(OTHER)
            await world.hub.read_once()
        told = [signal.cursor for signal in waiting(subscriber)]
        assert told == expected
        assert all(first < second for first, second in pairwise(told))

    play(scenario)


# ---- the stream


class Page:
    """A browser that opens ``/live/…`` and reads."""

    def __init__(self, world: World, heartbeat: float = 15.0) -> None:
        self._channel = LiveChannel(world.hub, heartbeat=heartbeat, spread=lambda: 0.0)
        self.status = 0
        self.headers: dict[bytes, bytes] = {}
        self.text = ""
        self.ended = False
        self._news = asyncio.Event()
        self._gone = asyncio.Event()

    def open(
        self, token: str = TOKEN, *, cookie: str = "amtlich_session=lena", **options: Any
    ) -> asyncio.Task[None]:
        headers = [(b"host", b"localhost"), (b"cookie", cookie.encode())]
        headers += [(name.encode(), value.encode()) for name, value in options.get("headers", {}).items()]
        scope: Scope = {
            "type": "http",
            "method": options.get("method", "GET"),
            "path": f"/live/{token}",
            "query_string": options.get("query", "").encode(),
            "headers": headers,
        }
        return asyncio.create_task(self._channel(scope, self._receive, self._send))

    async def _receive(self) -> Message:
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = dict(message["headers"])
        else:
            self.text += message["body"].decode()
            self.ended = not message["more_body"]
        self._news.set()

    async def says(self, text: str) -> None:
        while text not in self.text:
            self._news.clear()
            await self._news.wait()

    def leave(self) -> None:
        self._gone.set()


def test_a_stream_sends_the_word_and_the_place_and_no_data() -> None:
    async def scenario(world: World) -> None:
        first = world.log.add()
        page = Page(world)
        stream = page.open()
        await page.says("\n\n")
        assert page.text == f"retry: 2000\nid: {first.cursor}\n\n"
        change = world.log.add()
        await world.hub.read_once()
        await page.says("changed")
        assert page.text.endswith(f"id: {change.cursor}\nevent: changed\ndata: changed\n\n")
        assert page.headers[b"content-type"] == b"text/event-stream; charset=utf-8"
        assert page.headers[b"cache-control"] == b"no-store"
        page.leave()
        await stream
        assert world.hub.open_streams == 0

    play(scenario)


@pytest.mark.parametrize("by", ["header", "query", "both"])
def test_a_browser_that_comes_back_is_told_what_it_missed(by: str) -> None:
    async def scenario(world: World) -> None:
        changes = [world.log.add() for _ in range(3)]
        header = {"last-event-id": str(changes[1].cursor)} if by != "query" else {}
        query = f"seit={changes[1 if by == 'query' else 0].cursor}" if by != "header" else ""
        page = Page(world)
        page.open(headers=header, query=query)
        await page.says("changed")
        assert page.text == f"retry: 2000\n\nid: {changes[2].cursor}\nevent: changed\ndata: changed\n\n"

    play(scenario)


@pytest.mark.parametrize("seen", ["x", "1-", "99999999999999999999999-1", "0-0", "-1-5", "١-٢"])
def test_a_place_that_cannot_be_read_gives_a_reload(seen: str) -> None:
    async def scenario(world: World) -> None:
        newest = world.log.add()
        page = Page(world)
        page.open(headers={"last-event-id": seen})
        await page.says("reload")
        assert page.text == f"retry: 2000\n\nid: {newest.cursor}\nevent: reload\ndata: reload\n\n"

    play(scenario)


def test_silence_is_filled_with_a_sign_of_life() -> None:
    async def scenario(world: World) -> None:
        page = Page(world, heartbeat=0.001)
        page.open()
        await page.says(": noch da\n\n")
        assert "event:" not in page.text

    play(scenario)


@pytest.mark.parametrize(
    ("status", "options"),
    [
        (401, {"cookie": ""}),
        (401, {"cookie": "amtlich_session=ended"}),
        (404, {"token": FOREIGN}),
        (404, {"token": "short"}),
        (404, {"token": "a" * 25 + "/"}),
        (405, {"method": "POST"}),
        (403, {"headers": {"sec-fetch-site": "cross-site"}}),
    ],
)
def test_who_may_not_listen_gets_a_status_and_no_stream(status: int, options: dict[str, Any]) -> None:
    async def scenario(world: World) -> None:
        page = Page(world)
        with pytest.raises(Refused) as refused:
            await page.open(**options)
        assert refused.value.status == status
        assert page.status == 0
        assert world.hub.open_streams == 0

    play(scenario)


def test_a_stream_ends_with_its_session_and_coming_back_gives_401() -> None:
    async def scenario(world: World) -> None:
        page = Page(world)
        stream = page.open()
        await page.says("\n\n")
        world.sessions.open.discard("lena")
        await world.hub.check_sessions()
        await stream
        assert page.ended
        with pytest.raises(Refused) as refused:
            await Page(world).open()
        assert refused.value.status == 401

    play(scenario)


@pytest.mark.parametrize("what", ["log", "sessions"])
def test_a_page_that_comes_while_the_database_is_away_is_told_when_to_come_back(what: str) -> None:
    """Any other status but 200 would make the browser give up for good."""

    async def scenario(world: World) -> None:
        lost: Log | Sessions = world.log if what == "log" else world.sessions
        lost.lost = True
        page = Page(world)
        await page.open()
        assert (page.status, page.text, page.ended) == (200, "retry: 5000\n\n", True)
        assert world.hub.open_streams == 0

    play(scenario)


def test_a_session_with_too_many_streams_is_told_so() -> None:
    async def scenario(world: World) -> None:
        page = Page(world)
        page.open()
        await page.says("\n\n")
        with pytest.raises(Refused) as refused:
            await Page(world).open()
        assert refused.value.status == 429

    play(scenario, Limits(per_session=1))


def test_stopping_the_hub_ends_all_streams() -> None:
    async def scenario(world: World) -> None:
        page = Page(world)
        stream = page.open()
        await page.says("\n\n")
        await world.hub.start()
        await world.hub.stop()
        await stream
        assert page.ended

    play(scenario)


@given(xid=st.integers(0, 2**64 - 1), number=st.integers(0, 2**63 - 1))
def test_a_cursor_survives_its_text(xid: int, number: int) -> None:
    assert Cursor.parse(str(Cursor(xid, number))) == Cursor(xid, number)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    parsed = Cursor.parse(text)
    assert parsed is None or parsed.event_id >= 0
