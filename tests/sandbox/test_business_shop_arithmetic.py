"""What an order of a web shop shows and what its truth says are worked out apart, and are the same."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.business.model import CouponKind, ShopFee, ShopItem, ShopShipping, ShopTaxRate
from sandbox.business.scripted import at
from sandbox.business.webshop.audit import audit
from sandbox.business.webshop.events import (
    Cart,
    CartLine,
    CouponUse,
    Delivery,
    MoneyBack,
    Ordered,
    PartBack,
    ShopHeader,
    Surcharge,
)
from sandbox.business.webshop.living import apply, order_from
from sandbox.business.webshop.scripted import ScriptedShopOrder, coupon, scripted_shop, sold
from sandbox.business.webshop.standing import standing

KINDS: tuple[CouponKind, ...] = ("percent", "fixed_cart", "fixed_product")
CLASSES = ("", "reduced-rate", "zero-rate")
RATES = (
    ShopTaxRate(1, "DE", "", 190_000, "MwSt.", "", on_shipping=True),
    ShopTaxRate(2, "DE", "", 70_000, "MwSt. ermäßigt", "reduced-rate", on_shipping=False),
    ShopTaxRate(3, "DE", "", 12_345, "Kulturabgabe", "", on_shipping=False, priority=2),
)
cents = st.integers(0, 50_000)
carts = st.builds(
    lambda lines, freight, fees, coupons: Cart(
        tuple(
            CartLine(slot, ShopItem(0, 0, "Ding", tax_class=kind), units, amount)
            for slot, (kind, units, amount) in enumerate(lines, 1)
        ),
        tuple(
            Delivery(100 + n, "Post", "flat_rate", amount, taxed) for n, (amount, taxed) in enumerate(freight)
        ),
        tuple(Surcharge(200 + n, "Gebühr", amount, taxed) for n, (amount, taxed) in enumerate(fees)),
        tuple(CouponUse(300 + n, f"c{n}", kind, Decimal(worth)) for n, (kind, worth) in enumerate(coupons)),
    ),
    st.lists(st.tuples(st.sampled_from(CLASSES), st.integers(0, 9), cents), max_size=6),
    st.lists(st.tuples(cents, st.booleans()), max_size=2),
    st.lists(st.tuples(st.integers(-3000, 3000), st.booleans()), max_size=2),
    st.lists(
        st.tuples(st.sampled_from(("percent", "fixed_cart", "fixed_product")), st.integers(0, 100)),
        max_size=3,
    ),
)


@settings(max_examples=300, deadline=None)
@given(carts, st.booleans(), st.booleans(), st.lists(st.sampled_from(RATES), unique=True))
def test_an_order_is_the_sum_of_its_entries(
    cart: Cart, included: bool, at_subtotal: bool, rates: list[ShopTaxRate]
) -> None:
    header = ShopHeader(7, "7", "EUR", included, at_subtotal, tuple(rates))
    ordered = Ordered(at(2026, 3, 2), header, cart)
    order, entries = order_from(ordered), list(audit(standing((ordered,))))
    assert sum((one.net + one.tax for one in entries), Decimal(0)) == order.total
    by_id = {one.id: one for one in entries}
    for line in order.lines:
        one = by_id[line.id]
        assert (one.gross, one.net, one.tax) == (line.subtotal, line.total, line.total_tax)
    others: list[ShopShipping | ShopFee] = [*order.shipping_lines, *order.fee_lines]
    for part in others:
        assert (by_id[part.id].net, by_id[part.id].tax) == (part.total, part.total_tax)
    rounding = [one for one in entries if one.line_type == "adjustment"]
    parts = len(order.lines) + len(order.shipping_lines) + len(order.fee_lines)
    assert sum(abs(one.tax) for one in rounding) <= Decimal("0.01") * parts
    assert not (rounding and not at_subtotal)
    assert order.total_tax == order.cart_tax + order.shipping_tax
    if included:  # a price is its net and its tax again, whatever the rates
        assert all(
            line.subtotal + line.subtotal_tax == Decimal(wanted.amount) / 100
            for line, wanted in zip(order.lines, cart.lines, strict=True)
            if len(header.rates) < 2 or at_subtotal
        )


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4000), st.integers(0, 800)), max_size=3), cents)
def test_a_refund_is_the_sum_of_its_entries(parts: list[tuple[int, int, int]], amount: int) -> None:
    lines = tuple(CartLine(slot, ShopItem(slot, 0, "Ding"), 5, 9900) for slot in (1, 2, 3))
    ordered = Ordered(at(2026, 3, 2), ShopHeader(7, "7", "EUR", True, True, RATES[:1]), Cart(lines))
    back = MoneyBack(
        at(2026, 3, 4), amount, tuple(PartBack(slot, *part) for slot, part in enumerate(parts, 1))
    )
    order = order_from(ordered)
    apply(order, back, ordered, refund_moves_order=True)
    (refund,) = order.refunds
    entries = [one for one in audit(standing((ordered, back))) if one.event_type == "refund"]
    assert -sum((one.net + one.tax for one in entries), Decimal(0)) == refund.amount == Decimal(amount) / 100
    shown = {line.id: (line.quantity, line.total, line.total_tax) for line in refund.lines}
    assert {one.id: (one.quantity, one.net, one.tax) for one in entries if one.id in shown} == shown
    assert [line.refunded_item_id for line in refund.lines] == [
        7_000_000 + slot for slot in range(1, len(parts) + 1)
    ]


def test_tax_comes_out_of_price_and_discount() -> None:
    shop = scripted_shop("stall", prices_include_tax=True, rates=[("", "0.10")])
    lines = [sold("Lamp", "100")]
    order = ScriptedShopOrder(shop, 1, at(2026, 3, 2), lines, coupons=[coupon("quarter", "25", "percent")])
    (line,) = order.order.lines
    assert (line.subtotal, line.total, line.total_tax) == (
        Decimal("90.91"),
        Decimal("68.18"),
        Decimal("6.82"),
    )
    assert (order.order.discount_total, order.order.discount_tax) == (Decimal("22.73"), Decimal("2.27"))
    (used,) = order.order.coupon_lines
    assert (used.discount, used.discount_tax) == (Decimal("22.73"), Decimal("2.27"))


@pytest.mark.parametrize(
    ("kind", "amount", "left"),
    [
        ("percent", "100", ["0.00", "0.00"]),
        ("fixed_cart", "10", ["22.50", "7.50"]),
        ("fixed_cart", "99", ["0.00", "0.00"]),
        ("fixed_product", "4", ["22.00", "6.00"]),
    ],
)
def test_coupons_by_kind(kind: CouponKind, amount: str, left: list[str]) -> None:
    shop = scripted_shop("stall")
    lines = [sold("Mug", "15", 2), sold("Spoon", "10", 1)]
    used = coupon("c", amount, kind)
    order = ScriptedShopOrder(shop, 1, at(2026, 3, 2), lines, coupons=[used]).order
    assert [str(line.total) for line in order.lines] == left


def test_a_refund_beyond_its_lines_and_one_below_are_adjusted() -> None:
    shop = scripted_shop("stall")
    order = ScriptedShopOrder(shop, 1, at(2026, 3, 2), [sold("Mug", "20", 2)]).pay()
    order.refund(at(2026, 3, 3), {1: 1}, money="25").refund_the_rest(at(2026, 3, 4), with_lines=True)
    entries = [one for one in audit(standing(order.life.events)) if one.event_type == "refund"]
    assert [(one.line_type, one.quantity, int(one.net)) for one in entries] == [
        ("product", -1, -20),
        ("adjustment", None, -5),
        ("product", -1, -20),
        ("adjustment", None, 5),
    ]
    assert order.order.status == "refunded"


def test_an_older_shop_does_not_notice_that_money_went_back() -> None:
    shop = scripted_shop("stall")
    script = ScriptedShopOrder(shop, 1, at(2026, 3, 2), [sold("Mug", "20", 2)]).pay()
    ordered, paid, *_ = script.events
    assert isinstance(ordered, Ordered)
    for moves in (True, False):
        order = order_from(ordered)
        apply(order, paid, ordered, refund_moves_order=moves)
        apply(order, MoneyBack(at(2026, 3, 9), 100), ordered, refund_moves_order=moves)
        assert (order.modified_at == at(2026, 3, 9)) is moves
        apply(order, MoneyBack(at(2026, 3, 10), 3900, status="refunded"), ordered, refund_moves_order=moves)
        assert order.modified_at == at(2026, 3, 10)  # the status is no refund


def test_the_trash_gives_back_what_it_was_given() -> None:
    shop = scripted_shop("stall")
    order = ScriptedShopOrder(shop, 1, at(2026, 3, 2), [sold("Mug", "20")]).pay()
    order.refund(at(2026, 3, 3), money="5").trash(at(2026, 3, 4))
    assert (order.order.status, order.order.trashed_from) == ("trash", "processing")
    assert not standing(order.life.events).counts_as_sale
    order.restore(at(2026, 3, 4) + timedelta(hours=1))
    assert order.order.status == standing(order.life.events).status == "processing"
    statuses: Counter[str] = Counter()
    for status in ("pending", "failed", "cancelled", "checkout-draft", "on-hold", "shipped", "refunded"):
        ordered = Ordered(at(2026, 3, 2), order.ordered.header, order.ordered.cart, status)
        statuses[status] = int(standing((ordered,)).counts_as_sale)
    assert statuses == {"on-hold": 1, "shipped": 1, "refunded": 1} | dict.fromkeys(
        ("pending", "failed", "cancelled", "checkout-draft"), 0
    )
