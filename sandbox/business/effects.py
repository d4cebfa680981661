"""What an order's events do to the rest of its store: customers, stock, gift cards, codes.

All of them are sums and maxima, so the order in which the events of different orders arrive does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from sandbox.business.catalog import SHOP, WAREHOUSE
from sandbox.business.events import (
    Deleted,
    Edited,
    Event,
    Fulfilled,
    LineSpec,
    Paid,
    Placed,
    Refunded,
    Returned,
)
from sandbox.business.model import GiftCard, Item, Order, Store
from sandbox.business.money import money
from sandbox.business.totals import cash


def take_effect(store: Store, order: Order, event: Event) -> None:
    """Carry an event of an order over to the store. Test orders touch nothing but their own record."""
    if isinstance(event, Deleted):
        del store.orders[order.id]
        store.note_deletion("order", order.id, event.at)
    if not order.test:
        _carry_over(store, order, event)


def _carry_over(store: Store, order: Order, event: Event) -> None:
    match event:
        case Placed():
            _placed(store, order, event)
        case Paid(status="success", kind="sale" | "capture"):
            _spent(store, order, event.at, money(event.amount))
            _charge_card(store, event.gift_card_id, event.at, -event.amount)
        case Edited(added=added, removed=gone):
            _reserve(store, order, added, event.at)
            for one in gone:
                item = order.lines[one.line].item
                _move(store, order, item, event.at, available=one.quantity, committed=-one.quantity)
        case Returned(exchange=exchange):
            _reserve(store, order, exchange, event.at)
        case Fulfilled(lines=lines):
            for position, quantity in lines:
                _move(store, order, order.lines[position].item, event.at, committed=-quantity)
        case Refunded():
            _refunded(store, order, event)
        case Deleted():
            received, refunded = cash(order)
            _spent(store, order, event.at, refunded - received, orders=-1)
        case _:
            pass


def _reserve(store: Store, order: Order, added: Iterable[LineSpec], at: datetime) -> None:
    for spec in added:
        _move(store, order, spec.item, at, available=-spec.quantity, committed=spec.quantity)


def _placed(store: Store, order: Order, event: Placed) -> None:
    _spent(store, order, event.at, money(0), orders=1)
    for code in order.discount_codes:
        for discount in store.discounts.values():
            if discount.code == code:
                discount.usage_count += 1
    for position, spec in enumerate(event.lines):
        if spec.item.is_gift_card:
            line = order.lines[position]
            worth = money(spec.quantity * int(spec.item.price * 100))
            store.gift_cards[line.id] = GiftCard(line.id, order.id, worth, worth, event.at, event.at)
        else:
            _move(store, order, spec.item, event.at, available=-spec.quantity, committed=spec.quantity)


def _refunded(store: Store, order: Order, event: Refunded) -> None:
    back = sum(one.amount for one in event.money if one.status == "success")
    if back:
        _spent(store, order, event.at, money(-back))
    for one in event.money:
        if one.status == "success":
            _charge_card(store, one.gift_card_id, event.at, one.amount)
    cancelled = event.restock == "cancel"
    if event.restock == "no_restock":
        return
    for reversal in event.lines:
        line = order.lines[reversal.line]
        if line.item.is_gift_card and line.id in store.gift_cards:
            _charge_card(store, line.id, event.at, -int(store.gift_cards[line.id].balance * 100))
    units = [(reversal.line, reversal.quantity) for reversal in event.lines]
    if event.settles is not None:
        positions = {line.id: position for position, line in enumerate(order.lines)}
        units += [(positions[line_id], quantity) for line_id, quantity in order.returns[event.settles].lines]
    for position, quantity in units:
        item = order.lines[position].item
        committed = -quantity if cancelled else 0
        _move(store, order, item, event.at, available=quantity, committed=committed)


def _spent(store: Store, order: Order, at: datetime, amount: Decimal, *, orders: int = 0) -> None:
    customer = None if order.customer_id is None else store.customers.get(order.customer_id)
    if customer is not None:
        customer.order_count += orders
        customer.amount_spent += amount
        customer.updated_at = max(customer.updated_at, at)


def _charge_card(store: Store, card_id: int | None, at: datetime, amount: int) -> None:
    if card_id is not None and card_id in store.gift_cards:
        card = store.gift_cards[card_id]
        card.balance += money(amount)
        card.updated_at = max(card.updated_at, at)


def _move(
    store: Store, order: Order, item: Item, at: datetime, *, available: int = 0, committed: int = 0
) -> None:
    stock = None if item.variant_id is None else store.stock.get(item.variant_id)
    if stock is None:
        return
    level = stock.levels.get(SHOP if order.source == "pos" else WAREHOUSE)
    if level is not None:
        level.available += available
        level.committed += committed
        level.updated_at = max(level.updated_at, at)
