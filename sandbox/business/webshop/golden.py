"""The golden cases of web shops, each on days of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sandbox.business.golden_case import Days, GoldenCase, amounts
from sandbox.business.model import WebShop
from sandbox.business.scripted import at
from sandbox.business.seasons import local
from sandbox.business.webshop.scripted import ScriptedShopOrder, coupon, scripted_shop, sold


def golden_shops() -> tuple[tuple[WebShop, ...], list[GoldenCase]]:
    """The shops, and what is right about their orders."""
    shop = scripted_shop("golden_shop", rates=[("", "0.0875")])
    denver = scripted_shop("golden_shop_denver", currency="USD", timezone="America/Denver")
    auckland = scripted_shop("golden_shop_auckland", currency="NZD", timezone="Pacific/Auckland")
    cases = [
        _g3(shop),
        _g12(shop),
        _g13(shop),
        _g14(shop, 40, (date(2026, 3, 29), date(2026, 10, 25))),
        _g14(denver, 50, (date(2026, 3, 8), date(2026, 11, 1))),
        _g14(auckland, 60, (date(2026, 4, 5), date(2026, 9, 27))),
    ]
    return (shop, denver, auckland), cases


def _g3(shop: WebShop) -> GoldenCase:
    """The rest comes as an amount alone with one order, with the whole line for less money with the other."""
    orders = [
        ScriptedShopOrder(shop, number, at(2026, 1, 7), [sold("Vase", "50", tax_class="none")])
        .pay()
        .refund(at(2026, 1, 9), money="15")
        .refund_the_rest(at(2026, 1, 12), with_lines=with_lines)
        for number, with_lines in ((1, False), (2, True))
    ]
    days: Days = {
        date(2026, 1, 7): amounts(orders=2, gross_sales="100", net_sales="100"),
        date(2026, 1, 9): amounts(orders=0, sales_reversals="-30", net_sales="-30"),
        date(2026, 1, 12): amounts(orders=0, sales_reversals="-70", net_sales="-70", units_returned=-1),
    }
    totals = {one.order.id: {"total": Decimal(50), "refunded": Decimal(50)} for one in orders}
    sentence = "part, then the rest: never more than all"
    return GoldenCase("G3", shop.name, sentence, tuple(orders), days, totals)


def _g12(shop: WebShop) -> GoldenCase:
    def bought(number: int, day: int) -> ScriptedShopOrder:
        lines = [sold("Plate", "25", 4)]
        coupons = [coupon("twenty", "20")]
        return ScriptedShopOrder(shop, number, at(2026, 1, day), lines, delivery="10", coupons=coupons).pay()

    plain, refunded = bought(3, 14), bought(4, 15).refund(at(2026, 1, 15, 16), money="12")
    right: dict[str, str | int] = {
        "orders": 1,
        "gross_sales": "100",
        "discounts": "20",
        "shipping": "10",
        "taxes": "7",
        "units": 4,
    }
    days: Days = {
        date(2026, 1, 14): amounts(**right, net_sales="80", total_sales="97"),
        date(2026, 1, 15): amounts(**right, sales_reversals="-12", net_sales="68", total_sales="85"),
    }
    totals = {plain.order.id: {"total": Decimal(97), "refunded": Decimal(0)}}
    sentence = "coupon, shipping, tax, and an amount given back"
    return GoldenCase("G12", shop.name, sentence, (plain, refunded), days, totals)


def _g13(shop: WebShop) -> GoldenCase:
    def bought(number: int, price: str) -> ScriptedShopOrder:
        return ScriptedShopOrder(shop, number, at(2026, 1, 19), [sold("Bowl", price, tax_class="none")])

    orders = (
        bought(5, "50").pay().refund_the_rest(at(2026, 1, 19, 15), with_lines=True),
        bought(6, "100").pay().turn(at(2026, 1, 19, 16), "completed"),
        bought(7, "75").turn(at(2026, 1, 19, 13), "failed"),
    )
    days: Days = {date(2026, 1, 19): amounts(orders=2, gross_sales="150", net_sales="100")}
    return GoldenCase("G13", shop.name, "what failed is no sale, what was refunded is one", orders, days, {})


def _g14(shop: WebShop, number: int, days: tuple[date, ...]) -> GoldenCase:
    orders = tuple(
        ScriptedShopOrder(
            shop, number + n, local(day, shop.zone, 1800), [sold("Owl", "14", tax_class="none")]
        ).pay()
        for n, day in enumerate(days)
    )
    right: Days = {day: amounts(orders=1, gross_sales="14", net_sales="14") for day in days}
    return GoldenCase("G14", shop.name, "the local day on which the clocks change", orders, right, {})
