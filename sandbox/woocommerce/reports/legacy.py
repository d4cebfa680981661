"""The sales report from before Analytics: amounts as text, days of the site, refunds on their own days.

More than three months are shown by month.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sandbox.business.model import ShopOrder

COUNTED = ("completed", "processing", "on-hold", "refunded")
NOTHING = Decimal("0.00")
MONTHS_BY_DAY = 3


def sales(
    orders: Iterable[ShopOrder],
    first: date,
    last: date,
    *,
    day_of: Callable[[Any], date],
    money: Callable[[Decimal], str],
) -> dict[str, Any]:
    """The figures of all days from the first to the last."""
    by_month = _months(first, last) > MONTHS_BY_DAY
    periods = {name: _Period() for name in (_months_of if by_month else _days_of)(first, last)}

    def period(moment: Any) -> _Period | None:
        day = day_of(moment)
        return periods[f"{day:%Y-%m}" if by_month else day.isoformat()] if first <= day <= last else None

    refunds = NOTHING
    buyers: set[str] = set()
    for order in orders:
        if order.status not in COUNTED:
            continue
        placed = period(order.created_at)
        if placed is not None:
            placed.add(order)
            buyers.add(order.billing.email.lower())
        for refund in order.refunds:
            back = period(refund.created_at)
            if back is not None:
                back.figures["sales"] -= refund.amount
                refunds += refund.amount
    totals = {
        name: sum((one.figures[name] for one in periods.values()), NOTHING)
        for name in ("sales", "tax", "shipping", "discount")
    }
    count = sum(one.orders for one in periods.values())
    net = totals["sales"] - totals["tax"] - totals["shipping"]
    return {
        "total_sales": money(totals["sales"]),
        "net_sales": money(net),
        "average_sales": money(net / len(periods)),
        "total_orders": count,
        "total_items": sum(one.items for one in periods.values()),
        "total_tax": money(totals["tax"]),
        "total_shipping": money(totals["shipping"]),
        "total_refunds": float(refunds) if refunds % 1 else int(refunds),
        "total_discount": money(totals["discount"]),
        "totals_grouped_by": "month" if by_month else "day",
        "totals": {name: one.shown(money) for name, one in periods.items()},
        "total_customers": len(buyers),
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
        self.figures: dict[str, Decimal] = defaultdict(lambda: NOTHING)

    def add(self, order: ShopOrder) -> None:
        self.orders += 1
        self.items += sum(line.quantity for line in order.lines)
        self.figures["sales"] += order.total
        self.figures["tax"] += order.total_tax
        self.figures["shipping"] += order.shipping_total
        self.figures["discount"] += order.discount_total

    def shown(self, money: Callable[[Decimal], str]) -> dict[str, Any]:
        return {
            "sales": money(self.figures["sales"]),
            "orders": self.orders,
            "items": self.items,
            "tax": money(self.figures["tax"]),
            "shipping": money(self.figures["shipping"]),
            "discount": money(self.figures["discount"]),
            "customers": 0,
        }
