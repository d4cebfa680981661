"""The world: stores, a clock, and everything that has happened by then.

Advancing the clock reveals what was planned for the time that passed; a world that was advanced equals one
that was built for the later moment with the same opening day.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sandbox.business.effects import take_effect
from sandbox.business.events import Deleted, Event, Life, Placed
from sandbox.business.happenings import Happening
from sandbox.business.marketing.marketing import Marketing
from sandbox.business.memory import collector_paused
from sandbox.business.model import Order, Store, WebShop
from sandbox.business.planner import PlannedLife, Planner
from sandbox.business.profiles import PROFILES, WEB_PROFILES
from sandbox.business.seasons import local_day
from sandbox.business.settling import apply, relive
from sandbox.business.stores import open_store
from sandbox.business.truth import Truth
from sandbox.business.webshop.effects import as_shop_event, reveal
from sandbox.business.webshop.events import Emptied, ShopEvent, ShopLife, Trashed
from sandbox.business.webshop.opening import open_web_shop

SIX_HOURS = timedelta(hours=6)


class World:
    """Stores by name, as they are at `clock`."""

    def __init__(self, stores: dict[str, Store], clock: datetime, planner: Planner | None = None) -> None:
        self.stores = stores
        self.clock = _whole_second(clock)
        self._planner = planner
        self._agenda: list[tuple[datetime, int, str, Happening | Life | ShopLife]] = []
        self._noted = 0
        self._truth: Truth | None = None
        self._marketing: Marketing | None = None
        with collector_paused():
            self._plan()

    @property
    def truth(self) -> Truth:
        """The right answers, computed from the events revealed so far."""
        if self._truth is None:
            self._truth = Truth(self.stores, self.clock)
        return self._truth

    @property
    def marketing(self) -> Marketing:
        """Visitors, ads and what they cost, made when somebody asks for the first time."""
        if self._marketing is None:
            self._marketing = Marketing(self)
        return self._marketing

    @property
    def seed(self) -> int:
        """What everything was drawn from; 0 where nothing was."""
        return self._planner.seed if self._planner is not None else 0

    @property
    def opening(self) -> date:
        """The first day; of a world written by hand that of its first order."""
        if self._planner is not None:
            return self._planner.opening
        return min(
            (day for store in self.stores.values() for day in _first_days(store)), default=self.clock.date()
        )

    def expected_orders(self, store: str, day: date) -> float:
        """How many orders a day of a store is good for; of one written by hand nobody else comes."""
        return self._planner.expected(store, day) if self._planner is not None else 0.0

    def advance(self, to: datetime) -> None:
        """Let time pass until `to`; time does not run backwards."""
        to = _whole_second(to)
        if to < self.clock:
            raise ValueError(f"the clock stands at {self.clock:%Y-%m-%d %H:%M:%S} and cannot go back to {to}")
        self.clock, self._truth = to, None
        with collector_paused():
            while self._agenda and self._agenda[0][0] <= to:
                _, _, name, due = heapq.heappop(self._agenda)
                if isinstance(due, Life | ShopLife):
                    self._go_on(name, due)
                else:
                    due.apply(self.stores[name])
            self._plan()

    def admit(self, name: str, life: Life, final: Order | None = None) -> None:
        """Take a life into a store. `final` is the order at its end, where it is known already."""
        store, self._truth = self.stores[name], None
        store.lives[life.order_id] = life
        life.revealed = sum(event.at <= self.clock for event in life.events)
        if life.revealed:
            done = life.revealed == len(life.events)
            order = final if done and final is not None else relive(life.seen)
            store.orders[order.id] = order
            for event in life.seen:
                take_effect(store, order, event)
        self._await(name, life)

    def admit_to_shop(self, name: str, life: ShopLife) -> None:
        """Take the life of an order into a web shop."""
        shop, self._truth = self.stores[name], None
        if not isinstance(shop, WebShop):
            raise TypeError(f"{name} is no web shop")
        shop.shop_lives[life.order_id] = life
        self._go_on(name, life)

    def happen(self, name: str, happening: Happening) -> None:
        """Let something happen in a store, now if its time has come."""
        self._truth = None
        if happening.at <= self.clock:
            happening.apply(self.stores[name])
        else:
            self._note(happening.at, name, happening)

    def intervene(self, name: str, order_id: int, event: Event | ShopEvent) -> None:
        """Let something unplanned happen to an order now; what was planned for it later still will.

        After a deletion, or once it is in the trash, nothing will. It is up to the caller that the event and
        the plans go together: changed words always do, units taken back that a planned return counts on do
        not. A web shop takes `Touched` and `Deleted` too, as a note and as an emptied trash.
        """
        life = _living(self.stores[name], order_id)
        if life is None:
            raise KeyError(f"{name} has no order {order_id} as of {self.clock}")
        if event.at != self.clock:
            raise ValueError(f"an intervention happens now, at {self.clock}, not at {event.at}")
        last = isinstance(event, Deleted | Emptied | Trashed)
        later = () if last else life.events[life.revealed :]
        happening = as_shop_event(event) if isinstance(life, ShopLife) else event
        life.events = (*life.seen, happening, *later)
        self._truth = None
        self._go_on(name, life)

    def _go_on(self, name: str, life: Life | ShopLife) -> None:
        store = self.stores[name]
        while life.revealed < len(life.events) and life.events[life.revealed].at <= self.clock:
            life.revealed += 1
            if isinstance(life, Life):
                _reveal(store, life, life.events[life.revealed - 1])
            elif isinstance(store, WebShop):
                reveal(store, life, life.events[life.revealed - 1])
        self._await(name, life)

    def _await(self, name: str, life: Life | ShopLife) -> None:
        if life.revealed < len(life.events):
            self._note(life.events[life.revealed].at, name, life)

    def _note(self, at: datetime, name: str, due: Happening | Life | ShopLife) -> None:
        self._noted += 1
        heapq.heappush(self._agenda, (at, self._noted, name, due))

    def _plan(self) -> None:
        if self._planner is None:
            return
        horizon = max(local_day(self.clock, store.zone) for store in self.stores.values())
        for name, planned in self._planner.plan_until(horizon):
            if isinstance(planned, PlannedLife):
                self.admit(name, planned.life, planned.order)
            elif isinstance(planned, ShopLife):
                self.admit_to_shop(name, planned)
            else:
                self.happen(name, planned)


def _first_days(store: Store) -> Iterator[date]:
    """The day of the first order of a store, if it has any."""
    placed = [life.placed.happened_at for life in store.lives.values()]
    if isinstance(store, WebShop):
        placed += [life.ordered.at for life in store.shop_lives.values()]
    if placed:
        yield local_day(min(placed), store.zone)


def _living(store: Store, order_id: int) -> Life | ShopLife | None:
    """The life of an order that exists now."""
    if isinstance(store, WebShop):
        return store.shop_lives[order_id] if order_id in store.shop_orders else None
    return store.lives[order_id] if order_id in store.orders else None


def _reveal(store: Store, life: Life, event: Event) -> None:
    if isinstance(event, Placed):
        store.orders[life.order_id] = relive((event,))
    order = store.orders[life.order_id]
    if not isinstance(event, Placed) and not life.is_deleted:
        apply(order, event, life.placed.tax_rates)
    take_effect(store, order, event)


def build_world(
    orders: int = 6000,
    seed: int = 7,
    as_of: datetime | None = None,
    *,
    opening: date | None = None,
) -> World:
    """The practice world as of a moment, by default today at 06:00 UTC.

    It opens on `opening`, by default the first of the month 400 days earlier, so that worlds built on
    different days of one month are one and the same world. About `orders` orders are placed in its Shopify
    shops, and 0.3 times as many in its web shop.
    """
    clock = as_of if as_of is not None else datetime.now(UTC).replace(hour=6, minute=0, second=0)
    if clock.tzinfo is None:
        raise ValueError("as_of needs a time zone: the world's clock is a moment, not a wall clock")
    first = opening or (clock.astimezone(UTC).date() - timedelta(days=400)).replace(day=1)
    planner = Planner(orders, seed, first)
    stores = {one.name: open_store(one, planner.opening_moment(one)) for one in PROFILES}
    for one in WEB_PROFILES:
        stores[one.name] = open_web_shop(one, planner.opening_moment(one))
    return World(stores, clock, planner)


def _whole_second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
