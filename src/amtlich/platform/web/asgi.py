# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""``application``: what the server runs. Importing it sets Django up."""

from __future__ import annotations

import os

import django
from django.core.wsgi import get_wsgi_application

# Before the imports below: they bring models along.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amtlich.platform.settings.django")
django.setup()

# ruff: noqa: E402
from amtlich.platform.live.access import DatabaseAccess
from amtlich.platform.live.hub import Hub
from amtlich.platform.live.stream import LiveChannel
from amtlich.platform.live.tail import DatabaseTail
from amtlich.platform.settings.config import config
from amtlich.platform.tenancy.registry import keep_at_hand
from amtlich.platform.web import errors
from amtlich.platform.web.front import Front
from amtlich.platform.web.health import database_fault
from amtlich.platform.web.maintenance import Watch

_watch = Watch(config().home)


def _closed() -> errors.ErrorPage | None:
    now = _watch.now()
    if now is None:
        return None
    keep_at_hand(now.authorities)
    return errors.maintenance(now.until, now.reason)


_django = get_wsgi_application()
hub = Hub(DatabaseTail(), DatabaseAccess())
application = Front(
    _django,
    LiveChannel(hub),
    ready=database_fault,
    threads=config().web_threads,
    closed=_closed,
    on_start=hub.start,
    on_stop=hub.stop,
)
