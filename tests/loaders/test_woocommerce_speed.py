"""Requests side by side: at least 2.5 times as fast as one by one where the shop is far away."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.loaders.linden import Linden, linden


def seconds(shop: Linden, at_once: int) -> float:
    shop.account(concurrency=at_once)
    started = time.monotonic()
    shop.load("orders", full=True)
    return time.monotonic() - started


@pytest.mark.usefixtures("database")
def test_four_at_once_are_at_least_two_and_a_half_times_as_fast(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with linden(monkeypatch, tmp_path, orders=500) as shop:
        shop.load("orders")
        shop.configure(latency_ms=200)
        four, one = seconds(shop, 4), seconds(shop, 1)
    assert one / four > 2.5, f"{one:.1f} s one by one, {four:.1f} s side by side"
