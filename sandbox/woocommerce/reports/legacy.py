"""The sales report from before Analytics: amounts as text, days of the site, refunds on their own days."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sandbox.business.model import ShopOrder

COUNTED = ("completed", "processing", "on-hold", "refunded")
NOTHING = Decimal("0.00")


def sales(
    orders: Iterable[ShopOrder],
    first: date,
    last: date,
    *,
    day_of: Callable[[Any], date],
    money: Callable[[Decimal], str],
) -> dict[str, Any]:
    """The figures of all days from the first to the last."""
    days = {first + timedelta(days=n): _Day() for n in range((last - first).days + 1)}
    refunds = NOTHING
    buyers: set[str] = set()
    for order in orders:
        if order.status not in COUNTED:
            continue
        day = days.get(day_of(order.created_at))
        if day is not None:
            day.add(order)
            buyers.add(order.billing.email.lower())
        for refund in order.refunds:
            back = days.get(day_of(refund.created_at))
            if back is not None:
                back.figures["sales"] -= refund.amount
                refunds += refund.amount
    totals = {
        name: sum((day.figures[name] for day in days.values()), NOTHING)
        for name in ("sales", "tax", "shipping", "discount")
    }
    count = sum(day.orders for day in days.values())
    net = totals["sales"] - totals["tax"] - totals["shipping"]
    return {
        "total_sales": money(totals["sales"]),
        "net_sales": money(net),
        "average_sales": money(net / len(days)),
        "total_orders": count,
        "total_items": sum(day.items for day in days.values()),
        "total_tax": money(totals["tax"]),
        "total_shipping": money(totals["shipping"]),
        "total_refunds": float(refunds) if refunds % 1 else int(refunds),
        "total_discount": money(totals["discount"]),
        "totals_grouped_by": "day" if len(days) <= 92 else "month",
        "totals": {day.isoformat(): shown.shown(money) for day, shown in days.items()},
        "total_customers": len(buyers),
    }


class _Day:
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
