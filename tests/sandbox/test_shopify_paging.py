"""Pages: complete, in order, stable under a keyset cursor."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.sandbox.client import Client

PAGE = """query($first: Int, $last: Int, $after: String, $before: String, $reverse: Boolean, $query: String) {
  rows: %s(first: $first, last: $last, after: $after, before: $before, reverse: $reverse, query: $query%s) {
    edges { cursor node { %s } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


def page(client: Client, name: str, fields: str = "id", sort: str = "", **variables: Any) -> dict[str, Any]:
    text = PAGE % (name, f", sortKey: {sort}" if sort else "", fields)
    found: dict[str, Any] = client.data(text, **variables)["rows"]
    return found


def walk(
    client: Client, name: str, fields: str = "id", sort: str = "", **variables: Any
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after = None
    while True:
        found = page(client, name, fields, sort, after=after, **variables)
        rows += [edge["node"] for edge in found["edges"]]
        after = found["pageInfo"]["endCursor"]
        if not found["pageInfo"]["hasNextPage"]:
            return rows


def numbers(rows: list[dict[str, Any]]) -> list[int]:
    return [int(row["id"].rsplit("/", 1)[1]) for row in rows]


@pytest.mark.parametrize(
    "name",
    [
        "orders",
        "customers",
        "products",
        "productVariants",
        "abandonedCheckouts",
        "codeDiscountNodes",
        "events",
    ],
)
def test_a_walk_meets_every_row_once(harbour: Client, name: str) -> None:
    rows = numbers(walk(harbour, name, first=7 if name == "codeDiscountNodes" else 23))
    assert len(rows) == len(set(rows)) > 3
    backwards = numbers(walk(harbour, name, first=50, reverse=True))
    assert backwards == rows[::-1]


def test_walks_find_what_is_there(harbour: Client, alpine: Client) -> None:
    for client in (harbour, alpine):
        counts = client.data("{ ordersCount(limit: null) { count } productsCount { count } }")
        assert len(walk(client, "orders", first=100)) == counts["ordersCount"]["count"]
        assert len(walk(client, "products", first=100)) == counts["productsCount"]["count"]


def test_orders_are_sorted_by_when_they_were_processed(harbour: Client) -> None:
    rows = walk(harbour, "orders", "id processedAt", first=100)
    assert [row["processedAt"] for row in rows] == sorted(row["processedAt"] for row in rows)


def test_sort_keys_sort(harbour: Client) -> None:
    updated = [row["updatedAt"] for row in walk(harbour, "orders", "updatedAt", "UPDATED_AT", first=90)]
    assert updated == sorted(updated)
    titles = [row["title"].lower() for row in walk(harbour, "products", "title", "TITLE", first=9)]
    assert titles == sorted(titles)
    ids = numbers(walk(harbour, "customers", first=90))
    assert ids == sorted(ids)


def test_the_last_page_from_behind(harbour: Client) -> None:
    rows = walk(harbour, "orders", first=100)
    tail = page(harbour, "orders", last=3)
    assert [edge["node"] for edge in tail["edges"]] == rows[-3:]
    assert (tail["pageInfo"]["hasPreviousPage"], tail["pageInfo"]["hasNextPage"]) == (True, False)
    before = page(harbour, "orders", last=3, before=tail["pageInfo"]["startCursor"])
    assert [edge["node"] for edge in before["edges"]] == rows[-6:-3]


def test_page_info_at_the_edges(harbour: Client) -> None:
    first = page(harbour, "orders", first=2)
    assert (first["pageInfo"]["hasPreviousPage"], first["pageInfo"]["hasNextPage"]) == (False, True)
    assert first["pageInfo"]["startCursor"] == first["edges"][0]["cursor"]
    assert first["pageInfo"]["endCursor"] == first["edges"][1]["cursor"]
    nothing = page(harbour, "orders", first=2, query="id:1")
    assert nothing["edges"] == []
    assert nothing["pageInfo"]["startCursor"] is nothing["pageInfo"]["endCursor"] is None


def test_a_cursor_is_the_row_and_its_sort_value(harbour: Client) -> None:
    edge = page(harbour, "orders", "id updatedAt", "UPDATED_AT", first=1)["edges"][0]
    cursor = json.loads(base64.b64decode(edge["cursor"]))
    assert f"gid://shopify/Order/{cursor['last_id']}" == edge["node"]["id"]
    assert cursor["last_value"].startswith(edge["node"]["updatedAt"][:10])


@pytest.mark.parametrize("cursor", ["", "nonsense", base64.b64encode(b'{"last_id": 7001}').decode()])
def test_a_cursor_of_another_sort_is_refused(harbour: Client, cursor: str) -> None:
    by_id = page(harbour, "orders", sort="ID", first=1)["pageInfo"]["endCursor"]
    text = PAGE % ("orders", ", sortKey: UPDATED_AT", "id")
    for wrong in filter(None, (cursor, by_id)):
        error = harbour.error(text, first=1, after=wrong)
        assert error["message"] == "Invalid cursor for current pagination sort."


def test_nested_connections_stop_silently_at_their_size(harbour: Client) -> None:
    text = """query($id: ID!, $after: String) { order(id: $id) { lineItems(first: 1, after: $after) {
      nodes { id } pageInfo { hasNextPage endCursor } } } }"""
    everything = harbour.data("{ orders(first: 100) { nodes { id lineItems(first: 5) { nodes { id } } } } }")
    order = max(everything["orders"]["nodes"], key=lambda one: len(one["lineItems"]["nodes"]))
    found, after = [], None
    while True:
        lines = harbour.data(text, id=order["id"], after=after)["order"]["lineItems"]
        found += lines["nodes"]
        after = lines["pageInfo"]["endCursor"]
        if not lines["pageInfo"]["hasNextPage"]:
            break
    assert found[:5] == order["lineItems"]["nodes"]
    assert len(found) > 1


def test_plain_lists_are_cut_by_first_and_have_no_page(harbour: Client) -> None:
    text = "{ orders(first: 100) { nodes { all: transactions { id } some: transactions(first: 1) { id } } } }"
    rows = harbour.data(text)["orders"]["nodes"]
    assert any(len(row["all"]) > 1 for row in rows)
    assert all(row["some"] == row["all"][:1] for row in rows)


def test_only_active_locations_unless_asked(harbour: Client) -> None:
    text = """{ locations(first: 9) { nodes { isActive } }
      all: locations(first: 9, includeInactive: true) { nodes { isActive } } }"""
    found = harbour.data(text)
    assert all(row["isActive"] for row in found["locations"]["nodes"])
    assert not all(row["isActive"] for row in found["all"]["nodes"])


def test_counts_stop_at_their_limit(harbour: Client) -> None:
    counts = harbour.data(
        "{ some: ordersCount(limit: 5) { count precision } ordersCount { count precision } }"
    )
    assert counts["some"] == {"count": 5, "precision": "AT_LEAST"}
    assert counts["ordersCount"]["precision"] == "EXACT"
