"""What an event of an order does to its shop: the order itself, accounts, coupons, stock.

All of it but the order is sums and maxima, so the order in which the events of different orders arrive
does not matter.
"""

from __future__ import annotations

from sandbox.business.catalog import WAREHOUSE
from sandbox.business.events import Deleted, Event, Touched
from sandbox.business.model import ShopItem, ShopOrder, WebShop
from sandbox.business.webshop.events import (
    Cart,
    Emptied,
    MoneyBack,
    Noted,
    Ordered,
    Rearranged,
    ShopEvent,
    ShopLife,
    StatusSet,
)
from sandbox.business.webshop.living import apply, order_from

DRAFT = "checkout-draft"


def reveal(shop: WebShop, life: ShopLife, event: ShopEvent) -> None:
    """Let the next event of a life happen in its shop."""
    if isinstance(event, Ordered):
        order = shop.shop_orders[life.order_id] = order_from(event)
        if event.status != DRAFT:
            _use_coupons(shop, order)
        _take_stock(shop, event.cart, -1)
        return
    order = shop.shop_orders[life.order_id]
    if isinstance(event, Emptied):
        del shop.shop_orders[life.order_id]
        shop.note_deletion("order", life.order_id, event.at)
        return
    if isinstance(event, Rearranged):
        _take_stock(shop, life.cart, 1)
        _take_stock(shop, event.cart, -1)
    apply(order, event, life.ordered, refund_moves_order=shop.refund_moves_order)
    match event:
        case StatusSet(paid=True):
            _paid(shop, life.ordered.header.customer_id, event)
        case MoneyBack():
            items = {line.id: line.item for line in order.lines}
            for line in order.refunds[-1].lines:
                _move(shop, items[line.refunded_item_id or 0], -line.quantity)
        case _:
            pass


def as_shop_event(event: Event | ShopEvent) -> ShopEvent:
    """What stores of any kind understand, in the words of a web shop."""
    if isinstance(event, Touched):
        return Noted(event.at, event.note, tuple(("_tag", tag) for tag in event.tags or ()))
    if isinstance(event, Deleted):
        return Emptied(event.at)
    if not isinstance(event, ShopEvent):
        raise TypeError(f"{type(event).__name__} cannot happen to an order of a web shop")
    return event


def _use_coupons(shop: WebShop, order: ShopOrder) -> None:
    user = str(order.customer_id or order.billing.email)
    for coupon in shop.coupons.values():
        if any(used.code == coupon.code for used in order.coupon_lines):
            coupon.usage_count += 1
            coupon.used_by = tuple(sorted((*coupon.used_by, user)))


def _paid(shop: WebShop, customer_id: int, event: StatusSet) -> None:
    customer = shop.shop_customers.get(customer_id)
    if customer is not None:
        customer.is_paying_customer = True
        customer.modified_at = max(customer.modified_at, event.at)


def _take_stock(shop: WebShop, cart: Cart, sign: int) -> None:
    for line in cart.lines:
        _move(shop, line.item, sign * line.quantity)


def _move(shop: WebShop, item: ShopItem, quantity: int) -> None:
    product = shop.products.get(item.product_id)
    if product is None:
        return
    stock = shop.stock[item.variation_id or product.variants[0].id]
    if WAREHOUSE in stock.levels:
        stock.levels[WAREHOUSE].available += quantity
