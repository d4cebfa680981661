"""Orders and refunds."""

from collections.abc import Iterable
from decimal import Decimal

from sandbox.business.model import Meta, ShopOrder, ShopRefund, WebShop
from sandbox.woocommerce.render import lines
from sandbox.woocommerce.render.base import SYMBOLS, Document, Printer, billing, meta, number, shipping

EDITABLE = ("pending", "on-hold", "auto-draft", "checkout-draft")
UNPAID = ("pending", "failed", "on-hold", "checkout-draft")


def order(one: ShopOrder, shop: WebShop, printer: Printer, *, notes: Iterable[Meta]) -> Document:
    """A whole order with its meta data; `refunds` is but a hint, without dates and lines."""
    money = printer.money
    more = {"customer": f"customers/{one.customer_id}"} if one.customer_id else {}
    return {
        "id": one.id,
        "parent_id": 0,
        "number": one.number,
        "order_key": one.order_key,
        "created_via": one.created_via,
        "version": one.version,
        "status": one.status,
        "currency": one.currency,
        **printer.dates("date_created", one.created_at),
        **printer.dates("date_modified", one.modified_at),
        "discount_total": money(one.discount_total),
        "discount_tax": money(one.discount_tax),
        "shipping_total": money(one.shipping_total),
        "shipping_tax": money(one.shipping_tax),
        "cart_tax": money(one.cart_tax),
        "total": money(one.total),
        "total_tax": money(one.total_tax),
        "prices_include_tax": one.prices_include_tax,
        "customer_id": one.customer_id,
        "customer_ip_address": one.customer_ip,
        "customer_user_agent": one.user_agent,
        "customer_note": one.customer_note,
        "billing": billing(one.billing),
        "shipping": shipping(one.shipping),
        "payment_method": one.payment_method,
        "payment_method_title": one.payment_title,
        "transaction_id": one.transaction_id,
        **printer.dates("date_paid", one.paid_at),
        **printer.dates("date_completed", one.completed_at),
        "cart_hash": one.cart_hash,
        "meta_data": meta(notes),
        "line_items": [lines.line_item(each, shop, printer) for each in one.lines],
        "tax_lines": [lines.tax_line(each, printer) for each in one.tax_lines],
        "shipping_lines": [lines.shipping_line(each, printer) for each in one.shipping_lines],
        "fee_lines": [lines.fee_line(each, printer) for each in one.fee_lines],
        "coupon_lines": [lines.coupon_line(each, printer) for each in one.coupon_lines],
        "refunds": [
            {"id": each.id, "reason": each.reason, "total": f"-{money(each.amount)}"}
            for each in newest_first(one)
        ],
        "payment_url": f"{printer.home}/checkout/order-pay/{one.id}/?pay_for_order=true&key={one.order_key}",
        "is_editable": one.status in EDITABLE,
        "needs_payment": one.status in UNPAID and one.total > 0,
        "needs_processing": bool(one.lines),
        **_symbol(one),
        "_links": printer.links("orders", one.id, **more),
    }


def refund(one: ShopRefund, shop: WebShop, printer: Printer, *, with_parent: bool = False) -> Document:
    """A refund: its amount is positive, its lines are negative. `/refunds` alone names the order."""
    orders = f"orders/{one.order_id}"
    return {
        "id": one.id,
        **({"parent_id": one.order_id} if with_parent else {}),
        **printer.dates("date_created", one.created_at),
        "amount": printer.money(one.amount),
        "reason": one.reason,
        "refunded_by": one.refunded_by,
        "refunded_payment": one.refunded_payment,
        "meta_data": meta(one.meta),
        "line_items": [lines.line_item(each, shop, printer) for each in one.lines],
        "shipping_lines": [lines.shipping_line(each, printer) for each in one.shipping_lines],
        "tax_lines": _tax_lines(one, shop, printer),
        "fee_lines": [lines.fee_line(each, printer) for each in one.fee_lines],
        "_links": printer.links(f"{orders}/refunds", one.id, up=orders),
    }


def newest_first(one: ShopOrder) -> list[ShopRefund]:
    """An order's refunds as the vendor lists them."""
    return sorted(one.refunds, key=lambda each: (each.created_at, each.id), reverse=True)


def _tax_lines(one: ShopRefund, shop: WebShop, printer: Printer) -> list[Document]:
    shares = [share for each in one.lines for share in each.taxes]
    shares += [share for each in one.fee_lines for share in each.taxes]
    sent = [share for each in one.shipping_lines for share in each.taxes]
    found = []
    for place, (rate_id, (goods, shipped)) in enumerate(lines.refund_taxes(shares, sent).items()):
        rate = shop.tax_rates.get(rate_id)
        found.append(
            {
                "id": one.id * 8 + place,
                "rate_code": rate.code if rate else "",
                "rate_id": rate_id,
                "label": rate.name if rate else "",
                "compound": False,
                "tax_total": printer.money(goods),
                "shipping_tax_total": printer.money(shipped),
                "rate_percent": number(rate.percent if rate else Decimal(0)),
                "meta_data": [],
            }
        )
    return found


def _symbol(one: ShopOrder) -> Document:
    """Analytics adds it, where it knows the currency."""
    return {"currency_symbol": SYMBOLS[one.currency]} if one.currency in SYMBOLS else {}
