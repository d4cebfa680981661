"""Bulk operations: what is refused, how they run, and that nothing gets lost on the way."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import requests

from sandbox.running import Running
from sandbox.shopify.bulk import board
from tests.sandbox.client import CANCEL, START, Client
from tests.sandbox.queries import AGREEMENT, DISCOUNT, HEAD, LINE, REFUND, SALE, SHIPPING, edged, listed

ORDERS = (
    f"{{ orders {{ edges {{ node {{ {HEAD} refunds {{ {REFUND} }} {edged('lineItems', LINE)} "
    f"{edged('shippingLines', SHIPPING, 'includeRemovals: true')} "
    f"{edged('agreements', AGREEMENT + ' ' + edged('sales', SALE))} }} }} }} }}"
)
PAGED = (
    f"query($id: ID!) {{ order(id: $id) {{ {HEAD} refunds {{ {REFUND} }} {listed('lineItems', LINE)} "
    f"{listed('shippingLines', SHIPPING, 'first: 9, includeRemovals: true')} "
    f"{listed('agreements', AGREEMENT + ' ' + listed('sales', SALE, 'first: 30'), 'first: 9')} }} }}"
)
SMALL = "{ orders { edges { node { id } } } }"
WRAP = "{{ orders {{ edges {{ node {{ id {} }} }} }} }}"


@pytest.mark.parametrize(
    ("query", "messages"),
    [
        ("{ shop { name } }", ["Bulk queries must contain at least one connection."]),
        (
            '{ node(id: "gid://shopify/Order/1") { id } }',
            [
                "Bulk queries cannot contain a top level `node` field.",
                "Bulk queries must contain at least one connection.",
            ],
        ),
        (
            WRAP.format(
                edged("lineItems", "id")
                + " "
                + edged("shippingLines", "id")
                + " "
                + edged("events", "id")
                + " "
                + edged("discountApplications", "index")
                + " "
                + edged("agreements", "id")
            ),
            ["Bulk queries cannot contain more than 5 connections."],
        ),
        (
            "{ customers { edges { node { id "
            + edged("orders", "id " + edged("agreements", "id " + edged("sales", "id")))
            + " } } } }",
            ["Bulk queries cannot contain connections with a nesting depth greater than 2."],
        ),
        (
            "{ orders(first: 3) { nodes { id } } }",
            [
                "All connection fields in a bulk query must select their contents using 'edges' > 'node', "
                "e.g: 'orders { edges { node {'. Selecting via 'nodes' is not supported. "
                "Invalid connection fields: 'orders'."
            ],
        ),
        (
            "{ products { edges { node { key: id variants { edges { node { id } } } } } } }",
            [
                "The parent 'node' field for a nested connection must select the 'id' field without an alias "
                "and must be of 'ID' return type. Connection fields without 'id': products."
            ],
        ),
        (
            WRAP.format("refunds { id " + edged("refundLineItems", "quantity") + " }"),
            ["Queries that contain a connection field within a list field are not currently supported."],
        ),
        (
            'mutation { bulkOperationCancel(id: "gid://shopify/BulkOperation/1") { __typename } }',
            ["Invalid operation type. Only `query` operations are supported."],
        ),
        ("{ orders { edges {", ["Invalid bulk query: syntax error, unexpected end of file"]),
        (
            WRAP.format("nope"),
            ["Invalid bulk query: Field 'nope' doesn't exist on type 'Order'"],
        ),
    ],
)
def test_what_the_vendor_refuses(harbour: Client, query: str, messages: list[str]) -> None:
    payload = harbour.start(query)
    assert payload["bulkOperation"] is None
    assert payload["userErrors"] == [
        {"field": ["query"], "message": message, "code": "INVALID"} for message in messages
    ]


def nested(lines: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Root objects by id; children in lists by the type in their id (discounts have none)."""
    roots: dict[str, dict[str, Any]] = {}
    known: dict[str, dict[str, Any]] = {}
    for line in lines:
        parent = line.pop("__parentId", None)
        line["children"] = []
        if "id" in line:
            known[line["id"]] = line
        if parent is None:
            roots[line["id"]] = line
        else:
            assert parent in known, "a child came before its parent"
            known[parent]["children"].append(line)
    return roots


