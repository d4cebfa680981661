"""Customers and guests of several shops, and the persons they are, worked out by hand.

`People` lands random links, merges, redactions and orders of two shops, late ones among them; `persons` says
from what was landed which identities are one person.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from psycopg2.extensions import connection as Connection

from tests.dbt.documents import OrderDocument, customer, gid, shop, stamp
from tests.dbt.rawlog import Version, finish, land

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
SHOPS = ("harbour", "alpine")
ADDRESSES = [f"{name}@x.example" for name in "abcdefgh"]


def hashed(*parts: str) -> str:
    """A surrogate key."""
    return hashlib.md5("|".join(parts).encode()).hexdigest()


def customer_identity(account: str, number: int) -> str:
    return hashed("shopify", account, gid("Customer", number))


def email_identity(address: str) -> str:
    return hashed("email", address)


def setting(account: str) -> Version:
    body = shop(account, zone="UTC", currency="GBP", updated_at=START)
    return Version(account, "shop", gid("Shop", 1), body, START, START)


def known(
    account: str, number: int, email: str | None, at: datetime, *, since: datetime | None = None
) -> Version:
    """A version of a customer, who registered at `since`; for years unless said otherwise."""
    body = customer(number, email=email, updated_at=at)
    if since:
        body["createdAt"] = stamp(since)
    return Version(account, "customers", gid("Customer", number), body, at, at)


def gone(account: str, number: int, at: datetime) -> Version:
    """The shop has deleted, or merged away, a customer."""
    return Version(account, "customers", gid("Customer", number), None, at, at)


def ordered(
    account: str,
    number: int,
    at: datetime,
    *,
    customer: int | None = None,
    email: str | None = None,
    seen: datetime | None = None,
) -> Version:
    """A version of an order of 10 pounds, read at `seen`."""
    order = OrderDocument(number, at, customer=customer, email=email)
    order.sale("10.00", line=order.line("10.00"), quantity=1)
    order.agree("Order", at)
    seen = seen or at
    return Version(
        account,
        "orders",
        order.id,
        order.document() | {"updatedAt": f"{seen:%Y-%m-%dT%H:%M:%SZ}"},
        seen,
        seen,
    )


class People:
    """What the shops know of their customers, and how to land some of it."""

    def __init__(self, seed: int, raw: Connection, *, orderly: bool = False) -> None:
        self.random, self.raw, self.clock = random.Random(seed), raw, START
        self.orderly = orderly  # no load is late, no shop takes back what it said
        self.landed: list[Version] = []
        self.late: list[str] = []
        self.orders: dict[tuple[str, int], dict[str, int | str | None]] = {}
        land(raw, [setting(account) for account in SHOPS])

    def day(self) -> None:
        """Some news, landed as two loads; one of them may only become complete on a later day."""
        self.clock += timedelta(hours=self.random.randrange(5, 30))
        news = [version for _ in range(self.random.randrange(2, 5)) for version in self.news()]
        cut = self.random.randrange(len(news) + 1)
        for part in (news[:cut], news[cut:]):
            complete = self.random.random() < 0.7
            load = land(
                self.raw, {(v.account, v.resource, v.id): v for v in part}.values(), complete=complete
            )
            if not complete:
                self.late.append(load)
        if self.late and self.random.random() < 0.6:
            finish(self.raw, self.late.pop(self.random.randrange(len(self.late))))

    def settle(self) -> None:
        """All loads complete."""
        while self.late:
            finish(self.raw, self.late.pop())

    def news(self) -> Iterator[Version]:
        """One of the things that happen to people."""
        dice, at = self.random, self.clock + timedelta(seconds=self.random.randrange(900))
        account, number = dice.choice(SHOPS), dice.randrange(1, 7)
        match dice.choice([0, 1, 5, 6] if self.orderly else range(7)):
            case 0:
                yield known(account, number, dice.choice([*ADDRESSES, None]), at)
            case 1 | 2:
                yield known(account, number, dice.choice([*ADDRESSES, None]), at)  # without one: redacted
            case 3:
                yield gone(account, number, at)
                for place, order in self.orders.items():
                    if place[0] == account and order["customer"] == number:
                        order["customer"] = dice.randrange(1, 7)  # merged into
                        yield self.version(place, at)
            case 4 if self.orders:
                place = dice.choice(sorted(self.orders))
                self.orders[place] |= {
                    "customer": dice.choice([None, 1, 2]),
                    "email": dice.choice([None, ADDRESSES[0]]),
                }
                yield self.version(place, at)
            case _:
                place = (account, len(self.orders) + 1)
                who = dice.choice([None, number])
                self.orders[place] = {
                    "customer": who,
                    "email": dice.choice([*ADDRESSES, "deleted@site.invalid", None]),
                }
                yield self.version(place, at)

    def version(self, place: tuple[str, int], seen: datetime) -> Version:
        order = self.orders[place]
        placed = START + timedelta(hours=place[1])
        return ordered(*place, placed, customer=order["customer"], email=order["email"], seen=seen)  # type: ignore[arg-type]


def persons(versions: list[Version]) -> set[frozenset[str]]:
    """The customers and addresses that hang together, by every address that a customer ever carried."""
    together: dict[str, set[str]] = {}
    for version in versions:
        if version.resource != "customers":
            continue
        one = hashed("shopify", version.account, version.id)
        group = together.setdefault(one, {one})
        carried = version.document["defaultEmailAddress"] if isinstance(version.document, dict) else None
        if carried:
            other = email_identity(carried["emailAddress"])
            group |= together.get(other, {other})
        for member in group:
            together[member] = group
    return {frozenset(group) for group in together.values()}
