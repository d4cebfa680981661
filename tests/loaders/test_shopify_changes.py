"""Cursors, windows, deletions, reports: what the next run asks for, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from loaders.common import Document, LoadReport
from loaders.shopify import settings
from loaders.shopify.bulk import Bulk
from loaders.shopify.client import Client
from loaders.shopify.deletions import Deletions
from loaders.shopify.reading import ChangedMeanwhile, Reader
from sandbox.shopify.shop import ROWS
from tests.loaders.conftest import Practice


@pytest.fixture
def bulk_runs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bulk queries that are run."""
    seen: list[str] = []
    run = Bulk.run

    def counted(self: Bulk, *texts: str) -> Any:
        seen.extend(texts)
        return run(self, *texts)

    monkeypatch.setattr(Bulk, "run", counted)
    return seen


def figures(report: LoadReport, resource: str = "orders") -> tuple[int, int, int]:
    one = report.resources[resource]
    return one.rows, one.unchanged, one.tombstones


def living(practice: Practice) -> set[str]:
    return {f"gid://shopify/Order/{number}" for number in practice.here.sandbox.world.stores["kiwi"].orders}


def test_the_first_load_is_bulk_and_the_next_asks_for_changes_by_pages(
    practice: Practice, bulk_runs: list[str]
) -> None:
    first = practice.load(resources=["orders"])
    assert len(bulk_runs) >= 2
    assert figures(first)[0] == len(living(practice))
    bulk_runs.clear()
    again = practice.load(resources=["orders"])
    assert bulk_runs == []
    assert figures(again)[0] == 0
    assert figures(again)[1] < 5
    practice.advance(days=4)
    changed = practice.load(resources=["orders"])
    assert figures(changed)[0] > 0
    assert set(practice.documents("orders")) == living(practice)


