"""Orders written by hand: for cases with known answers, and for tests of whoever reads the business.

    store = scripted_store("corner", currency="EUR", timezone="Europe/Paris")
    order = ScriptedOrder(store, 1, at(2026, 3, 2, 9), [goods("Mug", "12.50", 2)]).pay()
    order.refund(at(2026, 3, 4, 9), {0: 1})
    world = scripted_world([store], at(2026, 4, 1), {"corner": [order]})

Amounts are strings or Decimals in price terms, lines are named by position, money that is not given is all
that is due. Web shops and their orders are written with `webshop/scripted.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Self

from sandbox.business.booking import place
from sandbox.business.events import (
    Closed,
    Deleted,
    Delivered,
    DiscountSpec,
    Edited,
    Event,
    Fulfilled,
    Header,
    Life,
    LineSpec,
    Paid,
    Placed,
    Refunded,
    Returned,
    Reversal,
    ShippingSpec,
    Touched,
)
from sandbox.business.model import Customer, Item, Order, Store, TransactionKind
from sandbox.business.money import minor
from sandbox.business.refunding import money_back, ways_back, worth_of
from sandbox.business.settling import apply
from sandbox.business.totals import totals
from sandbox.business.webshop.scripted import ScriptedShopOrder
from sandbox.business.world import World

FIRST_SCRIPTED = 1000
Amount = str | Decimal


def at(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    """A moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def goods(title: str, price: Amount, quantity: int = 1, **details: Any) -> LineSpec:
    """So many units of something; `details` are further fields of `Item`, such as sku or is_gift_card."""
    item = Item(None, None, title, None, None, None, Decimal(price))
    return LineSpec(replace(item, **details), quantity)


def gift_card(value: Amount) -> LineSpec:
    """A gift card sold."""
    return goods("Gift card", value, is_gift_card=True, taxable=False, requires_shipping=False)


def percent_off(code: str, percent: int) -> DiscountSpec:
    """A code that takes so many percent off the order."""
    return DiscountSpec("code", code, "percentage", Decimal(percent))


def shipping(price: Amount, *, taxed: bool = True) -> ShippingSpec:
    """Ordinary delivery."""
    return ShippingSpec("Standard", "standard", minor(Decimal(price)), taxed=taxed)


def scripted_store(
    name: str, *, currency: str = "GBP", timezone: str = "Europe/London", taxes_included: bool = False
) -> Store:
    """A store with nothing in it."""
    founded = at(2009, 1, 1, 0)
    country = {"GBP": "GB", "USD": "US", "NZD": "NZ"}.get(currency, "IE")
    domain, title = f"{name.replace('_', '-')}.myshopify.com", name.replace("_", " ").title()
    mail = f"hello@{name.replace('_', '-')}.example"
    return Store(
        name, "shopify", title, domain, mail, currency, timezone, country, taxes_included, founded, founded
    )


