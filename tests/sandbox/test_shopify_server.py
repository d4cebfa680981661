"""The sandbox as a program: it starts, says where, moves through time and stops when told."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator

import pytest
import requests

import warehouse
from sandbox.running import Running
from tests.conftest import free_port
from tests.sandbox.client import Client


@pytest.fixture
def program() -> Iterator[tuple[subprocess.Popen[str], str]]:
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "sandbox",
        "--orders",
        "60",
        "--as-of",
        "2026-11-01",
        "--port",
        str(port),
    ]
    process = subprocess.Popen(
        command, cwd=warehouse.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    yield process, f"http://127.0.0.1:{port}"
    if process.poll() is None:
        process.kill()
        process.wait()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_the_program_serves_and_stops(
    program: tuple[subprocess.Popen[str], str], stop: signal.Signals
) -> None:
    process, url = program
    assert process.stdout is not None
    assert "as of 2026-11-01 06:00 UTC (seed 7)" in process.stdout.readline()
    assert process.stdout.readline() == f"sandbox listens on {url}\n"
    for _ in range(100):
        try:
            health = requests.get(f"{url}/health", timeout=5).json()
            break
        except requests.ConnectionError:
            time.sleep(0.05)
    assert health["status"] == "ok"
    assert (health["clock"], health["seed"]) == ("2026-11-01T06:00:00Z", 7)
    assert set(health["stores"]) == {"harbour", "alpine", "kiwi", "linden"}
    assert Client(url, "kiwi").data("{ shop { currencyCode } }") == {"shop": {"currencyCode": "NZD"}}
    process.send_signal(stop)
    assert process.wait(10) == 0
    assert process.stdout.read() == ""


def test_the_accounts_file_names_the_stores_and_holds_no_token(practice: Running) -> None:
    text = (warehouse.ROOT / "sandbox" / "shopify" / "accounts.toml").read_text()
    accounts = tomllib.loads(text)["shopify"]
    stores = practice.sandbox.world.stores.values()
    assert set(accounts) == {store.name for store in stores if store.platform == "shopify"}
    for name, account in accounts.items():
        assert account["base_url"].endswith(f":8765/shopify/{name}")
        assert account["shop"] == practice.sandbox.world.stores[name].domain
    assert '-token"' not in text


def test_time_moves_and_the_world_with_it(own_practice: Running) -> None:
    client = Client(own_practice.url, "harbour")
    text = """{ ordersCount(limit: null) { count }
      orders(first: 1, sortKey: UPDATED_AT, reverse: true) { nodes { updatedAt } } }"""
    before = client.data(text)
    assert client.control("clock", advance_days=60) == {"clock": "2027-01-21T06:00:00Z"}
    after = client.data(text)
    assert after["ordersCount"]["count"] > before["ordersCount"]["count"]
    assert after["orders"]["nodes"][0]["updatedAt"] > "2026-11-22T06:00:00Z"
    assert client.control("clock", to="2027-02-01T00:00:00+01:00") == {"clock": "2027-01-31T23:00:00Z"}


def test_answers_are_dated_by_the_sandboxs_clock(own_practice: Running) -> None:
    client = Client(own_practice.url, "harbour")
    client.control("clock", to="2027-01-05T07:08:09Z")
    for path in ("shopify/harbour/admin/oauth/access_scopes.json", "health", "nowhere"):
        answer = requests.get(f"{client.url}/{path}", headers=client.headers, timeout=10)
        assert answer.raw.headers.getlist("Date") == ["Tue, 05 Jan 2027 07:08:09 GMT"]


@pytest.mark.parametrize(
    "body", [{}, {"to": "tomorrow"}, {"to": "2026-12-01T00:00:00"}, {"to": "2020-01-01T00:00:00Z"}]
)
def test_time_cannot_be_moved_anyhow(practice: Running, body: dict[str, str]) -> None:
    answer = requests.post(f"{practice.url}/control/clock", json=body, timeout=10)
    assert answer.status_code == 422
    assert "advance_days" in answer.json()["error"]


@pytest.mark.parametrize(
    "body", [{"colour": 1}, {"plan": "huge"}, {"scopes": ["write_all"]}, {"shopifyql_rows": "x"}]
)
def test_settings_are_checked(practice: Running, body: dict[str, object]) -> None:
    answer = requests.post(f"{practice.url}/control/stores/harbour", json=body, timeout=10)
    assert answer.status_code == 422


def test_an_installation_is_changed_and_put_back(harbour: Client) -> None:
    assert harbour.install(token="other", plan="plus")["token"] == "other"
    assert harbour.post("{ shop { id } }").status_code == 401
    put_back = requests.delete(f"{harbour.url}/control/stores/harbour", timeout=10).json()
    assert (put_back["token"], put_back["plan"]) == ("sandbox-harbour-token", "advanced")
    assert harbour.post("{ shop { id } }").status_code == 200


@pytest.mark.parametrize("path", ["truth/nowhere/daily", "control/stores/nowhere", "elsewhere"])
def test_what_is_not_there(practice: Running, path: str) -> None:
    assert requests.get(f"{practice.url}/{path}", timeout=10).status_code == 404


def test_orders_can_be_changed_and_deleted_now(own_practice: Running) -> None:
    client = Client(own_practice.url, "kiwi")
    text = "{ orders(first: 2, sortKey: UPDATED_AT, reverse: true) { nodes { id note updatedAt } } }"
    client.data(text)
    oldest = client.data("{ orders(first: 1) { nodes { id } } }")["orders"]["nodes"][0]["id"]
    client.control("clock", advance_seconds=90)
    assert client.control("orders/kiwi", orders=[oldest], note="call back")["changed"] == 1
    latest = client.data(text)["orders"]["nodes"][0]
    assert latest == {"id": oldest, "note": "call back", "updatedAt": "2026-11-22T06:01:30Z"}
    client.control("orders/kiwi", orders=[oldest], delete=True)
    assert client.data("query($id: ID!) { order(id: $id) { id } }", id=oldest) == {"order": None}
    assert client.data(text)["orders"]["nodes"][0]["id"] != oldest
    refused = requests.post(f"{client.url}/control/orders/kiwi", json={"orders": [oldest]}, timeout=10)
    assert refused.status_code == 422


def test_an_index_may_lag_behind_writes(own_practice: Running) -> None:
    client = Client(own_practice.url, "kiwi")
    client.install(index_lag=10)
    oldest = client.data("{ orders(first: 1) { nodes { id } } }")["orders"]["nodes"][0]["id"]
    client.control("orders/kiwi", orders=[oldest], note="x")
    find = "{ orders(first: 1) { nodes { id } } }"
    assert client.data(find)["orders"]["nodes"][0]["id"] != oldest
    assert client.data("query($id: ID!) { order(id: $id) { note } }", id=oldest)["order"]["note"] == "x"
    client.control("clock", advance_seconds=10)
    assert client.data(find)["orders"]["nodes"][0]["id"] == oldest
