"""Every fault does what its name says, as often as it was told to, and to whom."""

from __future__ import annotations

import json

import pytest
import requests

import warehouse
from sandbox.faults import KINDS, Faults, UnknownFault
from sandbox.running import Running
from tests.sandbox.client import Client

ASK = (
    "{ orders(first: 3) { nodes { id name updatedAt note lineItems(first: 1) { nodes { id quantity } } } } }"
)
BULK = "{ orders { edges { node { id updatedAt note lineItems { edges { node { id quantity } } } } } } }"


def test_a_fault_is_used_up() -> None:
    faults = Faults()
    faults.add("latency", times=2, seconds=0.5)
    assert faults.take("latency", "shopify", store="harbour") == {"kind": "latency", "seconds": 0.5}
    assert faults.take("latency", "shopify", store="harbour") == {"kind": "latency", "seconds": 0.5}
    assert faults.take("latency", "shopify", store="harbour") is None
    assert [(fault["times"], fault["hits"]) for fault in faults.shown()] == [(0, 2)]


def test_a_fault_without_end() -> None:
    faults = Faults()
    faults.add("latency", times=None)
    assert all(faults.take("latency", "shopify", store="harbour") for _ in range(10))
    faults.clear()
    assert faults.take("latency", "shopify", store="harbour") is None


def test_a_fault_can_wait_its_turn_and_choose_whom() -> None:
    faults = Faults()
    faults.add("html_error", store="alpine", route="storage", match="bulk-7", skip=1)
    assert faults.take("html_error", "shopify", store="harbour", route="storage", text="bulk-7") is None
    assert faults.take("html_error", "shopify", store="alpine", route="graphql", text="bulk-7") is None
    assert faults.take("html_error", "shopify", store="alpine", route="storage", text="bulk-8") is None
    assert faults.take("html_error", "shopify", store="alpine", route="storage", text="bulk-7") is None
    assert faults.take("html_error", "shopify", store="alpine", route="storage", text="bulk-7")


def test_unknown_faults_and_options_are_refused(harbour: Client) -> None:
    with pytest.raises(UnknownFault, match="there is no fault 'earthquake'"):
        Faults().add("earthquake")
    with pytest.raises(UnknownFault, match="latency has no option minutes"):
        Faults().add("latency", minutes=1)
    answer = requests.post(f"{harbour.url}/control/faults", json={"kind": "earthquake"}, timeout=10)
    assert answer.status_code == 422


def test_faults_are_listed_and_cleared_by_route(harbour: Client) -> None:
    harbour.fault("latency", times=3, seconds=0.1)
    listed = requests.get(f"{harbour.url}/control/faults", timeout=10).json()
    assert [fault["kind"] for fault in listed["faults"]] == ["latency"]
    assert set(listed["kinds"]) == set(KINDS)
    assert requests.delete(f"{harbour.url}/control/faults", timeout=10).json()["faults"] == []


def test_throttled(harbour: Client) -> None:
    harbour.fault("throttled", times=2)
    for _ in range(2):
        body = harbour.ask(ASK)
        assert body["errors"][0]["extensions"]["code"] == "THROTTLED"
        assert "data" not in body
    assert harbour.data(ASK)


@pytest.mark.parametrize(
    ("kind", "status", "type_"),
    [
        ("server_error", 503, "application/json"),
        ("html_error", 502, "text/html; charset=utf-8"),
        ("too_many_requests", 429, "application/json"),
        ("revoked_token", 401, "application/json"),
    ],
)
def test_statuses(harbour: Client, alpine: Client, kind: str, status: int, type_: str) -> None:
    harbour.fault(kind)
    assert alpine.post(ASK).status_code == 200
    answer = harbour.post(ASK)
    assert (answer.status_code, answer.headers["content-type"]) == (status, type_)
    assert ("Retry-After" in answer.headers) is (kind == "too_many_requests")
    assert harbour.post(ASK).status_code == 200


