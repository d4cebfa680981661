"""From events to the order as it stands."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sandbox.business.model import RateShare, ShopFee, ShopLine, ShopOrder, ShopRefund, ShopShipping
from sandbox.business.money import money
from sandbox.business.webshop.events import (
    MoneyBack,
    Noted,
    Ordered,
    PartBack,
    Rearranged,
    Restored,
    ShopEvent,
    StatusSet,
    Trashed,
)
from sandbox.business.webshop.invoice import BLOCK, NOTES, REFUND_PARTS, item_id, noted, write

REFUNDS = 1000  # ids of refunds per order
MILLIONTH = Decimal("0.000001")
NO_GATEWAY = frozenset(("", "bacs", "cod"))


def order_from(event: Ordered) -> ShopOrder:
    """The order as it came in."""
    header = event.header
    order = ShopOrder(
        header.id,
        header.number,
        f"wc_order_{_digest('key', header.id)[:13]}",
        event.status,
        event.at,
        event.at,
        header.currency,
        header.prices_include_tax,
        header.customer_id,
        header.billing,
        header.shipping,
        payment_method=header.payment_method,
        payment_title=header.payment_title,
        created_via=header.created_via,
        customer_note=header.note,
        customer_ip=header.ip,
        user_agent=header.user_agent,
        cart_hash=_digest("cart", header.id) if header.created_via == "checkout" else "",
        meta=noted(header.id * BLOCK + NOTES, header.meta),
    )
    write(order, event.cart, header)
    return order


def apply(order: ShopOrder, event: ShopEvent, ordered: Ordered, *, refund_moves_order: bool) -> None:
    """Let an event happen to the order."""
    if refund_moves_order or not isinstance(event, MoneyBack) or event.status is not None:
        order.modified_at = max(order.modified_at, event.at)
    match event:
        case Rearranged(cart=cart):
            write(order, cart, ordered.header)
        case StatusSet():
            _set_status(order, event)
        case MoneyBack():
            _give_back(order, event)
        case Noted():
            order.meta += noted(order.id * BLOCK + NOTES + len(order.meta), event.meta)
            order.customer_note = order.customer_note if event.note is None else event.note
        case Trashed():
            order.trashed_from, order.status = order.status, "trash"
        case Restored():
            order.status, order.trashed_from = order.trashed_from or "pending", None
        case _:
            pass


def _set_status(order: ShopOrder, event: StatusSet) -> None:
    order.status = event.status
    if event.paid and order.paid_at is None:
        order.paid_at = event.at
        if order.payment_method not in NO_GATEWAY:
            order.transaction_id = f"txn_{_digest('payment', order.id)[:16]}"
    if event.status == "completed" and order.completed_at is None:
        order.completed_at = event.at


def _give_back(order: ShopOrder, event: MoneyBack) -> None:
    refund_id = order.id * REFUNDS + len(order.refunds) + 1
    order.refunds.append(
        ShopRefund(
            refund_id,
            order.id,
            event.at,
            money(event.amount),
            event.reason,
            event.by,
            event.through_gateway,
            tuple(_lines_back(order, event.lines)),
            tuple(_deliveries_back(order, event.deliveries)),
            tuple(_surcharges_back(order, event.surcharges)),
        )
    )
    if event.status is not None:
        order.status = event.status


def _lines_back(order: ShopOrder, parts: Iterable[PartBack]) -> Iterable[ShopLine]:
    sold = {one.id: one for one in order.lines}
    for part in parts:
        line = sold[item_id(order.id, part.slot)]
        net, tax = money(-part.net), money(-part.tax)
        yield ShopLine(
            _next_id(order),
            line.item,
            -part.quantity,
            net,
            tax,
            net,
            tax,
            money(part.net) / (part.quantity or 1),
            tuple(replace(one, total=back, subtotal=back) for one, back in _split(line, tax)),
            refunded_item_id=line.id,
        )


def _deliveries_back(order: ShopOrder, parts: Iterable[PartBack]) -> Iterable[ShopShipping]:
    sold = {one.id: one for one in order.shipping_lines}
    for part in parts:
        line = sold[item_id(order.id, part.slot)]
        tax = money(-part.tax)
        taxes = tuple(replace(one, total=back) for one, back in _split(line, tax))
        number = _next_id(order)
        yield replace(
            line, id=number, total=money(-part.net), total_tax=tax, taxes=taxes, refunded_item_id=line.id
        )


def _surcharges_back(order: ShopOrder, parts: Iterable[PartBack]) -> Iterable[ShopFee]:
    sold = {one.id: one for one in order.fee_lines}
    for part in parts:
        line = sold[item_id(order.id, part.slot)]
        tax = money(-part.tax)
        taxes = tuple(replace(one, total=back, subtotal=back) for one, back in _split(line, tax))
        number = _next_id(order)
        yield replace(
            line, id=number, total=money(-part.net), total_tax=tax, taxes=taxes, refunded_item_id=line.id
        )


def _split(line: ShopLine | ShopShipping | ShopFee, tax: Decimal) -> Iterable[tuple[RateShare, Decimal]]:
    """The tax given back by rate, in the proportions of the line."""
    whole = sum((one.total for one in line.taxes), Decimal(0))
    for one in line.taxes:
        yield one, (tax * one.total / whole if whole else tax).quantize(MILLIONTH)


def _next_id(order: ShopOrder) -> int:
    order.children += 1
    return item_id(order.id, REFUND_PARTS + order.children)


def _digest(kind: str, number: int) -> str:
    return hashlib.md5(f"{kind} {number}".encode(), usedforsecurity=False).hexdigest()
