"""The site and the products that the benchmarks' orders belong to, as the WooCommerce loader lands them."""

from __future__ import annotations

import orjson

from benchmarks.history import START
from benchmarks.woocommerce.documents import HOME, written


def settings() -> bytes:
    """The document of the site."""
    return orjson.dumps(
        {
            "home": HOME,
            "name": "Bench",
            "timezone_string": "Europe/London",
            "gmt_offset": 0,
            "version": "10.3.0",
            "settings": {
                "woocommerce_currency": "GBP",
                "woocommerce_default_country": "GB",
                "woocommerce_price_num_decimals": "2",
                "woocommerce_calc_taxes": "yes",
                "woocommerce_prices_include_tax": "yes",
                "woocommerce_tax_round_at_subtotal": "no",
                "woocommerce_excluded_report_order_statuses": ["pending", "failed", "cancelled"],
            },
        },
        option=orjson.OPT_SORT_KEYS,
    )


def product(n: int) -> bytes:
    """One of the simple products that the orders sell."""
    made = written(START)
    article = {
        "id": n,
        "name": f"Article {n}",
        "slug": f"a{n}",
        "permalink": f"{HOME}/product/a{n}/",
        "type": "simple",
        "status": "publish",
        "sku": f"SKU-{n:04}",
        "price": "19.99",
        "regular_price": "19.99",
        "sale_price": "",
    }
    times = {
        "date_created": made,
        "date_created_gmt": made,
        "date_modified": made,
        "date_modified_gmt": made,
    }
    more = {
        "tax_status": "taxable",
        "tax_class": "",
        "manage_stock": False,
        "stock_quantity": None,
        "stock_status": "instock",
        "categories": [{"id": 1, "name": "House", "slug": "house"}],
        "tags": [],
        "attributes": [],
        "variations": [],
        "variation_documents": [],
        "meta_data": [],
    }
    return orjson.dumps({**article, **times, **more}, option=orjson.OPT_SORT_KEYS)