def test_a_status_can_be_chosen(harbour: Client) -> None:
    harbour.fault("server_error", status=423, message="This shop is currently locked")
    answer = harbour.post(ASK)
    assert (answer.status_code, answer.json()) == (423, {"errors": "This shop is currently locked"})


def test_internal_errors_are_status_200(harbour: Client) -> None:
    harbour.fault("internal_error")
    error = harbour.error(ASK)
    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"
    assert error["extensions"]["requestId"] in error["message"]


def test_a_partial_answer(harbour: Client) -> None:
    harbour.fault("field_error", field="lineItems")
    body = harbour.ask(ASK)
    assert [order["lineItems"] for order in body["data"]["orders"]["nodes"]] == [None] * 3
    assert [error["path"] for error in body["errors"]] == [
        ["orders", "nodes", n, "lineItems"] for n in range(3)
    ]


def test_the_connection_breaks_in_mid_body(harbour: Client) -> None:
    harbour.fault("dropped_connection")
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        harbour.post(ASK)
    assert harbour.data(ASK)


def test_a_bulk_result_breaks_off_and_can_be_fetched_again(harbour: Client) -> None:
    url = harbour.finish(harbour.start(BULK)["bulkOperation"]["id"])["url"]
    harbour.fault("dropped_connection", route="storage", share=0.3)
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        requests.get(url, timeout=10)
    assert requests.get(url, timeout=10).text.endswith("}\n")


def test_truncated_json_is_a_whole_answer(harbour: Client) -> None:
    harbour.fault("truncated_json")
    answer = harbour.post(ASK)
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["content-length"])
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()


def test_latency(harbour: Client) -> None:
    harbour.fault("latency", seconds=0.3)
    assert harbour.post(ASK).elapsed.total_seconds() > 0.3
    assert harbour.post(ASK).elapsed.total_seconds() < 0.3


def test_an_expired_url(harbour: Client) -> None:
    url = harbour.finish(harbour.start(BULK)["bulkOperation"]["id"])["url"]
    harbour.fault("expired_url")
    answer = requests.get(url, timeout=10)
    assert answer.status_code == 400
    assert "ExpiredToken" in answer.text
    assert requests.get(url, timeout=10).status_code == 200


def test_a_failed_operation_with_partial_data(harbour: Client) -> None:
    harbour.fault("failed_bulk", share=0.25)
    failed = harbour.finish(harbour.start(BULK)["bulkOperation"]["id"])
    assert (failed["status"], failed["errorCode"], failed["url"]) == ("FAILED", "INTERNAL_SERVER_ERROR", None)
    partial = requests.get(failed["partialDataUrl"], timeout=10).text.splitlines()
    whole = harbour.bulk(BULK)
    assert 0 < len(partial) < len(whole) / 2
    assert len(partial) == int(failed["objectCount"])


def test_a_failed_operation_without_data(harbour: Client) -> None:
    harbour.fault("failed_bulk", partial_data=False, error_code="TIMEOUT")
    failed = harbour.finish(harbour.start(BULK)["bulkOperation"]["id"])
    assert (failed["status"], failed["errorCode"], failed["partialDataUrl"]) == ("FAILED", "TIMEOUT", None)


def test_new_fields_appear_in_answers(harbour: Client) -> None:
    harbour.fault("unknown_field")
    assert all("brandNewField" in line for line in harbour.bulk(BULK))
    harbour.fault("unknown_field", match="lineItems")
    order = harbour.data(ASK)["orders"]["nodes"][0]
    assert "brandNewField" in order and "brandNewField" in order["lineItems"]["nodes"][0]


def test_a_field_changes_its_type(harbour: Client) -> None:
    harbour.fault("changed_type", field="quantity", match="lineItems(first")
    line = harbour.data(ASK)["orders"]["nodes"][0]["lineItems"]["nodes"][0]
    assert isinstance(line["quantity"], str)
    assert isinstance(harbour.data(ASK)["orders"]["nodes"][0]["lineItems"]["nodes"][0]["quantity"], int)


