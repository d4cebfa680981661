"""The stand-in is never the slow part: pages of a hundred orders per second of its own processor time."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from sandbox.business.world import build_world
from sandbox.state import Sandbox
from sandbox.woocommerce import WooCommerce
from sandbox.woocommerce.arguments import read
from sandbox.woocommerce.routes.base import Call
from sandbox.woocommerce.routes.table import find
from sandbox.woocommerce.site import Site

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
RENDERED, KEPT, IDS = 60, 1000, 1000  # pages per second at the least


@pytest.fixture(scope="module")
def site() -> Site:
    return WooCommerce(Sandbox(build_world(3000, 7, AS_OF))).sites["linden"]


def read_all(site: Site, **sent: str) -> tuple[int, float]:
    """How many pages all orders are, and the processor time they took."""
    route, _ = find("/wc/v3/orders", site.settings)
    pages, began = 0, time.thread_time()
    while True:
        given = {"per_page": "100", "page": str(pages + 1), **sent}
        answer = route.answer(Call(site, given, (), "http://here"), read(route.known(site), given))
        if answer.body == b"[]":
            return pages, time.thread_time() - began
        pages += 1


def test_pages_per_second(site: Site) -> None:
    assert read_all(site)[0] >= 8
    rates = {}
    for name, least, sent in (
        ("rendered", RENDERED, {}),
        ("kept", KEPT, {}),
        ("ids", IDS, {"_fields": "id"}),
    ):
        best = 0.0
        for _ in range(3):
            if name == "rendered":
                site.configure({})
            pages, took = read_all(site, **sent)
            best = max(best, pages / took)
        rates[name] = best
        assert best > least, f"{name}: {best:,.0f} pages/s"


def test_a_moving_window_does_not_look_at_every_order(site: Site) -> None:
    """By modification the bounds are found by halving: the last hour costs no more than it holds."""
    read_all(site, orderby="modified", order="asc")
    began = time.thread_time()
    for second in range(60):
        after = f"2026-11-21T06:00:{second:02}"
        read_all(site, orderby="modified", order="asc", modified_after=after)
    assert time.thread_time() - began < 0.5
