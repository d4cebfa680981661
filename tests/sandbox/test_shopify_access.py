"""Who may read what: tokens, shops, versions, scopes, and the price of it all."""

from __future__ import annotations

import time

import pytest
import requests

from sandbox.running import Running
from sandbox.shopify.cost import Bucket
from tests.sandbox.client import Client

WRONG_TOKEN = {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"}
LINES = "{ orders(first: 250) { nodes { id lineItems(first: 250) { nodes { id } } } } }"
WIDE = LINES.replace(
    "lineItems(first: 250) { nodes { id } }",
    "agreements(first: 250) { nodes { sales(first: 250) { nodes { id } } } }",
)


def without(client: Client, *scopes: str) -> None:
    client.install(scopes=[scope for scope in client.install()["scopes"] if scope not in scopes])


def test_a_wrong_token_is_a_string(harbour: Client) -> None:
    harbour.headers = {"X-Shopify-Access-Token": "wrong"}
    answer = harbour.post("{ shop { id } }")
    assert (answer.status_code, answer.json()) == (401, WRONG_TOKEN)


def test_bearer_alone_is_not_enough(harbour: Client) -> None:
    token = harbour.headers["X-Shopify-Access-Token"]
    harbour.headers = {"Authorization": f"Bearer {token}"}
    assert harbour.post("{ shop { id } }").status_code == 401
    harbour.headers = {"Authorization": "Bearer other", "X-Shopify-Access-Token": token}
    assert harbour.post("{ shop { id } }").status_code == 200


def test_an_unknown_shop_is_not_found(practice: Running) -> None:
    answer = Client(practice.url, "nowhere").post("{ shop { id } }")
    assert (answer.status_code, answer.json()) == (404, {"errors": "Not Found"})


def test_one_shops_token_opens_no_other(harbour: Client, alpine: Client) -> None:
    harbour.headers = alpine.headers
    assert harbour.post("{ shop { id } }").status_code == 401


def test_a_body_that_is_no_json_is_a_bad_request(harbour: Client) -> None:
    address = f"{harbour.base}/api/2026-10/graphql.json"
    answer = requests.post(address, data="{", headers=harbour.headers, timeout=10)
    assert answer.status_code == 400
    assert answer.json() == {"errors": {"query": "Required parameter missing or invalid"}}


@pytest.mark.parametrize(
    ("asked", "served"),
    [("2026-10", "2026-10"), ("2026-01", "2026-01"), ("2023-04", "2026-01"), ("unstable", "unstable")],
)
def test_an_unsupported_version_falls_forward(harbour: Client, asked: str, served: str) -> None:
    harbour.version = asked
    answer = harbour.post("{ shop { id } }")
    assert answer.status_code == 200
    assert answer.headers["X-Shopify-API-Version"] == served
    assert answer.headers["X-Request-Id"]


def test_a_path_that_names_no_version_is_not_found(harbour: Client) -> None:
    harbour.version = "latest"
    assert harbour.post("{ shop { id } }").status_code == 404
    assert requests.get(f"{harbour.base}/api/api_versions.json", timeout=10).status_code == 404


def test_a_field_of_a_later_version_is_unknown_in_an_older_one(harbour: Client) -> None:
    text = "{ inventoryItems(first: 1) { nodes { inventoryLevels(first: 1) { nodes { isActive } } } } }"
    assert harbour.data(text)
    harbour.version = "2026-01"
    assert harbour.error(text)["message"] == "Field 'isActive' doesn't exist on type 'InventoryLevel'"


def test_granted_scopes_are_told_in_two_places(harbour: Client) -> None:
    without(harbour, "read_all_orders")
    answer = requests.get(f"{harbour.base}/oauth/access_scopes.json", headers=harbour.headers, timeout=10)
    told = [scope["handle"] for scope in answer.json()["access_scopes"]]
    asked = harbour.data("{ currentAppInstallation { accessScopes { handle } } }")
    assert told == [scope["handle"] for scope in asked["currentAppInstallation"]["accessScopes"]]
    assert "read_orders" in told and "read_all_orders" not in told


def test_a_missing_scope_takes_the_whole_answer_where_null_is_not_allowed(harbour: Client) -> None:
    without(harbour, "read_orders", "read_all_orders")
    body = harbour.ask("{ orders(first: 1) { nodes { id } } shop { id } }")
    assert body["data"] is None
    (error,) = body["errors"]
    assert error["message"] == "Access denied for orders field. Required access: `read_orders` access scope."
    assert error["path"] == ["orders"]
    assert error["locations"] == [{"line": 1, "column": 3}]
    assert error["extensions"] == {
        "code": "ACCESS_DENIED",
        "documentation": "https://shopify.dev/api/usage/access-scopes",
        "requiredAccess": "`read_orders` access scope.",
    }


def test_a_missing_scope_leaves_the_rest_where_null_is_allowed(harbour: Client) -> None:
    without(harbour, "read_customers", "read_reports")
    body = harbour.ask("{ shop { id } orders(first: 3) { nodes { id customer { id } } } }")
    assert len(body["data"]["orders"]["nodes"]) == 3
    assert [error["path"] for error in body["errors"]] == [
        ["orders", "nodes", n, "customer"] for n in range(3)
    ]
    report = harbour.ask('{ shopifyqlQuery(query: "FROM sales SHOW orders") { parseErrors } }')
    assert report["data"] == {"shopifyqlQuery": None}
    assert report["errors"][0]["extensions"]["code"] == "ACCESS_DENIED"


def test_orders_older_than_sixty_days_are_silently_absent(harbour: Client) -> None:
    text = """{ orders(first: 250, sortKey: CREATED_AT) { nodes { id createdAt } }
      ordersCount(limit: null) { count } }"""
    before = harbour.data(text)
    oldest = before["orders"]["nodes"][0]["id"]
    assert harbour.data("query($id: ID!) { order(id: $id) { id } }", id=oldest)["order"]
    without(harbour, "read_all_orders")
    after = harbour.data(text)
    assert 0 < after["ordersCount"]["count"] < before["ordersCount"]["count"]
    assert min(order["createdAt"] for order in after["orders"]["nodes"]) >= "2026-09-23T06:00:00Z"
    assert harbour.data("query($id: ID!) { order(id: $id) { id } }", id=oldest) == {"order": None}
    assert len(harbour.bulk("{ orders { edges { node { id } } } }")) == after["ordersCount"]["count"]


@pytest.mark.parametrize(
    ("query", "requested", "actual"),
    [
        ("{ orders(first: 250) { nodes { id name totalPriceSet { shopMoney { amount } } } } }", 13, 13),
        (LINES, 156, 35),
        (
            "{ products(first: 250) { nodes { options { name } variants(first: 250) { nodes { id } } } } }",
            167,
            46,
        ),
        ("{ shop { id name } }", 1, 1),
    ],
)
def test_prices_are_of_the_measured_size(harbour: Client, query: str, requested: int, actual: int) -> None:
    cost = harbour.ask(query)["extensions"]["cost"]
    assert cost["requestedQueryCost"] == requested
    assert cost["actualQueryCost"] <= requested
    assert abs(cost["actualQueryCost"] - actual) <= actual / 2


def test_the_price_can_be_broken_down(harbour: Client) -> None:
    harbour.headers = {**harbour.headers, "Shopify-GraphQL-Cost-Debug": "1"}
    fields = {tuple(one["path"]): one for one in harbour.ask(LINES)["extensions"]["cost"]["fields"]}
    assert fields[("orders",)]["requestedTotalCost"] == 156
    assert fields[("orders", "nodes", "lineItems")]["requestedTotalCost"] == 13
    assert fields[("orders",)]["definedCost"] == 2


def test_the_bucket_is_charged_what_a_query_really_cost(harbour: Client) -> None:
    harbour.install(bucket={"maximum": 1000, "restore": 0.001})
    cost = harbour.ask(LINES)["extensions"]["cost"]
    assert cost["throttleStatus"]["maximumAvailable"] == 1000
    assert cost["throttleStatus"]["currentlyAvailable"] == pytest.approx(
        1000 - cost["actualQueryCost"], abs=1
    )


def test_an_empty_bucket_throttles_with_status_200(harbour: Client) -> None:
    harbour.install(bucket={"maximum": 200, "restore": 20})
    throttled = next(
        answer for answer in (harbour.post(LINES) for _ in range(50)) if "data" not in answer.json()
    )
    assert throttled.status_code == 200
    body = throttled.json()
    assert "Retry-After" not in throttled.headers
    (error,) = body["errors"]
    assert error["message"] == "Throttled"
    assert error["extensions"]["code"] == "THROTTLED"
    cost = body["extensions"]["cost"]
    assert cost["actualQueryCost"] is None
    status = cost["throttleStatus"]
    time.sleep((cost["requestedQueryCost"] - status["currentlyAvailable"]) / status["restoreRate"] + 0.05)
    assert harbour.data(LINES)


def test_a_query_over_the_ceiling_never_runs(harbour: Client) -> None:
    harbour.install(plan="plus")
    body = harbour.ask(WIDE)
    assert set(body) == {"errors"}
    (error,) = body["errors"]
    assert error["extensions"]["code"] == "MAX_COST_EXCEEDED"
    assert error["extensions"]["maxCost"] == 1000 < error["extensions"]["cost"]
    wanted = error["extensions"]["cost"]
    assert error["message"].startswith(
        f"Query cost is {wanted}, which exceeds the single query max cost limit (1000)."
    )


def test_points_come_back_with_time() -> None:
    now = [0.0]
    bucket = Bucket(100, 10, clock=lambda: now[0])
    bucket.charge(80)
    assert not bucket.admits(50)
    now[0] = 3.0
    assert bucket.admits(50)
    now[0] = 60.0
    assert bucket.available() == 100
