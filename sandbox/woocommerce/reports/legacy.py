"""The sales report from before Analytics: amounts as text with two decimals, days of the site.

It counts four statuses, so none of a plugin. More than three months are shown by month.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sandbox.business.model import ShopCustomer, ShopOrder, ShopRefund
from sandbox.business.money import round_money

COUNTED = ("completed", "processing", "on-hold", "refunded")
NOTHING = Decimal("0.00")
MONTHS_BY_DAY = 3


def sales(
    orders: Iterable[ShopOrder],
    customers: Iterable[ShopCustomer],
    *,
    span: tuple[date, date],
    day_of: Callable[[Any], date],
) -> dict[str, Any]:
    """The figures of all days of a span, both ends included.

    Periods show what was sold, totals what is left of it after the refunds of those days. An order that was
    refunded in full gives back its own totals, once, whatever its refunds say. Customers are new accounts.
    """
    first, last = span
    by_month = _months(first, last) > MONTHS_BY_DAY
    periods = {name: _Period() for name in (_months_of if by_month else _days_of)(first, last)}

    def period(moment: Any) -> _Period | None:
        day = day_of(moment)
        return periods[f"{day:%Y-%m}" if by_month else day.isoformat()] if first <= day <= last else None

    back = _Period()
    for order in orders:
        if order.status in COUNTED:
            placed = period(order.created_at)
            if placed is not None:
                placed.add(order)
            refunds = [one for one in order.refunds if period(one.created_at) is not None]
            if refunds and order.status == "refunded":
                back.add(order)
            else:
                for refund in refunds:
                    back.add_refund(refund)
    for customer in customers:
        joined = period(customer.created_at)
        if joined is not None and customer.role == "customer":
            joined.customers += 1
    return {
        **_totals(list(periods.values()), back),
        "totals_grouped_by": "month" if by_month else "day",
        "totals": {name: one.shown() for name, one in periods.items()},
        "total_customers": sum(one.customers for one in periods.values()),
    }


def _totals(periods: list["_Period"], back: "_Period") -> dict[str, Any]:
    sold = {
        name: sum((one.figures[name] for one in periods), NOTHING)
        for name in ("sales", "tax", "shipping", "discount")
    }
    left = {name: sold[name] - back.figures[name] for name in sold}
    net = left["sales"] - left["shipping"] - max(NOTHING, left["tax"])
    refunds = back.figures["sales"]
    return {
        "total_sales": f"{left['sales']:.2f}",
        "net_sales": f"{net:.2f}",
        "average_sales": f"{round_money(net / len(periods)):.2f}",
        "total_orders": sum(one.orders for one in periods),
        "total_items": sum(one.items for one in periods),
        "total_tax": f"{left['tax']:.2f}",
        "total_shipping": f"{left['shipping']:.2f}",
        "total_refunds": float(refunds) if refunds % 1 else int(refunds),
        "total_discount": f"{sold['discount']:.2f}",
    }


def _months(first: date, last: date) -> int:
    """How many whole months lie between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def _days_of(first: date, last: date) -> Iterator[str]:
    for number in range((last - first).days + 1):
        yield (first + timedelta(days=number)).isoformat()


def _months_of(first: date, last: date) -> Iterator[str]:
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield f"{month // 12:04}-{month % 12 + 1:02}"


class _Period:
    def __init__(self) -> None:
        self.orders = 0
        self.items = 0
        self.customers = 0
        self.figures: dict[str, Decimal] = defaultdict(lambda: NOTHING)

    def add(self, order: ShopOrder) -> None:
        self.orders += 1
        self.items += sum(line.quantity for line in order.lines)
        self.figures["sales"] += order.total
        self.figures["tax"] += order.total_tax
        self.figures["shipping"] += order.shipping_total
        self.figures["discount"] += order.discount_total

    def add_refund(self, refund: ShopRefund) -> None:
        self.figures["sales"] += refund.amount
        self.figures["tax"] += abs(refund.total_tax)
        self.figures["shipping"] += abs(refund.shipping_total)

    def shown(self) -> dict[str, Any]:
        return {
            "sales": f"{self.figures['sales']:.2f}",
            "orders": self.orders,
            "items": self.items,
            "tax": f"{self.figures['tax']:.2f}",
            "shipping": f"{self.figures['shipping']:.2f}",
            "discount": f"{self.figures['discount']:.2f}",
            "customers": self.customers,
        }
