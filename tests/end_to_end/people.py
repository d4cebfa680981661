"""Who bought for the first time, by who the business knows its customers to be."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime

from sandbox.business.model import WebShop
from tests.end_to_end.happened import Happened, StoreOrder


class People:
    """Persons: accounts with the same address are one, in whatever store they are."""

    def __init__(self) -> None:
        self._others: dict[Hashable, Hashable] = {}

    def of(self, known: Hashable) -> Hashable:
        """The one that stands for all that a person is known by."""
        while known in self._others:
            known = self._others[known]
        return known

    def join(self, one: Hashable, other: Hashable) -> None:
        """Both are the same person's."""
        one, other = self.of(one), self.of(other)
        if one != other:
            self._others[one] = other


def newcomers(happened: Happened) -> dict[StoreOrder, date]:
    """The first order of every person in any store, with its store's day."""
    people = People()
    for name, store in happened.world.stores.items():
        accounts = store.shop_customers if isinstance(store, WebShop) else store.customers
        for account in accounts.values():
            if account.email:
                people.join((name, account.id), _address(account.email))
    firsts: dict[Hashable, tuple[datetime, StoreOrder]] = {}
    for order in happened.placed:
        at, known = _buyer(happened, order)
        person = people.of(known)
        firsts[person] = min(firsts.get(person, (at, order)), (at, order))
    return {order: happened.placed[order] for _, order in firsts.values()}


def _buyer(happened: Happened, order: StoreOrder) -> tuple[datetime, Hashable]:
    """When the order was placed, and what its buyer is known by: an account, an address, nothing else."""
    name, number = order
    store = happened.world.stores[name]
    if isinstance(store, WebShop):
        web = store.shop_orders[number]
        at, customer, email = web.created_at, web.customer_id, web.billing.email
    else:
        own = store.orders[number]
        at, customer, email = own.processed_at, own.customer_id or 0, own.email or ""
    if customer:
        return at, (name, customer)
    return at, _address(email) if email else order


def _address(email: str) -> tuple[str, str, str]:
    return "", "", email.strip().lower()
