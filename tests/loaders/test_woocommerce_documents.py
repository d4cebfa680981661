"""What lands of a web shop: whole documents, its settings, its own figures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from loaders.common import AccountSwitched
from loaders.common.errors import AccountMisconfigured
from loaders.woocommerce import settings
from tests.conftest import new_database
from tests.loaders.linden import Linden
from tests.loaders.linden import linden as practice_web_shop
from warehouse import Settings


@pytest.fixture(scope="module")
def loaded(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Linden]:
    """The practice web shop, loaded once for all tests that only look."""
    with pytest.MonkeyPatch.context() as patched:
        for _ in new_database(patched):
            with practice_web_shop(patched, tmp_path_factory.mktemp("linden")) as found:
                found.load()
                yield found


def test_a_document_is_the_order_as_sent_with_its_refunds(loaded: Linden) -> None:
    shown, documents = loaded.shown(), loaded.documents("orders")
    assert documents.keys() == shown.keys() == {str(one) for one in loaded.orders}
    refunded = 0
    for key, order in shown.items():
        refunds = documents[key].pop("refund_documents")
        assert documents[key] == order
        assert [one["id"] for one in refunds] == sorted(one["id"] for one in order["refunds"])
        refunded += bool(refunds)
    assert refunded > 3
    (text,) = loaded.sql("select document from raw_woocommerce.orders limit 1")[0]
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def test_products_come_with_their_variations(loaded: Linden) -> None:
    documents = loaded.documents("products")
    variable = [one for one in documents.values() if one["type"] == "variable"]
    assert variable
    for one in variable:
        assert sorted(one["variations"]) == [found["id"] for found in one["variation_documents"]]
        assert all(found["attributes"] for found in one["variation_documents"])
    assert not any("related_ids" in one for one in documents.values())
    assert all(one["variation_documents"] == [] for one in documents.values() if one["type"] == "simple")


def test_the_settings_say_what_the_models_need(loaded: Linden) -> None:
    ((identity, one),) = loaded.documents("settings").items()
    assert identity == one["home"] == "https://linden.example"
    assert (one["timezone_string"], one["version"]) == ("Europe/Berlin", "10.3.5")
    assert one["settings"]["woocommerce_currency"] == "EUR"
    assert one["settings"]["woocommerce_prices_include_tax"] == "yes"
    assert "pending" in one["settings"]["woocommerce_excluded_report_order_statuses"]


def test_a_time_zone_that_is_an_offset_is_kept_as_sent(linden: Linden) -> None:
    # 06:00 UTC is 23:00 of the day before there.
    linden.configure(timezone_string="", gmt_offset=-7)
    linden.load("revenue_reports")
    assert max(linden.documents("revenue_reports")) == "2026-11-21"
    linden.configure(timezone_string="", gmt_offset=5.5)
    linden.load("settings", "orders", "revenue_reports")
    (one,) = linden.documents("settings").values()
    assert (one["timezone_string"], float(one["gmt_offset"])) == ("", 5.5)
    assert len(linden.documents("orders")) == len(linden.orders)
    # 06:00 UTC is 11:30 there: the same day.
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


def test_the_rows_behind_a_day_are_read_on_demand(loaded: Linden) -> None:
    assert loaded.rows("order_reports") == 0
    days = {"since": "2026-11-09", "until": "2026-11-10"}
    assert loaded.load("order_reports", **days).resources["order_reports"].rows == 2
    reports = loaded.documents("order_reports")
    for day, report in reports.items():
        orders = [one for one in report["rows"] if not one["parent_id"]]
        figures = loaded.documents("revenue_reports")[day]["interval"]["subtotals"]
        assert len(orders) == figures["orders_count"]
        assert round(sum(one["net_total"] for one in report["rows"]), 2) == round(figures["net_revenue"], 2)
    with pytest.raises(AccountMisconfigured, match="given days"):
        loaded.load("order_reports")


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


def test_times_are_the_sites_own(loaded: Linden) -> None:
    newest = loaded.sql("select max(observed_at), max(updated_at) from raw_woocommerce.orders")[0]
    assert newest[0] == datetime(2026, 11, 22, 6, tzinfo=UTC)
    assert newest[1] <= newest[0]
