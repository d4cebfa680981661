"""Orders and settings as the WooCommerce loader lands them, built from what happened to them.

Keys and JSON types are the vendor's: amounts are texts, `price` is a number, moments come as the shop's wall
clock and as UTC, both without saying which. Ids of parts are the order's id times a million, counted up.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.dbt.rawlog import Version

Document = dict[str, Any]


class WebOrder:
    """One order; `total` is the sum of its parts unless it is set to something else."""

    def __init__(
        self,
        number: int,
        placed_at: datetime,
        *,
        status: str = "completed",
        zone: str = "Europe/Berlin",
        currency: str = "EUR",
        customer: int = 0,
        email: str = "",
    ) -> None:
        self.number, self.placed_at, self.updated_at = number, placed_at, placed_at
        self.status, self.zone, self.currency = status, ZoneInfo(zone), currency
        self.customer, self.email = customer, email
        self.total: str | None = None
        self.paid_at: datetime | None = None
        self.completed_at: datetime | None = None
        self.lines: list[Document] = []
        self.shipping: list[Document] = []
        self.fees: list[Document] = []
        self.coupons: list[Document] = []
        self.refunds: list[Document] = []
        self._ids = itertools.count(number * 1_000_000 + 1)

    @property
    def id(self) -> str:
        return str(self.number)

    def clocks(self, name: str, at: datetime | None) -> Document:
        """A moment under the vendor's two names."""
        if at is None:
            return {name: None, f"{name}_gmt": None}
        return {
            name: at.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M:%S"),
            f"{name}_gmt": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        }

    def line(
        self,
        total: str,
        *,
        quantity: int = 1,
        subtotal: str | None = None,
        tax: str = "0.00",
        product: int = 1,
        variation: int = 0,
    ) -> Document:
        """A line by its amounts without tax: before coupons (`subtotal`) and after them."""
        line: Document = {
            "id": next(self._ids),
            "name": f"Product {product} - Blue" if variation else f"Product {product}",
            "parent_name": f"Product {product}" if variation else None,
            "product_id": product,
            "variation_id": variation,
            "quantity": quantity,
            "tax_class": "",
            "subtotal": subtotal or total,
            "subtotal_tax": tax,
            "total": total,
            "total_tax": tax,
            "taxes": [{"id": 1, "total": f"{tax}0000", "subtotal": f"{tax}0000"}],
            "meta_data": [],
            "sku": f"SKU-{product}",
            "global_unique_id": "",
            "price": float(total) / quantity if quantity else 0,
        }
        self.lines.append(line)
        return line

    def ship(self, total: str, *, tax: str = "0.00") -> Document:
        part = {
            "id": next(self._ids),
            "method_title": "Flat rate",
            "method_id": "flat_rate",
            "instance_id": "1",
        }
        self.shipping.append(part | {"total": total, "total_tax": tax, "taxes": [], "meta_data": []})
        return self.shipping[-1]

    def fee(self, total: str, *, tax: str = "0.00", name: str = "Fee") -> Document:
        part = {"id": next(self._ids), "name": name, "tax_class": "", "tax_status": "taxable"}
        self.fees.append(part | {"total": total, "total_tax": tax, "taxes": [], "meta_data": []})
        return self.fees[-1]

    def refund(self, amount: str, at: datetime, *parts: Document, moves: bool = True) -> Document:
        """Money given back, of parts made by `back()`; an older shop does not move the order (`moves`)."""
        kinds = {"line_items": "quantity", "shipping_lines": "method_id", "fee_lines": "tax_status"}
        refund = {
            "id": self.number * 1_000 + len(self.refunds) + 1,
            **self.clocks("date_created", at),
            "amount": amount,
            "reason": "",
            "refunded_by": 1,
            "refunded_payment": True,
            "meta_data": [],
            **{kind: [part for part in parts if key in part] for kind, key in kinds.items()},
            "tax_lines": [],
        }
        self.refunds.append(refund)
        if moves:
            self.updated_at = max(self.updated_at, at)
        return refund

    def back(
        self, part: Document, total: str, *, quantity: int = 0, tax: str = "0.00", link: object = None
    ) -> Document:
        """A part of a refund: what is given back of a line, of shipping or of a fee, below zero."""
        link = str(part["id"]) if link is None else link
        given: Document = {key: part[key] for key in _KEPT if key in part}
        if "quantity" in part:
            given |= {"quantity": -quantity, "subtotal": f"-{total}", "subtotal_tax": f"-{tax}", "price": 1.5}
        meta = [{"id": 1, "key": "_refunded_item_id", "value": link}]
        return given | {
            "id": next(self._ids),
            "total": f"-{total}",
            "total_tax": f"-{tax}",
            "meta_data": meta,
        }

    def document(self) -> Document:
        """The order as it stands."""
        parts = [*self.lines, *self.shipping, *self.fees]
        tax = sum((_number(part["total_tax"]) for part in parts), Decimal(0))
        total = tax + sum((_number(part["total"]) for part in parts), Decimal(0))
        address = {"first_name": "Ann", "last_name": "Lee", "city": "Gent", "state": "", "country": "BE"}
        return {
            "id": self.number,
            "parent_id": 0,
            "number": f"LL-{self.number}",
            "created_via": "checkout",
            "version": "9.8.5",
            "status": self.status,
            "currency": self.currency,
            **self.clocks("date_created", self.placed_at),
            **self.clocks("date_modified", self.updated_at),
            **self.clocks("date_paid", self.paid_at),
            **self.clocks("date_completed", self.completed_at),
            "discount_total": "0.00",
            "discount_tax": "0.00",
            "shipping_total": str(sum((_number(part["total"]) for part in self.shipping), Decimal(0))),
            "shipping_tax": "0.00",
            "cart_tax": str(tax),
            "total": str(total) if self.total is None else self.total,
            "total_tax": str(tax),
            "prices_include_tax": True,
            "customer_id": self.customer,
            "billing": {**address, "email": self.email, "phone": ""},
            "shipping": dict(address),
            "payment_method": "bacs",
            "payment_method_title": "Bank transfer",
            "transaction_id": "",
            "meta_data": [{"id": 1, "key": "_plugin", "value": {"any": ["type"]}}],
            "line_items": list(self.lines),
            "tax_lines": [{"id": 1, "rate_id": 1, "rate_code": "DE-1", "label": "VAT", "rate_percent": 19}],
            "shipping_lines": list(self.shipping),
            "fee_lines": list(self.fees),
            "coupon_lines": list(self.coupons),
            "refunds": [
                {"id": one["id"], "reason": "", "total": f"-{one['amount']}"} for one in self.refunds
            ],
            "refund_documents": list(self.refunds),
        }

    def version(self, account: str, seen: datetime, **changes: object) -> Version:
        """The order as one row of the log."""
        moment = self.updated_at
        return Version(account, "orders", self.id, self.document() | changes, moment, seen, "woocommerce")


