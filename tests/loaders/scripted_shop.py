"""A web shop of a few lines, whose every answer a test can come between: rows change while they are read."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.loaders.scripted import Answer, Json, Vendor

START = datetime(2026, 10, 1, tzinfo=UTC)


class Shop(Vendor):
    """Orders, refunds and customers; `between` is called before each answer, with its path and query."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START + timedelta(days=50)
        self.zone = "Europe/Berlin"
        self.orders: dict[int, Json] = {}
        self.refunds: dict[int, list[Json]] = {}
        self.customers: dict[int, Json] = {}
        self.between: Callable[[str, Json], Answer | None] = lambda _path, _query: None
        # Orders that the shop counts and cannot show, as those of a type whose plugin is switched off.
        self.broken: set[int] = set()
        self.lists_refunds = True
        self.marks_refunds = True
        self.asked: list[tuple[str, Json]] = []
        self.lock = threading.RLock()

    def place(self, number: int, at: datetime | None = None, **fields: Any) -> Json:
        order = {
            "id": number,
            "status": "processing",
            "total": "10.00",
            "refunds": [],
            "version": 0,
            **fields,
        }
        order["date_created_gmt"] = _naive(at or self.now)
        self.orders[number] = order
        return self.touch(number, at)

    def touch(self, number: int, at: datetime | None = None, **fields: Any) -> Json:
        order = self.orders[number]
        order |= {**fields, "version": order["version"] + 1}
        order["date_modified_gmt"] = _naive(at or self.now)
        local = (at or self.now).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        order["date_modified"] = local.isoformat(timespec="seconds")
        return order

    def refund(self, number: int, amount: str = "1.00", **fields: Any) -> None:
        made = self.refunds.setdefault(number, [])
        made.append(
            {"id": number * 1000 + len(made) + 1, "amount": amount, "date_created_gmt": _naive(self.now)}
        )
        hint = [{"id": one["id"], "total": f"-{one['amount']}"} for one in made]
        if self.marks_refunds:
            self.touch(number, refunds=hint, **fields)
        else:
            self.orders[number] |= {"refunds": hint, **fields}

    def answer(self, path: str, query: Json) -> Answer:
        with self.lock:
            self.now += timedelta(milliseconds=20)
            self.asked.append((path, query))
            said = self.between(path, query)
            return said or self._answer(path.strip("/").removeprefix("wp-json").strip("/"), query)

    def _answer(self, path: str, query: Json) -> Answer:
        what, *rest = path.removeprefix("wc/v3").strip("/").split("/")
        if what == "orders" and rest:
            return self._order(int(rest[0]), rest[1:], query)
        if what == "refunds" and not self.lists_refunds:
            return self._say({"code": "rest_no_route", "message": "No route was found."}, 404)
        if what in ("orders", "refunds", "customers") and not rest:
            return self._list(getattr(self, f"_{what}")(query), query)
        known: dict[str, Any] = {
            "": {"home": "http://shop.example", "name": "Shop", "timezone_string": self.zone},
            "settings": [{"id": f"woocommerce_{'_'.join(rest)}", "value": "EUR"}],
            "system_status": {"environment": {"version": "10.3.5"}},
        }
        if what in known:
            return self._say(known[what])
        return self._say({"code": "woocommerce_rest_invalid_id", "message": "Invalid resource ID."}, 404)

    def _order(self, number: int, rest: list[str], query: Json) -> Answer:
        if number not in self.orders or number in self.broken:
            return self._say(
                {"code": "woocommerce_rest_shop_order_invalid_id", "message": "Invalid ID."}, 404
            )
        return self._list(self.refunds.get(number, []), query) if rest else self._say(self.orders[number])

    def _orders(self, query: Json) -> list[Json]:
        trash = query.get("status") == "trash"
        return [one for one in self.orders.values() if (one["status"] == "trash") == trash]

    def _refunds(self, _: Json) -> list[Json]:
        return [
            {**one, "parent_id": number}
            for number, some in self.refunds.items()
            for one in some
            if number in self.orders
        ]

    def _customers(self, _: Json) -> list[Json]:
        return list(self.customers.values())

    def _list(self, rows: list[Json], query: Json) -> Answer:
        for name, field in (("after", "date_created_gmt"), ("modified_after", "date_modified_gmt")):
            if name in query:
                rows = [one for one in rows if one[field] > query[name]]
        for name, field in (("before", "date_created_gmt"), ("modified_before", "date_modified_gmt")):
            if name in query:
                rows = [one for one in rows if one[field] < query[name]]
        # As older shops do it: sorted by local time, whatever the filters compare.
        keys = {"modified": "date_modified", "date": "date_created_gmt", "id": "id"}
        key = keys[query.get("orderby", "date")]
        rows = sorted(rows, key=lambda one: (one.get(key), one["id"]), reverse=query.get("order") != "asc")
        size = int(query.get("per_page", 10))
        start = int(query.get("offset", (int(query.get("page", 1)) - 1) * size))
        shown = [one for one in rows[start : start + size] if one["id"] not in self.broken]
        return self._say(shown, total=len(rows))

    def _say(self, body: Any, status: int = 200, *, total: int | None = None) -> Answer:
        headers = {"Date": self.now.strftime("%a, %d %b %Y %H:%M:%S GMT"), "Content-Type": "application/json"}
        if total is not None:
            headers["X-WP-Total"] = str(total)
        return status, headers, json.dumps(body).encode()


def _naive(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
