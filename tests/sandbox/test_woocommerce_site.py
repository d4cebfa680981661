"""What sets one site apart from another: addresses, time zones, versions; and what can happen to orders."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from sandbox.business.webshop.events import MoneyBack
from sandbox.running import running
from tests.sandbox.woo import Woo
from tests.sandbox.woo_shop import goods, moment, ordered, shop_world

ORDERS = "/wc/v3/orders"


def by_route(linden: Woo, route: str, **params: Any) -> requests.Response:
    """A signed request of a site with plain permalinks."""
    return requests.get(
        f"{linden.base}/", params={"rest_route": route, **params}, auth=linden.signature(), timeout=10
    )


def options(linden: Woo, group: str) -> dict[str, Any]:
    return {one["id"]: one["value"] for one in linden.ask(f"/wc/v3/settings/{group}")}


def test_plain_permalinks(linden: Woo) -> None:
    assert by_route(linden, ORDERS).status_code == 200  # works anyhow
    linden.install(permalinks="plain")
    answer = linden.get(ORDERS)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (404, "text/html")
    assert requests.get(f"{linden.base}/wp-json/", timeout=10).text.startswith("<html>")
    assert requests.get(f"{linden.base}/", params={"rest_route": "/"}, timeout=10).json()["home"]
    page = by_route(linden, ORDERS, per_page=3, status="completed")
    assert len(page.json()) == 3
    assert "rest_route=%2Fwc%2Fv3%2Forders" in page.links["next"]["url"]


def test_unknown_routes_and_things(linden: Woo) -> None:
    for path in ("/wc/v3/nothing", "/wc/v9/orders", "/wp/v2/orders"):
        body = linden.get(path).json()
        assert (body["code"], body["data"]) == ("rest_no_route", {"status": 404}), path
    codes = {
        f"{ORDERS}/1": "woocommerce_rest_shop_order_invalid_id",
        "/wc/v3/products/1": "woocommerce_rest_product_invalid_id",
        "/wc/v3/customers/999999": "woocommerce_rest_invalid_id",
        "/wc/v3/settings/nothing": "rest_setting_setting_group_invalid",
    }
    for path, code in codes.items():
        answer = linden.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, code)
    assert linden.ask(f"{ORDERS}/1/refunds") == []
    assert requests.get(f"{linden.here.url}/woocommerce/nowhere/wp-json/", timeout=10).status_code == 404


def test_a_refund_is_no_order(linden: Woo) -> None:
    refund = linden.ask("/wc/v3/refunds", per_page=1)[0]
    assert linden.get(f"{ORDERS}/{refund['id']}").status_code == 404
    same = linden.ask(f"{ORDERS}/{refund['parent_id']}/refunds/{refund['id']}")
    assert same["amount"] == refund["amount"]


def test_all_refunds_are_there_since_version_nine(linden: Woo) -> None:
    linden.install(wc_version="8.9.3")
    assert linden.get("/wc/v3/refunds").json()["code"] == "rest_no_route"
    assert linden.ask("/wc/v3/system_status")["environment"]["version"] == "8.9.3"
    linden.install(wc_version="9.0.0")
    assert linden.get("/wc/v3/refunds").status_code == 200


def test_the_index_tells_the_time_zone_to_everybody(linden: Woo) -> None:
    def index() -> Any:
        return requests.get(f"{linden.base}/wp-json/", timeout=10).json()

    assert (index()["home"], index()["name"]) == ("https://linden.example", "Linden & Loom")
    assert (index()["timezone_string"], index()["gmt_offset"]) == ("Europe/Berlin", 1)
    assert {"wc/v3", "wc-analytics"} <= set(index()["namespaces"])
    linden.install(timezone_string="", gmt_offset=5.5)
    assert (index()["timezone_string"], index()["gmt_offset"]) == ("", "5.5")
    linden.install(gmt_offset=2)
    assert index()["gmt_offset"] == "2"
    assert linden.ask("/wc/v3/system_status")["environment"]["default_timezone"] == "UTC"  # of PHP, no use


def test_settings_are_texts(linden: Woo) -> None:
    general, tax = options(linden, "general"), options(linden, "tax")
    assert (general["woocommerce_currency"], general["woocommerce_default_country"]) == ("EUR", "DE")
    assert general["woocommerce_price_num_decimals"] == "2"
    assert tax["woocommerce_prices_include_tax"] == "yes"
    admin = options(linden, "wc_admin")
    assert admin["woocommerce_excluded_report_order_statuses"] == ["pending", "failed", "cancelled"]
    assert admin["woocommerce_date_type"] == "date_created"
    one = linden.ask("/wc/v3/settings/general/woocommerce_currency")
    assert (one["value"], one["group_id"]) == ("EUR", "general")


def test_decimals(linden: Woo) -> None:
    order = linden.orders(per_page=1)[0]
    linden.install(decimals=3)
    assert linden.orders(per_page=1)[0]["total"] == f"{order['total']}0"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"colour": "blue"}, "no such setting: colour"),
        ({"https": "yes"}, "https is bool"),
        ({"permalinks": "ugly"}, "permalinks is one of pretty, plain"),
        ({"timezone_string": "Mars/Olympus"}, "timezone_string cannot be 'Mars/Olympus'"),
        ({"gmt_offset": 20}, "gmt_offset cannot be 20"),
        ({"latency_ms": -1}, "latency_ms is at least 0"),
        ({"hidden_orders": ["1"]}, "hidden_orders cannot be ['1']"),
        ({"wc_version": "nine"}, "wc_version cannot be 'nine'"),
    ],
)
def test_settings_that_do_not_exist_are_refused(linden: Woo, given: dict[str, Any], told: str) -> None:
    address = f"{linden.here.url}/control/stores/linden"
    answer = requests.post(address, json={"capability": False, **given}, timeout=10)
    assert answer.status_code == 422 and told in answer.json()["error"]
    assert linden.get(ORDERS).status_code == 200  # nothing of it was taken over


def test_the_life_of_an_order_in_the_trash(own_linden: Woo) -> None:
    (order,) = own_linden.happen(orders=1, trash=True)
    document = own_linden.ask(f"{ORDERS}/{order}")
    assert document["status"] == "trash"
    own_linden.happen(orders=[order], restore=True)
    assert own_linden.ask(f"{ORDERS}/{order}")["status"] != "trash"
    own_linden.happen(orders=[order], trash=True)
    own_linden.happen(orders=[order], delete=True)
    answer = own_linden.get(f"{ORDERS}/{order}")
    assert (answer.status_code, answer.json()["message"]) == (404, "Invalid ID.")
    assert order not in own_linden.ids(status="trash")


def test_what_can_happen_now(own_linden: Woo) -> None:
    (order,) = own_linden.happen(new=1)
    first = own_linden.ask(f"{ORDERS}/{order}")
    assert first["date_created_gmt"] == "2026-11-22T06:00:00"
    own_linden.control("clock", advance_hours=1)
    own_linden.happen(orders=[order], note="ring twice")
    own_linden.happen(orders=[order], quantity=7)
    own_linden.happen(orders=[order], refund="1.50")
    own_linden.happen(orders=[order], status="shipped")
    after = own_linden.ask(f"{ORDERS}/{order}")
    assert after["date_modified_gmt"] == "2026-11-22T07:00:00"
    assert (after["customer_note"], after["status"]) == ("ring twice", "shipped")
    assert after["line_items"][0]["quantity"] == 7
    assert after["line_items"][0]["id"] == first["line_items"][0]["id"]  # changed in place
    assert [one["total"] for one in after["refunds"]] == ["-1.50"]
    refused = requests.post(
        f"{own_linden.here.url}/control/orders/linden", json={"orders": [order], "colour": "blue"}, timeout=10
    )
    assert refused.status_code == 422 and "exactly one of" in refused.json()["error"]


def test_strangers_come_in(own_linden: Woo) -> None:
    guests = own_linden.happen(new=2, email="")
    (foreign,) = own_linden.happen(new=1, currency="XBT")
    for number in guests:
        order = own_linden.ask(f"{ORDERS}/{number}")
        assert (order["customer_id"], order["billing"]["email"]) == (0, "")
    order = own_linden.ask(f"{ORDERS}/{foreign}")
    assert order["currency"] == "XBT" and "currency_symbol" not in order  # of that nobody knows a sign


@pytest.mark.parametrize("moves", [True, False])
def test_whether_a_refund_moves_its_order(moves: bool) -> None:
    life = (ordered(1, "2026-11-02T10:00:00", goods(2000)), MoneyBack(moment("2026-12-01T10:00:00"), 500))
    with running(shop_world([life])) as here:
        linden = Woo(here)
        linden.install(bump_modified_on_refund=moves)
        linden.control("clock", advance_days=10)
        order = linden.ask(f"{ORDERS}/1")
    assert len(order["refunds"]) == 1
    assert order["date_modified_gmt"] == ("2026-12-01T10:00:00" if moves else "2026-11-02T10:00:00")


def test_the_truth_names_things_as_the_vendor_does(linden: Woo) -> None:
    answer = requests.get(f"{linden.here.url}/truth/linden/ledger", timeout=20)
    rows = [json.loads(line) for line in answer.text.splitlines()]
    listed = set(linden.ids()) | set(linden.ids(status="trash"))
    assert rows and {int(row["order_id"]) for row in rows} <= listed
    assert all(isinstance(row["order_id"], str) for row in rows)
    counts = requests.get(f"{linden.here.url}/truth/linden/counts", timeout=10).json()
    assert counts["products"] == len(linden.ids("/wc/v3/products"))