class ScriptedOrder:
    """One order and what happens to it, written down in the order of time."""

    def __init__(
        self,
        store: Store,
        number: int,
        placed_at: datetime,
        lines: Sequence[LineSpec],
        *,
        known_at: datetime | None = None,
        taxes: Iterable[tuple[str, Amount]] = (),
        delivery: ShippingSpec | None = None,
        discounts: Sequence[DiscountSpec] = (),
        customer: Customer | None = None,
        **header: Any,
    ) -> None:
        order_id = FIRST_SCRIPTED + number
        self.placed = Placed(
            at=known_at or placed_at,
            happened_at=placed_at,
            header=Header(
                order_id,
                order_id,
                f"#{order_id}",
                store.currency,
                store.taxes_included,
                customer_id=customer.id if customer else None,
                email=customer.email if customer else None,
                **header,
            ),
            lines=tuple(lines),
            shipping=delivery,
            discounts=tuple(discounts),
            tax_rates=tuple((name, int(Decimal(rate) * 1_000_000)) for name, rate in taxes),
        )
        self.order: Order = place(self.placed)
        self._events: list[Event] = [self.placed]

    @property
    def life(self) -> Life:
        """All of it, as the world takes it."""
        return Life(self.order.id, tuple(self._events))

    @property
    def due(self) -> Decimal:
        """What the buyer still owes."""
        return totals(self.order).outstanding

    def pay(
        self,
        amount: Amount | None = None,
        moment: datetime | None = None,
        *,
        gateway: str = "shopify_payments",
        kind: TransactionKind = "sale",
        **details: Any,
    ) -> Self:
        """Money in: all that is due, at once after the last event, unless it says otherwise."""
        value = minor(self.due if amount is None else Decimal(amount))
        return self._happen(Paid(moment or self._events[-1].at, kind, gateway, value, **details))

    def edit(
        self,
        moment: datetime,
        *,
        add: Sequence[LineSpec] = (),
        remove: Mapping[int, int] | None = None,
        discounts: Sequence[DiscountSpec] = (),
    ) -> Self:
        """The staff change the order."""
        return self._happen(Edited(moment, tuple(add), _units(remove), tuple(discounts)))

    def send_back(
        self,
        moment: datetime,
        units: Mapping[int, int],
        *,
        exchange: Sequence[LineSpec] = (),
        fee: Amount = "0",
    ) -> Self:
        """A return is approved; `settle` it later with `refund(settles=…)`."""
        return self._happen(Returned(moment, _units(units), tuple(exchange), minor(Decimal(fee))))

    def refund(
        self,
        moment: datetime,
        units: Mapping[int, int] | None = None,
        *,
        money: Amount | None = None,
        shipping: Amount = "0",
        settles: int | None = None,
        **details: Any,
    ) -> Self:
        """Units, shipping or a return settled, with all the money that is then owed.

        With `money` it is that much, and what differs from the worth is booked as an adjustment.
        """
        event = Refunded(moment, _units(units), minor(Decimal(shipping)), settles=settles, **details)
        if money is None:
            return self._happen(money_back(self.order, event))
        paid = minor(Decimal(money))
        difference = worth_of(self.order, event) - minor(self.due) - paid
        if difference:
            event = replace(event, adjustments=(("refund_discrepancy", difference),))
        return self._happen(replace(event, money=tuple(ways_back(self.order, paid))))

    def cancel(self, moment: datetime, reason: str = "customer") -> Self:
        """Everything is taken back before it is sent."""
        units = {n: line.current_quantity for n, line in enumerate(self.order.lines) if line.current_quantity}
        return self.refund(moment, units, charges=True, restock="cancel", cancel_reason=reason)

    def fulfil(self, moment: datetime, units: Mapping[int, int] | None = None) -> Self:
        """All that is still to be sent, or some of it, leaves."""
        chosen = units or {n: line.current_quantity for n, line in enumerate(self.order.lines)}
        return self._happen(Fulfilled(moment, tuple(chosen.items())))

    def deliver(self, moment: datetime, fulfilment: int = 0) -> Self:
        """A parcel arrives."""
        return self._happen(Delivered(moment, fulfilment))

    def touch(self, moment: datetime, *, tags: Sequence[str] | None = None, note: str | None = None) -> Self:
        """Words change, no money does."""
        return self._happen(Touched(moment, None if tags is None else tuple(tags), note))

    def close(self, moment: datetime) -> Self:
        """The order is archived."""
        return self._happen(Closed(moment))

    def delete(self, moment: datetime) -> Self:
        """The order is gone for good; nothing can follow."""
        self._check(moment)
        self._events.append(Deleted(moment))
        return self

    def _happen(self, event: Event) -> Self:
        self._check(event.at)
        apply(self.order, event, self.placed.tax_rates)
        self._events.append(event)
        return self

    def _check(self, moment: datetime) -> None:
        last = self._events[-1]
        if isinstance(last, Deleted) or moment < last.at:
            raise ValueError(f"{self.order.name}: nothing can happen at {moment} after {type(last).__name__}")


def scripted_world(
    stores: Iterable[Store],
    clock: datetime,
    orders: Mapping[str, Iterable[ScriptedOrder | ScriptedShopOrder]],
) -> World:
    """A world with these stores and orders and nothing else."""
    world = World({store.name: store for store in stores}, clock)
    for name, scripts in orders.items():
        for script in scripts:
            if isinstance(script, ScriptedOrder):
                world.admit(name, script.life)
            else:
                world.admit_to_shop(name, script.life)
    return world


def scripted_customer(store: Store, number: int, email: str | None, **details: Any) -> Customer:
    """Somebody the store knows from the start."""
    joined = store.created_at + timedelta(days=1)
    customer = Customer(
        id=50_000 + number,
        person_id=None,
        first_name=details.pop("first_name", "Ann"),
        last_name=details.pop("last_name", "Lee"),
        email=email,
        phone=None,
        address=None,
        marketing="not_subscribed",
        state="disabled",
        verified_email=True,
        tax_exempt=False,
        locale="en",
        tags=(),
        created_at=joined,
        updated_at=joined,
        **details,
    )
    store.customers[customer.id] = customer
    return customer


def _units(units: Mapping[int, int] | None) -> tuple[Reversal, ...]:
    return tuple(Reversal(line, quantity) for line, quantity in (units or {}).items())
