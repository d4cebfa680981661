"""Pages over a slow network: several at a time, up to the account's limit, against one after the other."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import requests

from benchmarks import practice
from benchmarks.databases import database
from benchmarks.harness import Ratio, in_turn, stopwatch
from loaders.common import load
from warehouse import get_settings

PLATFORM, STORE = "woocommerce", "linden"
LATENCY = 0.2  # seconds that every answer waits
AT_ONCE = 4


def run(*, orders: int, repeat: int) -> list[Ratio]:
    """How many times faster a back-fill of orders is with several requests under way."""
    with practice.running(orders) as shop:
        fault = {"kind": "latency", "platform": PLATFORM, "seconds": LATENCY, "times": None}
        requests.post(f"{practice.URL}/control/faults", json=fault, timeout=10).raise_for_status()
        rows: set[int] = set()
        seconds = in_turn(
            repeat,
            at_once=lambda: _back_fill(AT_ONCE, rows),
            one_by_one=lambda: _back_fill(1, rows),
        )
    if len(rows) != 1:
        raise RuntimeError(f"the ways landed different numbers of orders: {rows}")
    return [
        Ratio(
            f"{PLATFORM}: {AT_ONCE} requests at a time, times faster than one by one",
            seconds["at_once"],
            seconds["one_by_one"],
            f"concurrency = 1, {LATENCY * 1000:.0f} ms an answer",
            at_least=2.5,
            notes=[f"{shop.health['stores'][STORE]:,} orders with their refunds, read and landed"],
        )
    ]


def _back_fill(concurrency: int, rows: set[int]) -> float:
    before = os.environ["ACCOUNTS_FILE"]
    os.environ["ACCOUNTS_FILE"] = str(_accounts(Path(before), concurrency))
    get_settings.cache_clear()
    try:
        with database("bench_http"), stopwatch() as seconds:
            report = load(PLATFORM, STORE, resources=["orders"])
            rows.add(report.resources["orders"].rows)
            return seconds()
    finally:
        os.environ["ACCOUNTS_FILE"] = before
        get_settings.cache_clear()


def _accounts(path: Path, concurrency: int) -> Path:
    url = tomllib.loads(path.read_text())[PLATFORM][STORE]["url"]
    own = path.with_name(f"accounts-{concurrency}.toml")
    own.write_text(f'[{PLATFORM}.{STORE}]\nurl = "{url}"\nconcurrency = {concurrency}\n')
    return own
