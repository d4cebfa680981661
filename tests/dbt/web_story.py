"""Random lives of a few web shops, landed the way real loads arrive: in bits, late, twice, out of order."""

from __future__ import annotations

import random
from datetime import timedelta

from psycopg2.extensions import connection as Connection

from tests.dbt.rawlog import Version, finish, land
from tests.dbt.story import START, distinct
from tests.dbt.web_documents import Document, WebOrder, account_holder, catalogue_product, site

ZONES = ("Europe/Berlin", "America/New_York", "", "Nowhere/Land")
STATUSES = ("completed", "processing", "on-hold", "failed", "pending", "cancelled", "shipped")


class WebStory:
    """What the shops look like now, and how to land some of it."""

    def __init__(self, seed: int, raw: Connection) -> None:
        self.random, self.raw, self.clock = random.Random(seed), raw, START
        self.orders: dict[tuple[str, int], WebOrder] = {}
        self.history: list[Version] = []
        self.late: list[str] = []
        self.land([site("linden", self.clock)])  # elm's settings arrive after its orders

    def land(self, versions: list[Version], *, complete: bool = True) -> None:
        self.history += versions
        load = land(self.raw, versions, complete=complete)
        if not complete:
            self.late.append(load)

    def day(self) -> None:
        """A day of trade, landed as one or two loads; one of them may only become complete on a later day."""
        self.clock += timedelta(hours=self.random.randrange(10, 40))
        versions = [self.new_order() for _ in range(self.random.randrange(3, 7))]
        chosen = self.random.sample(sorted(self.orders), k=min(len(self.orders), 6))
        versions += [self.change(key) for key in chosen]
        versions += self.catalogue()
        if self.random.random() < 0.6:  # the same window twice, or an old state
            versions += self.random.sample(self.history, k=min(3, len(self.history)))
        if self.random.random() < 0.4:
            account, number = self.random.choice(sorted(self.orders))
            notice = "<br /> <b>Notice</b>: Undefined index"
            versions.append(self.version(account, "orders", number, notice))
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
        self.land([site("elm", self.clock, zone="America/New_York")])

    def new_order(self) -> Version:
        account, number = self.random.choice(["elm", "linden"]), len(self.orders) + 1
        order = WebOrder(
            number,
            self.clock - timedelta(hours=self.random.randrange(60)),
            status=self.random.choice(STATUSES),
            currency=self.random.choice(["EUR", "EUR", ""]),
            customer=self.random.choice([0, 1, 2, 3]),
            email=self.random.choice(["", "a@x.example", "B@x.example "]),
        )
        for _ in range(self.random.randrange(3)):
            variation = self.random.choice([0, 0, 30])
            product = 3 if variation else self.random.choice([0, 1, 2, 9])
            order.line(
                "18.00", subtotal="20.00", quantity=2, tax="3.42", product=product, variation=variation
            )
        if self.random.random() < 0.5:
            order.ship("5.00", tax="0.95")
        if self.random.random() < 0.3:
            order.fee(self.random.choice(["2.00", "-1.00"]))
        self.orders[account, number] = order
        return self.landed(account, order)

    def change(self, key: tuple[str, int]) -> Version:
        """One of the things that happen to orders."""
        (account, _), order, at = key, self.orders[key], self.clock
        moves = True
        match self.random.randrange(8):
            case 0:
                order.status = self.random.choice(STATUSES)
            case 1:  # an older shop does not say that the order changed
                moves = self.random.random() < 0.5
                parts = [order.back(line, "9.00", quantity=1, tax="1.71") for line in order.lines[:1]]
                order.refund(self.random.choice(["10.71", "12.00"]), at, *parts, moves=moves)
            case 2:
                order.refund("3.00", at)
            case 3:
                order.status = "trash"
            case 4:
                order.status, order.paid_at, order.completed_at = "completed", at, at  # out of the trash, too
            case 5:
                return Version(account, "orders", order.id, None, at, at, "woocommerce")
            case 6:
                order.placed_at -= timedelta(days=self.random.randrange(1, 9))
            case 7:
                order.customer = self.random.choice([0, 1, 5])
        if moves:
            order.updated_at = at
        return self.landed(account, order)

    def catalogue(self) -> list[Version]:
        """Customers, products and settings that change now and then."""
        account, number = self.random.choice(["elm", "linden"]), self.random.randrange(1, 4)
        mail = f"{self.random.choice('abc')}@x.example"
        listed = catalogue_product(number, title=f"Title at {self.clock:%d %H}", variations=number == 3)
        gone = self.random.random() < 0.2
        versions = [
            self.version(account, "customers", number, account_holder(number, email=mail)),
            self.version(account, "products", number, None if gone else listed),
        ]
        versions += [self.report(account) for _ in range(2)]
        if self.random.random() < 0.5:
            zone, excluded = self.random.choice(ZONES), self.random.choice([["failed"], "", None])
            body = {
                "woocommerce_excluded_report_order_statuses": excluded,
                "woocommerce_date_type": self.random.choice(["date_paid", "date_created", "date_completed"]),
            }
            versions.append(site(account, self.clock, zone=zone, offset="-3.5", settings=body))
        return versions

    def report(self, account: str) -> Version:
        """What Analytics says of one of the last days; right by chance at most."""
        day = str((self.clock - timedelta(days=self.random.randrange(12))).date())
        sums = {"orders_count": self.random.randrange(3), "total_sales": self.random.choice([0, 21.42])}
        body: Document | None = {"day": day, "interval": {"subtotals": sums | {"net_revenue": 18}}}
        gone = self.random.random() < 0.1
        return Version(
            account, "revenue_reports", day, None if gone else body, None, self.clock, "woocommerce"
        )

    def version(self, account: str, resource: str, number: int, document: Document | str | None) -> Version:
        return Version(account, resource, str(number), document, self.clock, self.clock, "woocommerce")

    def landed(self, account: str, order: WebOrder) -> Version:
        return order.version(account, self.clock + timedelta(seconds=self.random.randrange(100)))
