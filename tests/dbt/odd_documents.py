"""Orders and products of a web shop with one kind of trouble each, by their numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.dbt.rawlog import Version
from tests.dbt.web_documents import Document, WebOrder, catalogue_product, site

AT = datetime(2026, 6, 1, 10, tzinfo=UTC)
LATER = AT + timedelta(days=1)
LOCAL = {"date_created_gmt": None, "date_created": "2026-06-02T00:30:00"}


def sold(number: int, **changes: Any) -> WebOrder:
    order = WebOrder(number, AT, **changes)
    order.line("10.00", tax="1.90")
    return order


def odd(number: int, /, **changes: object) -> Version:
    return sold(number).version("linden", AT, **changes)


def lines(number: int, *parts: Any, **changes: object) -> Version:
    """An order whose first line is changed, with other parts beside it."""
    order = sold(number)
    order.lines[0] |= changes
    return order.version("linden", AT, line_items=[*parts, *order.lines])


def refunded() -> Version:
    """More given back than there was, one refund without a date or an amount, and one that was not read."""
    order = sold(20, status="refunded")
    order.refund("10.00", LATER)
    order.refund("11.90", LATER)
    order.refund("", LATER)["date_created_gmt"] = "0000-00-00T00:00:00"
    order.refunds[-1]["date_created"] = None
    return order.version("linden", LATER)


def linked() -> Version:
    """Goods, shipping and a fee below zero, each given back by a link of another type."""
    order = WebOrder(22, AT)
    line, freight, fee = order.line("30.00", quantity=3), order.ship("5.00"), order.fee("-2.00")
    parts = [
        order.back(line, "10.00", quantity=1, link=line["id"]),
        order.back(line, "1.00"),
        order.back(freight, "5.00", link=freight["id"]),
        order.back(fee, "-2.00") | {"total": "2.00", "total_tax": "0.00"},
    ]
    order.refund("14.00", LATER, *parts)
    return order.version("linden", LATER)


def catalogue() -> list[Version]:
    """A simple product, one with a variation, and one of which a plugin made a mess."""
    spoilt: Document = {
        "categories": [],
        "price": "",
        "regular_price": None,
        "variation_documents": [None],
        "brands": {},
    }
    products = [
        catalogue_product(1, title="Cap"),
        catalogue_product(3, title="Shirt", variations=True),
        catalogue_product(4, title="Sock") | spoilt,
    ]
    return [Version("linden", "products", str(one["id"]), one, AT, AT, "woocommerce") for one in products]


def trouble() -> list[Version]:
    """All of them, as the first load brings them; the thirteenth is deleted later."""
    carrier = WebOrder(21, AT)
    carrier.refund("7.00", LATER)
    cents = sold(23)
    cents.total = "11.91"
    free: Document = {
        "product_id": 0,
        "variation_id": "",
        "sku": None,
        "price": "10",
        "name": None,
        "quantity": "1.0",
    }
    return [
        site("linden", AT),
        odd(1, billing=[], shipping=[], meta_data={}, customer_id="", coupon_lines={}, tax_lines=None),
        lines(2, None, "text", subtotal="", subtotal_tax="", tax_class=7),
        lines(3, **free),
        odd(4, status="wc-shipped"),
        odd(5, status="on-the-moon"),
        odd(6, currency=""),
        odd(7, currency="beads"),
        odd(8, **LOCAL),
        odd(9, status=None, total="", line_items=[]),
        odd(10, number=10, status="trash"),
        odd(11, status="checkout-draft"),
        odd(12, status="cancelled"),
        odd(13),
        odd(
            14, **dict.fromkeys((*LOCAL, "date_paid_gmt", "date_paid", "date_modified_gmt", "date_modified"))
        ),
        Version("linden", "orders", "15", "<br /> <b>Notice</b>", AT, AT, "woocommerce"),
        odd(16, status="refunded"),
        refunded(),
        carrier.version("linden", LATER),
        linked(),
        cents.version("linden", AT),
        *catalogue(),
    ]
