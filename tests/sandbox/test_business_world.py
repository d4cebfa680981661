"""The practice world: everything happens in it, at believable rates, and its accounts add up."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from sandbox.business.events import Deleted
from sandbox.business.model import Order
from sandbox.business.seasons import black_friday
from sandbox.business.totals import financial_status, fulfilment_status, return_status, totals
from sandbox.business.world import World, build_world

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.fixture(scope="module")
def world() -> World:
    """The stores that keep agreements; the web shop has tests of its own."""
    world = build_world(6000, 7, AS_OF)
    world.stores = {name: store for name, store in world.stores.items() if store.platform == "shopify"}
    return world


@pytest.fixture(scope="module")
def orders(world: World) -> list[Order]:
    return [order for store in world.stores.values() for order in store.orders.values()]


def test_there_are_about_as_many_orders_as_asked_for(world: World, orders: list[Order]) -> None:
    assert 5700 < len(orders) < 6300
    assert {name: store.currency for name, store in world.stores.items()} == {
        "harbour": "GBP",
        "alpine": "USD",
        "kiwi": "NZD",
    }


def test_everything_that_can_happen_does(world: World, orders: list[Order]) -> None:
    booked = {(a.kind, sale.line_type, sale.action) for o in orders for a in o.agreements for sale in a.sales}
    assert {
        ("order", "product", "order"),
        ("order", "gift_card", "order"),
        ("order", "shipping", "order"),
        ("order", "tip", "order"),
        ("order", "duty", "order"),
        ("order", "additional_fee", "order"),
        ("edit", "product", "order"),
        ("edit", "product", "return"),
        ("edit", "product", "update"),
        ("return", "product", "return"),
        ("return", "product", "order"),
        ("return", "fee", "order"),
        ("refund", "product", "return"),
        ("refund", "shipping", "return"),
        ("refund", "adjustment", "return"),
    } <= booked
    payments = {(one.kind, one.status) for o in orders for one in o.transactions}
    for kind in ("sale", "authorization", "capture", "void", "refund"):
        assert (kind, "success") in payments
    assert {("sale", "pending"), ("sale", "failure"), ("refund", "failure")} <= payments
    assert {financial_status(o) for o in orders} == {
        "authorized",
        "paid",
        "partially_paid",
        "partially_refunded",
        "pending",
        "refunded",
        "voided",
    }
    assert {fulfilment_status(o) for o in orders} >= {"fulfilled", "unfulfilled", "partially_fulfilled"}
    assert {return_status(o) for o in orders} == {"no_return", "in_progress", "returned"}
    gone = {one.kind for store in world.stores.values() for one in store.deletions}
    assert gone == {"order", "product", "customer"}


def test_rates_are_realistic(orders: list[Order]) -> None:
    def rate(what: int) -> float:
        return what / len(orders)

    assert 0.002 < rate(sum(o.test for o in orders)) < 0.015
    assert 0.02 < rate(sum(o.edited for o in orders)) < 0.06
    assert 0.015 < rate(sum(o.cancelled_at is not None for o in orders)) < 0.06
    assert 0.04 < rate(sum(bool(o.returns) for o in orders)) < 0.1
    assert 0.05 < rate(sum(o.customer_id is None for o in orders)) < 0.2
    assert 0.2 < rate(sum(bool(o.discounts) for o in orders)) < 0.4
    assert any(len(o.discount_codes) > 1 for o in orders)
    assert any(o.presentment_currency == "AUD" for o in orders)


def test_money_adds_up_in_every_order(orders: list[Order]) -> None:
    for order in orders:
        state = totals(order)
        assert 0 <= state.refunded <= state.received
        freight = sum((line.discounted_price for line in order.shipping_lines), Decimal(0))
        assert state.shipping == freight
        for line in order.lines:
            off = sum((one.amount for one in line.allocations), Decimal(0))
            assert 0 <= off <= line.original_total
            if not line.current_quantity:
                assert (line.books.total, line.books.tax, line.books.discount) == (0, 0, 0)
        if order.cancelled_at:
            assert state.current_total == 0
        if order.closed_at and not order.edited and not order.returns:
            assert state.outstanding == 0
        priced = sum((line.original_total for line in order.lines), Decimal(0)) + state.shipping_original
        on_top = Decimal(0) if order.taxes_included else state.tax
        extras = sum(
            (
                s.total
                for a in order.agreements
                for s in a.sales
                if s.action == "order" and s.line_type in ("duty", "fee", "additional_fee")
            ),
            Decimal(0),
        )
        assert state.total == priced - state.discounts + on_top + extras


def test_payments_follow_payments_of_the_same_gateway(orders: list[Order]) -> None:
    followed: Counter[tuple[str, str]] = Counter()
    for order in orders:
        by_id = {one.id: one for one in order.transactions}
        for one in order.transactions:
            if one.parent_id is not None:
                parent = by_id[one.parent_id]
                assert (parent.gateway, parent.gift_card_id) == (one.gateway, one.gift_card_id)
                assert parent.created_at <= one.created_at
                followed[parent.kind, one.kind] += 1
    assert {("authorization", "capture"), ("authorization", "void"), ("sale", "refund")} <= set(followed)


def test_words_that_trip_readers_are_there(orders: list[Order]) -> None:
    notes = [order.note for order in orders if order.note]
    for oddity in ("\u0000", "🎂", '"', "\\", "\n"):
        assert any(oddity in note for note in notes), repr(oddity)


def test_time_runs_forward_in_every_life(world: World) -> None:
    for store in world.stores.values():
        for life in store.lives.values():
            moments = [event.at for event in life.events]
            assert moments == sorted(moments)
            order = store.orders.get(life.order_id)
            if order is None:
                assert not life.revealed or isinstance(life.seen[-1], Deleted)
            else:
                assert order.updated_at == max(event.at for event in life.seen) <= world.clock
                assert order.processed_at <= order.created_at


def test_sales_follow_the_season_and_the_hour(world: World) -> None:
    days = Counter(
        order.processed_at.astimezone(store.zone).date()
        for store in world.stores.values()
        for order in store.orders.values()
    )
    average = sum(days.values()) / len(days)
    assert days[black_friday(2025)] > 2 * average
    hours = Counter(
        order.processed_at.astimezone(store.zone).hour
        for store in world.stores.values()
        for order in store.orders.values()
    )
    assert max(hours, key=hours.__getitem__) in (19, 20, 21)
    assert hours[20] > 5 * hours[3]


def test_stores_share_people_but_not_customers(world: World) -> None:
    mails = [
        {one.email.lower() for one in store.customers.values() if one.email}
        for store in world.stores.values()
    ]
    assert mails[0] & mails[1]
    assert mails[1] & mails[2]
    ids = [set(store.customers) for store in world.stores.values()]
    assert ids[0] & ids[1]  # the same number is somebody else elsewhere


def test_customers_know_their_orders(world: World) -> None:
    for store in world.stores.values():
        spent: dict[int | None, Decimal] = {}
        count: Counter[int | None] = Counter()
        for order in store.orders.values():
            if not order.test:
                count[order.customer_id] += 1
                spent[order.customer_id] = (
                    spent.get(order.customer_id, Decimal(0)) + totals(order).net_payment
                )
        assert set(count) - {None} <= set(store.customers)
        for customer in store.customers.values():
            assert customer.order_count == count[customer.id]
            assert customer.amount_spent == spent.get(customer.id, 0)


def test_somebody_was_forgotten(world: World) -> None:
    everybody = [one for store in world.stores.values() for one in store.customers.values()]
    forgotten = [one for one in everybody if one.redacted_at]
    assert forgotten
    assert all((one.email, one.last_name, one.address) == (None, None, None) for one in forgotten)


def test_old_names_and_deleted_products_live_on_in_lines(world: World) -> None:
    renamed = deleted = 0
    for store in world.stores.values():
        for order in store.orders.values():
            for line in order.lines:
                product = store.products.get(line.item.product_id or 0)
                deleted += product is None and line.item.product_id is not None
                renamed += product is not None and product.title != line.item.title
    assert renamed
    assert deleted


def test_gift_cards_hold_what_was_not_spent(world: World) -> None:
    used = 0
    for store in world.stores.values():
        moved: Counter[int] = Counter()
        for order in store.orders.values():
            for one in order.transactions:
                if one.gift_card_id is not None and one.status == "success":
                    used += 1
                    moved[one.gift_card_id] += int(one.amount * 100) * (1 if one.kind == "refund" else -1)
        for card in store.gift_cards.values():
            order = store.orders[card.order_id]
            expected = 0 if order.cancelled_at else int(card.initial * 100) + moved[card.id]
            assert int(card.balance * 100) == expected >= 0
    assert used > 20


def test_carts_left_behind_are_priced_and_sometimes_bought(world: World) -> None:
    for store in world.stores.values():
        carts = list(store.checkouts.values())
        assert 0 < sum(cart.completed_at is not None for cart in carts) < len(carts) / 2
        assert any(cart.discount for cart in carts)
        for cart in carts:
            assert cart.subtotal == sum(line.discounted_total for line in cart.lines)
            assert cart.discount == sum(line.original_total for line in cart.lines) - cart.subtotal
            assert cart.total == cart.subtotal + (0 if store.taxes_included else cart.tax)
            assert cart.customer_id in store.customers
            assert bool(cart.discount_codes) == bool(cart.discount)


def test_committed_stock_is_what_is_still_to_be_shipped(world: World) -> None:
    for store in world.stores.values():
        to_ship: Counter[int | None] = Counter()
        for order in store.orders.values():
            if not order.test:
                for line in order.lines:
                    to_ship[line.item.variant_id] += units_to_ship(order, line.id)
        for variant_id, stock in store.stock.items():
            assert sum(level.committed for level in stock.levels.values()) == (
                to_ship[variant_id] if stock.levels else 0
            )
        assert sum(to_ship.values()) > 0


def units_to_ship(order: Order, line_id: int) -> int:
    shipped = sum(q for one in order.fulfilments for line, q in one.lines if line == line_id)
    removed = sum(
        -(sale.quantity or 0)
        for agreement in order.agreements
        if agreement.kind == "edit" or (agreement.kind == "refund" and order.cancelled_at)
        for sale in agreement.sales
        if sale.line_id == line_id and sale.action == "return"
    )
    return order.line(line_id).quantity - shipped - removed
