"""Requests side by side, and what changes while somebody reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import pytest

from sandbox.business.webshop.events import Noted
from sandbox.woocommerce.errors import WpError
from sandbox.woocommerce.oauth import WINDOW, Nonces
from tests.sandbox.woo import Woo

ORDERS = "/wc/v3/orders"


@pytest.fixture
def restless_threads() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("restless_threads")
def test_nonces_of_many_at_once_are_all_remembered() -> None:
    now = time.time()
    nonces = Nonces(lambda: now)

    def sign(number: int) -> None:
        nonces.check(str(int(now) - number), f"nonce {number}")

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(sign, range(WINDOW)))
    for number in range(WINDOW):
        with pytest.raises(WpError, match="already been used"):
            sign(number)


def test_settings_wait_until_nobody_reads(linden: Woo) -> None:
    """A document written by the old settings would be kept under the new ones."""
    changing = Thread(target=linden.install, kwargs={"decimals": 3})
    (before,) = linden.orders(per_page=1)
    with linden.here.sandbox.gate.reading():
        changing.start()
        changing.join(0.3)
        assert changing.is_alive()
    changing.join(10)
    (after,) = linden.orders(per_page=1)
    assert after["total"] == f"{before['total']}0"


def test_what_happened_before_an_error_shows(own_linden: Woo) -> None:
    (order,) = own_linden.ids(per_page=1)[:1]
    sandbox = own_linden.here.sandbox
    event = Noted(sandbox.now(), "seen")
    with pytest.raises(KeyError, match="no order 1 "):
        sandbox.intervene("linden", {order: event, 1: event})
    assert own_linden.ask(f"{ORDERS}/{order}")["customer_note"] == "seen"
    assert [one["id"] for one in own_linden.orders(orderby="modified", per_page=1)] == [order]


def test_the_last_of_the_money_makes_an_order_refunded(own_linden: Woo) -> None:
    (order,) = own_linden.happen(new=1)
    total = own_linden.ask(f"{ORDERS}/{order}")["total"]
    own_linden.happen(orders=[order], refund="1.00")
    assert own_linden.ask(f"{ORDERS}/{order}")["status"] == "processing"
    own_linden.happen(orders=[order], refund=f"{float(total) - 1:.2f}")
    assert own_linden.ask(f"{ORDERS}/{order}")["status"] == "refunded"
