"""Events applied to an order: money in and back, parcels, words; the goods themselves are in `booking.py`."""

from __future__ import annotations

from sandbox.business import booking
from sandbox.business.events import (
    Closed,
    Deleted,
    Delivered,
    Edited,
    Event,
    Fulfilled,
    Paid,
    Placed,
    Refunded,
    Returned,
    Touched,
)
from sandbox.business.ids import child_id
from sandbox.business.model import (
    Adjustment,
    Books,
    Fulfilment,
    Order,
    Refund,
    RefundLine,
    RefundShipping,
    Sale,
    Transaction,
)
from sandbox.business.money import money
from sandbox.business.pricing import Rates


def apply(order: Order, event: Event, rates: Rates) -> None:
    """Let the event happen to the order; `rates` are the taxes it was placed under."""
    match event:
        case Paid():
            _pay(order, event)
        case Fulfilled():
            _fulfil(order, event)
        case Delivered():
            _deliver(order, event)
        case Refunded():
            _refund(order, event)
        case Returned():
            booking.give_back(order, event, rates)
        case Edited():
            booking.edit(order, event, rates)
        case Closed():
            order.closed_at = event.at
        case Touched():
            order.tags = order.tags if event.tags is None else event.tags
            order.note = order.note if event.note is None else event.note
        case _:
            raise ValueError(f"{order.name}: {type(event).__name__} cannot happen to an order that exists")
    order.updated_at = max(order.updated_at, event.at)


def relive(events: tuple[Event, ...]) -> Order:
    """The order after these events, the first of which places it; as it was before it was deleted."""
    placed = events[0]
    if not isinstance(placed, Placed):
        raise ValueError("the first event of a life must place the order")
    order = booking.place(placed)
    for event in events[1:]:
        if not isinstance(event, Deleted):
            apply(order, event, placed.tax_rates)
    return order


def _pay(order: Order, event: Paid) -> None:
    parent = None if event.parent is None else order.transactions[event.parent].id
    order.transactions.append(
        Transaction(
            child_id(order),
            event.kind,
            event.status,
            event.gateway,
            money(event.amount),
            event.at,
            event.at,
            parent,
            event.error_code,
            event.gift_card_id,
        )
    )


def _fulfil(order: Order, event: Fulfilled) -> None:
    lines = tuple((order.lines[position].id, quantity) for position, quantity in event.lines)
    name = f"{order.name}-F{len(order.fulfilments) + 1}"
    order.fulfilments.append(
        Fulfilment(child_id(order), name, "success", "in_transit", event.at, event.at, None, lines)
    )


def _deliver(order: Order, event: Delivered) -> None:
    fulfilment = order.fulfilments[event.fulfilment]
    fulfilment.delivered_at = fulfilment.updated_at = event.at
    fulfilment.display_status = "delivered"


def _refund(order: Order, event: Refunded) -> None:
    sales: list[Sale] = []
    lines = _settled_lines(order, event) if event.settles is not None else []
    for reversal in event.lines:
        sale = booking.take_back(order, reversal)
        sales.append(sale)
        lines.append(_refund_line(order, sale, reversal.quantity, event))
    shipping = _refund_shipping(order, event, sales) if event.shipping or event.cancel_reason else ()
    if event.charges:
        for line_type, amount in order.charges.items():
            sales.append(booking.plain_sale(order, line_type, "return", -amount))
        order.charges.clear()
    adjustments = []
    for reason, amount in event.adjustments:
        adjustments.append(Adjustment(child_id(order), reason, money(amount), money(0)))
        sales.append(booking.plain_sale(order, "adjustment", "return", amount))
    returned = None if event.settles is None else order.returns[event.settles]
    refund = Refund(
        child_id(order),
        event.at,
        event.at,
        event.at,
        event.note,
        returned.id if returned else None,
        tuple(lines),
        shipping,
        tuple(adjustments),
        _pay_back(order, event),
    )
    order.refunds.append(refund)
    if returned:
        returned.status, returned.closed_at = "closed", event.at
    booking.agree(order, "refund", event.at, sales).refund_id = refund.id
    if event.cancel_reason:
        order.cancelled_at = order.closed_at = event.at
        order.cancel_reason = event.cancel_reason


def _settled_lines(order: Order, event: Refunded) -> list[RefundLine]:
    """What the return took back is listed on its refund, though it was booked by the return."""
    assert event.settles is not None
    returned = order.returns[event.settles]
    agreement = next(one for one in order.agreements if one.return_id == returned.id)
    return [
        _refund_line(order, sale, -(sale.quantity or 0), event)
        for sale in agreement.sales
        if sale.action == "return" and sale.line_id is not None
    ]


def _refund_line(order: Order, sale: Sale, quantity: int, event: Refunded) -> RefundLine:
    assert sale.line_id is not None
    subtotal = -sale.total if order.taxes_included else sale.tax - sale.total
    return RefundLine(child_id(order), sale.line_id, quantity, event.restock, subtotal, -sale.tax)


def _refund_shipping(order: Order, event: Refunded, sales: list[Sale]) -> tuple[RefundShipping, ...]:
    """Part of the first shipping line, or all of it with a cancellation."""
    if not order.shipping_lines:
        return ()
    line = order.shipping_lines[0]
    amount = line.books.total if event.cancel_reason else event.shipping
    taken = booking.reverse(line.books, 0, amount) if amount else Books(0, 0, 0, 0, 0)
    if not amount:
        return ()
    sales.append(booking.shipping_sale(order, line, "return", taken, sign=-1))
    subtotal = taken.total if order.taxes_included else taken.total - taken.tax
    return (RefundShipping(child_id(order), line.id, money(subtotal), money(taken.tax)),)


def _pay_back(order: Order, event: Refunded) -> tuple[int, ...]:
    made = []
    for back in event.money:
        parent = None if back.parent is None else order.transactions[back.parent].id
        transaction = Transaction(
            child_id(order),
            "refund",
            back.status,
            back.gateway,
            money(back.amount),
            event.at,
            event.at,
            parent,
            "processing_error" if back.status in ("failure", "error") else None,
            back.gift_card_id,
        )
        order.transactions.append(transaction)
        made.append(transaction.id)
    return tuple(made)