@pytest.mark.parametrize("grouped", [False, True], ids=["scattered", "grouped"])
def test_bulk_and_pages_tell_the_same(practice: Running, grouped: bool) -> None:
    kiwi = Client(practice.url, "kiwi")
    roots = nested(kiwi.bulk(ORDERS, grouped=grouped))
    shop = practice.server.platforms["shopify"].shops["kiwi"]  # type: ignore[attr-defined]
    assert len(roots) == len(shop.store.orders)
    shop.use_bucket(1e9, 1e9)
    eventful = sorted(roots.values(), key=lambda root: -len(root["children"]))
    for root in [*eventful[:12], *eventful[-6:]]:
        paged = kiwi.data(PAGED, id=root["id"])["order"]
        children = root.pop("children")
        flat = [*paged.pop("lineItems")["nodes"], *paged.pop("shippingLines")["nodes"]]
        agreements = paged.pop("agreements")["nodes"]
        assert json.dumps(root) == json.dumps(paged)
        plain = [child for child in children if "Agreement/" not in child.get("id", "")]
        assert sorted(json.dumps(strip(child)) for child in plain) == sorted(map(json.dumps, flat))
        theirs = [child for child in children if "Agreement/" in child.get("id", "")]
        for mine, agreement in zip(theirs, agreements, strict=True):
            assert [strip(sale) for sale in mine["children"]] == agreement.pop("sales")["nodes"]
            assert strip(mine) == agreement


def test_discount_applications_have_no_id_but_a_parent(harbour: Client) -> None:
    lines = harbour.bulk(WRAP.format(edged("discountApplications", DISCOUNT)))
    applications = [line for line in lines if "__parentId" in line]
    assert applications
    assert all("id" not in line and "index" in line for line in applications)


def strip(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "children"}


def test_ungrouped_children_are_not_beside_their_parents(harbour: Client) -> None:
    lines = harbour.bulk("{ orders { edges { node { id lineItems { edges { node { id } } } } } } }")
    places = {line["id"]: place for place, line in enumerate(lines)}
    children = [(place, line) for place, line in enumerate(lines) if "__parentId" in line]
    assert all(places[line["__parentId"]] < place for place, line in children)
    beside = sum(lines[place - 1]["id"] == line["__parentId"] for place, line in children)
    assert beside < len(children) / 20
    assert max(place - places[line["__parentId"]] for place, line in children) > 200


def test_grouped_children_follow_their_parent(harbour: Client) -> None:
    lines = harbour.bulk(
        "{ orders { edges { node { id lineItems { edges { node { id } } } } } } }", grouped=True
    )
    parent = None
    for line in lines:
        if "__parentId" in line:
            assert line["__parentId"] == parent
        else:
            parent = line["id"]


def test_first_and_cursors_are_ignored(harbour: Client) -> None:
    text = "{ orders(first: 1) { edges { cursor node { id } } pageInfo { hasNextPage } } }"
    assert len(harbour.bulk(text)) == len(harbour.bulk(SMALL)) > 250


def test_the_query_of_a_bulk_read_filters(harbour: Client) -> None:
    some = harbour.bulk(
        """{ orders(query: "updated_at:>='2026-09-01T00:00:00Z'") { edges { node { updatedAt } } } }"""
    )
    assert 0 < len(some) < 250
    assert all(line["updatedAt"] >= "2026-09-01" for line in some)


def test_an_operation_is_created_then_running_then_completed(harbour: Client) -> None:
    payload = harbour.start(SMALL)
    assert payload["bulkOperation"]["status"] == "CREATED"
    identity = payload["bulkOperation"]["id"]
    running = harbour.look(identity)
    assert (running["status"], running["url"], running["completedAt"]) == ("RUNNING", None, None)
    done = harbour.finish(identity)
    assert done["status"] == "COMPLETED"
    assert done["completedAt"] and done["errorCode"] is None and done["partialDataUrl"] is None
    assert done["query"] == SMALL and done["type"] == "QUERY"
    assert int(done["objectCount"]) == int(done["rootObjectCount"]) > 250
    answer = requests.get(done["url"], timeout=10)
    assert answer.headers["content-type"] == "application/jsonl"
    assert "bulk-" in answer.headers["content-disposition"]
    assert int(done["fileSize"]) == len(answer.content)
    assert len(answer.text.splitlines()) == int(done["objectCount"])


def test_the_other_ways_to_look_at_an_operation(harbour: Client) -> None:
    assert harbour.data("{ currentBulkOperation { id } }") == {"currentBulkOperation": None}
    first, second = (harbour.start(SMALL)["bulkOperation"]["id"] for _ in range(2))
    text = "query($id: ID!) { node(id: $id) { ... on BulkOperation { id status } } }"
    assert harbour.data(text, id=first)["node"]["id"] == first
    assert harbour.data("{ currentBulkOperation { id } }")["currentBulkOperation"]["id"] == second
    listed_ = harbour.data("{ bulkOperations(first: 5) { nodes { id } } }")["bulkOperations"]["nodes"]
    assert [one["id"] for one in listed_] == [second, first]
    assert harbour.look("gid://shopify/BulkOperation/1") is None


def test_an_empty_result_has_no_url(harbour: Client) -> None:
    identity = harbour.start('{ orders(query: "id:1") { edges { node { id } } } }')["bulkOperation"]["id"]
    done = harbour.finish(identity)
    assert (done["status"], done["objectCount"], done["url"]) == ("COMPLETED", "0", None)
    assert done["fileSize"] is None


