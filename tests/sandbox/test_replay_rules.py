"""Each rule of a replay on a handful of lines, and what must hold for any file."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.business.invoices import NotInvoices
from sandbox.business.ledger import LedgerRow
from sandbox.business.model import Order, Store
from sandbox.business.replay import replay_world
from sandbox.business.totals import totals
from sandbox.business.world import World
from tests.sandbox.invoices import NAME, Row, replay, row


def shop(world: World) -> Store:
    return world.stores[NAME]


def order(world: World, invoice: str) -> Order:
    return next(one for one in shop(world).orders.values() if one.name == f"#{invoice}")


def ledger(world: World) -> list[LedgerRow]:
    return list(world.truth.ledger(NAME))


def kinds(world: World, invoice: str) -> list[tuple[str, str, Decimal]]:
    wanted = order(world, invoice).id
    return [(r.event_type, r.line_type, r.total_amount) for r in ledger(world) if r.order_id == wanted]


def test_an_invoice_is_an_order_with_its_repeats_and_gifts() -> None:
    world = replay(
        row("500", "A", 2, 1.25), row("500", "A", 2, 1.25), row("500", "B", 1, 0.0), row("500", "C", 0, 3.0)
    )
    placed = order(world, "500")
    assert [(line.item.sku, line.quantity, line.original_total) for line in placed.lines] == [
        ("A", 2, Decimal("2.50")),
        ("A", 2, Decimal("2.50")),
        ("B", 1, Decimal("0.00")),
        ("C", 0, Decimal("0.00")),
    ]
    assert placed.processed_at == datetime(2010, 3, 1, 10, tzinfo=UTC)
    assert placed.customer_id == 17850
    assert totals(placed).outstanding == 0
    assert len(ledger(world)) == 4


def test_guests_stay_guests() -> None:
    world = replay(row("500", "A", 1, 1.0, customer=None), row("501", "A", 1, 1.0))
    assert order(world, "500").customer_id is None
    assert list(shop(world).customers) == [17850]


def test_stock_codes_are_compared_exactly() -> None:
    world = replay(row("500", "85049e", 1, 1.0), row("500", "85049E", 1, 1.0))
    assert len(shop(world).products) == 2


def test_a_return_goes_to_the_latest_earlier_order_with_enough_units() -> None:
    world = replay(
        row("500", "A", 5, 2.0, at="2010-03-01 10:00:00"),
        row("501", "A", 5, 2.0, at="2010-03-02 10:00:00"),
        row("502", "A", 1, 2.0, at="2010-03-03 10:00:00"),
        row("C503", "A", -3, 2.0, at="2010-03-04 10:00:00"),
        row("C504", "A", -3, 2.0, at="2010-03-05 10:00:00"),
        row("505", "A", 9, 2.0, at="2010-03-06 10:00:00"),
    )
    assert kinds(world, "501")[1:] == [("return", "product", Decimal("-6.00"))]
    assert kinds(world, "500")[1:] == [("return", "product", Decimal("-6.00"))]
    assert {one.name for one in shop(world).orders.values()} == {"#500", "#501", "#502", "#505"}
    (back,) = [r for r in ledger(world) if r.order_id == order(world, "501").id and r.quantity == -3]
    assert (back.booked_date, back.order_date) == (date(2010, 3, 4), date(2010, 3, 2))


@pytest.mark.parametrize(
    "sold",
    [
        row("500", "A", 5, 2.0, at="2010-03-04 10:00:00"),  # not strictly earlier
        row("500", "A", 5, 2.01),  # another price
        row("500", "a", 5, 2.0),  # another stock code
        row("500", "A", 2, 2.0),  # too few units
        row("500", "A", 5, 2.0, customer=12345),  # somebody else
        row("500", "A", 5, 2.0, customer=None),  # nobody known
    ],
    ids=["same moment", "price", "code", "units", "customer", "guest"],
)
def test_a_return_without_its_order_stands_on_its_own(sold: Row) -> None:
    world = replay(sold, row("C503", "A", -3, 2.0, at="2010-03-04 10:00:00"))
    assert kinds(world, "C503") == [("return", "product", Decimal("-6.00"))]
    own = order(world, "C503")
    assert [one.kind for one in own.agreements] == ["return", "refund"]
    assert (own.lines[0].quantity, own.lines[0].current_quantity) == (3, 0)
    assert totals(own).outstanding == 0
    assert sum(day.orders for day in world.truth.daily(NAME)) == 1


def test_returns_of_guests_share_one_order_per_invoice() -> None:
    world = replay(
        row("C503", "A", -3, 2.0, customer=None),
        row("C503", "B", -1, 1.0, customer=None, at="2010-03-01 10:01:00"),
    )
    assert [total for _, _, total in kinds(world, "C503")] == [Decimal("-6.00"), Decimal("-1.00")]
    assert world.truth.counts(NAME)["orders_placed"] == 0


def test_units_returned_twice_are_not_found_twice() -> None:
    world = replay(
        row("500", "A", 5, 2.0),
        row("C501", "A", -5, 2.0, at="2010-03-02 10:00:00"),
        row("C502", "A", -5, 2.0, at="2010-03-03 10:00:00"),
    )
    assert order(world, "500").lines[0].current_quantity == 0
    assert kinds(world, "C502") == [("return", "product", Decimal("-10.00"))]


def test_what_is_left_over_is_adjusted() -> None:
    world = replay(
        row("A500", "B", 1, -53.5, customer=None, title="Adjust bad debt"),
        row("A501", "B", 1, 11.0, customer=None),
        row("502", "A", 1, 4.0),
        row("502", "A", -2, 1.5, at="2010-03-01 10:01:00"),
        row("503", "A", -7, 0.0),
        row("C504", "M", 1, 9.0, at="2010-03-02 10:00:00"),
        row("C504", "M", -1, -2.0, at="2010-03-02 10:00:00"),
    )
    assert kinds(world, "A500") == [("refund", "adjustment", Decimal("-53.50"))]
    assert kinds(world, "A501") == [("refund", "adjustment", Decimal("11.00"))]
    assert kinds(world, "502") == [
        ("order", "product", Decimal("4.00")),
        ("refund", "adjustment", Decimal("-3.00")),
    ]
    assert kinds(world, "503") == [("refund", "adjustment", Decimal("0.00"))]
    assert kinds(world, "C504") == [
        ("refund", "adjustment", Decimal("9.00")),
        ("refund", "adjustment", Decimal("2.00")),
    ]
    assert world.truth.counts(NAME)["orders_placed"] == 4
    assert all(totals(one).outstanding == 0 for one in shop(world).orders.values())


def test_only_placed_orders_have_an_order_agreement() -> None:
    world = replay(row("A500", "B", 1, -5.0), row("C501", "B", -1, 5.0), row("502", "B", 1, 5.0))
    having = {
        one.name for one in shop(world).orders.values() if any(a.kind == "order" for a in one.agreements)
    }
    assert having == {"#A500", "#502"}


def test_each_line_is_rounded_half_up_by_itself() -> None:
    world = replay(
        row("500", "PADS", 5, 0.001),
        row("500", "X", 3, 0.335),
        row("500", "Y", 1, 2.675),  # 2.67499… as a binary fraction
        row("C501", "X", -1, 0.335, at="2010-03-02 10:00:00"),
    )
    assert [r.total_amount for r in ledger(world)] == [
        Decimal("0.01"),
        Decimal("1.01"),
        Decimal("2.68"),
        Decimal("-0.34"),
    ]


def test_times_are_london_times() -> None:
    world = replay(
        row("500", "A", 1, 1.0, at="2010-06-15 00:30:00"),
        row("501", "A", 1, 1.0, at="2010-03-28 01:30:00"),  # the hour that does not exist
        row("502", "A", 1, 1.0, at="2010-10-31 01:30:00"),  # the hour that comes twice
        row("503", "A", 1, 1.0, at="2010-12-01 00:30:00"),
    )
    assert [one.processed_at.isoformat() for one in shop(world).orders.values()] == [
        "2010-06-14T23:30:00+00:00",
        "2010-03-28T01:30:00+00:00",
        "2010-10-31T00:30:00+00:00",
        "2010-12-01T00:30:00+00:00",
    ]
    assert [day.date.isoformat() for day in world.truth.daily(NAME)] == [
        "2010-03-28",
        "2010-06-15",
        "2010-10-31",
        "2010-12-01",
    ]


def test_lines_keep_the_name_of_their_day() -> None:
    world = replay(
        row("500", "A", 1, 1.0, title="MUG"),
        row("501", "A", 1, 1.0, title=None, at="2010-03-02 10:00:00"),
        row("502", "A", 1, 1.0, title="MUG, RED", at="2010-03-03 10:00:00"),
    )
    titles = [one.lines[0].item.title for one in shop(world).orders.values()]
    assert titles == ["MUG", "A", "MUG, RED"]
    (product,) = shop(world).products.values()
    assert (product.title, [title for _, title in product.former_titles]) == ("MUG, RED", ["MUG"])


def test_the_same_file_is_the_same_world() -> None:
    rows = [row("500", "A", 5, 2.0), row("C503", "A", -3, 2.0, at="2010-03-04 10:00:00")]
    assert repr(shop(replay(*rows))) == repr(shop(replay(*rows)))


def test_other_files_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "other.parquet"
    pq.write_table(pa.table({"Invoice": ["1"], "Price": [1.0]}), path)
    with pytest.raises(NotInvoices, match=r"other\.parquet: without the columns StockCode"):
        replay_world(path)
    path.write_text("not parquet")
    with pytest.raises(NotInvoices, match="cannot be read as parquet"):
        replay_world(path)
    with pytest.raises(NotInvoices, match="cannot be read"):
        replay_world(tmp_path / "nowhere.parquet")


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
def test_any_file_becomes_line_by_line_the_ledger(rows: list[Row]) -> None:
    world = replay(*rows)
    cent = Decimal("0.01")
    expected = [
        (Decimal(str(price)) * quantity).quantize(cent, ROUND_HALF_UP)
        for _, _, _, quantity, _, price, _, _ in rows
    ]
    assert sorted(r.total_amount for r in ledger(world)) == sorted(expected)
    sales = [s for one in shop(world).orders.values() for a in one.agreements for s in a.sales]
    assert sorted(s.total for s in sales) == sorted(expected)
    assert sum(day.orders for day in world.truth.daily(NAME)) == len(
        {r[0] for r in rows if not r[0].startswith("C")}
    )
    assert set(shop(world).customers) == {r[6] for r in rows} - {None}
    assert all(line.current_quantity >= 0 for one in shop(world).orders.values() for line in one.lines)