def test_a_large_window_is_read_in_bulk(
    practice: Practice, bulk_runs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.load(resources=["orders"])
    practice.advance(days=4)
    bulk_runs.clear()
    monkeypatch.setattr(settings, "BULK_ABOVE", 0)
    assert figures(practice.load(resources=["orders"]))[0] > 0
    assert any("updated_at:>='" in text for text in bulk_runs)
    assert set(practice.documents("orders")) == living(practice)


def test_after_any_number_of_loads_the_log_says_what_the_vendor_says(practice: Practice) -> None:
    for _ in range(4):
        practice.load(resources=["orders", "products"])
        practice.advance(days=9)
    practice.load(resources=["orders", "products"])
    stamps = {one: document["updatedAt"] for one, document in practice.documents("orders").items()}
    assert stamps.keys() == living(practice)
    # A product that is deleted vanishes from old lines without touching their orders: only `full` sees that.
    practice.load(resources=["orders", "products"], full=True)
    told = practice.documents("orders")
    assert {one: document["updatedAt"] for one, document in told.items()} == stamps
    products = practice.documents("products")
    practice.sql("drop schema raw_shopify cascade")
    practice.load(resources=["orders", "products"])
    assert practice.documents("orders") == told
    assert practice.documents("products") == products


def test_an_explicit_window_reads_what_it_says_and_leaves_the_cursor_alone(practice: Practice) -> None:
    report = practice.load(resources=["orders"], since="2026-06-01", until="2026-10-31")
    some = practice.documents("orders")
    assert figures(report)[0] == len(some) > 0
    assert all("2026-06-01" <= one["updatedAt"][:10] <= "2026-10-31" for one in some.values())
    assert figures(practice.load(resources=["orders"]))[0] == len(living(practice)) - len(some)


def test_a_full_load_reads_everything_again_and_lands_nothing(practice: Practice) -> None:
    practice.load(resources=["orders"])
    rows, unchanged, gone = figures(practice.load(resources=["orders"], full=True))
    assert (rows, unchanged, gone) == (0, len(living(practice)), 0)


def delete_order(practice: Practice) -> str:
    number = next(iter(practice.here.sandbox.world.stores["kiwi"].orders))
    with practice.here.sandbox.gate.moving():
        del practice.here.sandbox.world.stores["kiwi"].orders[number]
    practice.advance(seconds=1)
    return f"gid://shopify/Order/{number}"


def test_a_deleted_order_is_found_by_the_count_and_buried_once(practice: Practice) -> None:
    practice.load(resources=["orders"])
    gone = delete_order(practice)
    assert figures(practice.load(resources=["orders"]))[2] == 1
    assert practice.sql(
        "select is_deleted, document, document_hash, updated_at is not null from raw_shopify.orders "
        "where id = %s order by observed_at, _dlt_load_id offset 1",
        gone,
    ) == [(True, None, "deleted", True)]
    assert set(practice.documents("orders")) == living(practice)
    assert figures(practice.load(resources=["orders"], full=True))[2] == 0


def test_no_sweep_while_the_counts_agree(practice: Practice, bulk_runs: list[str]) -> None:
    practice.load(resources=["orders", "customers"])
    bulk_runs.clear()
    practice.load(resources=["orders", "customers"])
    assert bulk_runs == []


def test_an_incomplete_sweep_buries_nothing(practice: Practice) -> None:
    practice.load(resources=["orders"])
    delete_order(practice)
    practice.fault("failed_bulk", times=None)
    with pytest.raises(Exception, match="partial data was not used"):
        practice.load(resources=["orders"])
    assert practice.sql("select count(*) from raw_shopify.orders where is_deleted") == [(0,)]
    practice.here.sandbox.faults.clear()
    assert figures(practice.load(resources=["orders"]))[2] == 1


def test_what_a_sweep_misses_is_asked_for_before_it_is_buried(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.load(resources=["orders"])
    monkeypatch.setattr("loaders.shopify.deletions.rows", lambda *_: iter([]))
    asked: list[int] = []
    nodes = Client.nodes

    def counted(self: Client, text: str, ids: list[str], *, size: int) -> Any:
        asked.append(len(ids))
        return nodes(self, text, ids, size=size)

    monkeypatch.setattr(Client, "nodes", counted)
    assert figures(practice.load(resources=["orders"], full=True))[2] == 0
    assert len(living(practice)) in asked


def test_destroyed_products_are_found_by_their_events(practice: Practice) -> None:
    practice.load("harbour", resources=["products"])
    before = set(practice.documents("products", "harbour"))
    for _ in range(12):
        practice.advance(days=30)
        there = {
            f"gid://shopify/Product/{number}"
            for number in practice.here.sandbox.world.stores["harbour"].products
        }
        if before - there:
            break
    else:
        pytest.fail("the practice business destroyed no product in a year")
    gone = figures(practice.load("harbour", resources=["products"]), "products")[2]
    assert gone == len(before - there) > 0
    assert set(practice.documents("products", "harbour")) == there
    assert figures(practice.load("harbour", resources=["products"]), "products")[0] == 0


def test_a_product_destroyed_while_it_is_read_is_buried_by_the_next_run(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = practice.here.sandbox.world.stores["harbour"]
    by_events = Deletions.by_events
    before: set[int] = set()

    def after_a_year(self: Deletions, since: datetime | None) -> Iterator[Document]:
        # Read alive, destroyed before the events are asked for, and other events long after.
        before.update(shop.products)
        for _ in range(12):
            practice.advance(days=30)
        yield from by_events(self, since)

    with monkeypatch.context() as patch:
        patch.setattr(Deletions, "by_events", after_a_year)
        practice.load("harbour", resources=["products"])
    gone = before - set(shop.products)
    assert gone, "the practice business destroyed no product in a year"
    practice.load("harbour", resources=["products"])
    there = {f"gid://shopify/Product/{number}" for number in shop.products}
    assert set(practice.documents("products", "harbour")) == there


@pytest.mark.parametrize("layout", ["objects", "lists"])
def test_sales_reports_come_day_by_day_in_either_layout(practice: Practice, layout: str) -> None:
    practice.configure(shopifyql_rows={"objects": ROWS[0], "lists": ROWS[1]}[layout])
    practice.load(resources=["sales_reports"])
    told = practice.documents("sales_reports")
    days = sorted(told)
    assert len(days) > 100
    assert all(told[day]["day"] == day and told[day]["currencyCode"] == "NZD" for day in days)
    assert set(told[days[0]]["measures"]) == set(settings.REPORT_MEASURES)
    truth = {str(row.date): row for row in practice.here.sandbox.world.truth.daily("kiwi")}
    for day in days:
        if day in truth:
            assert float(told[day]["measures"]["net_sales"]) == pytest.approx(float(truth[day].net_sales))
    again = practice.load(resources=["sales_reports"])
    rows, unchanged, _ = figures(again, "sales_reports")
    assert rows == 0
    assert unchanged <= settings.REPORT_LOOK_BACK_DAYS + 2


def test_a_report_ends_today_whatever_an_import_says(practice: Practice) -> None:
    orders = practice.here.sandbox.world.stores["kiwi"].orders
    orders[max(orders)].processed_at = practice.here.sandbox.now() + timedelta(days=3000)
    practice.advance(seconds=1)
    practice.load(resources=["sales_reports"])
    assert max(practice.documents("sales_reports")) == "2026-11-22"


def test_everything_is_observed_at_the_vendors_time(practice: Practice) -> None:
    practice.load()
    practice.advance(days=4)
    now = practice.here.sandbox.now()
    practice.load()
    for resource in ("orders", "sales_reports"):
        (seen,) = practice.sql(f"select max(observed_at) from raw_shopify.{resource}")
        assert seen == (now,), resource


def test_a_discount_that_goes_while_its_codes_are_read_does_not_land_in_half(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Client.pages
    practice.load("harbour", resources=["discount_codes"])
    rows = practice.rows("discount_codes", "harbour")
    assert rows > 1

    def cut(self: Client, text: str, root: str, **named: Any) -> Any:
        for nodes, at in whole(self, text, root, **named):
            # There are more codes, says the page; then the discount is gone.
            nodes[0]["id"] = "gid://shopify/DiscountNode/1"
            nodes[0]["discount"]["codes"]["pageInfo"] = {"hasNextPage": True, "endCursor": None}
            yield nodes, at

    monkeypatch.setattr(Client, "pages", cut)
    practice.load("harbour", resources=["discount_codes"])
    assert practice.rows("discount_codes", "harbour") == rows


def test_discounts_and_checkouts_and_stock_have_their_parts(practice: Practice) -> None:
    names = ["discount_codes", "abandoned_checkouts", "inventory_items", "locations", "products"]
    practice.load("harbour", resources=names)
    discounts = practice.documents("discount_codes", "harbour").values()
    assert all(one["discount"]["codes"][0]["code"] for one in discounts)
    checkouts = practice.documents("abandoned_checkouts", "harbour").values()
    assert all(isinstance(one["lineItems"], list) for one in checkouts)
    items = practice.documents("inventory_items", "harbour").values()
    assert any(one["inventoryLevels"][0]["quantities"] for one in items if one["inventoryLevels"])
    products = practice.documents("products", "harbour").values()
    assert all(one["variants"] for one in products)
    assert practice.documents("shop", "harbour").popitem()[1]["accessScopes"]


def test_a_product_that_never_holds_still_is_left_to_the_next_run(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice.load(resources=["products"])
    practice.advance(days=3)
    complete = Reader.complete
    first: list[str] = []

    def restless(reader: Reader, thing: Any, node: dict[str, Any]) -> None:
        first.append(node["id"])
        if node["id"] == first[0]:
            raise ChangedMeanwhile
        complete(reader, thing, node)

    with monkeypatch.context() as patched:
        patched.setattr(Reader, "complete", restless)
        report = practice.load(resources=["products"])
    assert first.count(first[0]) == settings.READS_OF_ONE_ORDER
    assert any(f"1 products kept changing while they were read ({first[0]}" in one for one in report.warnings)
    practice.load(resources=["products"])
    assert practice.load(resources=["products"], full=True).rows == 0