def test_five_at_once(harbour: Client) -> None:
    harbour.fault("slow_bulk", times=5, polls=50)
    ids = [harbour.start(SMALL)["bulkOperation"]["id"] for _ in range(5)]
    payload = harbour.start(SMALL)
    assert payload["bulkOperation"] is None
    (error,) = payload["userErrors"]
    assert error["code"] == "OPERATION_IN_PROGRESS" and error["field"] is None
    assert error["message"].startswith(
        "A bulk query operation for this app and shop is already in progress: "
    )
    assert all(identity in error["message"] for identity in ids)


def test_operations_of_a_client_that_died_end_all_the_same(
    harbour: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    harbour.fault("slow_bulk", times=5, polls=50)
    ids = [harbour.start(SMALL)["bulkOperation"]["id"] for _ in range(5)]
    assert harbour.start(SMALL)["bulkOperation"] is None
    monkeypatch.setattr(board, "FORGOTTEN", 0.0)
    for _ in range(400):
        if harbour.start(SMALL)["bulkOperation"]:
            break
        time.sleep(0.01)
    monkeypatch.undo()
    assert "COMPLETED" in {harbour.look(identity)["status"] for identity in ids}


def test_cancelling(harbour: Client) -> None:
    harbour.fault("slow_bulk", polls=50)
    identity = harbour.start(SMALL)["bulkOperation"]["id"]
    payload = harbour.data(CANCEL, id=identity)["bulkOperationCancel"]
    assert payload == {"bulkOperation": {"id": identity, "status": "CANCELING"}, "userErrors": []}
    done = harbour.finish(identity)
    assert (done["status"], done["url"], done["partialDataUrl"]) == ("CANCELED", None, None)
    again = harbour.data(CANCEL, id=identity)["bulkOperationCancel"]["userErrors"]
    assert again == [{"field": None, "message": "A bulk operation cannot be canceled when it is canceled"}]
    unknown = harbour.data(CANCEL, id="gid://shopify/BulkOperation/1")["bulkOperationCancel"]["userErrors"]
    assert unknown == [{"field": ["id"], "message": "Bulk operation does not exist"}]


def test_the_mutation_costs_ten_whatever_it_reads(harbour: Client) -> None:
    body = harbour.ask(START, q=ORDERS)
    assert body["extensions"]["cost"]["requestedQueryCost"] == 10
    assert body["extensions"]["cost"]["actualQueryCost"] == 10


def test_a_missing_scope_fails_the_operation(harbour: Client) -> None:
    scopes = [scope for scope in harbour.install()["scopes"] if scope != "read_customers"]
    harbour.install(scopes=scopes)
    identity = harbour.start("{ customers { edges { node { id } } } }")["bulkOperation"]["id"]
    done = harbour.finish(identity)
    assert (done["status"], done["errorCode"], done["url"]) == ("FAILED", "ACCESS_DENIED", None)


def test_a_bulk_read_shows_the_world_of_its_creation(own_practice: Running) -> None:
    client = Client(own_practice.url, "harbour")
    identity = client.start("{ orders { edges { node { id updatedAt } } } }")["bulkOperation"]["id"]
    known = len(own_practice.sandbox.world.stores["harbour"].orders)
    client.control("clock", advance_days=30)
    assert len(own_practice.sandbox.world.stores["harbour"].orders) > known
    done = client.finish(identity)
    assert int(done["objectCount"]) == known
    lines = [json.loads(line) for line in requests.get(done["url"], timeout=10).text.splitlines()]
    assert max(line["updatedAt"] for line in lines) <= "2026-11-22T06:00:00Z"


def test_a_url_lives_seven_days_of_the_sandboxs_clock(own_practice: Running) -> None:
    client = Client(own_practice.url, "harbour")
    identity = client.start(SMALL)["bulkOperation"]["id"]
    url = client.finish(identity)["url"]
    client.control("clock", advance_days=6)
    assert requests.get(url, timeout=10).status_code == 200
    client.control("clock", advance_days=2)
    expired = requests.get(url, timeout=10)
    assert expired.status_code == 400
    assert "<Code>ExpiredToken</Code>" in expired.text
    assert client.look(identity)["status"] == "EXPIRED"
    assert client.look(identity)["url"] is None


def test_a_url_cannot_be_guessed(harbour: Client) -> None:
    url = harbour.finish(harbour.start(SMALL)["bulkOperation"]["id"])["url"]
    assert requests.get(url.replace("Signature=", "Signature=0"), timeout=10).status_code == 403
    assert requests.get(url.split("?")[0], timeout=10).status_code == 403
    assert requests.get(url.replace(".jsonl?", "9.jsonl?"), timeout=10).status_code == 404
