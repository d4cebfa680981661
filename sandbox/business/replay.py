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
placed, returns and adjustments settled when booked.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from sandbox.business.countries import country_code
from sandbox.business.events import (
    Event,
    Header,
    Life,
    LineSpec,
    Paid,
    PaidBack,
    Placed,
    Refunded,
    Returned,
    Reversal,
)
from sandbox.business.invoices import InvoiceLine, NotInvoices, read_invoices
from sandbox.business.memory import collector_paused
from sandbox.business.model import Address, Item, Store
from sandbox.business.money import minor
from sandbox.business.replayed_store import FIRST_ORDER, Stockroom, replayed_store
from sandbox.business.world import World

GATEWAY = "manual"
Slot = tuple[datetime, int, int]  # time, position of the order, position of the line in it


@dataclass(slots=True)
class _Returned:
    line: int
    quantity: int
    amount: int


@dataclass(slots=True)
class _Invoice:
    """One invoice on its way to a life."""

    number: int
    name: str
    at: datetime
    customer_id: int | None
    country: str | None
    places: bool
    lines: list[LineSpec] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # units not yet returned, by line
    returned: dict[tuple[datetime, str], list[_Returned]] = field(default_factory=dict)
    adjusted: dict[datetime, list[int]] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """An order comes of it; not so of a C invoice whose lines all found their orders."""
        return self.places or bool(self.lines or self.adjusted)


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
        stockroom = Stockroom()
        clerk = _Clerk(stockroom)
        for line in read_invoices(path, ZoneInfo(timezone)):
            clerk.take(line)
        if clerk.last is None:
            raise NotInvoices(f"{path}: holds no invoice line")
        clerk.match_returns()
        opening = min(invoice.at for invoice in clerk.invoices.values())
        store = replayed_store(name, platform, currency, timezone, opening)
        store.products, store.customers = stockroom.products(), stockroom.customers
        store.stock = {one.id: one.inventory for each in store.products.values() for one in each.variants}
        clock = as_of or (clerk.last + timedelta(days=1)).replace(hour=6, minute=0, second=0)
        world = World({name: store}, clock)
        for invoice in clerk.invoices.values():
            if invoice.exists:
                world.admit(name, _life(invoice, store))
    return world


class _Clerk:
    """Sorts the lines of the file into invoices, and returns to the orders they belong to."""

    def __init__(self, stockroom: Stockroom) -> None:
        self.invoices: dict[str, _Invoice] = {}
        self.last: datetime | None = None
        self._order: list[_Invoice] = []
        self._stockroom = stockroom
        self._returns: list[InvoiceLine] = []
        self._sold: dict[tuple[int, str, Decimal], list[Slot]] = {}

    def take(self, line: InvoiceLine) -> None:
        """One line, in the order of the file."""
        self.last = line.at if self.last is None else max(self.last, line.at)
        invoice = self._invoice(line)
        item = self._stockroom.item(line)
        credit, bad_debt = line.invoice.startswith("C"), line.invoice.startswith("A")
        if credit and line.quantity < 0 and line.price >= 0:
            self._returns.append(line)
        elif credit or bad_debt or line.quantity < 0 or line.price < 0:
            amount = minor(line.price * line.quantity)
            invoice.adjusted.setdefault(max(line.at, invoice.at), []).append(amount)
        else:
            self._sell(invoice, line, item)

    def match_returns(self) -> None:
        """Find the order of every return, in the order of the file; to be done once all orders are known."""
        for line in self._returns:
            units = -line.quantity
            slot = self._latest_with(line, units)
            if slot is not None:
                _, number, position = slot
                invoice = self._order[number]
            else:
                invoice = self.invoices[line.invoice]
                position = len(invoice.lines)
                invoice.lines.append(LineSpec(self._stockroom.item(line), units))
                invoice.left.append(units)
            invoice.left[position] -= units
            found = _Returned(position, units, minor(line.price * units))
            at = max(line.at, invoice.at)
            invoice.returned.setdefault((at, line.invoice), []).append(found)

    def _invoice(self, line: InvoiceLine) -> _Invoice:
        invoice = self.invoices.get(line.invoice)
        if invoice is None:
            invoice = _Invoice(
                len(self._order),
                line.invoice,
                line.at,
                line.customer_id,
                line.country,
                not line.invoice.startswith("C"),
            )
            self.invoices[line.invoice] = invoice
            self._order.append(invoice)
        return invoice

    def _sell(self, invoice: _Invoice, line: InvoiceLine, item: Item) -> None:
        if invoice.customer_id is not None:
            slots = self._sold.setdefault((invoice.customer_id, line.code, line.price), [])
            insort(slots, (invoice.at, invoice.number, len(invoice.lines)))
        invoice.lines.append(LineSpec(item, line.quantity))
        invoice.left.append(line.quantity)

    def _latest_with(self, line: InvoiceLine, units: int) -> Slot | None:
        if line.customer_id is None:
            return None
        slots = self._sold.get((line.customer_id, line.code, line.price), ())
        best: Slot | None = None
        for slot in reversed(slots[: bisect_left(slots, (line.at, -1, -1))]):
            if best is not None and slot[1] != best[1]:
                break
            if self._order[slot[1]].left[slot[2]] >= units:
                best = slot
        return best


def _life(invoice: _Invoice, store: Store) -> Life:
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


def _afterwards(invoice: _Invoice, *, paid: bool) -> Iterable[Event]:
    """Returns and adjustments in the order of time, each with its money."""
    steps: list[tuple[datetime, int, list[_Returned] | list[int]]] = []
    for (at, _), returned in invoice.returned.items():
        steps.append((at, len(steps), returned))
    for at, amounts in invoice.adjusted.items():
        steps.append((at, len(steps), amounts))
    returns = 0
    for at, _, what in sorted(steps, key=lambda step: step[:2]):
        lines = [one for one in what if isinstance(one, _Returned)]
        amounts = [one for one in what if isinstance(one, int)]
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
