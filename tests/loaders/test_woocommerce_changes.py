"""What happens in a web shop between two loads, marked or not."""

from __future__ import annotations

import signal

import pytest

from loaders.common import LoadFailed
from tests.loaders.linden import Linden


def test_loading_twice_lands_nothing(linden: Linden) -> None:
    first = linden.load()
    assert first.rows > len(linden.orders)
    assert linden.load().rows == 0
    assert linden.load(full=True).rows == 0


def test_thirty_days_in_daily_runs_are_what_one_full_read_shows(linden: Linden) -> None:
    linden.load()
    for _ in range(6):
        linden.advance(days=5)
        linden.load()
    full = linden.load(full=True).resources
    # Prices of variations and uses of coupons leave no mark: the log has them as of some day of the week.
    changed = {name for name, one in full.items() if one.rows}
    assert changed <= {"products", "coupons"}
    assert linden.documents("orders").keys() == linden.shown().keys()


@pytest.mark.parametrize("version", ["10.3.5", "7.0.0"])
def test_a_refund_that_leaves_no_mark_is_found(linden: Linden, version: str) -> None:
    """By the shop's list of refunds, or on older shops by looking at the orders of the last days again."""
    linden.configure(wc_version=version, bump_modified_on_refund=False)
    linden.load("orders")
    (order,) = linden.happens(new=1)
    linden.advance(days=1)
    linden.load("orders")
    linden.advance(days=1)
    linden.happens(orders=[order], refund="1.25")
    linden.advance(hours=1)
    assert linden.load("orders").resources["orders"].rows >= 1
    assert linden.refunds()[str(order)] == ["1.25"]
    linden.advance(hours=1)
    assert linden.load("orders").resources["orders"].rows == 0


def test_the_weekly_look_finds_refunds_of_old_orders_in_old_shops(linden: Linden) -> None:
    linden.configure(wc_version="7.0.0", bump_modified_on_refund=False)
    linden.load("orders")
    order = min(one for one, found in linden.orders.items() if found.status == "completed")
    linden.happens(orders=[order], refund="1.25")
    linden.load("orders")
    before = linden.refunds()[str(order)]
    linden.advance(days=8)
    linden.load("orders")
    assert linden.refunds()[str(order)] == [*before, "1.25"]


def test_trash_and_back_and_gone(linden: Linden) -> None:
    linden.load("orders")
    order, other = linden.happens(orders=2, trash=True)
    linden.advance(hours=1)
    linden.load("orders")
    assert {linden.documents("orders")[str(one)]["status"] for one in (order, other)} == {"trash"}
    linden.happens(orders=[order], restore=True)
    linden.happens(orders=[other], delete=True)
    linden.advance(hours=1)
    report = linden.load("orders")
    assert linden.documents("orders")[str(order)]["status"] != "trash"
    assert report.resources["orders"].tombstones == 1
    assert str(other) not in linden.documents("orders")
    assert linden.load("orders").rows == 0


def test_a_deletion_and_a_new_order_at_once_are_no_balance_for_long(linden: Linden) -> None:
    linden.load("orders")
    (gone,) = linden.happens(orders=1, delete=True)
    linden.happens(new=1)
    linden.advance(hours=1)
    linden.load("orders")
    assert str(gone) not in linden.documents("orders")
    assert linden.documents("orders").keys() == linden.shown().keys()


def test_what_cannot_be_seen_is_buried_and_comes_back(linden: Linden) -> None:
    """A list is never believed alone: what it lacks is asked for by its id before it is buried."""
    linden.load("orders")
    hidden = sorted(linden.orders)[:3]
    linden.configure(hidden_orders=hidden)
    assert linden.load("orders", full=True).resources["orders"].tombstones == 3
    linden.configure(hidden_orders=[])
    assert linden.load("orders", full=True).resources["orders"].rows == 3
    assert linden.documents("orders").keys() == linden.shown().keys()


def test_a_price_that_changes_without_a_mark_is_there_within_a_week(linden: Linden) -> None:
    linden.load("products")
    linden.fault("changed_type", field="regular_price", route="products", times=None)
    linden.load("products")
    before = linden.rows("products")
    linden.advance(days=8)
    linden.load("products")
    assert linden.rows("products") >= 2 * len(linden.documents("products")) > before


def test_a_window_of_the_callers_leaves_the_cursor_alone(linden: Linden) -> None:
    some = linden.load("orders", since="2026-10-01", until="2026-10-31").resources["orders"].rows
    assert 0 < some < len(linden.orders)
    assert linden.load("orders").resources["orders"].rows == len(linden.orders) - some


KILLED = """
import os, signal
import loaders.woocommerce.orders as orders
from loaders.common import load

def die(self, found, count=[]):
    count.append(1)
    if len(count) == 20:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(self, found)

whole, orders.Orders._whole = orders.Orders._whole, die
load("woocommerce", "linden")
"""
KILLED_LATER = """
import os, signal
from dlt.destinations._adbc_jobs import AdbcParquetCopyJob
from loaders.common import load

def die(self):
    copy(self)
    os.kill(os.getpid(), signal.SIGKILL)

copy, AdbcParquetCopyJob.run = AdbcParquetCopyJob.run, die
load("woocommerce", "linden")
"""


@pytest.mark.parametrize("killed", [KILLED, KILLED_LATER], ids=["while it reads", "while it loads"])
def test_a_killed_run_is_repaired_by_the_next(linden: Linden, killed: str) -> None:
    process = linden.python("-c", killed)
    output, errors = process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL, output + errors
    linden.load()
    assert len(linden.documents("orders")) == linden.rows("orders") == len(linden.orders)
    assert linden.load().rows == 0


def test_a_resource_that_fails_in_the_middle_is_read_again(linden: Linden) -> None:
    linden.fault("php_fatal", times=None, route="orders/refunds", skip=1)
    with pytest.raises(LoadFailed, match="critical error"):
        linden.load("orders")
    linden.here.sandbox.faults.clear()
    linden.load("orders")
    assert len(linden.documents("orders")) == linden.rows("orders") == len(linden.orders)
    assert linden.load("orders").rows == 0
