"""What a WordPress host does to its callers: little of it is JSON."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.sandbox.woo import Woo

ORDERS = "/wc/v3/orders"


@pytest.mark.parametrize(
    ("kind", "status", "type_"),
    [
        ("maintenance", 503, "text/html"),
        ("too_many_requests", 429, "text/html"),
        ("html_error", 502, "text/html"),
        ("server_error", 503, "application/json"),
        ("php_fatal", 500, "application/json"),
    ],
)
def test_statuses(linden: Woo, kind: str, status: int, type_: str) -> None:
    linden.fault(kind, times=1)
    answer = linden.get(ORDERS)
    assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (status, type_)
    assert linden.get(ORDERS).status_code == 200


def test_maintenance_says_when_to_come_back(linden: Woo) -> None:
    linden.fault("maintenance")
    assert linden.get(ORDERS).headers["Retry-After"] == "600"


@pytest.mark.parametrize("status", [403, 429, 508, 520, 524])
def test_a_host_that_gives_up(linden: Woo, status: int) -> None:
    linden.fault("html_error", status=status)
    answer = linden.get(ORDERS)
    assert answer.status_code == status and answer.text.startswith("<!DOCTYPE html>")


def test_php_dies_in_two_ways(linden: Woo) -> None:
    linden.fault("php_fatal")
    body = linden.get(ORDERS).json()
    assert body["code"] == "internal_server_error" and body["message"].startswith(
        "<p>There has been a critical"
    )
    assert (body["data"], body["additional_errors"]) == ({"status": 500}, [])
    linden.fault("php_fatal", html=True)
    assert "critical error" in linden.get(ORDERS).text


def test_a_notice_stands_before_the_json(linden: Woo) -> None:
    linden.fault("php_notice", times=1, route="orders")
    answer = linden.get(ORDERS)
    assert answer.status_code == 200 and answer.text.startswith("<br />\n<b>Notice</b>")
    with pytest.raises(requests.exceptions.JSONDecodeError):
        answer.json()
    assert json.loads(answer.text[answer.text.index("[{") :]) == linden.orders()


def test_a_site_that_prints_notices_always(linden: Woo) -> None:
    linden.install(prints_notices=True)
    for path in (ORDERS, "/wc/v3/taxes", "/wc-analytics/reports/orders"):
        assert linden.get(path).text.startswith("<br />")


def test_faults_choose_their_resource(linden: Woo) -> None:
    order = linden.ask("/wc/v3/refunds", per_page=1)[0]["parent_id"]
    linden.fault("html_error", route="orders/refunds")
    assert linden.get(ORDERS).status_code == 200
    assert linden.get(f"{ORDERS}/{order}/refunds").status_code == 502
    linden.fault("html_error", route="orders", match="page=2")
    assert linden.get(ORDERS).status_code == 200
    assert linden.get(ORDERS, page=2).status_code == 502
    linden.fault("html_error", route="reports/revenue/stats")
    assert linden.get("/wc-analytics/reports/orders").status_code == 200
    assert linden.get("/wc-analytics/reports/revenue/stats").status_code == 502


def test_the_connection_breaks_in_mid_body(linden: Woo) -> None:
    linden.fault("dropped_connection")
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        linden.get(ORDERS)
    linden.fault("truncated_json")
    with pytest.raises(requests.exceptions.JSONDecodeError):
        linden.get(ORDERS).json()
    assert linden.orders()


def test_documents_change_without_notice(linden: Woo) -> None:
    linden.fault("unknown_field")
    assert all("brandNewField" in one for one in linden.orders())
    linden.fault("changed_type", field="total")
    assert isinstance(linden.orders()[0]["total"], dict)
    linden.fault("blank_field", field="total_tax")
    assert {one["total_tax"] for one in linden.orders()} == {""}
    linden.fault("null_character", field="customer_note")
    assert linden.orders()[0]["customer_note"] == "a\x00b"


def test_waiting_costs_nobody_else_anything(linden: Woo) -> None:
    linden.install(latency_ms=200)
    began = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda page: linden.get(ORDERS, page=page), range(1, 9)))
    took = time.perf_counter() - began
    assert all(answer.ok and answer.elapsed.total_seconds() >= 0.2 for answer in answers)
    assert took < 8 * 0.2 / 2.5
