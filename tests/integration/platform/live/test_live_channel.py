# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The live channel on PostgreSQL, over HTTP: real events, real sessions, a real server."""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest
import uvicorn
from django.db import connections

from amtlich.kernel import clock
from amtlich.kernel.ids import new_token
from amtlich.platform import live
from amtlich.platform.accounts import Actor
from amtlich.platform.accounts.models import Account
from amtlich.platform.accounts.sessions import SessionStore, key_hash, open_sessions
from amtlich.platform.events import log
from amtlich.platform.live import access
from amtlich.platform.live.access import DatabaseAccess
from amtlich.platform.live.cursor import Cursor
from amtlich.platform.live.hub import Hub, Limits
from amtlich.platform.live.stream import LiveChannel
from amtlich.platform.live.tail import DatabaseTail, TailLost
from amtlich.platform.tenancy import tenant
from amtlich.platform.tenancy.models import Authority
from amtlich.platform.web.front import Front
from amtlich.platform.web.server import _Server, listen

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner", "system"])


class Town:
    """A town with a case and people, some of whom may see it."""

    def __init__(self, authority: Authority) -> None:
        self.authority = authority
        self.case = uuid4()
        self.token = new_token()
        self._seq, self._head = 0, log.GENESIS

    def happens(self) -> None:
        with tenant(self.authority.id):
            (event,) = log.append(
                self.authority.id,
                self.case,
                self._seq,
                self._head,
                [log.NewEvent("something", {})],
                actor_kind="system",
                actor_id=None,
            )
        self._seq, self._head = event.seq, event.hash

    def log_in(self, name: str = "lena") -> str:
        with tenant(self.authority.id):
            account, _ = Account.objects.get_or_create(
                authority_id=self.authority.id, username=name, defaults={"display_name": name}
            )
        session = SessionStore()
        session["account"] = str(account.pk)
        session.save()
        assert session.session_key
        return session.session_key

    def resolve(self, actor: Actor, token: str) -> UUID | None:
        return self.case if token == self.token and actor.display_name == "lena" else None


@pytest.fixture
def place(town: Authority, monkeypatch: pytest.MonkeyPatch) -> Town:
    made = Town(town)
    monkeypatch.setattr(access, "_resolver", None)
    live.register(made.resolve)
    return made


def _no_pages(environ: Any, start_response: Callable[..., Any]) -> list[bytes]:
    start_response("404 Not Found", [])
    return []


@pytest.fixture
def served(place: Town) -> Iterator[str]:
    """The address of a server with the live channel; it is stopped in the end."""
    (*_, bound) = listen("127.0.0.1", 0)
    hub = Hub(DatabaseTail(), DatabaseAccess(), Limits(session_check=0.2))
    front = Front(
        _no_pages, LiveChannel(hub, heartbeat=0.2), ready=lambda: None, on_start=hub.start, on_stop=hub.stop
    )
    configuration = uvicorn.Config(front, lifespan="on", log_config=None, timeout_graceful_shutdown=5)
    server = _Server(configuration, hub.stop)
    thread = threading.Thread(target=server.run, args=([bound],))
    thread.start()
    yield f"http://localhost:{bound.getsockname()[1]}"
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive()


class Listening:
    """An open stream, read in a thread; ``said`` grows."""

    def __init__(self, address: str, key: str | None, headers: dict[str, str] | None = None) -> None:
        cookies = {"amtlich_session": key} if key else {}
        self._client = httpx.Client(cookies=cookies, timeout=20)
        self._stack = contextlib.ExitStack()
        self.answer = self._stack.enter_context(self._client.stream("GET", address, headers=headers or {}))
        self.said = ""
        self.ended = threading.Event()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        with contextlib.suppress(httpx.HTTPError):
            for text in self.answer.iter_text():
                self.said += text
        self.ended.set()

    def hears(self, text: str, times: int = 1) -> None:
        limit = time.monotonic() + 20
        while self.said.count(text) < times:
            assert time.monotonic() < limit, f"heard only {self.said!r}"
            assert not self.ended.is_set() or self.said.count(text) >= times, f"ended after {self.said!r}"
            time.sleep(0.01)

    @property
    def last_id(self) -> str:
        return [line[4:] for line in self.said.splitlines() if line.startswith("id: ")][-1]

    def leave(self) -> None:
        self._client.close()
        self._thread.join(20)


def test_an_open_page_hears_of_its_case_and_comes_back_without_a_gap(place: Town, served: str) -> None:
    place.happens()
    key = place.log_in()
    page = Listening(f"{served}/live/{place.token}", key)
    page.hears("id: ")
    assert page.answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert "default-src 'none'" in page.answer.headers["content-security-policy"]
    place.happens()
    page.hears("event: changed")
    page.leave()
    seen = page.last_id
    for _ in range(3):
        place.happens()
    again = Listening(f"{served}/live/{place.token}", key, {"Last-Event-ID": seen})
    again.hears("event: changed", 3)
    place.happens()
    again.hears("event: changed", 4)
    ids = [line for line in again.said.splitlines() if line.startswith("id: ")]
    assert len(ids) == len(set(ids)) == 4
    assert "reload" not in again.said
    again.leave()


def test_a_page_whose_place_is_from_another_life_reloads(place: Town, served: str) -> None:
    place.happens()
    page = Listening(f"{served}/live/{place.token}?seit=1-1", place.log_in())
    page.hears("event: reload")
    page.leave()


