"""Sorting the lines of real invoices: what is an order, a return of one, or neither."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sandbox.business.events import LineSpec
from sandbox.business.invoices import InvoiceLine
from sandbox.business.model import Item
from sandbox.business.money import minor
from sandbox.business.replayed_store import Stockroom

Slot = tuple[datetime, int, int]  # time, position of the order, position of the line in it


@dataclass(slots=True)
class ReturnedUnits:
    """Units of a line that came back, and what they were worth."""

    line: int
    quantity: int
    amount: int


@dataclass(slots=True)
class Leftover:
    """A line that is neither a sale nor a return of one, by its signed amount."""

    item: Item
    amount: int


@dataclass(slots=True)
class Invoice:
    """One invoice on its way to a life."""

    number: int
    name: str
    at: datetime
    customer_id: int | None
    country: str | None
    places: bool
    lines: list[LineSpec] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # units not yet returned, by line
    returned: dict[tuple[datetime, str], list[ReturnedUnits]] = field(default_factory=dict)
    adjusted: dict[datetime, list[Leftover]] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        """An order comes of it; not so of a C invoice whose lines all found their orders."""
        return self.places or bool(self.lines or self.adjusted)


class Clerk:
    """Sorts the lines of the file into invoices, and returns to the orders they belong to."""

    def __init__(self) -> None:
        self.invoices: dict[str, Invoice] = {}
        self.last: datetime | None = None
        self._order: list[Invoice] = []
        self.stockroom = Stockroom()
        self._returns: list[InvoiceLine] = []
        self._sold: dict[tuple[int, str, Decimal], list[Slot]] = {}

    def take(self, line: InvoiceLine) -> None:
        """One line, in the order of the file."""
        self.last = line.at if self.last is None else max(self.last, line.at)
        invoice = self._invoice(line)
        item = self.stockroom.item(line)
        credit, bad_debt = line.invoice.startswith("C"), line.invoice.startswith("A")
        if credit and line.quantity < 0 and line.price >= 0:
            self._returns.append(line)
        elif credit or bad_debt or line.quantity < 0 or line.price < 0:
            self.leave_over(invoice, line, item)
        else:
            self._sell(invoice, line, item)

    def match_returns(self) -> None:
        """Find the order of every return, in the order of the file; to be done once all orders are known."""
        for line in self._returns:
            slot = self._latest_with(line, -line.quantity)
            if slot is None:
                self.keep_unmatched(line, self.stockroom.item(line))
            else:
                _, number, position = slot
                self.give_back(self._order[number], position, line)

    def keep_unmatched(self, line: InvoiceLine, item: Item) -> None:
        """A return whose order nobody knows stands on an order of its own."""
        invoice = self.invoices[line.invoice]
        invoice.lines.append(LineSpec(item, -line.quantity))
        invoice.left.append(-line.quantity)
        self.give_back(invoice, len(invoice.lines) - 1, line)

    def give_back(self, invoice: Invoice, position: int, line: InvoiceLine) -> None:
        """Note a return with the order that it belongs to."""
        units = -line.quantity
        invoice.left[position] -= units
        found = ReturnedUnits(position, units, minor(line.price * units))
        invoice.returned.setdefault((max(line.at, invoice.at), line.invoice), []).append(found)

    def leave_over(self, invoice: Invoice, line: InvoiceLine, item: Item) -> None:
        """Note what is neither a sale nor a return."""
        left = Leftover(item, minor(line.price * line.quantity))
        invoice.adjusted.setdefault(max(line.at, invoice.at), []).append(left)

    def _invoice(self, line: InvoiceLine) -> Invoice:
        invoice = self.invoices.get(line.invoice)
        if invoice is None:
            invoice = Invoice(
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

    def _sell(self, invoice: Invoice, line: InvoiceLine, item: Item) -> None:
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
