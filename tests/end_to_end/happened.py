"""What happened on the days that a house has read, taken from the practice business once per moment.

Nothing of it passed through a payload: it is what marts are compared with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from sandbox.business.marketing.facts import fact, is_known
from sandbox.business.marketing.journeys import Journey
from sandbox.business.marketing.outlets import OUTLETS
from sandbox.business.marketing.types import Hit, Purchase, Visit
from sandbox.business.model import WebShop
from sandbox.business.seasons import local_day
from sandbox.business.webshop.standing import standing
from tests.end_to_end.house import House

READ = timedelta(days=400)  # that a first load reads

StoreDay = tuple[str, date]
StoreOrder = tuple[str, int]


@dataclass(slots=True, frozen=True)
class Report:
    """A purchase as it came in one session of analytics."""

    day: date
    visit: Visit
    purchase: Purchase


def happened_at(house: House) -> Happened:
    """Everything by now; drawn once for all that ask before the clock goes on."""
    return _happened_at(house, house.world.clock)


@lru_cache(maxsize=1)
def _happened_at(house: House, _now: datetime) -> Happened:
    return Happened(house)


class Happened:
    """All of it as of the business's clock."""

    def __init__(self, house: House) -> None:
        self.world, self.marketing, self.now = house.world, house.world.marketing, house.world.clock
        self.fixings, self._began = house.fixings, house.began

    def days(self, zone: ZoneInfo) -> Iterator[date]:
        """The local days that were read."""
        first, today = self.first_day(zone), local_day(self.now, zone)
        return (first + timedelta(days=number) for number in range((today - first).days + 1))

    def first_day(self, zone: ZoneInfo) -> date:
        """The first local day that the first load read."""
        return local_day(self._began, zone) - READ

    @cached_property
    def visits(self) -> dict[StoreDay, list[Visit]]:
        """Who came."""
        return {
            (name, day): self.marketing.visits(name, day)
            for name, store in self.world.stores.items()
            for day in self.days(store.zone)
        }

    @cached_property
    def hits(self) -> dict[StoreDay, list[Hit]]:
        """What analytics got of it."""
        return {(store, day): self.marketing.hits(store, day) for store, day in self.visits}

    @cached_property
    def reports(self) -> dict[tuple[str, str], list[Report]]:
        """Purchases in analytics by store and id, those without an id under an empty one."""
        found: dict[tuple[str, str], list[Report]] = defaultdict(list)
        for (store, day), hits in self.hits.items():
            for hit in hits:
                for purchase in hit.purchases:
                    found[store, purchase.transaction_id].append(Report(day, hit.visit, purchase))
        return dict(found)

    @cached_property
    def placed(self) -> dict[StoreOrder, date]:
        """Every order that counts as one, with the store's day on which it was placed."""
        found = {}
        for name, store in self.world.stores.items():
            if isinstance(store, WebShop):
                for shop_life in store.shop_lives.values():
                    if shop_life.revealed and not shop_life.is_gone:
                        now = standing(shop_life.seen)
                        if now.counts_as_sale and now.orders_something:
                            found[name, shop_life.order_id] = local_day(now.ordered.at, store.zone)
                continue
            for life in store.lives.values():
                is_real = life.revealed and not life.is_deleted and not life.placed.header.test
                if is_real and life.placed.books_order:
                    found[name, life.order_id] = local_day(life.placed.happened_at, store.zone)
        return found

    @cached_property
    def orders(self) -> dict[tuple[str, str], int]:
        """The order of each store's transaction ids, whatever became of it."""
        return {
            (name, self.transaction(name, number)): number
            for name, store in self.world.stores.items()
            for number in self.marketing.orders_sources(name)
            if is_known(store, number)
        }

    @cached_property
    def journeys(self) -> dict[StoreOrder, Journey | None]:
        """How every placed order came about; none where no visit to the site brought it."""
        return {(store, number): self.marketing.journey(store, number) for store, number in self.placed}

    def transaction(self, store: str, number: int) -> str:
        """What the store's tag calls an order."""
        is_named = OUTLETS[store].names_orders_by == "name"
        return fact(self.world.stores[store], number).name if is_named else str(number)

    def reports_of(self, store: str, number: int) -> list[Report]:
        """What analytics has of an order under its id, in order of days."""
        return self.reports.get((store, self.transaction(store, number)), [])

    def is_web_shop(self, store: str) -> bool:
        """Whether it is one of WooCommerce's."""
        return isinstance(self.world.stores[store], WebShop)
