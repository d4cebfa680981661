"""Random lives of a few shops, landed the way real loads arrive: in bits, late, twice, out of order."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from psycopg2.extensions import connection as Connection

from tests.dbt.documents import Document, OrderDocument, customer, gid, product, shop, stamp
from tests.dbt.rawlog import Version, finish, land

START = datetime(2026, 3, 20, 9, tzinfo=UTC)
SHOPS = {"harbour": ("Europe/London", "GBP"), "kiwi": ("Pacific/Auckland", "NZD")}
BROKEN = '{"id": "gid://shopify/Order/1", "name": '
TAGS = ({"source": "google", "medium": "cpc"}, {"source": "klaviyo", "medium": "email", "campaign": "May"})
PAGES = ("https://www.google.com/", "https://l.instagram.com/", "https://shop.example/cart", None)


class Story:
    """What the shops look like now, and how to land some of it."""

    def __init__(self, seed: int, raw: Connection) -> None:
        self.random, self.raw = random.Random(seed), raw
        self.ways = random.Random(f"how buyers came {seed}")
        self.clock, self.zones = START, {name: zone for name, (zone, _) in SHOPS.items()}
        self.orders: dict[tuple[str, int], OrderDocument] = {}
        self.history: list[Version] = []
        self.late: list[str] = []
        self.land(
            [self.shop(name) for name in SHOPS if name != "kiwi"]
        )  # kiwi's settings arrive after its orders

    def shop(self, account: str) -> Version:
        currency = SHOPS[account][1]
        body = shop(account, zone=self.zones[account], currency=currency, updated_at=self.clock)
        return Version(account, "shop", gid("Shop", 1), body, self.clock, self.clock)

    def land(self, versions: list[Version], *, complete: bool = True) -> None:
        self.history += versions
        load = land(self.raw, versions, complete=complete)
        if not complete:
            self.late.append(load)

    def day(self) -> None:
        """A day of trade, landed as one or two loads; one of them may only become complete on a later day."""
        self.clock += timedelta(hours=self.random.randrange(10, 40))
        versions = [self.new_order() for _ in range(self.random.randrange(3, 8))]
        for key in self.random.sample(sorted(self.orders), k=min(len(self.orders), 5)):
            versions.append(self.change(key))
        versions += self.catalogue()
        if self.random.random() < 0.5:
            versions += self.random.sample(
                self.history, k=min(3, len(self.history))
            )  # the same window twice, or an old state
        if self.random.random() < 0.4:
            key = self.random.choice(sorted(self.orders))
            versions.append(Version(key[0], "orders", gid("Order", key[1]), BROKEN, self.clock, self.clock))
        self.random.shuffle(versions)
        cut = self.random.randrange(len(versions))
        self.land(distinct(versions[:cut]), complete=self.random.random() < 0.6)
        self.land(distinct(versions[cut:]))
        if self.late and self.random.random() < 0.6:
            finish(self.raw, self.late.pop(0))

    def settle(self) -> None:
        """All loads complete, and every shop has settings."""
        while self.late:
            finish(self.raw, self.late.pop())
        self.land([self.shop(name) for name in SHOPS])

    def new_order(self) -> Version:
        account, number = self.random.choice(sorted(SHOPS)), len(self.orders) + 1
        order = OrderDocument(
            number,
            self.clock - timedelta(hours=self.random.randrange(60)),
            currency=SHOPS[account][1],
            customer=self.random.choice([None, 1, 2, 3, 4]),
            email=self.random.choice([None, "a@x.example", "B@x.example "]),
            test=self.random.random() < 0.1,
        )
        for _ in range(self.random.randrange(1, 3)):
            line = order.line("20.00", quantity=2, product=self.random.choice([None, 1, 2, 3]))
            order.sale("44.00", line=line, quantity=2, tax="8.00", discount="4.00")
        order.agree("Order", order.placed_at)
        order.pay(order.booked, order.placed_at)
        self.orders[account, number] = order
        return self._version(account, order)

    def change(self, key: tuple[str, int]) -> Version:
        """One of the things that happen to orders."""
        account, _ = key
        order, at = self.orders[key], self.clock
        match self.random.randrange(7):
            case 0:
                order.placed_at -= timedelta(days=self.random.randrange(1, 9))
            case 1:
                order.customer = self.random.choice([None, 1, 5])
            case 2:
                order.sale("-22.00", line=order.lines[0], quantity=-1, tax="-4.00", discount="-2.00")
                order.agree("Refund", at)
                order.pay("22.00", at, kind="REFUND")
            case 3:
                line = order.line("5.00", product=4)
                order.sale("6.00", line=line, quantity=1, tax="1.00")
                order.agree("OrderEdit", at)
            case 4:
                order.sale(Decimal(-3), line_type="ADJUSTMENT")
                order.agree("Refund", at)
            case 5:
                order.cancelled_at = at
            case 6:
                return Version(account, "orders", order.id, None, at, at)
        order.updated_at = at
        return self._version(account, order)

    def catalogue(self) -> list[Version]:
        """Customers, products and settings that change now and then."""
        versions = []
        account = self.random.choice(sorted(SHOPS))
        number = self.random.randrange(1, 5)
        body = customer(number, email=f"c{number}@x.example", updated_at=self.clock)
        versions.append(Version(account, "customers", gid("Customer", number), body, self.clock, self.clock))
        listed = product(number, title=f"Title at {self.clock:%d %H}", updated_at=self.clock)
        gone = self.random.random() < 0.2
        versions.append(
            Version(
                account, "products", gid("Product", number), None if gone else listed, self.clock, self.clock
            )
        )
        versions += [self.report(account) for _ in range(2)]
        if self.random.random() < 0.4:
            self.zones[account] = self.random.choice(
                ["Europe/London", "Pacific/Auckland", "America/New_York"]
            )
            versions.append(self.shop(account))
        return versions

    def report(self, account: str) -> Version:
        """What the shop's report says of one of the last days; right by chance at most."""
        day = str((self.clock - timedelta(days=self.random.randrange(12))).date())
        total = self.random.choice(["0", "44.00", "88.00"])
        measures = {"orders": "1", "total_sales": total, "taxes": "8.00"}
        body = {"day": day, "currencyCode": SHOPS[account][1], "measures": measures}
        gone = self.random.random() < 0.1
        return Version(account, "sales_reports", day, None if gone else body, None, self.clock)

    def _version(self, account: str, order: OrderDocument) -> Version:
        seen = self.clock + timedelta(seconds=self.random.randrange(100))
        moment = None if self.random.random() < 0.05 else order.updated_at
        return Version(account, "orders", order.id, order.document() | self.told(), moment, seen)

    def told(self) -> Document:
        """What a version of an order says of its visits, if anything; now and then another order's number."""
        told: Document = {}
        if self.ways.random() < 0.7:
            visits = {f"{name}Visit": self.visit() for name in ("first", "last")}
            told["customerJourneySummary"] = {"ready": True, **visits}
        if self.ways.random() < 0.2:
            told["name"] = f"#{self.ways.randrange(1, 9)}"
        return told

    def visit(self) -> Document | None:
        if self.ways.random() < 0.2:
            return None
        query = self.ways.choice(["", "?gclid=x", "?fbclid=x"])
        return {
            "occurredAt": stamp(self.clock - timedelta(days=self.ways.randrange(60))),
            "referrerUrl": self.ways.choice(PAGES),
            "landingPage": f"https://shop.example/{query}",
            "utmParameters": self.ways.choice([None, *TAGS]),
        }


def distinct(versions: list[Version]) -> list[Version]:
    """One version per thing and moment: a load does not carry the same thing twice."""
    return list({(v.account, v.resource, v.id): v for v in versions}.values())