_KEPT = ("name", "product_id", "variation_id", "sku", "method_id", "tax_status")


def _number(text: object) -> Decimal:
    return Decimal(str(text)) if text not in ("", None) else Decimal(0)


def site(
    account: str,
    at: datetime,
    *,
    zone: str = "Europe/Berlin",
    offset: object = 0,
    currency: str = "EUR",
    settings: Document | None = None,
) -> Version:
    """A site's settings as one row of the log."""
    home = f"https://{account}.example"
    body = {
        "home": home,
        "name": account,
        "timezone_string": zone,
        "gmt_offset": offset,
        "version": "9.8.5",
        "settings": {
            "woocommerce_currency": currency,
            "woocommerce_prices_include_tax": "yes",
            "woocommerce_price_num_decimals": "2",
            **(settings or {}),
        },
    }
    return Version(account, "settings", home, body, None, at, "woocommerce")


def account_holder(number: int, *, email: str) -> Document:
    """A customer the site knows by id."""
    return {
        "id": number,
        "email": email,
        "first_name": "Ada",
        "last_name": f"No {number}",
        "username": f"ada{number}",
        "role": "customer",
        "billing": {"country": "DE", "city": "Berlin"},
        "is_paying_customer": True,
        "date_created_gmt": "2020-01-01T00:00:00",
        "date_modified_gmt": None,
    }


def catalogue_product(number: int, *, title: str, variations: bool = False) -> Document:
    """A product; with `variations` it is sold in one colour, numbered ten times the product's number."""
    colour = {"id": 1, "name": "Colour", "option": "Blue"}
    variation = {"id": number * 10, "attributes": [colour], "sku": f"V-{number}", "price": "10.00"}
    return {
        "id": number,
        "name": title,
        "slug": f"product-{number}",
        "type": "variable" if variations else "simple",
        "status": "publish",
        "sku": f"SKU-{number}",
        "price": "10.00",
        "regular_price": "" if variations else "12.00",
        "categories": [{"id": 1, "name": "Cloth"}],
        "date_created_gmt": "2020-01-01T00:00:00",
        "variation_documents": [variation] if variations else [],
    }
