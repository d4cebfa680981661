"""What happens in a web shop between two loads, marked or not."""

from __future__ import annotations

import json
import signal
from datetime import UTC, datetime
from typing import Any

import pytest

from loaders.common import AccountSwitched, LoadFailed
from loaders.common.errors import AccountMisconfigured
from loaders.woocommerce import settings
from tests.loaders.linden import Linden


def kept(linden: Linden) -> dict[str, Any]:
    """What the shop shows of each order now, without what it hides from us."""
    client = linden.client()
    found: dict[str, Any] = {}
    for status in ("any", "trash"):
        for page in range(1, 100):
            asked = {"status": status, "page": page, "per_page": 100}
            rows = client.rows("wc/v3/orders", asked).body
            found |= {str(one["id"]): one for one in rows}
            if len(rows) < 100:
                break
    return found


def test_a_document_is_the_order_as_sent_with_its_refunds(linden: Linden) -> None:
    linden.load("orders")
    shown, documents = kept(linden), linden.documents("orders")
    assert documents.keys() == shown.keys() == {str(one) for one in linden.orders}
    refunded = 0
    for key, order in shown.items():
        refunds = documents[key].pop("refund_documents")
        assert documents[key] == order
        assert [one["id"] for one in refunds] == sorted(one["id"] for one in order["refunds"])
        refunded += bool(refunds)
    assert refunded > 3
    (text,) = linden.sql("select document from raw_woocommerce.orders limit 1")[0]
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_loading_twice_lands_nothing(linden: Linden) -> None:
    first = linden.load()
    assert first.rows > len(linden.orders)
    assert linden.load().rows == 0
    assert linden.load(full=True).rows == 0


def test_thirty_days_in_daily_runs_are_what_one_full_read_shows(linden: Linden) -> None:
    linden.load()
    for _ in range(10):
        linden.advance(days=3)
        linden.load()
    full = linden.load(full=True).resources
    # Prices of variations and uses of coupons leave no mark: the log has them as of some day of the week.
    changed = {name for name, one in full.items() if one.rows}
    assert changed <= {"products", "coupons"}
    assert linden.documents("orders").keys() == kept(linden).keys()


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
    assert linden.documents("orders").keys() == kept(linden).keys()


def test_what_cannot_be_seen_is_buried_and_comes_back(linden: Linden) -> None:
    """A list is never believed alone: what it lacks is asked for by its id before it is buried."""
    linden.load("orders")
    hidden = sorted(linden.orders)[:3]
    linden.configure(hidden_orders=hidden)
    assert linden.load("orders", full=True).resources["orders"].tombstones == 3
    linden.configure(hidden_orders=[])
    assert linden.load("orders", full=True).resources["orders"].rows == 3
    assert linden.documents("orders").keys() == kept(linden).keys()


def test_products_come_with_their_variations(linden: Linden) -> None:
    linden.load("products")
    documents = linden.documents("products")
    variable = [one for one in documents.values() if one["type"] == "variable"]
    assert variable
    for one in variable:
        assert sorted(one["variations"]) == [found["id"] for found in one["variation_documents"]]
        assert all(found["attributes"] for found in one["variation_documents"])
    assert not any("related_ids" in one for one in documents.values())
    assert all(one["variation_documents"] == [] for one in documents.values() if one["type"] == "simple")


def test_a_price_that_changes_without_a_mark_is_there_within_a_week(linden: Linden) -> None:
    linden.load("products")
    linden.fault("changed_type", field="regular_price", route="products", times=None)
    linden.load("products")
    before = linden.rows("products")
    linden.advance(days=8)
    linden.load("products")
    assert linden.rows("products") >= 2 * len(linden.documents("products")) > before


def test_the_settings_say_what_the_models_need(linden: Linden) -> None:
    linden.load("settings")
    ((identity, one),) = linden.documents("settings").items()
    assert identity == one["home"] == "https://linden.example"
    assert (one["timezone_string"], one["version"]) == ("Europe/Berlin", "10.3.5")
    assert one["settings"]["woocommerce_currency"] == "EUR"
    assert one["settings"]["woocommerce_prices_include_tax"] == "yes"
    assert "pending" in one["settings"]["woocommerce_excluded_report_order_statuses"]


def test_a_time_zone_that_is_an_offset_is_kept_as_sent(linden: Linden) -> None:
    linden.configure(timezone_string="", gmt_offset=5.5)
    linden.load("settings", "orders", "revenue_reports")
    (one,) = linden.documents("settings").values()
    assert (one["timezone_string"], float(one["gmt_offset"])) == ("", 5.5)
    assert len(linden.documents("orders")) == len(linden.orders)
    # 06:00 UTC is 11:30 there: the same day.
    assert max(linden.documents("revenue_reports")) == "2026-11-22"
    linden.configure(gmt_offset=-7)
    assert max(linden.documents("revenue_reports")) == "2026-11-22"


def test_revenue_is_read_again_for_as_long_as_it_may_move(linden: Linden) -> None:
    first = linden.load("revenue_reports").resources["revenue_reports"].rows
    assert first > 300
    day = linden.documents("revenue_reports")["2026-11-10"]
    assert day["day"] == day["interval"]["interval"] == "2026-11-10"
    assert "net_revenue" in day["interval"]["subtotals"]
    linden.advance(days=1)
    again = linden.load("revenue_reports").resources["revenue_reports"]
    assert again.rows + again.unchanged == settings.REPORT_LOOK_BACK_DAYS + 2


def test_the_rows_behind_a_day_are_read_on_demand(linden: Linden) -> None:
    assert "order_reports" not in linden.load("settings").resources
    days = {"since": "2026-11-09", "until": "2026-11-10"}
    assert linden.load("order_reports", **days).resources["order_reports"].rows == 2
    reports = linden.documents("order_reports")
    linden.load("revenue_reports")
    for day, report in reports.items():
        orders = [one for one in report["rows"] if not one["parent_id"]]
        figures = linden.documents("revenue_reports")[day]["interval"]["subtotals"]
        assert len(orders) == figures["orders_count"]
        assert round(sum(one["net_total"] for one in report["rows"]), 2) == round(figures["net_revenue"], 2)
    with pytest.raises(AccountMisconfigured, match="given days"):
        linden.load("order_reports")


def test_a_window_of_the_callers_leaves_the_cursor_alone(linden: Linden) -> None:
    some = linden.load("orders", since="2026-10-01", until="2026-10-31").resources["orders"].rows
    assert 0 < some < len(linden.orders)
    assert linden.load("orders").resources["orders"].rows == len(linden.orders) - some


def test_a_name_that_points_at_another_site_is_refused(linden: Linden) -> None:
    linden.load("settings")
    linden.sql("update raw_woocommerce.settings set id = 'https://other.example'")
    with pytest.raises(AccountSwitched, match="now belongs to https://linden"):
        linden.load("orders")
    assert linden.rows("orders") == 0


def test_a_site_that_moves_to_https_or_www_is_the_same(linden: Linden) -> None:
    linden.load("settings")
    linden.sql("update raw_woocommerce.settings set id = 'http://www.linden.example'")
    linden.sql("delete from raw_woocommerce._dlt_pipeline_state")
    linden.load("settings", "taxes")
    assert set(linden.documents("settings")) == {"http://www.linden.example"}


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


def test_times_are_the_sites_own(linden: Linden) -> None:
    linden.load("orders")
    newest = linden.sql("select max(observed_at), max(updated_at) from raw_woocommerce.orders")[0]
    assert newest[0] == datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert newest[1] <= newest[0]
