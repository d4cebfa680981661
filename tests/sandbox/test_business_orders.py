"""Any order, however it is discounted, taxed, edited, returned and refunded: both sets of books agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.business.audit import audit
from sandbox.business.events import DiscountSpec
from sandbox.business.model import Order, Sale
from sandbox.business.scripted import ScriptedOrder, at, gift_card, goods, scripted_store, shipping
from sandbox.business.totals import totals

prices = st.integers(1, 200_000).map(lambda pennies: Decimal(pennies).scaleb(-2))
offs = st.tuples(
    st.sampled_from(["percentage", "fixed_amount"]), st.integers(1, 100), st.sampled_from(["line", "order"])
)


def sales_of(order: Order) -> list[Sale]:
    return [sale for agreement in order.agreements for sale in agreement.sales]


def discount(kind: str, value: int, scope: str) -> DiscountSpec:
    spec = DiscountSpec("automatic", "Off", kind, Decimal(value))  # type: ignore[arg-type]
    return replace(spec, lines=(0,)) if scope == "line" else spec


def assert_books_agree(script: ScriptedOrder) -> None:
    entries = list(audit(script.life.events))
    sales = sales_of(script.order)
    assert [(one.sale_id, one.quantity, one.net + one.tax, one.tax, one.discount) for one in entries] == [
        (sale.id, sale.quantity, sale.total, sale.tax, sale.discount) for sale in sales
    ]
    state = totals(script.order)
    assert state.current_total == sum(sale.total for sale in sales if sale.line_type != "adjustment")
    assert state.discrepancy == sum(sale.total for sale in sales if sale.line_type == "adjustment")


@st.composite
def placed_orders(draw: st.DrawFn) -> ScriptedOrder:
    """An order of any goods under any taxes and discounts, paid."""
    store = scripted_store("corner", taxes_included=draw(st.booleans()))
    basket = draw(st.lists(st.tuples(prices, st.integers(1, 40), st.booleans()), min_size=1, max_size=5))
    rates = draw(st.lists(st.integers(1, 250_000).map(lambda n: Decimal(n).scaleb(-6)), max_size=2))
    return ScriptedOrder(
        store,
        1,
        at(2026, 3, 2),
        [goods("Thing", price, units, taxable=taxable) for price, units, taxable in basket],
        taxes=[(f"Tax {n}", rate) for n, rate in enumerate(rates)],
        delivery=shipping(draw(prices)),
        discounts=[discount(*one) for one in draw(st.lists(offs, max_size=3))],
    ).pay()


@settings(max_examples=150, deadline=None)
@given(placed_orders(), st.data())
def test_both_books_agree_through_a_whole_life(script: ScriptedOrder, data: st.DataObject) -> None:
    now = at(2026, 3, 3)
    if data.draw(st.booleans()):
        off = DiscountSpec(
            "manual", "Sorry", "percentage", Decimal(data.draw(st.integers(1, 99))), lines=(0,)
        )
        script.edit(now, add=[goods("More", data.draw(prices), 2)], discounts=[off])
        if script.due > 0:
            script.pay()
    for _ in range(data.draw(st.integers(0, 3))):
        now += timedelta(hours=5)
        take_something_back(script, now, data)
    assert_books_agree(script)
    rest = {n: line.current_quantity for n, line in enumerate(script.order.lines) if line.current_quantity}
    script.refund(now, rest, shipping=totals(script.order).current_total - remaining_goods(script.order))
    assert_books_agree(script)
    state = totals(script.order)
    assert not any((state.current_total, state.current_tax, state.outstanding, state.net_payment))
    assert sum(sale.discount for sale in sales_of(script.order)) == 0


def take_something_back(script: ScriptedOrder, now: datetime, data: st.DataObject) -> None:
    open_lines = [n for n, line in enumerate(script.order.lines) if line.current_quantity]
    if not open_lines:
        return
    line = data.draw(st.sampled_from(open_lines))
    units = data.draw(st.integers(1, script.order.lines[line].current_quantity))
    if data.draw(st.booleans()):
        script.send_back(now, {line: units}).refund(now, settles=len(script.order.returns) - 1)
    else:
        script.refund(now, {line: units})


def remaining_goods(order: Order) -> Decimal:
    return Decimal(sum(line.books.total for line in order.lines)).scaleb(-2)


def test_discount_shares_add_up_to_the_discount() -> None:
    store = scripted_store("corner", taxes_included=True)
    lines = [goods("A", "3.33"), goods("B", "3.33"), gift_card("50"), goods("C", "3.34")]
    off = [discount("percentage", 10, "line"), discount("fixed_amount", 5, "order")]
    order = ScriptedOrder(store, 1, at(2026, 3, 2), lines, taxes=[("VAT", "0.20")], discounts=off).order
    by_index = {
        index: sum(one.amount for line in order.lines for one in line.allocations if one.index == index)
        for index in (0, 1)
    }
    assert by_index == {0: Decimal("0.33"), 1: Decimal("5.00")}
    assert order.lines[2].allocations == ()  # nothing comes off a gift card
    assert order.lines[0].discounted_total == Decimal("3.00")  # without the order's share
    assert totals(order).original_total == Decimal("54.67")


def test_removed_units_keep_the_quantity_and_lose_the_current_one() -> None:
    store = scripted_store("corner")
    script = ScriptedOrder(store, 1, at(2026, 3, 2), [goods("Pair", "100", 2)], taxes=[("Tax", "0.13")]).pay()
    script.edit(at(2026, 3, 3), remove={0: 1})
    state, line = totals(script.order), script.order.lines[0]
    assert (line.quantity, line.current_quantity) == (2, 1)
    assert (state.total, state.current_total) == (Decimal(226), Decimal(113))
    assert (state.tax, state.current_tax) == (Decimal(26), Decimal(13))
    assert line.tax_lines[0].price == Decimal(26)
    assert script.due == Decimal(-113)


def test_a_discount_by_an_edit_leaves_the_gross_alone() -> None:
    store = scripted_store("corner", taxes_included=True)
    script = ScriptedOrder(store, 1, at(2026, 3, 2), [goods("Rug", "120")], taxes=[("VAT", "0.20")]).pay()
    off = DiscountSpec("manual", "Sorry", "percentage", Decimal(10), lines=(0,))
    script.edit(at(2026, 3, 2), discounts=[off])
    sale = sales_of(script.order)[-1]
    assert (sale.action, sale.quantity, sale.total, sale.tax) == ("update", 0, Decimal(-12), Decimal(-2))
    assert sale.total - sale.tax + sale.discount == 0
    assert script.order.lines[0].allocations[-1].amount == Decimal(12)


def test_refunding_more_than_is_held_is_balanced_not_paid() -> None:
    store = scripted_store("corner")
    script = ScriptedOrder(store, 1, at(2026, 3, 2), [goods("Vase", "50")]).pay()
    script.refund(at(2026, 3, 3), money="15").refund(at(2026, 3, 4), {0: 1})
    state = totals(script.order)
    assert (state.refunded, state.discrepancy, state.outstanding) == (Decimal(50), Decimal(0), Decimal(0))
    reasons = [one.reason for refund in script.order.refunds for one in refund.adjustments]
    assert reasons == ["refund_discrepancy", "full_return_balancing_adjustment"]
