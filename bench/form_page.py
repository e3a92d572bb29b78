# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""How many form pages a second, against a view that does nothing behind the same middleware.

    python bench/form_page.py

Both are asked in turn by the same person (session, account and draft from the database), in this process
at the WSGI door that the server knocks at, so that the machine's noise meets both alike. The figure is a
ratio.
"""

from __future__ import annotations

import io
import statistics
import sys
import time

import embedded

ROUNDS = 400
DEMANDED = 0.20
NOTHING = "/_nichts/"


def run() -> None:
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path

    from amtlich.contexts.registers.api import demo_residents
    from amtlich.faces import urls
    from amtlich.faces.cli.demo_town import MUSTERSTADT, ensure_town

    def nothing(request: HttpRequest) -> HttpResponse:
        # Whose page it is must be known for any page: the no-op asks for it as well.
        assert request.actor.holder_id  # type: ignore[attr-defined]
        return HttpResponse("nichts", headers={"Cache-Control": "no-store"})

    urls.urlpatterns.append(path(NOTHING.lstrip("/"), nothing))
    ensure_town({MUSTERSTADT.slug: 200, "kleinstadt": 20})
    person = next(one for one in demo_residents() if one.persona)
    client = Client(headers={"host": "localhost"})
    client.post("/anmelden/", {"person": person.key, "weiter": "/"})
    begun = client.post("/leistungen/meldebescheinigung/beantragen/", follow=True)
    first = begun.request["PATH_INFO"]
    answers = {"umfang": "einfach", "form": "elektronisch", "stand": _revision(begun.content.decode())}
    filled = client.post(first, answers, follow=True)
    form = filled.request["PATH_INFO"]
    assert form != first, "the first page was not accepted"

    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    seconds: dict[str, list[float]] = {NOTHING: [], form: []}
    sizes: dict[str, int] = {}
    for _ in range(ROUNDS):
        for address, taken in seconds.items():
            began = time.perf_counter()
            sizes[address] = knock(address, cookies)
            taken.append(time.perf_counter() - began)
    no_op, page = (statistics.median(taken) for taken in seconds.values())
    print(f"no-op behind the same middleware   {no_op * 1e3:6.2f} ms   {1 / no_op:6.0f}/s")
    print(f"form page ({sizes[form]} bytes gzip) {page * 1e3:6.2f} ms   {1 / page:6.0f}/s")
    print(f"ratio {no_op / page:.2f}, demanded {DEMANDED:.2f}")


def knock(address: str, cookies: str) -> int:
    """One request as the server hands it on; returns the bytes of the answer."""
    from amtlich.platform.web.asgi import _django as application

    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "SCRIPT_NAME": "",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": cookies,
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    answer = application(environ, lambda line, headers, exc_info=None: status.append(line))
    try:
        size = sum(len(piece) for piece in answer)
    finally:
        answer.close()
    assert status[0].startswith("200"), (address, status)
    return size


def _revision(html: str) -> str:
    import re

    found = re.search(r'name="stand" value="(\d+)"', html)
    assert found, "the form carries its revision"
    return found[1]


if __name__ == "__main__":
    with embedded.instance():
        run()
