"""Documents have the keys and JSON types of the vendor's documented examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.sandbox.woo import Woo

EXAMPLES = Path(__file__).parents[2].parent / "shared" / "data" / "woocommerce_examples"
needs_examples = pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the documented examples are not here")

NUMBERS = (int, float)
# The example of a variation is of a time when its status was a switch; now it is a word, as a product's is.
DIFFERENT_TYPES = {"variation.status": (bool, str)}


def example(name: str) -> Any:
    return json.loads((EXAMPLES / f"{name}.json").read_text())


def compare(documented: Any, sent: Any, where: str) -> None:
    """Every documented key is there with the documented type; of lists the first elements are compared.

    Nulls and empty lists of an example say nothing of a type.
    """
    if where in DIFFERENT_TYPES:
        before, now = DIFFERENT_TYPES[where]
        assert isinstance(documented, before) and isinstance(sent, now), where
        return
    if documented is None or sent is None:
        return
    if isinstance(documented, dict):
        assert isinstance(sent, dict), where
        missing = set(documented) - set(sent)
        assert not missing, f"{where} lacks {sorted(missing)}"
        for key, value in documented.items():
            compare(value, sent[key], f"{where}.{key}")
    elif isinstance(documented, list):
        assert isinstance(sent, list), where
        if documented and sent:
            compare(documented[0], sent[0], f"{where}[]")
    elif isinstance(documented, bool) or isinstance(sent, bool):
        assert isinstance(documented, bool) and isinstance(sent, bool), where
    elif isinstance(documented, NUMBERS):
        assert isinstance(sent, NUMBERS), where
    else:
        assert isinstance(sent, type(documented)), f"{where}: {sent!r}"


def whole_order(linden: Woo) -> dict[str, Any]:
    """An order that has goods, taxes, shipping and was paid."""
    for one in linden.orders(per_page=100):
        if one["line_items"] and one["tax_lines"] and one["shipping_lines"] and one["date_paid"]:
            document: dict[str, Any] = one
            return document
    raise AssertionError("no such order among the latest hundred")


@needs_examples
def test_orders(linden: Woo) -> None:
    compare(example("orders_01"), whole_order(linden), "order")


@needs_examples
def test_refunds(linden: Woo) -> None:
    numbers = [one["id"] for one in linden.orders(per_page=100) if one["refunds"]]
    refunds = [one for number in numbers for one in linden.ask(f"/wc/v3/orders/{number}/refunds")]
    with_lines = next(one for one in refunds if one["line_items"])
    compare(example("order-refunds_02")[1], with_lines, "refund")
    amount_only = next(one for one in refunds if not one["line_items"])
    compare(example("order-refunds_00"), amount_only, "refund")
    assert "parent_id" not in with_lines
    assert all("parent_id" in one for one in linden.ask("/wc/v3/refunds"))


@needs_examples
def test_products_and_variations(linden: Woo) -> None:
    products = linden.ask("/wc/v3/products", per_page=100)
    several = [one for one in products if one["type"] == "variable"]
    variable = next(one for one in several if one["images"] and not one["manage_stock"])
    simple = next(one for one in products if one["type"] == "simple")
    compare(example("products_00"), simple, "product")
    documented = example("products_01")
    compare(documented, variable, "product")
    assert (variable["regular_price"], variable["stock_quantity"]) == ("", None)
    variations = linden.ask(f"/wc/v3/products/{variable['id']}/variations")
    assert sorted(one["id"] for one in variations) == sorted(variable["variations"])
    counted = [one for one in several if one["manage_stock"]]
    for parent in counted:
        for one in linden.ask(f"/wc/v3/products/{parent['id']}/variations", per_page=100):
            assert (one["manage_stock"], one["stock_quantity"]) == ("parent", parent["stock_quantity"])
    assert counted and isinstance(variations[0]["manage_stock"], bool)
    compare(example("product-variations_00"), variations[0], "variation")


@needs_examples
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("customers_00", "/wc/v3/customers"),
        ("coupons_00", "/wc/v3/coupons"),
        ("taxes_00", "/wc/v3/taxes"),
        ("product-categories_02", "/wc/v3/products/categories"),
        ("product-tags_02", "/wc/v3/products/tags"),
        ("setting-options_00", "/wc/v3/settings/general"),
        ("settings_00", "/wc/v3/settings"),
        ("reports_00", "/wc/v3/reports"),
    ],
)
def test_other_documents(linden: Woo, name: str, path: str) -> None:
    documented, sent = example(name), linden.ask(path)
    if name == "setting-options_00":
        sent = [one for one in sent if one["id"] == documented["id"]]
    if name == "product-categories_02":
        documented = [one for one in documented if one["image"] == []][:1]
        del documented[0]["_links"]["up"]  # here no category has a parent
    compare([documented] if isinstance(documented, dict) else documented, sent, name)


@needs_examples
def test_the_sales_report(linden: Woo) -> None:
    documented = example("reports_01")
    days = {"date_min": "2026-11-01", "date_max": "2026-11-14"}
    (sent,) = linden.ask("/wc/v3/reports/sales", **days)
    for totals in (documented[0], sent):
        totals["totals"] = [totals["totals"][day] for day in sorted(totals["totals"])]
    compare(documented[0], sent, "report")
    assert len(sent["totals"]) == 14


@needs_examples
def test_the_state_of_the_system(linden: Woo) -> None:
    """Of the many keys of the example those that a loader may want."""
    documented = example("system-status_00")
    wanted = {
        "environment": ("home_url", "version", "wp_version", "default_timezone", "language"),
        "settings": ("currency", "number_of_decimals", "decimal_separator", "taxonomies"),
        "security": ("secure_connection", "hide_errors"),
    }
    kept = {part: {key: documented[part][key] for key in keys} for part, keys in wanted.items()}
    compare(kept, linden.ask("/wc/v3/system_status"), "system")


def test_money_is_text_and_some_numbers_are_not(linden: Woo) -> None:
    orders = linden.orders(per_page=100) + linden.orders(per_page=100, page=2)
    for order in orders:
        for name in ("total", "total_tax", "cart_tax", "discount_total", "shipping_total"):
            assert isinstance(order[name], str) and len(order[name].partition(".")[2]) == 2, name
        for line in order["line_items"]:
            assert isinstance(line["price"], NUMBERS)
            assert isinstance(line["image"]["id"], str) or line["image"]["id"] == 0
        assert all(isinstance(line["rate_percent"], NUMBERS) for line in order["tax_lines"])
        assert all(isinstance(line["nominal_amount"], NUMBERS) for line in order["coupon_lines"])
        assert order["number"] != order["id"]
    kinds = {type(entry["value"]) for order in orders for entry in order["meta_data"]}
    assert {str, bool, dict, list} <= kinds
    taxes = [share for order in orders for line in order["line_items"] for share in line["taxes"]]
    assert any(len(share["total"].partition(".")[2]) > 2 for share in taxes)


def test_moments_do_not_say_where_they_are(linden: Woo) -> None:
    order = whole_order(linden)
    assert len(order["date_created"]) == len(order["date_created_gmt"]) == len("2026-10-05T14:03:11")
    assert order["date_created"] > order["date_created_gmt"]  # Berlin is ahead
    linden.install(timezone_string="", gmt_offset=-3.5)
    moved = linden.ask(f"/wc/v3/orders/{order['id']}")
    assert moved["date_created_gmt"] == order["date_created_gmt"] > moved["date_created"]


def test_what_is_gone_leaves_zeros_and_empty_places(own_linden: Woo) -> None:
    order = whole_order(own_linden)
    line = order["line_items"][0]
    del own_linden.shop.products[own_linden.shop.shop_orders[order["id"]].lines[0].item.product_id]
    gone = own_linden.ask(f"/wc/v3/orders/{order['id']}")["line_items"][0]
    assert (gone["product_id"], gone["variation_id"], gone["sku"]) == (0, 0, None)
    assert (gone["image"], gone["parent_name"]) == ({"id": 0, "src": ""}, None)
    assert (gone["id"], gone["name"], gone["total"]) == (line["id"], line["name"], line["total"])


def test_refunds_are_negative_and_name_the_lines_they_take_back(linden: Woo) -> None:
    for number in [one["id"] for one in linden.orders(per_page=100) if one["refunds"]]:
        order = linden.ask(f"/wc/v3/orders/{number}")
        own = {line["id"] for line in order["line_items"]}
        refunds = linden.ask(f"/wc/v3/orders/{number}/refunds")
        assert [one["id"] for one in refunds] == [one["id"] for one in order["refunds"]]
        assert [f"-{one['amount']}" for one in refunds] == [one["total"] for one in order["refunds"]]
        for line in (line for one in refunds for line in one["line_items"]):
            (link,) = (one for one in line["meta_data"] if one["key"] == "_refunded_item_id")
            assert int(link["value"]) in own and float(line["total"]) <= 0 and line["quantity"] <= 0
