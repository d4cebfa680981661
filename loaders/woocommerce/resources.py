"""The resources of a WooCommerce shop and how each one changes."""

from __future__ import annotations

from loaders.common.resources import Resource

RESOURCES = (
    Resource(
        "settings",
        "the site itself: currency, taxes, time zone, version",
        "whole",
        identity=True,
    ),
    Resource("orders", "orders with lines and refunds, also those in the trash", "cursor", deletions="sweep"),
    Resource("products", "products with variations", "cursor", deletions="sweep"),
    Resource(
        "customers",
        "customers with an account, of every role; read whole, as the vendor cannot tell which ones changed",
        "whole",
        deletions="sweep",
    ),
    Resource("coupons", "coupons", "cursor", optional=True, deletions="sweep"),
    Resource(
        "taxes",
        "tax rates; read whole, as they carry no time",
        "whole",
        optional=True,
        deletions="sweep",
    ),
    Resource(
        "revenue_reports",
        "the vendor's own report, one document per day of the site",
        "days",
        optional=True,
    ),
    Resource(
        "order_reports",
        "the rows behind a day of that report: its orders and refunds",
        "days",
        optional=True,
        on_demand=True,
    ),
)
