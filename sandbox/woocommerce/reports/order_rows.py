"""One row of `reports/orders`: an order, or a refund under its own id with `parent_id` naming the order."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sandbox.woocommerce.dates import gmt, local
from sandbox.woocommerce.render.base import SYMBOLS, Document, number
from sandbox.woocommerce.reports.stats import Stat
from sandbox.woocommerce.site import Site


def order_row(row: Stat, site: Site, *, people: dict[str, tuple[int, datetime]], extended: bool) -> Document:
    """The row; `customer_id` is Analytics' own number, `total_formatted` of a refund is its order's total."""
    zone = site.settings.zone()
    person, first = people.get(row.customer, (0, row.created_at))
    shown: Document = {
        "order_id": row.order_id,
        "parent_id": row.parent_id,
        "date": _sql(local(row.reported_at, zone)),
        "date_created": _sql(local(row.created_at, zone)),
        "date_created_gmt": _sql(gmt(row.created_at)),
        "status": row.status,
        "customer_id": person,
        "net_total": number(row.net),
        "total_sales": number(row.total),
        "num_items_sold": row.items,
        "customer_type": "new" if first == row.created_at else "returning",
    }
    if extended:
        shown["extended_info"] = _extended(row, person=person)
    shown["order_number"] = row.number
    shown["total_formatted"] = _formatted(row.order_total, site)
    target = f"{site.home}/wp-json/wc-analytics/orders/{row.order_id}"
    shown["_links"] = {"order": [{"href": target}]}
    return shown


def _extended(row: Stat, *, person: int) -> dict[str, Any]:
    """Goods and coupons; where there is no customer PHP sends an empty list for an empty object."""
    return {
        "products": [
            {"id": str(variation or product), "name": name, "quantity": str(quantity)}
            for product, variation, name, quantity in row.products
            if product and quantity > 0
        ],
        "coupons": [{"id": str(place), "code": code} for place, (code, _) in enumerate(row.coupons)],
        "customer": {"customer_id": str(person)} if person else [],
        "attribution": {"origin": "Direct"},
    }


def _formatted(total: Decimal, site: Site) -> str:
    symbol = SYMBOLS.get(site.shop.currency, site.shop.currency)
    whole, _, cents = site.printer().money(total).partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{cents}\xa0{symbol}" if cents else f"{grouped}\xa0{symbol}"


def _sql(text: str | None) -> str:
    return (text or "").replace("T", " ")
