"""A replay as a web shop: the rules on a handful of lines, what holds for any file, and the real one."""

from __future__ import annotations

import os
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.business.model import ShopOrder, WebShop
from sandbox.business.replay import replay_world
from sandbox.business.world import World
from tests.conftest import shared_path
from tests.sandbox.invoices import NAME, Row, replay, row


def shop(world: World) -> WebShop:
    store = world.stores[NAME]
    assert isinstance(store, WebShop)
    return store


def order(world: World, invoice: str) -> ShopOrder:
    return next(one for one in shop(world).shop_orders.values() if one.number == invoice)


def sales(*rows: Row) -> World:
    return replay(*rows, platform="woocommerce")


def net(world: World) -> Decimal:
    return sum((day.net_sales for day in world.truth.daily(NAME)), Decimal(0))


def placed(world: World) -> int:
    return sum(day.orders for day in world.truth.daily(NAME))


def test_an_invoice_is_an_order_with_its_repeats_and_gifts() -> None:
    world = sales(row("500", "A", 2, 1.25), row("500", "A", 2, 1.25), row("500", "B", 1, 0.0))
    found = order(world, "500")
    assert [(line.item.sku, line.quantity, line.total) for line in found.lines] == [
        ("A", 2, Decimal("2.50")),
        ("A", 2, Decimal("2.50")),
        ("B", 1, Decimal("0.00")),
    ]
    assert (found.status, found.customer_id, found.total) == ("completed", 17850, Decimal("5.00"))
    assert found.paid_at == found.created_at


def test_a_credit_note_is_one_refund_of_every_order_that_it_returns_lines_of() -> None:
    world = sales(
        row("500", "A", 5, 2.0),
        row("500", "B", 5, 1.0),
        row("501", "C", 1, 9.0, at="2010-03-02 10:00:00"),
        row("C502", "A", -3, 2.0, at="2010-03-03 10:00:00"),
        row("C502", "A", -1, 2.0, at="2010-03-03 10:01:00"),
        row("C502", "B", -1, 1.0, at="2010-03-03 10:01:00"),
        row("C502", "C", -1, 9.0, at="2010-03-03 10:01:00"),
    )
    (refund,) = order(world, "500").refunds
    assert (refund.amount, [(one.quantity, one.total) for one in refund.lines]) == (
        Decimal("9.00"),
        [(-4, Decimal("-8.00")), (-1, Decimal("-1.00"))],
    )
    assert f"{refund.created_at:%H:%M}" == "10:00"
    assert (order(world, "500").status, order(world, "501").status) == ("completed", "refunded")
    assert {one.number for one in shop(world).shop_orders.values()} == {"500", "501"}


def test_what_belongs_to_no_order_is_an_amount_on_an_order_of_zero() -> None:
    world = sales(
        row("C503", "A", -3, 2.0),
        row("C503", "B", -1, 1.5),
        row("A504", "B", 1, -53.5, customer=None),
        row("505", "A", -7, 0.0),
    )
    carrier, debt, gift = (order(world, number) for number in ("C503", "A504", "505"))
    assert [(one.total, one.refunded, one.lines) for one in (carrier, debt, gift)] == [
        (Decimal(0), Decimal("7.50"), ()),
        (Decimal(0), Decimal("53.50"), ()),
        (Decimal(0), Decimal(0), ()),
    ]
    assert [bool(one.shipping_lines) for one in (carrier, debt, gift)] == [False, True, True]
    assert (placed(world), net(world)) == (2, Decimal("-61.00"))


def test_what_is_left_over_above_zero_is_a_line_of_no_unit() -> None:
    world = sales(
        row("C504", "M", 1, 9.0), row("502", "A", 1, 4.0), row("502", "A", -2, -1.5), row("502", "B", -1, 1.0)
    )
    assert [(one.quantity, one.total) for one in order(world, "C504").lines] == [(0, Decimal("9.00"))]
    assert [(one.quantity, one.total) for one in order(world, "502").lines] == [
        (1, Decimal("4.00")),
        (0, Decimal("3.00")),
    ]
    assert order(world, "502").refunded == 1
    assert (placed(world), net(world)) == (1, Decimal(15))


lines = st.builds(
    row,
    st.sampled_from(["500", "501", "502", "C503", "C504", "A505"]),
    st.sampled_from(["A", "B"]),
    st.integers(-4, 6),
    st.sampled_from([0.0, 0.001, 0.335, 1.25, -2.0]),
    at=st.sampled_from(["2010-03-01 10:00:00", "2010-03-01 10:01:00", "2010-03-02 09:00:00"]),
    customer=st.sampled_from([None, 1, 2]),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(lines, min_size=1, max_size=14))
def test_any_file_keeps_its_money_orders_and_people(rows: list[Row]) -> None:
    world = sales(*rows)
    cent = Decimal("0.01")
    worth = [(Decimal(str(one[5])) * one[3]).quantize(cent, ROUND_HALF_UP) for one in rows]
    assert net(world) == sum(worth)
    orders = shop(world).shop_orders.values()
    assert sum((one.total - one.refunded for one in orders), Decimal(0)) == sum(worth)
    assert placed(world) == len({one[0] for one in rows if not one[0].startswith("C")})
    assert set(shop(world).shop_customers) == {one[6] for one in rows} - {None}


@pytest.fixture(scope="module")
def real() -> World:
    """The file beside the project, or the one the environment names."""
    named = os.environ.get("ONLINE_RETAIL_PARQUET")
    path = Path(named) if named else shared_path("data", "online_retail", "online_retail_2009_2010.parquet")
    return replay_world(path, "woocommerce")


def test_the_real_file_comes_to_the_same_as_for_any_platform(real: World) -> None:
    months: dict[str, Decimal] = defaultdict(Decimal)
    for day in real.truth.daily(NAME):
        months[f"{day.date:%Y-%m}"] += day.net_sales
    assert months == {
        "2009-12": Decimal("799847.11"),
        "2010-01": Decimal("624032.89"),
        "2010-02": Decimal("533091.42"),
        "2010-03": Decimal("765848.76"),
        "2010-04": Decimal("590580.43"),
        "2010-05": Decimal("615322.83"),
        "2010-06": Decimal("679786.61"),
        "2010-07": Decimal("575236.36"),
        "2010-08": Decimal("656776.34"),
        "2010-09": Decimal("853650.43"),
        "2010-10": Decimal("1045168.35"),
        "2010-11": Decimal("1422654.64"),
        "2010-12": Decimal("377488.45"),
    }
    assert sum(months.values()) == Decimal("9539484.62")
    counts = real.truth.counts(NAME)
    assert (counts["orders_placed"], counts["customers"], counts["products"]) == (24_224, 4_383, 4_632)
    # every sale of the file is a line, and the one amount above zero that is left over
    assert sum(len(one.lines) for one in shop(real).shop_orders.values()) == 513_131 + 1
