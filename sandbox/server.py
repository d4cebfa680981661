"""The practice shop as one web server: every vendor's stand-in, the truth behind them, and the controls.

`/health`, `/truth/...` and `/control/...` belong to no vendor. A new stand-in is a folder (see `vendors.py`).
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import orjson
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.accounts import Accounts, settings_of
from sandbox.faults import KINDS
from sandbox.marketing_truth import MarketingTruth
from sandbox.state import Platform, Sandbox
from sandbox.vendors import vendors
from sandbox.wire import Dated, Json, refused, sent_object

log = logging.getLogger(__name__)

IDENTIFIED = {"order_id": "Order", "product_id": "Product", "customer_id": "Customer"}


class Server:
    """The routes around one sandbox."""

    def __init__(self, sandbox: Sandbox, **options: Any) -> None:
        self.sandbox = sandbox
        self.vendors = {name: stand_in(sandbox, **options) for name, stand_in in vendors().items()}
        self.platforms = {name: one for name, one in self.vendors.items() if isinstance(one, Platform)}

    def app(self) -> Starlette:
        """The ASGI application."""
        own = [
            Route("/health", self._health),
            Route("/truth/{store}/daily", self._truth(self._daily)),
            Route("/truth/{store}/ledger", self._truth(self._ledger)),
            Route("/truth/{store}/counts", self._truth(self._counts)),
            Route("/control/clock", self._clock, methods=["GET", "POST"]),
            Route("/control/faults", self._faults, methods=["GET", "POST", "DELETE"]),
            Route("/control/orders/{store}", self._orders, methods=["POST"]),
            Route("/control/secrets/{store}", self._secrets),
            Route("/control/stores/{store}", self._store, methods=["GET", "POST", "DELETE"]),
        ]
        accounts = Accounts(self.sandbox, self.vendors).routes()
        marketing = MarketingTruth(self.sandbox, self.platforms).routes()
        theirs = [route for vendor in self.vendors.values() for route in vendor.routes()]
        clock = Middleware(Dated, now=self.sandbox.now)
        return Starlette(routes=[*own, *accounts, *marketing, *theirs], middleware=[clock])

    def orders(self) -> dict[str, int]:
        """How many orders every store has."""
        return {name: len(self._platform(name).orders(name)) for name in self.sandbox.world.stores}

    def _platform(self, store: str) -> Platform:
        return self.platforms[self.sandbox.world.stores[store].platform]

    def _health(self, _: Request) -> Response:
        orders = self.orders()
        return Json(
            {
                "status": "ok",
                "orders": sum(orders.values()),
                "stores": orders,
                "clock": _time(self.sandbox.now()),
                "seed": self.sandbox.seed,
            }
        )

    def _truth(self, answer: Callable[[str], Response]) -> Callable[[Request], Response]:
        def found(request: Request) -> Response:
            store = request.path_params["store"]
            if store not in self.sandbox.world.stores:
                return _no_store(self.sandbox, store)
            with self.sandbox.gate.reading():
                return answer(store)

        return found

    def _daily(self, store: str) -> Response:
        return Json([row.as_dict() for row in self.sandbox.world.truth.daily(store)])

    def _counts(self, store: str) -> Response:
        return Json(self.sandbox.world.truth.counts(store))

    def _ledger(self, store: str) -> Response:
        platform = self._platform(store)
        lines = []
        for row in self.sandbox.world.truth.ledger(store):
            shown = row.as_dict()
            for name, kind in IDENTIFIED.items():
                if shown.get(name) is not None:
                    shown[name] = platform.identify(kind, shown[name])
            lines.append(orjson.dumps(shown))
        return Response(b"\n".join([*lines, b""]), media_type="application/jsonl")

    async def _clock(self, request: Request) -> Response:
        if request.method == "POST":
            try:
                to = self._moment(await sent_object(request))
                await run_in_threadpool(self.sandbox.advance, to)
            except (ValueError, TypeError, KeyError, OverflowError) as error:
                return refused(f'send {{"advance_days": 1}} or {{"to": "2026-11-23T06:00:00Z"}}: {error}')
        return Json({"clock": _time(self.sandbox.now())})

    def _moment(self, asked: dict[str, Any]) -> datetime:
        if "to" in asked:
            moment = datetime.fromisoformat(asked["to"])
            if moment.tzinfo is None:
                raise ValueError(f"{asked['to']} has no offset")
            return moment
        step = {unit: asked.get(f"advance_{unit}", 0) for unit in ("days", "hours", "minutes", "seconds")}
        if not any(step.values()):
            raise KeyError("to")
        return self.sandbox.now() + timedelta(**step)

    async def _faults(self, request: Request) -> Response:
        faults = self.sandbox.faults
        if request.method == "DELETE":
            faults.clear()
        elif request.method == "POST":
            try:
                return Json(faults.add(**await sent_object(request)).shown(), 201)
            except (ValueError, TypeError) as error:
                return refused(str(error))
        kinds = {kind: {"what": what, "options": options} for kind, (what, options) in KINDS.items()}
        return Json({"faults": faults.shown(), "kinds": kinds})

    async def _orders(self, request: Request) -> Response:
        """Change orders now: `orders` are ids or how many of the latest; the stand-in knows the rest."""
        store = request.path_params["store"]
        if store not in self.sandbox.world.stores:
            return _no_store(self.sandbox, store)
        try:
            asked = await sent_object(request)
            changed = await run_in_threadpool(self._platform(store).intervene, store, asked)
        except (KeyError, ValueError, TypeError, ArithmeticError) as error:
            return refused(f'send {{"orders": [ids] or how many, and "note" or "delete" or ...}}: {error}')
        return Json({"changed": len(changed), "orders": changed, "clock": _time(self.sandbox.now())})

    def _secrets(self, request: Request) -> Response:
        store = request.path_params["store"]
        if store not in self.sandbox.world.stores:
            return _no_store(self.sandbox, store)
        return Json(self._platform(store).secrets(store))

    async def _store(self, request: Request) -> Response:
        store = request.path_params["store"]
        if store not in self.sandbox.world.stores:
            return _no_store(self.sandbox, store)
        return await settings_of(self._platform(store), store, request)


def _no_store(sandbox: Sandbox, store: str) -> Response:
    return Json({"error": f"there is no store {store}; known: {', '.join(sandbox.world.stores)}"}, 404)


def _time(moment: datetime) -> str:
    return moment.isoformat()[:19] + "Z"
