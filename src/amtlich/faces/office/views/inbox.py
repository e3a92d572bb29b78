# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: 2026 Amtlich contributors
"""`/amt/eingang/`: what is to be done, in queues; what is looked for; the way back keeps its place."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, quote

from django.http import HttpResponse, HttpResponseRedirect

from amtlich.contexts.cases import api as cases
from amtlich.contexts.cases.api import OfficeRow, Order, Queue
from amtlich.faces.office import case_words
from amtlich.faces.office.guard import staff_only
from amtlich.faces.office.list_address import INBOX, ORDERS, Shown, usual_order, word
from amtlich.faces.office.pages import OfficeRequest, render
from amtlich.platform.accounts.staff import Role

READERS = (Role.CASEWORKER, Role.LEAD, Role.AUDITOR)
_LONGEST_SEARCH = 100
_ORDER_TITLES = {
    Order.DUE: "Frist",
    Order.NAME: "Name",
    Order.RECEIVED: "Eingang, neueste zuerst",
    Order.DECIDED: "Entscheidung, neueste zuerst",
}


@staff_only(*READERS, methods=("GET", "POST"))
def inbox(request: OfficeRequest) -> HttpResponse:
    """The list that the address names; a search is sent by POST and comes back sealed in the address."""
    if request.method == "POST":
        return _searched(request)
    shown = Shown.of(request.authority.id, {key: request.GET[key] for key in request.GET})
    page = cases.office_list(request.actor, shown.query)
    query = shown.query
    context: dict[str, Any] = {
        "title": f"Suche: {query.search}" if query.search else case_words.QUEUE_TITLES[query.queue],
        "search": query.search,
        "queues": [_queue(shown, queue, page.counts.get(queue)) for queue in Queue],
        "queue": word(query.queue),
        "services": [(slug, names["de"], slug == query.service) for slug, names in page.services],
        "orders": [(key, _ORDER_TITLES[order], order is query.order) for key, order in ORDERS.items()],
        "order": query.order.value,
        "order_title": _ORDER_TITLES[query.order],
        "rows": [_row(row, shown) for row in page.rows],
        "total": page.total,
        "page": page.page,
        "pages": page.pages,
        "late": sum(1 for row in page.rows if (row.days_left or 0) < 0),
        "earlier": shown.with_(page=page.page - 1).address if page.page > 1 else "",
        "later": shown.with_(page=page.page + 1).address if page.page < page.pages else "",
        "sealed_search": _fields(shown).get("suche", ""),
        "without_search": shown.with_(search="").address,
    }
    return render(request, "inbox", context)


def _fields(shown: Shown) -> dict[str, str]:
    """The parameters of a list, each by its name, for hidden fields."""
    return dict(parse_qsl(shown.parameters()))


def _searched(request: OfficeRequest) -> HttpResponse:
    search = " ".join(request.POST.get("suche", "").replace("\0", "").split())[:_LONGEST_SEARCH]
    if not search:
        return _see(INBOX)
    shown = Shown.of(request.authority.id, {"liste": "alle"}).with_(search=search, order=Order.NAME)
    return _see(shown.address)


def _see(address: str) -> HttpResponse:
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def _queue(shown: Shown, queue: Queue, count: int | None) -> dict[str, Any]:
    return {
        "title": case_words.QUEUE_TITLES[queue],
        "address": shown.with_(queue=queue, search="", order=usual_order(queue)).address,
        "count": count,
        "here": shown.query.queue is queue and not shown.query.search,
    }


def _row(row: OfficeRow, shown: Shown) -> dict[str, Any]:
    aus = quote(shown.parameters(), safe="")
    since = case_words.short_moment(row.waiting_since) if row.waiting_since else ""
    ended = row.decided_at
    return {
        "name": row.name,
        "address": f"/amt/vorgaenge/{row.token}/" + (f"?aus={aus}" if aus else ""),
        "anchor": f"v-{row.token}",
        "number": row.file_number or row.reference,
        "reference": row.reference if row.file_number else "",
        "service": row.service_name["de"],
        "light": case_words.light(row.due_on, soon=row.soon, waiting_on=row.waiting_on),
        "waits_for": case_words.waiting(row.waiting_on, row.phase),
        "ours": row.waiting_on.value == "office",
        "since": f"seit {since}" if since and row.waiting_on.value != "nobody" else "",
        "reason": case_words.reason(row.waiting_reason, row.waiting_on),
        "received": case_words.short_moment(row.received_at),
        "decided": case_words.short_moment(ended) if ended else "",
    }
