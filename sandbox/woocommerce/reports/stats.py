"""The table behind WooCommerce Analytics: one row per order, and one of its own, negative, per refund.

Its numbers are floats of six places, as the vendor's table holds them; sums of them are no longer round. A
refund's row has the status of its order and the date of the refund. net = total - tax - shipping, so an
amount-only refund lowers net by all of its amount.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sandbox.business.model import ShopOrder, ShopRefund
from sandbox.woocommerce.settings import Settings

UNREPORTED = ("auto-draft", "trash")
PLACES = 6


@dataclass(frozen=True, slots=True)
class Stat:
    """One row; `parent_id` is 0 for orders. `coupons` are what each code took off, without tax."""

    order_id: int
    parent_id: int
    number: str
    created_at: datetime
    reported_at: datetime | None  # the moment that says on which day it counts; without one on none
    status: str
    customer: str
    items: int
    total: float
    tax: float
    shipping: float
    coupons: tuple[tuple[str, float], ...]
    products: tuple[tuple[int, int, str, int], ...]  # product, variation, name, quantity
    order_total: Decimal

    @property
    def net(self) -> float:
        """Without tax and shipping."""
        return round(self.total - self.tax - self.shipping, PLACES)


def stats(orders: Iterable[ShopOrder], settings: Settings) -> list[Stat]:
    """Rows of all orders that the reports count."""
    excluded = {*UNREPORTED, "checkout-draft", *settings.excluded_statuses}
    found = []
    for one in orders:
        if one.status not in excluded:
            found.append(_of_order(one, settings.date_type))
            found += [_of_refund(each, one) for each in one.refunds]
        elif one.status == "trash" and settings.trash_keeps_refunds and one.trashed_from not in excluded:
            found += [_of_refund(each, one) for each in one.refunds]
    return found


def _of_order(one: ShopOrder, date_type: str) -> Stat:
    moments = {
        "date_created": one.created_at,
        "date_paid": one.paid_at,
        "date_completed": one.completed_at,
    }
    return Stat(
        order_id=one.id,
        parent_id=0,
        number=one.number,
        created_at=one.created_at,
        reported_at=moments[date_type],
        status=one.status,
        customer=customer_of(one),
        items=sum(line.quantity for line in one.lines),
        total=float(one.total),
        tax=float(one.total_tax),
        shipping=float(one.shipping_total),
        coupons=tuple((line.code, float(line.discount)) for line in one.coupon_lines),
        products=tuple(
            (line.item.product_id, line.item.variation_id, line.item.name, line.quantity)
            for line in one.lines
        ),
        order_total=one.total,
    )


def _of_refund(one: ShopRefund, order: ShopOrder) -> Stat:
    return Stat(
        order_id=one.id,
        parent_id=order.id,
        number=order.number,
        created_at=one.created_at,
        reported_at=one.created_at,
        status=order.status,
        customer=customer_of(order),
        items=sum(line.quantity for line in one.lines),
        total=-float(one.amount),
        tax=float(one.total_tax),
        shipping=float(one.shipping_total),
        coupons=(),
        products=tuple(
            (line.item.product_id, line.item.variation_id, line.item.name, line.quantity)
            for line in one.lines
        ),
        order_total=order.total,
    )


def customer_of(one: ShopOrder) -> str:
    """Who Analytics takes the buyer for: an account, else an e-mail address, else nobody."""
    return f"user:{one.customer_id}" if one.customer_id else one.billing.email.lower()
