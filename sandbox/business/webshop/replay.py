"""Real invoices as the orders of a web shop, which knows orders and refunds and nothing else.

- An invoice is an order, lines in the order of the file, repeats and zero prices kept.
- A credit note ('C') is one refund of every order that it returns lines of; two returns of one line are one.
- What it returns of no known order, 'A' invoices and whatever else is left over is, below zero, a refund of
  that amount alone on the order with the invoice's number, which is an order of zero if it sells nothing;
  above zero it is a line of that order, of no unit. Nothing is left of lines worth nothing.
- Orders of credit notes therefore order nothing: no unit, no delivery, no fee. An invoice of left-overs alone
  did place an order; its delivery, free of charge, says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sandbox.business.clerk import Clerk, Invoice, ReturnedUnits
from sandbox.business.countries import country_code
from sandbox.business.invoices import InvoiceLine
from sandbox.business.model import Contact, Customer, Item, ShopCustomer, ShopItem, WebShop
from sandbox.business.money import minor
from sandbox.business.replayed_store import FIRST_ORDER
from sandbox.business.webshop.events import (
    Cart,
    CartLine,
    Delivery,
    MoneyBack,
    Ordered,
    PartBack,
    ShopHeader,
    ShopLife,
    StatusSet,
)
from sandbox.business.webshop.till import DELIVERIES

FREE = Delivery(DELIVERIES, "Delivered", "free_shipping", 0)
CREDIT, LEFT_OVER = "Credit note", "Correction"


class ShopClerk(Clerk):
    """Returns of no known order are left over."""

    def keep_unmatched(self, line: InvoiceLine, item: Item) -> None:
        """Its worth goes back; there is no line that it could be taken from."""
        self.leave_over(self.invoices[line.invoice], line, item)


class ShopDrawer:
    """Turns invoices into lives; what many lines sold is described once."""

    def __init__(self, shop: WebShop) -> None:
        self._shop = shop
        self._items: dict[int, ShopItem] = {}  # by identity: the stockroom keeps one item per name and price
        self._contacts: dict[str, Contact] = {}

    def life(self, invoice: Invoice) -> ShopLife:
        """The whole life of an invoice."""
        order_id, at = FIRST_ORDER + invoice.number, invoice.at
        cart = self._cart(invoice)
        header = ShopHeader(
            order_id,
            invoice.name,
            self._shop.currency,
            self._shop.taxes_included,
            self._shop.round_at_subtotal,
            customer_id=invoice.customer_id or 0,
            billing=self._contact(invoice.country),
            created_via="rest-api",
        )
        total = sum(line.amount for line in cart.lines)
        paid = StatusSet(at, "completed", paid=True)
        refunds = _refunds(invoice, total)
        return ShopLife(order_id, (Ordered(at, header, cart), paid, *refunds))

    def _cart(self, invoice: Invoice) -> Cart:
        lines = [
            CartLine(slot, self._item(spec.item), spec.quantity, minor(spec.item.price * spec.quantity))
            for slot, spec in enumerate(invoice.lines, 1)
        ]
        for left in (one for some in invoice.adjusted.values() for one in some):
            if left.amount > 0:
                lines.append(CartLine(len(lines) + 1, self._item(left.item), 0, left.amount))
        silent = invoice.places and not any(line.quantity for line in lines)
        return Cart(tuple(lines), (FREE,) if silent else ())

    def _item(self, item: Item) -> ShopItem:
        known = self._items.get(id(item))
        if known is None:
            known = ShopItem(item.product_id or 0, 0, item.title, item.sku or "")
            self._items[id(item)] = known
        return known

    def _contact(self, country: str | None) -> Contact:
        code = country_code(country) or ""
        if code not in self._contacts:
            self._contacts[code] = Contact(country=code)
        return self._contacts[code]


def replayed_shop(name: str, platform: str, currency: str, timezone: str, opening: datetime) -> WebShop:
    """An empty web shop, opened the day before its first invoice."""
    founded = opening - timedelta(days=1)
    domain = f"{name}.example"
    title = name.replace("-", " ").title()
    mail = f"hello@{domain}"
    return WebShop(name, platform, title, domain, mail, currency, timezone, "GB", False, founded, founded)


def shop_customers(customers: Mapping[int, Customer]) -> dict[int, ShopCustomer]:
    """The customers of a file as accounts: numbers, and nothing else about anybody."""
    accounts = {}
    for number, one in customers.items():
        contact = Contact(country=(one.address and one.address.country_code) or "")
        at = one.created_at
        accounts[number] = ShopCustomer(
            number, number, f"customer.{number}", "", "", "", "customer", contact, contact, at, at
        )
    return accounts


def _refunds(invoice: Invoice, total: int) -> list[MoneyBack]:
    credits: dict[str, tuple[datetime, list[ReturnedUnits]]] = {}
    for (at, credit), returned in invoice.returned.items():
        since, found = credits.setdefault(credit, (at, []))
        credits[credit] = (min(since, at), [*found, *returned])
    made = [_credit(at, credit, found) for credit, (at, found) in credits.items()]
    below = [(at, left.amount) for at, some in invoice.adjusted.items() for left in some if left.amount < 0]
    if below:
        amount = -sum(worth for _, worth in below)
        made.append(MoneyBack(min(at for at, _ in below), amount, reason=LEFT_OVER, through_gateway=False))
    made.sort(key=lambda one: one.at)
    given = 0
    for number, one in enumerate(made):
        given += one.amount
        if given == total > 0 and one.amount:
            made[number] = _closing(one)
    return made


def _credit(at: datetime, credit: str, found: list[ReturnedUnits]) -> MoneyBack:
    units: dict[int, tuple[int, int]] = {}
    for one in found:
        quantity, worth = units.get(one.line, (0, 0))
        units[one.line] = (quantity + one.quantity, worth + one.amount)
    parts = tuple(PartBack(line + 1, quantity, worth, 0) for line, (quantity, worth) in units.items())
    amount = sum(part.net for part in parts)
    return MoneyBack(at, amount, parts, reason=f"{CREDIT} {credit}", through_gateway=False)


def _closing(last: MoneyBack) -> MoneyBack:
    return MoneyBack(
        last.at, last.amount, last.lines, reason=last.reason, through_gateway=False, status="refunded"
    )
