"""The right answers about marketing, over HTTP: no vendor has these routes.

`/truth/marketing/<platform>/<account>/daily`, `/truth/<store>/visits` and `/truth/<store>/analytics` (both
take `since` and `until`, days of the store, by default all), `/truth/<store>/sources`.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.business.marketing import truth
from sandbox.business.marketing.desk import Desk
from sandbox.business.marketing.marketing import Marketing
from sandbox.state import Platform, Sandbox
from sandbox.wire import Json, refused

Ranged = Callable[[Marketing, Desk, date, date], Iterator[dict[str, Any]]]


class MarketingTruth:
    """The routes in front of one sandbox; `platforms` say what the orders of a store are called."""

    def __init__(self, sandbox: Sandbox, platforms: dict[str, Platform]) -> None:
        self.sandbox, self.platforms = sandbox, platforms

    def routes(self) -> list[Any]:
        """What is answered."""
        return [
            Route("/truth/marketing/{platform}/{account}/daily", self._spend),
            Route("/truth/{store}/visits", self._ranged(truth.visitors)),
            Route("/truth/{store}/analytics", self._ranged(truth.received)),
            Route("/truth/{store}/sources", self._sources),
        ]

    @property
    def _marketing(self) -> Marketing:
        marketing: Marketing = self.sandbox.world.marketing
        return marketing

    def _spend(self, request: Request) -> Response:
        names = request.path_params["platform"], request.path_params["account"]
        with self.sandbox.gate.reading():
            try:
                account = self._marketing.account(*names)
            except KeyError:
                return Json({"error": f"there is no account {'/'.join(names)}"}, 404)
            return Json(list(truth.spend(self._marketing, account)))

    def _ranged(self, answer: Ranged) -> Callable[[Request], Response]:
        def found(request: Request) -> Response:
            store = request.path_params["store"]
            if store not in self.sandbox.world.stores:
                return _no_store(store)
            with self.sandbox.gate.reading():
                marketing = self._marketing
                desk = marketing.desk(store)
                days = marketing.days(desk.store.zone)
                try:
                    since, until = (
                        date.fromisoformat(request.query_params.get(name, usual.isoformat()))
                        for name, usual in (("since", days[0]), ("until", days[-1]))
                    )
                except ValueError as error:
                    return refused(f"since and until are days such as 2026-11-03: {error}")
                return Json(list(answer(marketing, desk, max(since, days[0]), min(until, days[-1]))))

        return found

    def _sources(self, request: Request) -> Response:
        store = request.path_params["store"]
        if store not in self.sandbox.world.stores:
            return _no_store(store)
        platform = self.platforms[self.sandbox.world.stores[store].platform]
        with self.sandbox.gate.reading():
            rows = list(truth.sources(self._marketing, self._marketing.desk(store)))
        for row in rows:
            row["order_id"] = platform.identify("Order", row["order_id"])
        return Json(rows)


def _no_store(store: str) -> Response:
    return Json({"error": f"there is no store {store}"}, 404)
