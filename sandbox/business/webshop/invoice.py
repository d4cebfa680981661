"""An order's lines and totals, written from a priced cart as the shop shows them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from sandbox.business.model import (
    Meta,
    RateShare,
    ShopCouponLine,
    ShopFee,
    ShopLine,
    ShopOrder,
    ShopShipping,
    ShopTaxLine,
    ShopTaxRate,
)
from sandbox.business.money import money
from sandbox.business.webshop.events import Cart, CartLine, Notes, ShopHeader
from sandbox.business.webshop.pricing import Bill, Part, PricedLine, Rounding, price, without_tax

BLOCK = 1_000_000  # ids per order and kind
TAX_LINES, REFUND_PARTS, NOTES = 500_000, 600_000, 800_000
PER_LINE = 100  # ids of meta entries per line


def item_id(order_id: int, slot: int) -> int:
    """The id of what is in a slot of an order."""
    return order_id * BLOCK + slot


def write(order: ShopOrder, cart: Cart, header: ShopHeader) -> None:
    """Put the cart into the order: parts and totals."""
    bill, rounding = price(cart, header), Rounding(header)
    order.lines = tuple(
        _line(order.id, line, priced, rounding) for line, priced in zip(cart.lines, bill.lines, strict=True)
    )
    order.shipping_lines = tuple(
        ShopShipping(
            item_id(order.id, one.slot),
            one.title,
            one.method,
            str(one.slot),
            money(rounding.net(part.net)),
            money(rounding.taxes(part)),
            _shares(part),
        )
        for one, part in zip(cart.deliveries, bill.deliveries, strict=True)
    )
    order.fee_lines = tuple(
        ShopFee(
            item_id(order.id, one.slot),
            one.name,
            "",
            "taxable" if one.taxed else "none",
            money(rounding.net(part.net)),
            money(rounding.taxes(part)),
            _shares(part, part),
        )
        for one, part in zip(cart.surcharges, bill.surcharges, strict=True)
    )
    order.coupon_lines = tuple(_coupons(order.id, cart, bill, header))
    order.tax_lines = tuple(_taxes(order.id, header.rates, bill, rounding))
    _add_up(order, bill, rounding)


def _line(order_id: int, line: CartLine, priced: PricedLine, rounding: Rounding) -> ShopLine:
    before, after = priced.before, priced.after
    number = item_id(order_id, line.slot)
    return ShopLine(
        number,
        line.item,
        line.quantity,
        money(rounding.net(before.net)),
        money(rounding.taxes(before)),
        money(rounding.net(after.net)),
        money(rounding.taxes(after)),
        unit_price(after.net, line.quantity),
        _shares(after, before),
        noted(number * PER_LINE, line.meta),
    )


def noted(first: int, notes: Notes) -> tuple[Meta, ...]:
    """Meta entries with ids that follow `first`."""
    return tuple(Meta(first + number, key, value) for number, (key, value) in enumerate(notes, 1))


@lru_cache(maxsize=100_000)
def unit_price(net: int, quantity: int) -> Decimal:
    """Millionths by unit; the whole where there is no unit."""
    return millionths(net) / (quantity or 1)


def millionths(amount: int) -> Decimal:
    """Millionths as Decimal with six places."""
    return Decimal(amount).scaleb(-6)


def _shares(after: Part, before: Part | None = None) -> tuple[RateShare, ...]:
    earlier = dict(before.taxes) if before is not None else {}
    return tuple(
        RateShare(rate, millionths(tax), millionths(earlier[rate]) if rate in earlier else None)
        for rate, tax in after.taxes
    )


def _coupons(order_id: int, cart: Cart, bill: Bill, header: ShopHeader) -> list[ShopCouponLine]:
    written = []
    for number, use in enumerate(cart.coupons):
        off = net = 0
        for line, priced in zip(cart.lines, bill.lines, strict=True):
            cut = priced.cuts[number]
            rates = [one for one in header.rates if one.tax_class == line.item.tax_class]
            off += cut
            net += without_tax(cut, rates if header.prices_include_tax else ())
        without = Rounding(header).net(net)
        written.append(
            ShopCouponLine(
                item_id(order_id, use.slot),
                use.code,
                money(without),
                money(off - without),
                use.kind,
                use.amount,
                use.free_shipping,
            )
        )
    return written


def _taxes(order_id: int, rates: Sequence[ShopTaxRate], bill: Bill, rounding: Rounding) -> list[ShopTaxLine]:
    written = []
    for number, rate in enumerate(rates, 1):
        goods = [_of(rate.id, part) for part in (*(one.after for one in bill.lines), *bill.surcharges)]
        freight = [_of(rate.id, part) for part in bill.deliveries]
        if any(part.taxes for part in (*goods, *freight)):
            written.append(
                ShopTaxLine(
                    item_id(order_id, TAX_LINES + number),
                    rate.id,
                    rate.code,
                    rate.name,
                    rate.percent,
                    money(rounding.tax_of(goods)),
                    money(rounding.tax_of(freight)),
                )
            )
    return written


def _of(rate_id: int, part: Part) -> Part:
    return Part(0, tuple(one for one in part.taxes if one[0] == rate_id))


def _add_up(order: ShopOrder, bill: Bill, rounding: Rounding) -> None:
    goods = [*(one.after for one in bill.lines), *bill.surcharges]
    reduced = [line for line in bill.lines if any(line.cuts)]
    order.discount_total = money(rounding.net(sum(one.before.net - one.after.net for one in reduced)))
    order.discount_tax = money(rounding.tax(sum(one.before.tax - one.after.tax for one in reduced)))
    order.shipping_total = money(rounding.net(sum(part.net for part in bill.deliveries)))
    order.shipping_tax = money(rounding.tax_of(bill.deliveries))
    order.cart_tax = money(rounding.tax_of(goods))
    order.total_tax = order.cart_tax + order.shipping_tax
    order.total = money(rounding.total(goods, bill.deliveries))
