"""From agreements on goods to state: placing an order, editing it, returning units.

Per line: discounts on lines first, then those over the order, shared to the penny; then tax, each rate
rounded half up on the line; so that for every sale net = total - tax and gross = net + discount.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sandbox.business.events import DiscountSpec, Edited, LineSpec, Placed, Returned, Reversal
from sandbox.business.ids import child_id, sale_id
from sandbox.business.model import (
    Agreement,
    AgreementKind,
    Books,
    DiscountAllocation,
    DiscountApplication,
    Item,
    Order,
    OrderLine,
    Return,
    Sale,
    SaleAction,
    SaleLineType,
    ShippingLine,
    TaxLine,
)
from sandbox.business.money import allocate, minor, money, share, taxes

MILLION = 1_000_000
Rates = tuple[tuple[str, int], ...]
NO_RATES: Rates = ()
HUNDRED = Decimal(100)


def place(event: Placed) -> Order:
    """The order as it stands after it was placed, nothing paid yet."""
    order = _header(event)
    shares = _discount_shares(event.lines, event.discounts)
    for position, spec in enumerate(event.lines):
        order.lines.append(_new_line(order, spec, event.tax_rates, shares[position], event.discounts))
    if event.shipping is not None:
        order.shipping_lines.append(_shipping_line(order, event))
    order.discounts = tuple(_application(index, spec) for index, spec in enumerate(event.discounts))
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
        line = _new_line(order, spec, rates, {}, (), origin="edit")
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
        line = _new_line(order, spec, rates, {}, (), origin="exchange")
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


def agree(order: Order, kind: AgreementKind, at: object, sales: Sequence[Sale]) -> Agreement:
    """Note an agreement on the order."""
    agreement = Agreement(child_id(order), kind, at, tuple(sales))  # type: ignore[arg-type]
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


def _new_line(
    order: Order,
    spec: LineSpec,
    rates: Rates,
    shares: dict[int, int],
    discounts: Sequence[DiscountSpec],
    *,
    origin: str = "order",
) -> OrderLine:
    item = spec.item
    base = _base(item, spec.quantity)
    off = sum(shares.values())
    by_line = sum(
        amount
        for index, amount in shares.items()
        if discounts[index].lines is not None and discounts[index].kind != "code"
    )
    books, tax_lines = _booked(
        spec.quantity, base, off, rates if item.taxable else NO_RATES, included=order.taxes_included
    )
    return OrderLine(
        child_id(order),
        item,
        spec.quantity,
        spec.quantity,
        money(base),
        money(base - by_line),
        tuple(DiscountAllocation(index, money(amount)) for index, amount in shares.items()),
        tax_lines,
        books,
        origin,  # type: ignore[arg-type]
    )


def _shipping_line(order: Order, event: Placed) -> ShippingLine:
    spec = event.shipping
    assert spec is not None
    left = spec.price
    shares: dict[int, int] = {}
    for index, discount in enumerate(event.discounts):
        if discount.target == "shipping_line" and left:
            shares[index] = _worth(discount, left)
            left -= shares[index]
    rates = event.tax_rates if spec.taxed else NO_RATES
    books, tax_lines = _booked(1, spec.price, spec.price - left, rates, included=order.taxes_included)
    allocations = tuple(DiscountAllocation(index, money(amount)) for index, amount in shares.items())
    return ShippingLine(
        child_id(order),
        spec.title,
        spec.code,
        spec.source,
        money(spec.price),
        money(left),
        allocations,
        tax_lines,
        books,
    )


def _booked(
    quantity: int, base: int, off: int, rates: Rates, *, included: bool
) -> tuple[Books, tuple[TaxLine, ...]]:
    price = base - off
    if not rates:
        return Books(quantity, price, 0, off, off), ()
    millionths = [rate for _, rate in rates]
    amounts = taxes(price, millionths, included=included)
    tax = sum(amounts)
    lines = tuple(
        TaxLine(title, Decimal(rate) / MILLION, money(amount))
        for (title, rate), amount in zip(rates, amounts, strict=True)
    )
    if included:
        off_before_tax = share(off, MILLION, MILLION + sum(millionths))
        return Books(quantity, price, tax, off_before_tax, off), lines
    return Books(quantity, price + tax, tax, off, off + sum(taxes(off, millionths, included=False))), lines


def _discount_shares(lines: Sequence[LineSpec], discounts: Sequence[DiscountSpec]) -> list[dict[int, int]]:
    """Per line: the share in each discount, by the discount's index."""
    shares: list[dict[int, int]] = [{} for _ in lines]
    if not discounts:
        return shares
    left = [
        0 if spec.item.is_gift_card or spec.item.is_tip else _base(spec.item, spec.quantity) for spec in lines
    ]
    for index, discount in enumerate(discounts):
        if discount.target == "line_item" and discount.lines is not None:
            for position in discount.lines:
                amount = _worth(discount, left[position], lines[position].quantity)
                shares[position][index] = amount
                left[position] -= amount
    for index, discount in enumerate(discounts):
        if discount.target == "line_item" and discount.lines is None:
            for position, amount in enumerate(allocate(_worth(discount, sum(left)), left)):
                if amount:
                    shares[position][index] = amount
                    left[position] -= amount
    return shares


def _discount_line(order: Order, line: OrderLine, discount: DiscountSpec, rates: Rates) -> Sale:
    """A discount on units already sold: price and tax fall, what was gross stays gross."""
    books, rates = line.books, rates if line.item.taxable else NO_RATES
    price = books.total if order.taxes_included else books.total - books.tax
    off = _worth(discount, price, books.quantity)
    fresh, tax_lines = _booked(books.quantity, price - off, 0, rates, included=order.taxes_included)
    total, tax = fresh.total - books.total, fresh.tax - books.tax
    index = len(order.discounts)
    order.discounts += (_application(index, discount),)
    line.allocations += (DiscountAllocation(index, money(off)),)
    line.discounted_total -= money(off)
    line.tax_lines = tax_lines
    change = Books(0, total, tax, tax - total, off if order.taxes_included else -total)
    books.total, books.tax = fresh.total, fresh.tax
    books.discount += change.discount
    books.discount_with_tax += change.discount_with_tax
    return _line_sale(order, line, "update", 0, change)


def _application(index: int, spec: DiscountSpec) -> DiscountApplication:
    on_lines = spec.lines is not None
    return DiscountApplication(
        index,
        spec.kind,
        spec.title,
        spec.value_kind,
        spec.value,
        spec.target,
        "explicit" if on_lines else "all",
        "each" if on_lines or spec.target == "shipping_line" else "across",
        spec.description,
    )


def _worth(discount: DiscountSpec, price: int, quantity: int = 1) -> int:
    """What the discount takes off a price; never more than the price."""
    if discount.value_kind == "percentage":
        return min(price, share(price, int(discount.value * 100), 10_000))
    return min(price, minor(discount.value) * quantity)


def _base(item: Item, quantity: int) -> int:
    return minor(item.price * quantity)
