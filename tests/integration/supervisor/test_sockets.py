# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""The web server's port: taken, free, wrong."""

import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from amtlich.platform.supervisor import sockets
from amtlich.platform.supervisor.errors import PortTaken


@pytest.fixture
def taken() -> Iterator[int]:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        yield int(other.getsockname()[1])


def close(opened: list[socket.socket]) -> None:
    for one in opened:
        one.close()


def test_the_next_free_port_is_found_when_the_first_is_taken(taken: int) -> None:
    opened, port = sockets.listen("localhost", taken, search=True)
    assert port > taken
    assert {one.getsockname()[1] for one in opened} == {port}
    close(opened)


def test_a_port_that_somebody_named_is_not_replaced(taken: int) -> None:
    with pytest.raises(PortTaken, match=f"Port {taken} ist schon belegt"):
        sockets.listen("localhost", taken, search=False)


def test_an_address_of_another_machine_is_one_sentence() -> None:
    with pytest.raises(PortTaken, match=r"Auf „192\.0\.2\.1“ lässt sich nicht hören"):
        sockets.listen("192.0.2.1", 8000, search=True)


def test_a_name_that_does_not_exist_is_one_sentence() -> None:
    with pytest.raises(PortTaken, match="lässt sich nicht hören"):
        sockets.listen("gibt-es-nicht.invalid", 8000, search=False)


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("localhost", {"127.0.0.1", "::1"}),
        ("127.0.0.2", {"127.0.0.2", "127.0.0.1", "::1"}),
        ("0.0.0.0", {"0.0.0.0", "::1"}),
        ("127.0.0.1", {"127.0.0.1", "::1"}),
    ],
)
def test_wherever_it_listens_this_machine_gets_in_by_localhost(host: str, reached: set[str]) -> None:
    opened, _ = sockets.listen(host, 18_000, search=True, here_too=True)
    found = {one.getsockname()[0] for one in opened}
    close(opened)
    assert found == reached if has_ipv6() else found == {one for one in reached if ":" not in one}


def has_ipv6() -> bool:
    try:
        with closing(socket.create_server(("::1", 0), family=socket.AF_INET6)):
            return True
    except OSError:
        return False


def test_other_machines_are_told_names_that_are_not_this_one_s_own() -> None:
    assert sockets.names_for_others("localhost") == []
    assert sockets.names_for_others("192.0.2.7") == ["192.0.2.7"]
    assert sockets.names_for_others("fd00::7") == ["[fd00::7]"]
    assert not {"localhost", "127.0.0.1", "[::1]"} & set(sockets.names_for_others("0.0.0.0"))
