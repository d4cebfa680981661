"""A model that is defined otherwise than its rows were computed is rebuilt, by a plain run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.dbt.conftest import House
from tests.dbt.documents import OrderDocument
from tests.dbt.rawlog import Version, land

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
ORDERS = ("--select", "+fct_orders")
FULL = """
select array_agg(distinct model order by model) from bookkeeping.produced where is_full and batch > %s
"""


def order(number: int) -> Version:
    made = OrderDocument(number, AT, customer=number)
    made.sale("10", line=made.line("10.00"), quantity=1)
    made.agree("Order", AT)
    return Version("harbour", "orders", made.id, made.document(), made.updated_at, AT)


def last_batch(house: House) -> int:
    return int(house.one("select max(batch) from bookkeeping.produced"))


def test_a_changed_page_rebuilds_the_tables_that_are_computed_by_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    land(house.raw, [order(1)])
    house.dbt("run", *ORDERS)
    before = last_batch(house)
    house.dbt("run", *ORDERS)
    assert house.one(FULL, before) is None, "nothing changed, nothing is rebuilt"

    for changed in ("stg_shopify__shops", "int_shopify__sales", "int_shopify__payments"):
        node = house.manifest.nodes[f"model.countinghouse.{changed}"]
        monkeypatch.setattr(node, "raw_code", node.raw_code + "\n-- by other rules")
    before = last_batch(house)
    house.dbt("run", *ORDERS)
    assert house.one(FULL, before) == ["fct_orders", "fct_sales", "stg_shopify__shops"]
    before = last_batch(house)
    house.dbt("run", *ORDERS)
    assert house.one(FULL, before) is None, "once"


def test_a_changed_setting_reaches_customers_who_bought_nothing_since(house: House) -> None:
    land(house.raw, [order(1)])
    house.dbt("run", "--select", "+dim_customer")
    assert house.one("select segment from marts.dim_customer") == "low"
    house.dbt("run", "--select", "+dim_customer", "--vars", "{segment_medium_from: 5}")
    assert house.one("select segment from marts.dim_customer") == "medium"


def test_a_warehouse_of_an_older_version_is_rebuilt_once(house: House) -> None:
    land(house.raw, [order(1)])
    house.dbt("run", *ORDERS)
    house.rows("alter table bookkeeping.produced drop column definition")
    house.rows("alter table marts.fct_orders drop column is_edited")
    before = last_batch(house)
    house.dbt("run", *ORDERS)
    assert {"fct_orders", "stg_shopify__orders"} <= set(house.one(FULL, before))
    assert house.one("select count(*) from marts.fct_orders where not is_edited") == 1
