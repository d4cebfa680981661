"""Bulk answers: how fast the practice shop writes them, and how fast the loader reads and joins them.

Timed apart from the landing: this part belongs to the vendor's network as much as to us.
"""

from __future__ import annotations

import time
from typing import Any

import requests

from benchmarks import practice
from benchmarks.databases import database
from benchmarks.harness import Ratio, in_turn, stopwatch
from loaders.common import load
from loaders.shopify import queries
from loaders.shopify.selections import LEDGER, ORDER

STORE = "harbour"
ENOUGH = 20_000  # JSONL lines a second that the practice shop promises


def run(*, orders: int, repeat: int) -> list[Ratio]:
    """Lines a second of the practice shop, and a whole back-fill against them."""
    lines: list[int] = []
    with practice.running(orders) as shop:
        seconds = in_turn(repeat, back_fill=_back_fill, download=lambda: _download(lines))
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


def _back_fill() -> float:
    with database("bench_bulk"), stopwatch() as seconds:
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
        f"{practice.URL}/shopify/{STORE}/admin/api/2026-10/graphql.json",
        json={"query": query, "variables": variables},
        headers={"X-Shopify-Access-Token": f"sandbox-{STORE}-token"},
        timeout=600,
    )
    return answer.json()["data"]
