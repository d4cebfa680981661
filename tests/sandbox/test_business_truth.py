"""The truth: computed from the events, equal to the agreements, summed by the definitions."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sandbox.business.ledger import DailyRow
from sandbox.business.model import Store, WebShop
from sandbox.business.scripted import (
    ScriptedOrder,
    at,
    gift_card,
    goods,
    scripted_store,
    scripted_world,
    shipping,
)
from sandbox.business.world import World, build_world

MONEY = ("gross_sales", "discounts", "sales_reversals", "net_sales", "shipping", "taxes", "duties", "fees")


@pytest.fixture(scope="module", params=[3, 8])
def world(request: pytest.FixtureRequest) -> World:
    return build_world(2500, request.param, datetime(2026, 11, 22, 6, tzinfo=UTC))


def agreements(world: World) -> dict[str, Store]:
    """The stores that keep agreements."""
    return {name: store for name, store in world.stores.items() if not isinstance(store, WebShop)}


def test_the_truth_and_the_agreements_are_the_same_sales(world: World) -> None:
    for name, store in agreements(world).items():
        booked = {
            sale.id: (order.id, a.kind, a.happened_at, sale.quantity, sale.total, sale.tax, sale.discount)
            for order in store.orders.values()
            if not order.test
            for a in order.agreements
            for sale in a.sales
        }
        true = {
            row.sale_id: (
                row.order_id,
                row.event_type,
                row.happened_at,
                row.quantity,
                row.total_amount,
                row.tax_amount,
                row.discount_amount,
            )
            for row in world.truth.ledger(name)
        }
        assert true == booked


def test_every_row_is_an_accounting_identity(world: World) -> None:
    for name in world.stores:
        for row in world.truth.ledger(name):
            assert row.net_amount == row.gross_amount - row.discount_amount
            assert row.total_amount == row.net_amount + row.tax_amount


def test_both_clocks_see_the_same_money(world: World) -> None:
    for name in world.stores:
        booked, by_order = (world.truth.daily(name, clock) for clock in ("booked", "order"))
        for measure in (
            *MONEY,
            "total_sales",
            "units",
            "units_returned",
            "orders",
            "gift_cards_sold",
            "tips",
        ):
            assert sum(getattr(row, measure) for row in booked) == sum(
                getattr(row, measure) for row in by_order
            )
        for row in booked:
            assert row.net_sales == row.gross_sales - row.discounts + row.sales_reversals
            assert row.total_sales == sum(getattr(row, part) for part in MONEY[3:])


def test_orders_are_counted_once(world: World) -> None:
    for name, store in agreements(world).items():
        counts = world.truth.counts(name)
        assert sum(row.orders for row in world.truth.daily(name)) == counts["orders_placed"]
        assert counts["orders_placed"] + counts["test_orders"] == counts["orders"] == len(store.orders)
        assert counts["deleted_orders"] == sum(one.kind == "order" for one in store.deletions)


def test_days_are_the_stores_own(world: World) -> None:
    shifted: Counter[str] = Counter()
    for name, store in world.stores.items():
        for row in world.truth.ledger(name):
            assert row.booked_date == row.happened_at.astimezone(store.zone).date()
            shifted[name] += row.booked_date != row.happened_at.date()
    assert all(shifted[name] for name in world.stores)


def test_json_shapes() -> None:
    store = scripted_store("corner", taxes_included=True)
    order = ScriptedOrder(store, 1, at(2026, 3, 2), [goods("Mug", "12")], taxes=[("VAT", "0.20")]).pay()
    world = scripted_world([store], at(2026, 4, 1), {"corner": [order]})
    (day,) = world.truth.daily("corner")
    assert day.as_dict() == {
        "date": "2026-03-02",
        "currency_code": "GBP",
        "orders": 1,
        "gross_sales": "10.00",
        "discounts": "0.00",
        "sales_reversals": "0.00",
        "net_sales": "10.00",
        "shipping": "0.00",
        "taxes": "2.00",
        "duties": "0.00",
        "fees": "0.00",
        "total_sales": "12.00",
        "gift_cards_sold": "0.00",
        "tips": "0.00",
        "units": 1,
        "units_returned": 0,
    }
    (row,) = world.truth.ledger("corner")
    assert row.as_dict() == {
        "order_id": 1001,
        "sale_id": 100100001,
        "event_type": "order",
        "line_type": "product",
        "happened_at": "2026-03-02T12:00:00Z",
        "booked_date": "2026-03-02",
        "order_date": "2026-03-02",
        "quantity": 1,
        "gross_amount": "10.00",
        "discount_amount": "0.00",
        "net_amount": "10.00",
        "tax_amount": "2.00",
        "total_amount": "12.00",
        "product_id": None,
        "customer_id": None,
        "counts_as_sale": True,
    }


def days(*orders: ScriptedOrder, clock: datetime | None = None) -> dict[date, DailyRow]:
    store = scripted_store("corner")
    world = scripted_world([store], clock or at(2026, 12, 1), {"corner": orders})
    return {row.date: row for row in world.truth.daily("corner")}


STORE = scripted_store("corner")


def test_tests_and_deleted_orders_are_no_sales() -> None:
    test = ScriptedOrder(STORE, 1, at(2026, 3, 2), [goods("Mug", "12")], test=True).pay(gateway="bogus")
    gone = ScriptedOrder(STORE, 2, at(2026, 3, 2), [goods("Mug", "12")]).pay().cancel(at(2026, 3, 3))
    gone.delete(at(2026, 3, 9))
    assert days(test, gone) == {}
    assert days(gone, clock=at(2026, 3, 5))[date(2026, 3, 2)].gross_sales == Decimal(12)


def test_a_cancelled_order_is_a_sale_and_its_reversal() -> None:
    order = ScriptedOrder(STORE, 1, at(2026, 3, 2), [goods("Mug", "12")], delivery=shipping("4"))
    seen = days(order.cancel(at(2026, 3, 5)))
    assert (seen[date(2026, 3, 2)].orders, seen[date(2026, 3, 2)].total_sales) == (1, Decimal(16))
    assert (seen[date(2026, 3, 5)].orders, seen[date(2026, 3, 5)].total_sales) == (0, Decimal(-16))
    assert order.order.cancelled_at == at(2026, 3, 5)


def test_an_import_changes_a_day_long_past() -> None:
    order = ScriptedOrder(STORE, 1, at(2026, 3, 2), [goods("Mug", "12")], known_at=at(2026, 3, 20))
    assert days(order, clock=at(2026, 3, 10)) == {}
    assert days(order)[date(2026, 3, 2)].orders == 1


def test_shipping_given_back_is_no_reversal_of_goods() -> None:
    order = ScriptedOrder(STORE, 1, at(2026, 3, 2), [goods("Mug", "12")], delivery=shipping("4")).pay()
    day = days(order.refund(at(2026, 3, 4), shipping="1.50"))[date(2026, 3, 4)]
    assert (day.shipping, day.sales_reversals, day.total_sales) == (
        Decimal("-1.50"),
        Decimal(0),
        Decimal("-1.50"),
    )


def test_gift_cards_and_tips_stay_outside() -> None:
    tip = goods("Tip", "2", is_tip=True)
    order = ScriptedOrder(STORE, 1, at(2026, 3, 2), [goods("Mug", "12"), gift_card("25"), tip]).pay()
    day = days(order)[date(2026, 3, 2)]
    assert (day.total_sales, day.gift_cards_sold, day.tips) == (Decimal(12), Decimal(25), Decimal(2))
    assert day.units == 1
