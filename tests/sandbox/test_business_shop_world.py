"""The web shop of the practice world: everything happens in it, and its truth is what its orders say."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from sandbox.business.model import ShopFee, ShopLine, ShopOrder, ShopShipping, WebShop
from sandbox.business.webshop.events import Emptied, MoneyBack, Rearranged, Restored, StatusSet, Trashed
from sandbox.business.webshop.happenings import ERASED, ERASED_EMAIL
from sandbox.business.world import World, build_world

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
NOT_SALES = {"pending", "failed", "cancelled", "checkout-draft", "trash"}


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(6000, 7, AS_OF)


@pytest.fixture(scope="module")
def shop(world: World) -> WebShop:
    store = world.stores["linden"]
    assert isinstance(store, WebShop)
    return store


@pytest.fixture(scope="module")
def orders(shop: WebShop) -> list[ShopOrder]:
    return list(shop.shop_orders.values())


def kept(shop: WebShop, moment: datetime) -> date:
    return moment.astimezone(shop.zone).date()


def test_days_are_totals_less_refunds_of_the_orders_that_count(
    world: World, shop: WebShop, orders: list[ShopOrder]
) -> None:
    booked: dict[date, Decimal] = defaultdict(Decimal)
    by_order: dict[date, Decimal] = defaultdict(Decimal)
    placed: Counter[date] = Counter()
    for order in orders:
        if order.status in NOT_SALES:
            continue
        day = kept(shop, order.created_at)
        placed[day] += 1
        booked[day] += order.total
        by_order[day] += order.total - order.refunded
        for refund in order.refunds:
            booked[kept(shop, refund.created_at)] -= refund.amount
    assert {row.date: row.total_sales for row in world.truth.daily("linden")} == booked
    assert {row.date: row.total_sales for row in world.truth.daily("linden", "order")} == by_order
    assert {row.date: row.orders for row in world.truth.daily("linden") if row.orders} == placed


def test_rows_are_the_lines_of_orders_and_refunds(world: World, orders: list[ShopOrder]) -> None:
    shown = {
        line.id: (line.quantity, line.subtotal, line.total, line.total_tax)
        for order in orders
        for lines in (order.lines, *(refund.lines for refund in order.refunds))
        for line in lines
    }
    rows = list(world.truth.ledger("linden"))
    assert {
        row.sale_id: (row.quantity, row.gross_amount, row.net_amount, row.tax_amount)
        for row in rows
        if row.line_type == "product"
    } == shown
    status = {order.id: order.status for order in orders}
    assert all(row.counts_as_sale == (status[row.order_id] not in NOT_SALES) for row in rows)
    assert len({(row.line_type, row.sale_id) for row in rows}) == len(rows)


def test_a_cent_is_left_now_and_then(world: World) -> None:
    cents = Counter(
        row.tax_amount
        for row in world.truth.ledger("linden")
        if row.line_type == "adjustment" and row.event_type == "order"
    )
    assert set(cents) == {Decimal("0.01"), Decimal("-0.01")}
    assert 20 < cents.total() < 300


def test_everything_that_can_happen_does(shop: WebShop, orders: list[ShopOrder]) -> None:
    assert {one.status for one in orders} >= {
        *("pending", "processing", "on-hold", "completed", "cancelled", "refunded", "failed", "trash"),
        "shipped",
    }
    events = [type(event) for life in shop.shop_lives.values() for event in life.seen]
    assert {Emptied, MoneyBack, Rearranged, Restored, StatusSet, Trashed} <= set(events)
    lives = [{type(event) for event in life.seen} for life in shop.shop_lives.values()]
    assert any({Trashed, MoneyBack} <= seen for seen in lives)
    assert {one.created_via for one in orders} == {
        *("checkout", "store-api", "admin", "rest-api", "subscription")
    }
    assert {one.payment_method for one in orders} >= {"stripe", "ppcp-gateway", "bacs", "cod", ""}
    used = {coupon.kind for one in orders for coupon in one.coupon_lines}
    assert used == {"percent", "fixed_cart", "fixed_product"}
    assert any(one.total == 0 and one.discount_total > 0 and one.status == "completed" for one in orders)
    fees = [fee for one in orders for fee in one.fee_lines]
    assert any(fee.total < 0 for fee in fees)
    assert any(fee.total > 0 for fee in fees)
    assert {ship.method for one in orders for ship in one.shipping_lines} == {
        *("flat_rate", "free_shipping", "local_pickup")
    }
    abroad = [one for one in orders if one.billing.country not in ("DE", "")]
    assert abroad
    assert all(one.total_tax == 0 for one in abroad)
    assert {one.kind for one in shop.deletions} == {"order", "customer", "product"}


def test_refunds_are_of_every_sort(orders: list[ShopOrder]) -> None:
    sorts: Counter[str] = Counter()
    for order in orders:
        assert 0 <= order.refunded <= order.total
        assert (order.refunded == order.total > 0) == (order.status == "refunded") or order.trashed_from
        for refund in order.refunds:
            parts: list[ShopLine | ShopShipping | ShopFee]
            parts = [*refund.lines, *refund.shipping_lines, *refund.fee_lines]
            worth = -sum((one.total + one.total_tax for one in parts), Decimal(0))
            sorts["amount only"] += not parts
            sorts["goodwill"] += bool(parts) and refund.amount > worth
            sorts["less than its lines"] += refund.amount < worth
            sorts["delivery alone"] += bool(refund.shipping_lines) and not refund.lines
            sorts["money off a line"] += any(line.quantity == 0 for line in refund.lines)
            sorts["by hand"] += not refund.refunded_payment
        sorts["a part and the rest"] += len(order.refunds) > 1 and order.status == "refunded"
        sorts["at once"] += len(order.refunds) == 1 and order.status == "refunded"
        sorts["cancelled, not paid back"] += order.status == "cancelled" and order.paid_at is not None
    assert len(sorts) == 9
    assert all(sorts.values()), sorts


def test_people_are_the_towns_and_change(world: World, shop: WebShop, orders: list[ShopOrder]) -> None:
    mails = {one.email.lower() for one in shop.shop_customers.values()}
    for name in ("harbour", "alpine", "kiwi"):
        others = {one.email.lower() for one in world.stores[name].customers.values() if one.email}
        assert len(mails & others) > 10
    assert {one.role for one in shop.shop_customers.values()} >= {"customer", "subscriber"}
    assert any(one.is_paying_customer for one in shop.shop_customers.values())
    guests = [one for one in orders if not one.customer_id]
    assert any(not one.billing.email for one in guests)
    erased = [one for one in guests if one.billing.email == ERASED_EMAIL]
    assert erased
    assert all(one.billing.last_name == ERASED and not one.user_agent for one in erased)
    moved = [one for one in shop.shop_customers.values() if one.email.startswith("new.")]
    by_customer = defaultdict(set)
    for order in orders:
        by_customer[order.customer_id].add(order.billing.email)
    assert any(len(by_customer[one.id]) > 1 for one in moved)
    assert all(one.customer_id in (0, *shop.shop_customers) for one in orders)


def test_plugins_note_every_type_of_json(orders: list[ShopOrder]) -> None:
    metas = [meta for one in orders for meta in one.meta]
    assert {type(meta.value) for meta in metas} == {str, int, float, bool, list, dict, type(None)}
    assert len({meta.id for meta in metas}) == len(metas)
    assert any(count > 1 for one in orders for count in Counter(m.key for m in one.meta).values())
    assert any(meta.key == "_subscription_renewal" for meta in metas)


def test_products_come_and_go_in_three_tax_classes(shop: WebShop, orders: list[ShopOrder]) -> None:
    assert {one.tax_class for one in shop.products.values()} == {"", "reduced-rate", "zero-rate"}
    assert {one.is_variable for one in shop.products.values()} == {True, False}
    lines = [line for one in orders for line in one.lines]
    now = [shop.refers_to(line.item.product_id, line.item.variation_id) for line in lines]
    assert (0, 0) in now
    assert all((line.item.variation_id == 0) == (line.item.parent_name is None) for line in lines)


def test_an_order_comes_in_half_past_midnight_when_the_clocks_change(
    shop: WebShop, orders: list[ShopOrder]
) -> None:
    local = {one.created_at.astimezone(shop.zone).replace(tzinfo=None) for one in orders}
    gone = {life.order_id for life in shop.shop_lives.values() if life.is_gone}
    wanted = {datetime(2025, 10, 26, 0, 30), datetime(2026, 3, 29, 0, 30), datetime(2026, 10, 25, 0, 30)}
    assert len(wanted - local) <= len(gone)
    assert wanted & local


def test_the_other_stores_live_on_as_they_did_without_it(world: World) -> None:
    assert {
        name: (world.truth.counts(name)["orders"], sum(row.total_sales for row in world.truth.daily(name)))
        for name in ("harbour", "alpine", "kiwi")
    } == {
        "harbour": (2712, Decimal("311486.76")),
        "alpine": (2104, Decimal("600142.87")),
        "kiwi": (1206, Decimal("408071.99")),
    }
