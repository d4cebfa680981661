"""The numbers: what the API shows adds up to what is true, and ShopifyQL says the same."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests

from sandbox.running import Running
from tests.sandbox.client import Client, M
from tests.sandbox.queries import edged

ASK = """query($q: String!) { shopifyqlQuery(query: $q) { parseErrors parseWarnings
  tableData { columns { name dataType displayName } rows } } }"""
MEASURES = (
    "orders, gross_sales, discounts, sales_reversals, net_sales, shipping_charges, taxes, duties, "
    "additional_fees, total_sales"
)
SALE = f"lineType quantity totalAmount {M} totalTaxAmount {M} totalDiscountAmountBeforeTaxes {M}"
AGREEMENTS = edged("agreements", f"id happenedAt {edged('sales', f'id {SALE}')}")
LEDGER = f"{{ orders {{ edges {{ node {{ id test {AGREEMENTS} }} }} }} }}"


def report(client: Client, query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.data(ASK, q=query)["shopifyqlQuery"]
    return found


def truth(client: Client, what: str) -> Any:
    return requests.get(f"{client.url}/truth/{client.store}/{what}", timeout=20).json()


def amount(bag: dict[str, Any]) -> Decimal:
    return Decimal(bag["shopMoney"]["amount"])


@pytest.mark.parametrize("store", ["harbour", "alpine", "kiwi"])
def test_agreements_add_up_to_the_truth_of_every_day(practice: Running, store: str) -> None:
    client = Client(practice.url, store)
    zone = ZoneInfo(client.data("{ shop { ianaTimezone } }")["shop"]["ianaTimezone"])
    lines = client.bulk(LEDGER)
    tests = {line["id"] for line in lines if line.get("test")}
    agreements = {line["id"]: line for line in lines if "happenedAt" in line}
    days: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for sale in (line for line in lines if "lineType" in line):
        agreement = agreements[sale["__parentId"]]
        if agreement["__parentId"] in tests:
            continue
        day = days[datetime.fromisoformat(agreement["happenedAt"]).astimezone(zone).date().isoformat()]
        total, tax = amount(sale["totalAmount"]), amount(sale["totalTaxAmount"])
        day["taxes"] += tax
        if sale["lineType"] in ("PRODUCT", "ADJUSTMENT"):
            day["net_sales"] += total - tax
        if sale["lineType"] == "SHIPPING":
            day["shipping"] += total - tax
        if sale["lineType"] == "GIFT_CARD":
            day["gift_cards_sold"] += total - tax
    known = truth(client, "daily")
    assert len(known) > 60
    for row in known:
        day = days[row["date"]]
        for name in ("net_sales", "taxes", "shipping", "gift_cards_sold"):
            assert day[name] == Decimal(row[name]), (row["date"], name)


@pytest.mark.parametrize("store", ["harbour", "alpine", "kiwi"])
def test_the_daily_report_is_the_truth_with_the_vendors_signs(practice: Running, store: str) -> None:
    client = Client(practice.url, store)
    found = report(client, f"FROM sales SHOW {MEASURES} TIMESERIES day SINCE 2026-05-01 UNTIL 2026-07-31")
    rows = {row["day"]: row for row in found["tableData"]["rows"]}
    assert len(rows) == 92
    known = {
        row["date"]: row for row in truth(client, "daily") if "2026-05-01" <= row["date"] <= "2026-07-31"
    }
    assert known
    for day, row in rows.items():
        if day not in known:
            assert (row["orders"], row["total_sales"]) == ("0", "0.00")
            continue
        right = known[day]
        assert Decimal(row["discounts"]) == -Decimal(right["discounts"])
        assert row["orders"] == str(right["orders"])
        pairs = {"shipping_charges": "shipping", "additional_fees": "fees"}
        for name in ("gross_sales", "sales_reversals", "net_sales", "taxes", "duties", "total_sales", *pairs):
            assert row[name] == right[pairs.get(name, name)], (day, name)


def test_columns_have_types(harbour: Client) -> None:
    found = report(harbour, "FROM sales SHOW orders, total_sales TIMESERIES day SINCE -3d")
    kinds = {column["name"]: column["dataType"] for column in found["tableData"]["columns"]}
    assert kinds == {"day": "DAY_TIMESTAMP", "orders": "INTEGER", "total_sales": "MONEY"}


def test_rows_are_objects_or_lists(harbour: Client) -> None:
    query = "FROM sales SHOW orders, total_sales TIMESERIES day SINCE 2026-06-01 UNTIL 2026-06-03"
    objects = report(harbour, query)["tableData"]["rows"]
    harbour.install(shopifyql_rows="lists")
    lists = report(harbour, query)["tableData"]["rows"]
    assert lists == [list(row.values()) for row in objects]
    assert [row[0] for row in lists] == ["2026-06-01", "2026-06-02", "2026-06-03"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("FROM sales SHOW orders, returns TIMESERIES day", "Column `returns` not found."),
        ("FROM visits SHOW orders", "Table `visits` not found."),
        ("FROM sales TIMESERIES day", "Missing `SHOW` clause."),
        ("FROM sales SHOW orders SINCE soon", "Invalid date `soon`."),
        ("FROM sales SHOW orders WITH TOTALS", "Clause `WITH` is not supported by the practice shop."),
    ],
)
def test_errors_are_sentences(harbour: Client, query: str, error: str) -> None:
    assert report(harbour, query) == {"parseErrors": [error], "parseWarnings": [], "tableData": None}


def test_returns_still_exist_in_older_versions(harbour: Client) -> None:
    harbour.version = "2026-04"
    text = ASK.replace("parseWarnings", "")
    query = "FROM sales SHOW returns, sales_reversals TIMESERIES month SINCE 2026-01-01 UNTIL 2026-06-30"
    rows = harbour.data(text, q=query)["shopifyqlQuery"]["tableData"]["rows"]
    assert len(rows) == 6
    assert all(row["returns"] == row["sales_reversals"] for row in rows)
    assert any(row["returns"] != "0.00" for row in rows)


def test_a_report_by_order_adds_up_to_the_day(harbour: Client) -> None:
    span = "SINCE 2026-06-01 UNTIL 2026-06-30"
    days = report(harbour, f"FROM sales SHOW net_sales, orders TIMESERIES day {span}")["tableData"]["rows"]
    query = (
        f"FROM sales SHOW net_sales, orders GROUP BY order_name TIMESERIES day {span} ORDER BY net_sales DESC"
    )
    orders = report(harbour, query)["tableData"]["rows"]
    assert list(orders[0]) == ["day", "order_name", "net_sales", "orders"]
    assert sum(Decimal(row["net_sales"]) for row in orders) == sum(Decimal(row["net_sales"]) for row in days)
    assert sum(int(row["orders"]) for row in orders) == sum(int(row["orders"]) for row in days)
    sizes = [Decimal(row["net_sales"]) for row in orders]
    assert sizes == sorted(sizes, reverse=True)
    name = orders[0]["order_name"]
    one = report(harbour, f"FROM sales SHOW net_sales GROUP BY order_name WHERE order_name = '{name}' {span}")
    assert [row["order_name"] for row in one["tableData"]["rows"]] == [name]


def test_the_truth_is_served_with_the_vendors_ids(harbour: Client) -> None:
    text = requests.get(f"{harbour.url}/truth/harbour/ledger", timeout=20).text
    assert text.count("gid://shopify/Order/") == len(text.splitlines()) > 500
    counts = truth(harbour, "counts")
    assert harbour.data("{ ordersCount(limit: null) { count } }")["ordersCount"]["count"] == counts["orders"]


def test_deleted_products_leave_an_event_and_nothing_else(alpine: Client) -> None:
    text = """{ events(first: 100, query: "action:destroy subject_type:PRODUCT") { nodes {
      action createdAt ... on BasicEvent { subjectId subjectType } } } }"""
    gone = alpine.data(text)["events"]["nodes"]
    assert len(gone) == truth(alpine, "counts")["deleted_products"] > 0
    for event in gone:
        assert (event["action"], event["subjectType"]) == ("destroy", "PRODUCT")
        assert alpine.data("query($id: ID!) { product(id: $id) { id } }", id=event["subjectId"]) == {
            "product": None
        }
