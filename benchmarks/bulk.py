"""Bulk answers: how fast the practice shop writes them, and how fast the loader reads and joins them.

Timed apart from the landing: this part belongs to the vendor's network as much as to us.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import requests

from benchmarks.databases import database
from benchmarks.harness import Ratio, console, in_turn, stopwatch
from loaders.common import load
from loaders.shopify import queries
from loaders.shopify.selections import LEDGER, ORDER
from orchestration.cli import practice_shop
from warehouse import get_settings

URL = "http://127.0.0.1:8767"
STORE = "harbour"
ENOUGH = 20_000  # JSONL lines a second that the practice shop promises


def run(*, orders: int, repeat: int) -> list[Ratio]:
    """Lines a second of the practice shop, and a whole back-fill against them."""
    folder = get_settings().data_dir / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    console.print(f"practice shop of {orders:,} orders")
    shop = practice_shop.start(["--orders", str(orders)], url=URL, log=folder / "practice-shop.log")
    accounts = folder / "accounts.toml"
    accounts.write_text(practice_shop.ACCOUNTS_FILE.read_text().replace(practice_shop.DEFAULT_URL, URL))
    lines: list[int] = []
    try:
        seconds = in_turn(repeat, back_fill=lambda: _back_fill(accounts), download=lambda: _download(lines))
    finally:
        if shop.process:
            shop.process.terminate()
            shop.process.wait(30)
    count = lines[0]
    return [
        Ratio(
            f"practice shop: {count:,} JSONL lines",
            seconds["download"],
            [count / ENOUGH],
            f"{ENOUGH:,} lines/s",
            at_most=1.0,
        ),
        Ratio(
            "back-fill of orders: read, join, land / the bare download",
            seconds["back_fill"],
            seconds["download"],
            "both bulk answers, read and thrown away",
            notes=[f"{shop.health['stores'][STORE]:,} orders of one shop"],
        ),
    ]


def _back_fill(accounts: Path) -> float:
    with database("bench_bulk"):
        os.environ |= practice_shop.environment(URL, accounts)
        get_settings.cache_clear()
        with stopwatch() as seconds:
            load("shopify", STORE, resources=["orders"], full=True)
        return seconds()


def _download(counts: list[int]) -> float:
    with stopwatch() as seconds:
        counts.append(sum(_lines(queries.bulk(thing)) for thing in (ORDER, LEDGER)))
    return seconds()


def _lines(query: str) -> int:
    started = _ask(
        "mutation Run($query: String!) { bulkOperationRunQuery(query: $query, groupObjects: false) "
        "{ bulkOperation { id } userErrors { message } } }",
        query=query,
    )
    identity = started["bulkOperationRunQuery"]["bulkOperation"]["id"]
    while True:
        found = _ask("query Poll($id: ID!) { bulkOperation(id: $id) { status url } }", id=identity)[
            "bulkOperation"
        ]
        if found["status"] == "COMPLETED":
            break
        time.sleep(0.05)
    with requests.get(found["url"], stream=True, timeout=600) as answer:
        return sum(chunk.count(b"\n") for chunk in answer.iter_content(1 << 20))


def _ask(query: str, /, **variables: str) -> Any:
    answer = requests.post(
        f"{URL}/shopify/{STORE}/admin/api/2026-10/graphql.json",
        json={"query": query, "variables": variables},
        headers={"X-Shopify-Access-Token": f"sandbox-{STORE}-token"},
        timeout=600,
    )
    return answer.json()["data"]