def test_rows_of_the_previous_page_come_again(harbour: Client) -> None:
    text = "query($after: String) { orders(first: 5, after: $after) { nodes { id } pageInfo { endCursor } } }"
    first = harbour.data(text)["orders"]
    harbour.fault("duplicates", rows=2)
    second = harbour.data(text, after=first["pageInfo"]["endCursor"])["orders"]
    assert second["nodes"][:2] == first["nodes"][-2:]
    regular = harbour.data(text, after=first["pageInfo"]["endCursor"])["orders"]
    assert regular["nodes"][0] == second["nodes"][2]


def test_an_order_changes_between_two_reads(harbour: Client) -> None:
    harbour.fault("changed_between_reads", every=10, seconds=2)
    one = {line["id"]: line["updatedAt"] for line in harbour.bulk(BULK) if "__parentId" not in line}
    other = {line["id"]: line["updatedAt"] for line in harbour.bulk(BULK) if "__parentId" not in line}
    assert sum(one[identity] != other[identity] for identity in one) == len(one) // 10
    assert all(one[identity] >= other[identity] for identity in one)


def test_a_malformed_document(harbour: Client) -> None:
    harbour.fault("malformed_document", line=3)
    done = harbour.finish(harbour.start(BULK)["bulkOperation"]["id"])
    lines = requests.get(done["url"], timeout=10).text.splitlines()
    assert len(lines) == int(done["objectCount"])
    with pytest.raises(json.JSONDecodeError):
        json.loads(lines[2])
    assert json.loads(lines[1]) and json.loads(lines[3])


def test_a_nul_inside_a_text(harbour: Client) -> None:
    harbour.fault("null_character")
    answer = harbour.post(ASK)
    assert "\\u0000" in answer.text
    assert answer.json()["data"]["orders"]["nodes"][0]["note"] == "a\x00b"


def test_another_version_answers(harbour: Client) -> None:
    harbour.fault("version_fallback")
    assert harbour.post(ASK).headers["X-Shopify-API-Version"] == "2026-01"
    assert harbour.post(ASK).headers["X-Shopify-API-Version"] == "2026-10"


def test_a_scope_goes_missing(harbour: Client) -> None:
    harbour.fault("missing_scope", scope="read_orders")
    assert harbour.error(ASK)["extensions"]["code"] == "ACCESS_DENIED"
    assert harbour.data(ASK)


def test_slow_operations(harbour: Client) -> None:
    harbour.fault("slow_bulk", polls=4)
    identity = harbour.start(BULK)["bulkOperation"]["id"]
    assert [harbour.look(identity)["status"] for _ in range(5)] == ["RUNNING"] * 5
    assert harbour.finish(identity)["status"] == "COMPLETED"


def test_a_fault_for_everyone(practice: Running) -> None:
    clients = [Client(practice.url, store) for store in ("harbour", "alpine")]
    clients[0].control("faults", kind="server_error", times=2)
    assert [client.post(ASK).status_code for client in clients] == [503, 503]
    assert [client.post(ASK).status_code for client in clients] == [200, 200]


def test_protected_customer_data(harbour: Client) -> None:
    harbour.fault("protected_data")
    body = harbour.ask("{ orders(first: 1) { nodes { id customer { id } } } }")
    assert body["data"]["orders"]["nodes"][0]["customer"] is None
    assert body["errors"][0]["message"].startswith("This app is not approved to access the Customer object.")


def test_the_readme_names_every_fault_and_option() -> None:
    text = (warehouse.ROOT / "sandbox" / "README.md").read_text()
    for kind, (_, options) in KINDS.items():
        for name in (kind, *options):
            assert f"`{name}`" in text, f"{kind}: {name}"
