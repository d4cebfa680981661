"""The parts of an order and of a refund: lines, shipping, fees, coupons, taxes."""

from collections.abc import Iterable
from decimal import Decimal

from sandbox.business.model import (
    Meta,
    RateShare,
    ShopCouponLine,
    ShopFee,
    ShopLine,
    ShopShipping,
    ShopTaxLine,
    WebShop,
)
from sandbox.woocommerce.render.base import Document, Printer, number, slug

WITH_IMAGE = 5  # every so many products have none


def line_item(line: ShopLine, shop: WebShop, printer: Printer) -> Document:
    """A line of goods; what its product no longer says is null, zero or empty."""
    item = line.item
    product_id, variation_id = shop.refers_to(item.product_id, item.variation_id)
    return {
        "id": line.id,
        "name": item.name,
        "product_id": product_id,
        "variation_id": variation_id,
        "quantity": line.quantity,
        "tax_class": item.tax_class,
        "subtotal": printer.money(line.subtotal),
        "subtotal_tax": printer.money(line.subtotal_tax),
        "total": printer.money(line.total),
        "total_tax": printer.money(line.total_tax),
        "taxes": _taxes(line.taxes),
        "meta_data": [*_attributes(line), *_refunded(line.id, line.refunded_item_id)],
        "sku": item.sku if product_id else None,
        "global_unique_id": "",
        "price": number(line.price),
        "image": _image(product_id, printer),
        "parent_name": item.parent_name if product_id and variation_id else None,
    }


def shipping_line(line: ShopShipping, printer: Printer) -> Document:
    """A way of sending."""
    return {
        "id": line.id,
        "method_title": line.title,
        "method_id": line.method,
        "instance_id": line.instance_id,
        "total": printer.money(line.total),
        "total_tax": printer.money(line.total_tax),
        "taxes": _taxes(line.taxes),
        "tax_status": "taxable" if line.taxes or line.total_tax else "none",
        "meta_data": [*_meta(line.meta), *_refunded(line.id, line.refunded_item_id)],
    }


def fee_line(line: ShopFee, printer: Printer) -> Document:
    """A fee; the amount a plugin noted comes beside the total."""
    return {
        "id": line.id,
        "name": line.name,
        "tax_class": line.tax_class,
        "tax_status": line.tax_status,
        "amount": str(line.total),
        "total": printer.money(line.total),
        "total_tax": printer.money(line.total_tax),
        "taxes": _taxes(line.taxes),
        "meta_data": [*_meta(line.meta), *_refunded(line.id, line.refunded_item_id)],
    }


def coupon_line(line: ShopCouponLine, printer: Printer) -> Document:
    """What a coupon took off."""
    return {
        "id": line.id,
        "code": line.code,
        "discount": printer.money(line.discount),
        "discount_tax": printer.money(line.discount_tax),
        "meta_data": [],
        "discount_type": line.kind,
        "nominal_amount": number(line.nominal),
        "free_shipping": line.free_shipping,
    }


def tax_line(line: ShopTaxLine, printer: Printer) -> Document:
    """What a tax rate took of the order."""
    return {
        "id": line.id,
        "rate_code": line.rate_code,
        "rate_id": line.rate_id,
        "label": line.label,
        "compound": line.compound,
        "tax_total": printer.money(line.tax_total),
        "shipping_tax_total": printer.money(line.shipping_tax_total),
        "rate_percent": number(line.rate_percent),
        "meta_data": [],
    }


def refund_taxes(
    parts: Iterable[RateShare], shipping: Iterable[RateShare]
) -> dict[int, tuple[Decimal, Decimal]]:
    """What a refund gives back of each tax rate: on goods and fees, on shipping."""
    found: dict[int, tuple[Decimal, Decimal]] = {}
    for share in parts:
        goods, sent = found.get(share.rate_id, (Decimal(0), Decimal(0)))
        found[share.rate_id] = goods + share.total, sent
    for share in shipping:
        goods, sent = found.get(share.rate_id, (Decimal(0), Decimal(0)))
        found[share.rate_id] = goods, sent + share.total
    return found


def _taxes(shares: Iterable[RateShare]) -> list[Document]:
    return [
        {
            "id": one.rate_id,
            "total": str(one.total),
            "subtotal": "" if one.subtotal is None else str(one.subtotal),
        }
        for one in shares
    ]


def _attributes(line: ShopLine) -> list[Document]:
    """What was chosen, as the shop names it for people; what nobody noted is added."""
    chosen = {f"pa_{slug(name)}": (name, value) for name, value in line.item.attributes}
    found = _meta(line.meta)
    for entry in found:
        if entry["key"] in chosen:
            entry["display_key"], entry["display_value"] = chosen.pop(entry["key"])
    for place, (key, (name, value)) in enumerate(chosen.items()):
        entry = _entry(line.id * 8 + place, key, slug(value))
        found.append({**entry, "display_key": name, "display_value": value})
    return found


def _refunded(line_id: int, original: int | None) -> list[Document]:
    """The link to the order's own line, as text."""
    return [] if original is None else [_entry(line_id * 8 + 7, "_refunded_item_id", str(original))]


def _meta(entries: Iterable[Meta]) -> list[Document]:
    return [_entry(one.id, one.key, one.value) for one in entries]


def _entry(number: int, key: str, value: object) -> Document:
    return {"id": number, "key": key, "value": value, "display_key": key, "display_value": value}


def _image(product_id: int, printer: Printer) -> Document:
    """Its id is text where there is an image, "" where the product has none, the number 0 without product."""
    if not product_id:
        return {"id": 0, "src": ""}
    if product_id % WITH_IMAGE == 0:
        return {"id": "", "src": ""}
    image = product_id * 10 + 1
    return {"id": str(image), "src": f"{printer.home}/wp-content/uploads/2025/01/{image}.jpg"}
