"""The golden cases: orders whose right answers were worked out by hand, each on days of its own."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sandbox.business.golden_case import Days, GoldenCase, amounts
from sandbox.business.model import Store
from sandbox.business.scripted import (
    ScriptedOrder,
    at,
    gift_card,
    goods,
    percent_off,
    scripted_store,
    scripted_world,
)
from sandbox.business.seasons import local
from sandbox.business.webshop.golden import golden_shops
from sandbox.business.webshop.scripted import ScriptedShopOrder
from sandbox.business.world import World


def golden_world() -> tuple[World, list[GoldenCase]]:
    """A world that holds the golden cases and nothing else, and what is right about them."""
    plain = scripted_store("golden")
    taxed = scripted_store("golden_taxed", currency="EUR", timezone="Europe/Berlin", taxes_included=True)
    denver = scripted_store("golden_denver", currency="USD", timezone="America/Denver")
    auckland = scripted_store("golden_auckland", currency="NZD", timezone="Pacific/Auckland")
    shops, shop_cases = golden_shops()
    cases = [
        _g1(plain),
        _g2(taxed),
        _g3(plain),
        _g4(plain),
        _g5(taxed),
        _g8(plain),
        _g9(plain),
        _g11(plain),
        _g14(plain, 14, (date(2026, 3, 29), date(2026, 10, 25))),
        _g14(denver, 16, (date(2026, 3, 8), date(2026, 11, 1))),
        _g14(auckland, 18, (date(2026, 4, 5), date(2026, 9, 27))),
        *shop_cases,
    ]
    orders: dict[str, list[ScriptedOrder | ScriptedShopOrder]] = {}
    for case in cases:
        orders.setdefault(case.store, []).extend(case.orders)
    stores = (plain, taxed, denver, auckland, *shops)
    return scripted_world(stores, at(2026, 11, 20, 6), orders), cases


def _g1(store: Store) -> GoldenCase:
    order = ScriptedOrder(
        store, 1, at(2026, 1, 5), [goods("Pins", "1.95", 8000), goods("Boxes", "6.95", 800)]
    )
    order.pay()
    days = {date(2026, 1, 5): amounts(orders=1, gross_sales="21160", net_sales="21160", units=8800)}
    return _case("G1", store, "a line's total is not multiplied again", (order,), days)


def _g2(store: Store) -> GoldenCase:
    order = ScriptedOrder(
        store,
        2,
        at(2026, 1, 6),
        [goods("Lamp", "100")],
        taxes=[("MwSt", "0.10")],
        discounts=[percent_off("QUARTER", 25)],
    ).pay()
    right = amounts(
        orders=1, gross_sales="90.91", discounts="22.73", net_sales="68.18", taxes="6.82", total_sales="75"
    )
    return _case("G2", store, "tax out of price and discount", (order,), {date(2026, 1, 6): right})


def _g3(store: Store) -> GoldenCase:
    order = ScriptedOrder(store, 3, at(2026, 1, 7), [goods("Vase", "50")]).pay()
    order.refund(at(2026, 1, 9), money="15").refund(at(2026, 1, 12), {0: 1})
    days = {
        date(2026, 1, 7): amounts(orders=1, gross_sales="50", sales_reversals="0", net_sales="50"),
        date(2026, 1, 9): amounts(orders=0, sales_reversals="-15", net_sales="-15"),
        date(2026, 1, 12): amounts(orders=0, sales_reversals="-35", net_sales="-35"),
    }
    return _case("G3", store, "part, then the rest: never more than all", (order,), days, refunded="50")


def _g4(store: Store) -> GoldenCase:
    order = ScriptedOrder(store, 4, at(2026, 1, 14), [goods("Table", "100")]).pay()
    order.edit(at(2026, 1, 15), add=[goods("Chair", "50")]).pay()
    days = {
        date(2026, 1, 14): amounts(orders=1, gross_sales="100", net_sales="100"),
        date(2026, 1, 15): amounts(orders=0, gross_sales="50", net_sales="50"),
    }
    return _case("G4", store, "an edit belongs to its own day and is no order", (order,), days)


def _g5(store: Store) -> GoldenCase:
    order = ScriptedOrder(store, 5, at(2026, 1, 16), [goods("Clock", "69.99")], taxes=[("MwSt", "0.10")])
    order.pay("49.99").pay("20", gateway="paypal", kind="authorization")
    order.pay("20", at(2026, 1, 17), gateway="paypal", kind="capture", parent=1)
    order.refund(at(2026, 1, 19), money="10")
    days = {
        date(2026, 1, 16): amounts(orders=1, gross_sales="63.63", taxes="6.36", total_sales="69.99"),
        date(2026, 1, 19): amounts(orders=0, sales_reversals="-10", taxes="0"),
    }
    return _case("G5", store, "two gateways, one sale", (order,), days, received="69.99", refunded="10")


def _g8(store: Store) -> GoldenCase:
    order = ScriptedOrder(store, 8, at(2026, 1, 20), [goods("Boots", "80")]).pay().fulfil(at(2026, 1, 21))
    order.send_back(at(2026, 2, 2), {0: 1}).refund(at(2026, 2, 5), settles=0)
    days = {
        date(2026, 1, 20): amounts(orders=1, gross_sales="80"),
        date(2026, 2, 2): amounts(orders=0, sales_reversals="-80", net_sales="-80", units_returned=-1),
    }
    return _case("G8", store, "reversed on Monday, paid back on Thursday", (order,), days, refunded="80")


def _g9(store: Store) -> GoldenCase:
    sold = ScriptedOrder(store, 9, at(2026, 2, 9), [gift_card("50")]).pay()
    card_id = sold.order.lines[0].id
    spent = ScriptedOrder(store, 10, at(2026, 2, 11), [goods("Coat", "80")])
    spent.pay("50", gateway="gift_card", gift_card_id=card_id).pay()
    days = {
        date(2026, 2, 9): amounts(orders=1, gross_sales="0", gift_cards_sold="50", total_sales="0"),
        date(2026, 2, 11): amounts(orders=1, gross_sales="80", gift_cards_sold="0", total_sales="80"),
    }
    return _case("G9", store, "a card sold is a liability, paying with it is not", (sold, spent), days)


def _g11(store: Store) -> GoldenCase:
    order = ScriptedOrder(store, 11, at(2026, 2, 16), [goods("Machine", "33518.25", 40)]).pay()
    order.refund(at(2026, 2, 16, 13), {0: 20}).refund(at(2026, 2, 16, 14), {0: 1})
    order.send_back(at(2026, 2, 20), {0: 1}, exchange=[goods("Gasket", "885.95")])
    order.refund(at(2026, 2, 20, 13), settles=0)
    first = amounts(
        orders=1, gross_sales="1340730", sales_reversals="-703883.25", net_sales="636846.75", units=40
    )
    later = amounts(orders=0, gross_sales="885.95", sales_reversals="-33518.25", net_sales="-32632.30")
    return _case(
        "G11",
        store,
        "an exchange is a sale, not a smaller return",
        (order,),
        {date(2026, 2, 16): first, date(2026, 2, 20): later},
        total="1341615.95",
        current_total="604214.45",
        refunded="736515.55",
    )


def _g14(store: Store, number: int, days: tuple[date, ...]) -> GoldenCase:
    half_past_midnight: list[datetime] = [local(day, store.zone, 1800) for day in days]
    orders = tuple(
        ScriptedOrder(store, number + n, moment, [goods("Owl", "14.00")]).pay()
        for n, moment in enumerate(half_past_midnight)
    )
    right = {day: amounts(orders=1, gross_sales="14", net_sales="14") for day in days}
    return _case("G14", store, "the local day on which the clocks change", orders, right)


def _case(
    case_id: str,
    store: Store,
    sentence: str,
    orders: tuple[ScriptedOrder, ...],
    days: Days,
    **totals: str,
) -> GoldenCase:
    right = {orders[0].order.id: {name: Decimal(value) for name, value in totals.items()}}
    return GoldenCase(case_id, store.name, sentence, orders, days, right if totals else {})
