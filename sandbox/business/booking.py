"""From agreements on goods to state: placing an order, editing it, returning units.

Per line: discounts on lines first, then those over the order, shared to the penny; then tax, each rate
rounded half up on the line; so that for every sale net = total - tax and gross = net + discount.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sandbox.business.events import DiscountSpec, Edited, Placed, Returned, Reversal
from sandbox.business.ids import child_id, sale_id
from sandbox.business.model import (
    Agreement,
    AgreementKind,
    Books,
    DiscountAllocation,
    Order,
    OrderLine,
    Return,
    Sale,
    SaleAction,
    SaleLineType,
    ShippingLine,
)
from sandbox.business.money import money, share
from sandbox.business.pricing import (
    NO_RATES,
    Rates,
    application,
    booked,
    discount_shares,
    new_line,
    shipping_line,
    worth,
)


def place(event: Placed) -> Order:
    """The order as it stands after it was placed, nothing paid yet."""
    order = _header(event)
    shares = discount_shares(event.lines, event.discounts)
    for position, spec in enumerate(event.lines):
        order.lines.append(new_line(order, spec, event.tax_rates, shares[position], event.discounts))
    if event.shipping is not None:
        order.shipping_lines.append(shipping_line(order, event))
    order.discounts = tuple(application(index, spec) for index, spec in enumerate(event.discounts))
    order.discount_codes = tuple(spec.title for spec in event.discounts if spec.kind == "code")
    if not event.books_order:
        return order
    sales = [_line_sale(order, line, "order", line.quantity, line.books) for line in order.lines]
    sales += [shipping_sale(order, line, "order", line.books) for line in order.shipping_lines]
    charges: tuple[tuple[SaleLineType, int], ...] = (
        ("duty", event.duty),
        ("additional_fee", event.additional_fee),
    )
    for line_type, amount in charges:
        if amount:
            order.charges[line_type] = amount
            sales.append(plain_sale(order, line_type, "order", amount))
    agree(order, "order", event.happened_at, sales)
    return order


def edit(order: Order, event: Edited, rates: Rates) -> None:
    """Lines added, units removed, discounts given: one agreement."""
    sales = []
    for spec in event.added:
        line = new_line(order, spec, rates, {}, (), origin="edit")
        order.lines.append(line)
        sales.append(_line_sale(order, line, "order", line.quantity, line.books))
    sales += [take_back(order, reversal) for reversal in event.removed]
    for discount in event.discounts:
        for position in discount.lines or ():
            sales.append(_discount_line(order, order.lines[position], discount, rates))
    order.edited = True
    agree(order, "edit", event.at, sales)


def give_back(order: Order, event: Returned, rates: Rates) -> None:
    """A return approved, with what is taken in exchange."""
    sales = [take_back(order, reversal) for reversal in event.lines]
    exchanged = []
    for spec in event.exchange:
        line = new_line(order, spec, rates, {}, (), origin="exchange")
        order.lines.append(line)
        exchanged.append(line.id)
        sales.append(_line_sale(order, line, "order", line.quantity, line.books))
    if event.fee:
        order.charges["fee"] = order.charges.get("fee", 0) + event.fee
        sales.append(plain_sale(order, "fee", "order", event.fee))
    lines = tuple((order.lines[reversal.line].id, reversal.quantity) for reversal in event.lines)
    name = f"{order.name}-R{len(order.returns) + 1}"
    made = Return(child_id(order), name, "open", event.at, None, lines, tuple(exchanged))
    order.returns.append(made)
    agree(order, "return", event.at, sales).return_id = made.id


def take_back(order: Order, reversal: Reversal) -> Sale:
    """The sale that reverses units of a line."""
    line = order.lines[reversal.line]
    taken = reverse(line.books, reversal.quantity, reversal.amount)
    line.current_quantity -= reversal.quantity
    return _line_sale(order, line, "return", -reversal.quantity, taken, sign=-1)


def reverse(books: Books, quantity: int, amount: int | None = None) -> Books:
    """Take units, or an amount of the total, out of the books: their share, rounded half up."""
    if amount is not None:
        part, whole, total = amount, books.total, amount
    else:
        part, whole, total = quantity, books.quantity, share(books.total, quantity, books.quantity)
    taken = Books(
        quantity,
        total,
        share(books.tax, part, whole) if books.tax else 0,
        share(books.discount, part, whole) if books.discount else 0,
        share(books.discount_with_tax, part, whole) if books.discount_with_tax else 0,
    )
    books.quantity -= quantity
    books.total -= taken.total
    books.tax -= taken.tax
    books.discount -= taken.discount
    books.discount_with_tax -= taken.discount_with_tax
    return taken


def agree(order: Order, kind: AgreementKind, at: datetime, sales: Sequence[Sale]) -> Agreement:
    """Note an agreement on the order."""
    agreement = Agreement(child_id(order), kind, at, tuple(sales))
    order.agreements.append(agreement)
    return agreement


def plain_sale(order: Order, line_type: SaleLineType, action: SaleAction, amount: int) -> Sale:
    """A sale without line, quantity, tax and discount: duties, fees, adjustments."""
    nothing = money(0)
    return Sale(sale_id(order), action, line_type, None, money(amount), nothing, nothing, nothing)


def shipping_sale(
    order: Order, line: ShippingLine, action: SaleAction, books: Books, *, sign: int = 1
) -> Sale:
    """The sale of a shipping line, or with sign -1 its reversal."""
    return Sale(
        sale_id(order),
        action,
        "shipping",
        None,
        money(sign * books.total),
        money(sign * books.tax),
        money(sign * books.discount),
        money(sign * books.discount_with_tax),
        shipping_line_id=line.id,
    )


def _line_sale(
    order: Order, line: OrderLine, action: SaleAction, quantity: int, books: Books, *, sign: int = 1
) -> Sale:
    item = line.item
    return Sale(
        sale_id(order),
        action,
        "gift_card" if item.is_gift_card else "tip" if item.is_tip else "product",
        quantity,
        money(sign * books.total),
        money(sign * books.tax),
        money(sign * books.discount),
        money(sign * books.discount_with_tax),
        line_id=line.id,
    )


def _header(event: Placed) -> Order:
    header = event.header
    return Order(
        id=header.id,
        number=header.number,
        name=header.name,
        created_at=event.at,
        processed_at=event.happened_at,
        updated_at=event.at,
        currency=header.currency,
        taxes_included=header.taxes_included,
        source=header.source,
        customer_id=header.customer_id,
        email=header.email,
        locale=header.locale,
        shipping_address=header.shipping_address,
        presentment_currency=header.presentment_currency,
        presentment_rate=header.presentment_rate,
        test=header.test,
        note=header.note,
        tags=header.tags,
    )


def _discount_line(order: Order, line: OrderLine, discount: DiscountSpec, rates: Rates) -> Sale:
    """A discount on units already sold: price and tax fall, what was gross stays gross."""
    books, rates = line.books, rates if line.item.taxable else NO_RATES
    price = books.total if order.taxes_included else books.total - books.tax
    off = worth(discount, price, books.quantity)
    fresh, tax_lines = booked(books.quantity, price - off, 0, rates, included=order.taxes_included)
    total, tax = fresh.total - books.total, fresh.tax - books.tax
    index = len(order.discounts)
    order.discounts += (application(index, discount),)
    line.allocations += (DiscountAllocation(index, money(off)),)
    line.discounted_total -= money(off)
    line.tax_lines = tax_lines
    change = Books(0, total, tax, tax - total, off if order.taxes_included else -total)
    books.total, books.tax = fresh.total, fresh.tax
    books.discount += change.discount
    books.discount_with_tax += change.discount_with_tax
    return _line_sale(order, line, "update", 0, change)
