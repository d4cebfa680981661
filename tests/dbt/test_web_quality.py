"""What shops and their plugins send instead of what is documented: a sane value, and never a lost order."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.dbt.conftest import House, nodes
from tests.dbt.odd_documents import AT, LATER, trouble
from tests.dbt.rawlog import Version, land
from tests.dbt.web_documents import WebOrder, site


@pytest.fixture(scope="module")
def messy(module_house: House) -> House:
    land(module_house.raw, trouble())
    land(module_house.raw, [Version("linden", "orders", "13", None, LATER, LATER, "woocommerce")])
    module_house.dbt("run")
    return module_house


def orders(house: House, columns: str, *numbers: int) -> list[tuple[Any, ...]]:
    wanted = [str(number) for number in numbers]
    return house.rows(
        f"select {columns} from marts.fct_orders where order_id = any(%s) order by order_id::int", wanted
    )


def test_every_raw_thing_is_accounted_for(messy: House) -> None:
    names = (
        "raw_things, modelled_things, deleted_things, excluded_things, unparsable_things, uncounted_orders"
    )
    counts = f"select {names}, order_statuses from marts.fct_quality_counts where resource = 'orders'"
    ((*numbers, statuses),) = messy.rows(counts)
    assert numbers == [20, 17, 1, 1, 1, 3]
    assert "refunded 2" in statuses and "trash 1" in statuses and "none 1" in statuses


def test_odd_parts_cost_no_order_its_amounts(messy: House) -> None:
    amounts = ("10.00", "1.90", "11.90", "11.90")
    columns = "net_sales, taxes, total_sales, platform_total_amount"
    expected = [tuple(Decimal(amount) for amount in amounts)] * 8
    assert orders(messy, columns, 1, 2, 3, 4, 5, 6, 7, 8) == expected


def test_products_that_are_gone_are_custom_items(messy: House) -> None:
    item = "select product_id, variant_id, sku, line_quantity, status from marts.fct_order_items "
    item += "join marts.dim_product using (product_key) where order_item_id = '3000001'"
    assert messy.rows(item.replace("product_id, variant_id, sku", "fct_order_items.product_id")) == [
        (None, 1, "custom")
    ]


def test_an_order_without_a_currency_is_in_the_shops(messy: House) -> None:
    assert orders(messy, "currency_code", 6, 7) == [("EUR",), ("EUR",)]


def test_a_wall_clock_alone_tells_the_day(messy: House) -> None:
    assert orders(messy, "order_date::text, placed_at at time zone 'UTC'", 8) == [
        ("2026-06-02", datetime(2026, 6, 1, 22, 30))
    ]


def test_what_can_be_sold_is_a_variation_or_a_product_without_any(messy: House) -> None:
    columns = "product_id, variant_id, variant_title, sku, product_type, price, compare_at_price, is_deleted"
    assert messy.rows(f"select {columns} from marts.dim_product where status = 'publish' order by 1") == [
        ("1", None, None, "SKU-1", "Cloth", Decimal(10), Decimal(12), False),
        ("3", "30", "Blue", "V-3", "Cloth", Decimal(10), None, False),
        ("4", None, None, "SKU-4", None, None, None, False),
    ]


def test_statuses_decide_what_counts(messy: House) -> None:
    numbers = (4, 5, 9, 10, 11, 12)
    assert [counts for (counts,) in orders(messy, "counts_as_sale", *numbers)] == [True] * 3 + [False] * 3
    assert orders(messy, "financial_status", 4) == [("shipped",)]
    assert messy.one("select count(*) from marts.fct_sales where not counts_as_sale") == 3


def test_refunds_take_back_no_more_than_there_was(messy: House) -> None:
    columns = "total_sales, ledger_total_amount, platform_total_amount"
    assert orders(messy, columns, 20) == [(Decimal(0), Decimal(0), Decimal(0))]


def test_an_order_made_to_carry_a_refund_is_not_placed(messy: House) -> None:
    columns = "is_placed, is_adjustment_only, net_sales, platform_total_amount"
    assert orders(messy, columns, 21) == [(False, True, Decimal(-7), Decimal(-7))]


def test_refund_lines_find_what_they_give_back(messy: House) -> None:
    columns = "net_sales, sales_reversals, shipping, fees, adjustments, units, units_returned"
    assert orders(messy, columns, 22) == [
        (Decimal(19), Decimal(-11), Decimal(0), Decimal(0), Decimal(0), 3, -1)
    ]
    item = "select units + units_returned, current_quantity, net_sales from marts.fct_order_items "
    item += "where order_item_id = '22000001'"
    assert messy.rows(item) == [(2, 2, Decimal(19))]


def test_a_cent_of_rounding_is_tax(messy: House) -> None:
    row = "select net_amount, tax_amount, event_type from marts.fct_sales where line_type = 'adjustment' "
    row += "and order_key in (select order_key from marts.fct_orders where order_id = '23')"
    assert messy.rows(row) == [(Decimal(0), Decimal("0.01"), "order")]


def test_identities_hold_for_all_of_them(messy: House) -> None:
    messy.dbt("test", "--select", "path:tests/identities", "marts", "--vars", "test_scope: all")


def test_the_checks_name_what_is_odd_and_stop_nothing(messy: House) -> None:
    result = messy.dbt("test", "--select", "path:tests/quality", "--vars", "test_scope: all")
    status = {one.node.name: (str(one.status), one.failures) for one in nodes(result)}
    expected = {
        "assert_every_document_can_be_read": ("warn", 1),
        "assert_every_order_says_its_currency": ("warn", 2),
        "assert_every_order_status_is_known": ("warn", 3),
        "assert_every_refund_can_be_booked": ("warn", 1),
        "assert_every_time_zone_is_known": ("pass", 0),
        "assert_no_order_is_refunded_beyond_its_total": ("warn", 1),
        "assert_refunded_orders_have_refunds": ("warn", 1),
    }
    assert {name: status[name] for name in expected} == expected


def test_a_plain_offset_is_a_zone_and_nonsense_is_utc(house: House) -> None:
    zones: list[tuple[str, object]] = [
        ("", 5.5),
        ("", "-3"),
        ("", 0),
        ("", 77),
        ("Mars/Olympus", 2),
        ("", None),
    ]
    versions = [site(f"s{n}", AT, zone=zone, offset=offset) for n, (zone, offset) in enumerate(zones)]
    late = [WebOrder(1, datetime(2026, 6, 1, hour, tzinfo=UTC)) for hour in (19, 2)]
    for number, order in enumerate(late):
        order.line("1.00")
        versions.append(order.version(f"s{number}", AT))
    land(house.raw, versions)
    house.dbt("run")
    stores = "select time_zone_name, is_time_zone_known from marts.dim_store order by account_id"
    assert house.rows(stores) == [
        ("+05:30", True),
        ("-03:00", True),
        ("UTC", True),
        ("UTC", False),
        ("UTC", False),
        ("UTC", None),
    ]
    days = "select order_date::text from marts.fct_orders join marts.dim_store using (store_key) "
    assert house.rows(days + "order by account_id") == [("2026-06-02",), ("2026-05-31",)]
