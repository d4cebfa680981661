"""Documents of a WooCommerce shop for the benchmarks: as its loader lands them, without a vendor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from benchmarks.history import PEOPLE, SHIPPING, TAX_RATE, Item, cart, moment, money, tax

HOME = "https://bench.example"
ZONE = ZoneInfo("Europe/London")
RATE = 75  # the id of the one tax rate


def order(n: int, *, returned_at: datetime | None = None) -> bytes:
    """One complete order document as canonical JSON, about 2.9 KB.

    With `returned_at` a later version of it, with one unit of its first line refunded.
    """
    items, at = cart(n), moment(n)
    goods, taxes = sum(item.amount for item in items), sum(tax(item.amount) for item in items)
    document = {
        **_header(n, at, returned_at or at + timedelta(minutes=5)),
        **_totals(goods=goods, taxes=taxes),
        **_buyer(n),
        "line_items": [_line(n, i, item) for i, item in enumerate(items)],
        "shipping_lines": [_shipping_line(n)],
        "tax_lines": [_tax_line(n, taxes)],
        "fee_lines": [],
        "coupon_lines": [],
        "refunds": [],
        "refund_documents": [],
    }
    if returned_at:
        refund = _refund(n, items[0], returned_at)
        document["refunds"] = [{"id": refund["id"], "reason": "", "total": f"-{refund['amount']}"}]
        document["refund_documents"] = [refund]
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def written(at: datetime) -> str:
    """A time as the vendor writes it: without an offset."""
    return at.strftime("%Y-%m-%dT%H:%M:%S")


def _header(n: int, at: datetime, changed: datetime) -> dict[str, Any]:
    times = {"created": at, "modified": changed, "paid": at, "completed": at + timedelta(minutes=5)}
    local = {f"date_{name}": written(then.astimezone(ZONE)) for name, then in times.items()}
    utc = {f"date_{name}_gmt": written(then) for name, then in times.items()}
    return {
        "id": n,
        "parent_id": 0,
        "number": str(n),
        "order_key": f"wc_order_{n:013x}",
        "created_via": "checkout",
        "version": "10.3.0",
        "status": "completed",
        "currency": "GBP",
        "currency_symbol": "£",
        "prices_include_tax": True,
        **local,
        **utc,
        "payment_method": "stripe",
        "payment_method_title": "Card",
        "transaction_id": f"ch_{n:024x}",
        "cart_hash": f"{n:032x}",
        "is_editable": False,
        "needs_payment": False,
        "needs_processing": False,
        "payment_url": f"{HOME}/checkout/order-pay/{n}/",
        "meta_data": [{"id": n * 10, "key": "_wc_order_attribution_source_type", "value": "organic"}],
        "_links": {"self": [{"href": f"{HOME}/wp-json/wc/v3/orders/{n}"}]},
    }


def _totals(*, goods: int, taxes: int) -> dict[str, str]:
    return {
        "discount_total": "0.00",
        "discount_tax": "0.00",
        "shipping_total": money(SHIPPING - tax(SHIPPING)),
        "shipping_tax": money(tax(SHIPPING)),
        "cart_tax": money(taxes),
        "total": money(goods + SHIPPING),
        "total_tax": money(taxes + tax(SHIPPING)),
    }


def _buyer(n: int) -> dict[str, Any]:
    person = n % PEOPLE
    address = {
        "first_name": "Person",
        "last_name": str(person),
        "company": "",
        "address_1": "Main Street 1",
        "address_2": "",
        "city": "Leeds",
        "state": "",
        "postcode": "LS1 1AA",
        "country": "GB",
        "phone": "",
    }
    return {
        # The vendor has no customer 0: that is a guest.
        "customer_id": person + 1,
        "customer_ip_address": "192.0.2.1",
        "customer_user_agent": "Mozilla/5.0",
        "customer_note": "",
        "billing": {**address, "email": f"person{person}@example.com"},
        "shipping": address,
    }


def _line(n: int, i: int, item: Item, *, back: int | None = None) -> dict[str, Any]:
    """A line of the order; with `back` the line of a refund that takes back so many pieces of it."""
    amount = item.amount if back is None else -item.price * back
    own = [] if back is None else [{"id": n * 10 + 5, "key": "_refunded_item_id", "value": str(n * 10 + i)}]
    net, taxed = money(amount - tax(amount)), money(tax(amount))
    return {
        "id": n * 10 + i + (0 if back is None else 5),
        "name": f"Article {item.product}",
        "product_id": item.product,
        "variation_id": 0,
        "quantity": item.quantity if back is None else -back,
        "tax_class": "",
        "subtotal": net,
        "subtotal_tax": taxed,
        "total": net,
        "total_tax": taxed,
        "taxes": [{"id": RATE, "total": taxed, "subtotal": taxed}],
        "meta_data": own,
        "sku": f"SKU-{item.product:04}",
        "price": round((item.price - tax(item.price)) / 100, 2),
        "image": {"id": "", "src": ""},
        "parent_name": None,
    }


def _shipping_line(n: int) -> dict[str, Any]:
    return {
        "id": n * 10 + 8,
        "method_title": "Flat rate",
        "method_id": "flat_rate",
        "instance_id": "1",
        "total": money(SHIPPING - tax(SHIPPING)),
        "total_tax": money(tax(SHIPPING)),
        "taxes": [{"id": RATE, "total": money(tax(SHIPPING)), "subtotal": ""}],
        "tax_status": "taxable",
        "meta_data": [],
    }


def _tax_line(n: int, taxes: int) -> dict[str, Any]:
    return {
        "id": n * 10 + 9,
        "rate_code": "GB-VAT-1",
        "rate_id": RATE,
        "label": "VAT",
        "compound": False,
        "tax_total": money(taxes),
        "shipping_tax_total": money(tax(SHIPPING)),
        "rate_percent": TAX_RATE,
        "meta_data": [],
    }


def _refund(n: int, item: Item, at: datetime) -> dict[str, Any]:
    return {
        "id": 10_000_000 + n,
        "date_created": written(at.astimezone(ZONE)),
        "date_created_gmt": written(at),
        "amount": money(item.price),
        "reason": "",
        "refunded_by": 1,
        "refunded_payment": True,
        "meta_data": [],
        "line_items": [_line(n, 0, item, back=1)],
        "shipping_lines": [],
        "tax_lines": [],
        "fee_lines": [],
    }
