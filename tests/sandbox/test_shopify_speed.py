"""The stand-in is never the slow part: JSONL lines per second of its own processor time."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from sandbox.business.world import build_world
from sandbox.shopify import Shopify
from sandbox.shopify.bulk.lines import Writer
from sandbox.shopify.bulk.plan import Planner
from sandbox.shopify.bulk.rules import check
from sandbox.shopify.shop import Runtime, Shop
from sandbox.state import Sandbox
from tests.sandbox.queries import AGREEMENT, DISCOUNT, HEAD, LINE, REFUND, SALE, SHIPPING, edged
from tests.sandbox.test_shopify_bulk import WRAP

WHOLE = WRAP.format(
    f"{HEAD} refunds {{ {REFUND} }} {edged('lineItems', LINE)} {edged('shippingLines', SHIPPING)} "
    f"{edged('discountApplications', DISCOUNT)}"
)
LEDGER = WRAP.format(edged("agreements", f"{AGREEMENT} {edged('sales', SALE)}"))
ENOUGH = 20_000


@pytest.fixture(scope="module")
def shop() -> Shop:
    world = build_world(2000, 7, datetime(2026, 11, 22, 6, tzinfo=UTC))
    return Shopify(Sandbox(world)).shops["harbour"]


def lines_per_second(shop: Shop, query: str) -> float:
    selection = check(query)
    runtime = Runtime(shop, shop.scopes)
    runtime.expect(selection, {})
    writer = Writer(runtime, grouped=False)
    began = time.thread_time()
    for level in Planner().plan(selection):
        nodes = map(shop.node_maker(level.name), shop.bulk_rows(level, runtime))
        for _ in writer.blocks(level, nodes):
            pass
    return writer.objects / (time.thread_time() - began)


@pytest.mark.parametrize("query", [WHOLE, LEDGER], ids=["whole orders", "ledger"])
def test_bulk_lines_per_second(shop: Shop, query: str) -> None:
    best = max(lines_per_second(shop, query) for _ in range(3))
    assert best > ENOUGH, f"{best:,.0f} lines/s"
