"""The revenue report: sums over the rows of orders and refunds, by the vendor's own arithmetic.

gross = total + coupons - taxes - shipping + refunds, where refunds are all that has a net below zero.
"""

from collections.abc import Iterable
from typing import Any

from sandbox.woocommerce.render.base import number
from sandbox.woocommerce.reports.stats import Stat

FIELDS = (
    "orders_count",
    "num_items_sold",
    "gross_sales",
    "total_sales",
    "coupons",
    "coupons_count",
    "refunds",
    "taxes",
    "shipping",
    "net_revenue",
)


def revenue(rows: Iterable[Stat], *, extended: bool = False) -> dict[str, Any]:
    """The figures of a span of time; `extended` adds what the orders report has besides."""
    rows = list(rows)
    total, tax = sum(row.total for row in rows), sum(row.tax for row in rows)
    shipping, net = sum(row.shipping for row in rows), sum(row.net for row in rows)
    coupons = sum(amount for row in rows for _, amount in row.coupons)
    refunds = abs(sum(row.net for row in rows if row.net < 0))
    orders = sum(row.parent_id == 0 for row in rows)
    items = sum(row.items for row in rows)
    found: dict[str, Any] = {
        "orders_count": orders,
        "num_items_sold": items,
        "gross_sales": number(total + coupons - tax - shipping + refunds),
        "total_sales": number(total),
        "coupons": number(coupons),
        "coupons_count": len({code for row in rows for code, _ in row.coupons}),
        "refunds": number(refunds),
        "taxes": number(tax),
        "shipping": number(shipping),
        "net_revenue": number(net),
    }
    if extended:
        found["avg_items_per_order"] = number(items / orders) if orders else 0
        found["avg_order_value"] = number(net / orders) if orders else 0
        found["total_customers"] = len({row.customer for row in rows})
    return found


def products(rows: Iterable[Stat]) -> int:
    """How many different products were sold or given back."""
    return len({product for row in rows for product, *_ in row.products if product})
