"""Categories and tags agree with what products say of themselves; fields can be chosen of every answer."""

from __future__ import annotations

from collections import Counter

import pytest
import requests

from tests.sandbox.woo import Woo


@pytest.mark.parametrize("kind", ["categories", "tags"])
def test_terms_are_those_of_the_products(linden: Woo, kind: str) -> None:
    products = linden.ask("/wc/v3/products", per_page=100)
    assert len(products) < 100
    used = Counter(term["id"] for one in products for term in one[kind])
    names = {term["id"]: term["name"] for one in products for term in one[kind]}
    path = f"/wc/v3/products/{kind}"
    listed = linden.ask(path, per_page=100)
    assert {one["id"]: one["count"] for one in listed} == used
    assert [one["name"] for one in listed] == sorted(names.values(), key=str.lower)
    assert len(set(names.values())) == len(names)  # a word has one id
    (first, *_) = linden.ids(path, orderby="id")
    assert first == min(used)
    assert linden.ask(f"{path}/{first}")["name"] == names[first]
    assert {one["id"] for one in linden.ask(path, product=products[0]["id"])} == {
        term["id"] for term in products[0][kind]
    }
    missing = linden.get(f"{path}/1")
    assert (missing.status_code, missing.json()["code"]) == (404, "woocommerce_rest_term_invalid")


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/wc-analytics/reports/revenue/stats", "totals"),
        ("/wc-analytics/reports/orders", "order_id"),
        ("/wc/v3/settings", "id"),
        ("/wc/v3/settings/tax", "value"),
        ("/wc/v3/reports/sales", "total_sales"),
        ("/wc/v3/system_status", "settings"),
        ("", "timezone_string"),
    ],
)
def test_fields_are_chosen_of_every_answer(linden: Woo, path: str, field: str) -> None:
    shown, whole = linden.ask(path, _fields=field), linden.ask(path)
    if isinstance(whole, dict):
        shown, whole = [shown], [whole]
    assert shown == [{field: one[field]} for one in whole] != whole


def test_nobody_may_write(linden: Woo) -> None:
    answer = requests.post(f"{linden.base}/wp-json/wc/v3/orders", timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "woocommerce_rest_cannot_create")
    elsewhere = requests.post(f"{linden.base}/wp-json/", timeout=10)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "rest_no_route")
