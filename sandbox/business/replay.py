"""Real transactions replayed as the life of one store: every line of the file becomes exactly one sale.

- An invoice that does not start with C is an order, placed at the time of its first line. Its lines with
  neither quantity nor price below zero are its sales, in the file's order, repeats and zero prices kept.
- A line of a C invoice with a quantity below zero and a price not below zero is a return at its own time:
  of a line of the customer's latest strictly earlier order that sold the same stock code at the same price
  and has enough units left, the first such line of that order. Where there is none, it stands on an order
  of its own, one per C invoice, which places nothing.
- Everything else (all lines of A invoices, other quantities or prices below zero, other lines of C
  invoices) is an adjustment of its signed amount, at its own time, on the invoice's own order.

Amounts are rounded to the penny, half up, per line. Money follows the goods at once: orders are paid when
placed, returns and adjustments settled when booked. A web shop has rules of its own, see `webshop/replay.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.business.clerk import Clerk, Invoice, Leftover, ReturnedUnits
from sandbox.business.countries import country_code
from sandbox.business.events import (
    Event,
    Header,
    Life,
    Paid,
    PaidBack,
    Placed,
    Refunded,
    Returned,
    Reversal,
)
from sandbox.business.invoices import NotInvoices, read_invoices
from sandbox.business.memory import collector_paused
from sandbox.business.model import Address, Store, WebShop
from sandbox.business.money import minor
from sandbox.business.replayed_store import FIRST_ORDER, replayed_store
from sandbox.business.webshop.replay import ShopClerk, ShopDrawer, replayed_shop, shop_customers
from sandbox.business.world import World

GATEWAY = "manual"


def replay_world(
    parquet_path: str | Path,
    platform: str = "shopify",
    *,
    name: str = "online-retail",
    timezone: str = "Europe/London",
    currency: str = "GBP",
    as_of: datetime | None = None,
) -> World:
    """The world of that file, as of the morning after its last line unless `as_of` says otherwise."""
    path = Path(parquet_path)
    with collector_paused():
        clerk = ShopClerk() if platform == "woocommerce" else Clerk()
        for line in read_invoices(path, ZoneInfo(timezone)):
            clerk.take(line)
        if clerk.last is None:
            raise NotInvoices(f"{path}: holds no invoice line")
        clerk.match_returns()
        opening = min(invoice.at for invoice in clerk.invoices.values())
        make = replayed_shop if platform == "woocommerce" else replayed_store
        store = make(name, platform, currency, timezone, opening)
        store.products = clerk.stockroom.products()
        store.stock = {one.id: one.inventory for each in store.products.values() for one in each.variants}
        clock = as_of or (clerk.last + timedelta(days=1)).replace(hour=6, minute=0, second=0)
        world = World({name: store}, clock)
        _live(world, store, clerk)
    return world


def _live(world: World, store: Store, clerk: Clerk) -> None:
    invoices = (invoice for invoice in clerk.invoices.values() if invoice.exists)
    if isinstance(store, WebShop):
        store.shop_customers = shop_customers(clerk.stockroom.customers)
        drawer = ShopDrawer(store)
        for invoice in invoices:
            world.admit_to_shop(store.name, drawer.life(invoice))
        return
    store.customers = clerk.stockroom.customers
    for invoice in invoices:
        world.admit(store.name, _life(invoice, store))


def _life(invoice: Invoice, store: Store) -> Life:
    order_id = FIRST_ORDER + invoice.number
    code = country_code(invoice.country)
    header = Header(
        order_id,
        order_id,
        f"#{invoice.name}",
        store.currency,
        store.taxes_included,
        customer_id=invoice.customer_id,
        shipping_address=None if code is None else Address(code, None, None, None),
    )
    placed = Placed(invoice.at, invoice.at, header, tuple(invoice.lines), books_order=invoice.places)
    events: list[Event] = [placed]
    worth = sum(minor(spec.item.price * spec.quantity) for spec in invoice.lines)
    if invoice.places and worth:
        events.append(Paid(invoice.at, "sale", GATEWAY, worth))
    events += _afterwards(invoice, paid=invoice.places and worth > 0)
    return Life(order_id, tuple(events))


def _afterwards(invoice: Invoice, *, paid: bool) -> Iterable[Event]:
    """Returns and adjustments in the order of time, each with its money."""
    steps: list[tuple[datetime, int, list[ReturnedUnits] | list[Leftover]]] = []
    for (at, _), returned in invoice.returned.items():
        steps.append((at, len(steps), returned))
    for at, leftovers in invoice.adjusted.items():
        steps.append((at, len(steps), leftovers))
    returns = 0
    for at, _, what in sorted(steps, key=lambda step: step[:2]):
        lines = [one for one in what if isinstance(one, ReturnedUnits)]
        amounts = [left.amount for left in what if isinstance(left, Leftover)]
        if lines:
            yield Returned(at, tuple(Reversal(one.line, one.quantity, one.amount) for one in lines))
            back = sum(one.amount for one in lines)
            yield Refunded(at, settles=returns, money=_money(back, parent=0 if paid else None))
            returns += 1
        if amounts:
            difference = sum(amounts)
            adjustments = tuple(("refund_discrepancy", amount) for amount in amounts)
            yield Refunded(at, adjustments=adjustments, money=_money(-difference, parent=None))  # type: ignore[arg-type]
            if difference > 0:
                yield Paid(at, "sale", GATEWAY, difference)


def _money(amount: int, *, parent: int | None) -> tuple[PaidBack, ...]:
    return (PaidBack(GATEWAY, amount, parent),) if amount > 0 else ()