def test_foreign_missing_and_logged_out_get_no_stream(
    place: Town, served: str, other_town: Authority
) -> None:
    def status(token: str, key: str | None, host: str = "localhost") -> int:
        cookies = {"Cookie": f"amtlich_session={key}"} if key else {}
        return httpx.get(f"{served}/live/{token}", headers={"Host": host, **cookies}).status_code

    lena, tom = place.log_in("lena"), place.log_in("tom")
    assert status(place.token, tom) == status(new_token(), lena) == status(new_token(), tom) == 404
    assert status(place.token, None) == status(place.token, "x" * 32) == 401
    assert status(place.token, lena, "kleinstadt.localhost") == 401
    assert status(place.token, lena, "unknown.example") == 401


def test_logging_out_ends_the_stream_and_nothing_more_is_delivered(place: Town, served: str) -> None:
    """FC-12."""
    key = place.log_in()
    page = Listening(f"{served}/live/{place.token}", key)
    page.hears("noch da")
    SessionStore(key).delete()
    place.happens()
    assert page.ended.wait(20)
    assert "changed" not in page.said
    assert httpx.get(f"{served}/live/{place.token}", cookies={"amtlich_session": key}).status_code == 401
    page.leave()


def test_a_locked_account_ends_the_stream(place: Town, served: str) -> None:
    """FC-12."""
    key = place.log_in()
    page = Listening(f"{served}/live/{place.token}", key)
    page.hears("noch da")
    with tenant(place.authority.id):
        Account.objects.update(is_active=False)
    assert page.ended.wait(20)
    assert httpx.get(f"{served}/live/{place.token}", cookies={"amtlich_session": key}).status_code == 401
    page.leave()


def test_a_database_that_drops_its_connections_tells_pages_nothing_false(place: Town, served: str) -> None:
    page = Listening(f"{served}/live/{place.token}", place.log_in())
    page.hears("noch da")
    with connections["system"].cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"
        )
    place.happens()
    page.hears("event: changed")
    assert "reload" not in page.said
    page.leave()


def test_a_session_is_open_until_it_ends_expires_or_its_account_is_locked(place: Town) -> None:
    keys = [place.log_in(name) for name in ("a", "b", "c", "d")]
    hashes = [key_hash(key) for key in keys]
    assert open_sessions(hashes) == set(hashes)
    SessionStore(keys[0]).delete()
    with tenant(place.authority.id):
        Account.objects.filter(username="b").update(is_active=False)
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_session SET expire_date = %s WHERE session_key = %s",
            [clock.now() - timedelta(seconds=1), hashes[2]],
        )
    assert open_sessions(hashes) == {hashes[3]}
    assert open_sessions([]) == frozenset()


def _reading(work: Callable[[DatabaseTail], Any]) -> Any:
    async def run() -> Any:
        tail = DatabaseTail()
        try:
            return await work(tail)
        finally:
            await tail.close()

    return asyncio.run(run())


def _connect() -> psycopg.Connection[Any]:
    parameters = dict(connections["default"].get_connection_params())
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    return psycopg.connect(**parameters)


_INSERT = (
    "INSERT INTO events_event (authority_id, stream, seq, type, at, actor_kind, commitment, previous, hash) "
    "VALUES (%(authority)s, %(stream)s, 1, 'x', now(), 'system', '', '', '')"
)


def _insert(connection: psycopg.Connection[Any], authority: UUID) -> UUID:
    stream = uuid4()
    connection.execute("SELECT set_config('app.authority', %s, true)", [str(authority)])
    connection.execute(_INSERT, {"authority": authority, "stream": stream})
    return stream


def test_an_event_committed_late_is_read_though_later_ones_were_read_before(place: Town) -> None:
    """`id > last` would lose it."""

    async def work(tail: DatabaseTail) -> None:
        start = (await tail.after(Cursor(2**63 - 1, 0))).xmin
        with _connect() as slow, _connect() as quick:
            late = _insert(slow, place.authority.id)
            early = _insert(quick, place.authority.id)
            quick.commit()
            first = await tail.after(Cursor(start, 0))
            assert list(first.changes) == []  # held back until the slow one is final
            assert first.xmin < first.xmax
            slow.commit()
            second = await tail.after(Cursor(first.xmin, 0))
            assert [change.stream for change in second.changes] == [late, early]

    _reading(work)


def test_under_many_writers_every_event_is_read_exactly_once(place: Town) -> None:
    writers, each = 6, 40
    written: list[UUID] = []

    def write() -> None:
        with _connect() as connection:
            for _ in range(each):
                written.append(_insert(connection, place.authority.id))
                connection.commit()

    async def work(tail: DatabaseTail) -> list[UUID]:
        position = Cursor((await tail.after(Cursor(2**63 - 1, 0))).xmin, 0)
        read: list[UUID] = []
        with ThreadPoolExecutor(writers) as pool:
            running = [pool.submit(write) for _ in range(writers)]
            ended = False
            while not ended or len(read) < writers * each:
                ended = all(future.done() for future in running)
                batch = await tail.after(position)
                read += [change.stream for change in batch.changes]
                last = batch.changes[-1].cursor if batch.changes else position
                position = max(last, Cursor(batch.xmin, 0))
            for future in running:
                future.result()
        return read

    read = _reading(work)
    assert sorted(read) == sorted(written)


def test_a_lost_connection_is_told_and_the_next_call_finds_a_new_one(place: Town) -> None:
    async def work(tail: DatabaseTail) -> None:
        await tail.after(Cursor(0, 0))
        assert tail._connection is not None
        await tail._connection.close()
        await tail.after(Cursor(0, 0))
        with pytest.raises(TailLost):
            await tail._ask(("SELECT pg_terminate_backend(pg_backend_pid())", ()))
        assert (await tail.after(Cursor(0, 0))).complete

    _reading(work)


def test_the_tail_sees_only_what_its_role_may_and_cannot_write(place: Town) -> None:
    async def work(tail: DatabaseTail) -> None:
        await tail.after(Cursor(0, 0))
        assert tail._connection is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await tail._connection.execute("DELETE FROM events_event")

    _reading(work)
