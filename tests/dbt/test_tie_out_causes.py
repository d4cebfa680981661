"""Why a day does not tie out, from documents written by hand: what both sides say of an order decides."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.dbt.conftest import House, nodes
from tests.dbt.documents import Document, OrderDocument, gid, shop, stamp
from tests.dbt.rawlog import Version, land

MONDAY, TUESDAY = "2026-06-01", "2026-06-02"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
AFTER_MIDNIGHT = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)  # half past midnight on Tuesday in London
READ = datetime(2026, 6, 4, 9, tzinfo=UTC)


def sold(
    number: int, amount: str, at: datetime = NOON, *, test: bool = False, card: str = ""
) -> OrderDocument:
    order = OrderDocument(number, at, test=test)
    order.sale(amount, line=order.line(amount), quantity=1)
    if card:
        order.sale(card, line=order.line(card, gift_card=True), quantity=1, line_type="GIFT_CARD")
    order.agree("Order", at)
    return order


def counted(order: OrderDocument, amount: str, **more: object) -> Document:
    """What their report counts of an order, `amount` being its total."""
    return {
        "id": order.id,
        "name": f"#{order.number}",
        "processedAt": stamp(order.placed_at),
        "updatedAt": stamp(order.updated_at),
        "test": order.test,
        "measures": {"orders": "1", "net_sales": amount, "total_sales": amount},
        **more,
    }


def landed(resource: str, identity: str, document: Document | None, at: datetime = READ) -> Version:
    return Version("harbour", resource, identity, document, None, at)


def day(name: str, orders: list[Document]) -> list[Version]:
    """A day of their report, and the orders behind it."""
    total = sum((Decimal(one["measures"]["total_sales"]) for one in orders), Decimal(0))
    measures: Any = {"orders": str(len(orders)), "net_sales": str(total), "total_sales": str(total)}
    report = {"day": name, "currencyCode": "GBP", "measures": measures}
    asked = {"day": name, "currencyCode": "GBP", "hasMeasures": True, "orders": orders}
    return [landed("sales_reports", name, report), landed("order_reports", name, asked)]


@pytest.fixture(scope="module")
def judged(module_house: House) -> House:
    """A Monday and a Tuesday with one order of each kind."""
    same, test, deleted, gone = (
        sold(1, "10.00"),
        sold(2, "5.00", test=True),
        sold(3, "7.00"),
        sold(9, "8.00"),
    )
    moved, card, unknown = sold(4, "40.00", AFTER_MIDNIGHT), sold(5, "20.00", card="50.00"), sold(6, "30.00")
    body = shop("harbour", zone="Europe/London", currency="GBP", updated_at=NOON)
    orders = [same, test, deleted, moved, card, unknown]
    monday = [
        counted(same, "10.00"),
        counted(test, "5.00"),
        counted(deleted, "7.00"),
        {"id": gone.id, "name": "#9", "isGone": True, "measures": counted(gone, "8.00")["measures"]},
        counted(moved, "40.00"),
        counted(card, "70.00"),
        counted(unknown, "31.00"),
    ]
    land(
        module_house.raw,
        [
            Version("harbour", "shop", gid("Shop", 1), body, NOON, NOON),
            *(Version("harbour", "orders", one.id, one.document(), one.updated_at, NOON) for one in orders),
            *day(MONDAY, monday),
            *day(TUESDAY, []),
        ],
    )
    land(module_house.raw, [Version("harbour", "orders", deleted.id, None, READ, READ)])
    module_house.dbt("run")
    return module_house


def test_each_order_has_the_cause_of_its_difference(judged: House) -> None:
    found = judged.rows(
        "select date_day::text, order_name, cause, residual from marts.fct_tie_out_orders "
        "where measure = 'total_sales' order by 1, 2"
    )
    assert found == [
        (MONDAY, "#2", "test order", Decimal("-5.00")),
        (MONDAY, "#3", "deleted", Decimal("-7.00")),
        (MONDAY, "#4", "time zone", Decimal("-40.00")),
        (MONDAY, "#5", "gift card", Decimal("-50.00")),
        (MONDAY, "#6", "unknown", Decimal("-1.00")),
        (MONDAY, "#9", "deleted", Decimal("-8.00")),
        (TUESDAY, "#4", "time zone", Decimal("40.00")),
    ]


def test_a_day_is_explained_when_all_of_it_is(judged: House) -> None:
    found = judged.rows(
        "select date_day::text, measure, status from marts.fct_tie_out "
        "where measure in ('net_sales', 'total_sales', 'duties') order by 1, 2"
    )
    assert found == [
        (MONDAY, "duties", "not available"),
        (MONDAY, "net_sales", "unexplained"),
        (MONDAY, "total_sales", "unexplained"),
        (TUESDAY, "duties", "not available"),
        (TUESDAY, "net_sales", "explained"),
        (TUESDAY, "total_sales", "explained"),
    ]


def test_the_orders_add_up_to_the_day(judged: House) -> None:
    name = "assert_orders_add_up_to_the_residual_of_their_day"
    result = judged.dbt("test", "--select", name)
    assert [str(one.status) for one in nodes(result) if one.node.name == name] == ["pass"]
