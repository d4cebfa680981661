"""Requests side by side: at least 2.5 times as fast as one by one where the shop is far away."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from loaders.common.windows import Window
from loaders.woocommerce import settings
from loaders.woocommerce.lists import ById
from loaders.woocommerce.order_loading import LISTS
from loaders.woocommerce.orders import Orders
from loaders.woocommerce.source import CUSTOMERS
from loaders.woocommerce.walking import Walk
from tests.loaders.linden import Linden, linden


def reading(shop: Linden, at_once: int) -> tuple[float, int]:
    """Seconds for reading orders with their refunds, and customers; how many there were."""
    shop.account(concurrency=at_once)
    client = shop.client()
    try:
        site = client.probe()
        started = time.monotonic()
        orders, some = Orders(client, refunded=()), Window(since=site.at.replace(month=1))
        read = sum(1 for one in LISTS for _ in orders.whole(Walk(client, site, one).rows(some)))
        read += sum(1 for _ in ById(client).rows(CUSTOMERS))
        return time.monotonic() - started, read
    finally:
        client.close()


def test_four_at_once_are_at_least_two_and_a_half_times_as_fast(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(settings, "PER_PAGE", 10)
    with linden(monkeypatch, tmp_path, orders=700) as shop:
        shop.configure(latency_ms=200)
        (four, rows), (one, rows_one_by_one) = reading(shop, 4), reading(shop, 1)
    assert rows == rows_one_by_one > 200
    assert one / four > 2.5, f"{one:.1f} s one by one, {four:.1f} s side by side"
