"""Products and their variations."""

import random
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from zlib import crc32

from sandbox.business.model import Product, Variant
from sandbox.woocommerce.render.base import SYMBOLS, Document, Printer, shown, slug
from sandbox.woocommerce.render.lines import WITH_IMAGE

STATUSES = {"active": "publish", "archived": "private", "draft": "draft"}
FIRST_TERM, FIRST_ATTRIBUTE = 16, 1
RELATED, AS_A_WHOLE = 5, 7


def product(one: Product, printer: Printer, *, currency: str, sold: int, related: Sequence[int]) -> Document:
    """A product; a variable one has the price of its cheapest variation and no regular price of its own.

    Of the related ones it names five, at every answer others.
    """
    cheapest = min(one.variants, key=lambda each: each.price)
    name = shown(one.title)
    return {
        "id": one.id,
        "name": name,
        "slug": one.handle,
        "permalink": f"{printer.home}/product/{one.handle}/",
        **printer.dates("date_created", one.created_at),
        **printer.dates("date_modified", one.updated_at),
        "type": "variable" if one.is_variable else "simple",
        "status": STATUSES[one.status],
        "featured": False,
        "catalog_visibility": "visible",
        "description": f"<p>{name}</p>\n",
        "short_description": "",
        "sku": "" if one.is_variable else cheapest.sku or "",
        "global_unique_id": "" if one.is_variable else cheapest.barcode or "",
        **_prices(cheapest, printer, variable=one.is_variable),
        "price_html": _price_html(cheapest.price, printer, currency=currency),
        "on_sale": _on_sale(cheapest),
        "purchasable": True,
        "total_sales": sold,
        "virtual": one.is_gift_card,
        "downloadable": False,
        "downloads": [],
        "download_limit": -1,
        "download_expiry": -1,
        "external_url": "",
        "button_text": "",
        "tax_status": "taxable" if cheapest.taxable else "none",
        "tax_class": one.tax_class,
        **_stock(one.variants, managed=_counts_itself(one)),
        "sold_individually": False,
        **_parcel(),
        "shipping_required": not one.is_gift_card,
        "shipping_taxable": not one.is_gift_card,
        "reviews_allowed": True,
        "average_rating": "0.00",
        "rating_count": 0,
        "upsell_ids": [],
        "cross_sell_ids": [],
        "parent_id": 0,
        "purchase_note": "",
        "categories": [category(one.product_type)],
        "brands": [],
        "tags": [tag(name) for name in one.tags],
        "images": _images(one, printer),
        "attributes": _attributes(one),
        "default_attributes": [],
        "variations": [each.id for each in one.variants] if one.is_variable else [],
        "grouped_products": [],
        "menu_order": 0,
        "related_ids": random.sample(related, min(RELATED, len(related))),
        "meta_data": [{"id": one.id * 4, "key": "_wpcom_is_markdown", "value": "1"}],
        "stock_status": _stock_status(one.variants),
        "has_options": one.is_variable,
        "post_password": "",
        "lang": "de",
        "translations": [],
        "_links": printer.links("products", one.id),
    }


def variation(one: Variant, parent: Product, printer: Printer) -> Document:
    """A variation of a variable product; its stock may be its parent's."""
    name, option = one.option
    base = f"products/{parent.id}"
    return {
        "id": one.id,
        "type": "variation",
        **printer.dates("date_created", one.created_at),
        **printer.dates("date_modified", one.updated_at),
        "description": "",
        "permalink": f"{printer.home}/product/{parent.handle}/?attribute_pa_{slug(name)}={slug(option)}",
        "sku": one.sku or "",
        "global_unique_id": one.barcode or "",
        **_prices(one, printer, variable=False),
        "on_sale": _on_sale(one),
        "status": "publish",
        "purchasable": True,
        "virtual": False,
        "downloadable": False,
        "downloads": [],
        "download_limit": -1,
        "download_expiry": -1,
        "tax_status": "taxable" if one.taxable else "none",
        "tax_class": parent.tax_class,
        **_variation_stock(one, parent),
        "stock_status": _stock_status([one]),
        **_parcel(),
        "image": None if parent.id % WITH_IMAGE == 0 else _image(parent, printer),
        "attributes": [{"id": FIRST_ATTRIBUTE, "name": name, "slug": f"pa_{slug(name)}", "option": option}],
        "menu_order": one.position,
        "meta_data": [],
        "name": option,
        "parent_id": parent.id,
        "_links": printer.links(f"{base}/variations", one.id, up=base),
    }


def category(name: str) -> Document:
    """A category as its products name it."""
    return _term("category", name)


def tag(name: str) -> Document:
    """A tag as its products name it."""
    return _term("tag", name)


def _term(kind: str, name: str) -> Document:
    """A word has the same id at every product and in every sandbox."""
    number = FIRST_TERM + crc32(f"{kind} {name}".encode()) % 1_000_000
    return {"id": number, "name": shown(name), "slug": slug(name)}


def _prices(one: Variant, printer: Printer, *, variable: bool) -> Document:
    sale = _on_sale(one)
    regular = one.compare_at_price if sale and one.compare_at_price is not None else one.price
    never: dict[str, datetime | None] = {"date_on_sale_from": None, "date_on_sale_to": None}
    return {
        "price": printer.money(one.price),
        "regular_price": "" if variable else printer.money(regular),
        "sale_price": printer.money(one.price) if sale and not variable else "",
        **{key: value for name, at in never.items() for key, value in printer.dates(name, at).items()},
    }


def _on_sale(one: Variant) -> bool:
    return one.compare_at_price is not None and one.compare_at_price > one.price


def _counts_itself(one: Product) -> bool:
    """Whether stock is kept of the product: of simple ones, and of some variable ones as a whole."""
    tracked = all(each.inventory.tracked for each in one.variants)
    return tracked and (not one.is_variable or one.id % AS_A_WHOLE == 0)


def _variation_stock(one: Variant, parent: Product) -> Document:
    """A variation whose parent keeps the stock says so with a word, and shows the parent's quantity."""
    if _counts_itself(parent):
        return {**_stock(parent.variants, managed=True), "manage_stock": "parent"}
    return _stock([one], managed=one.inventory.tracked)


def _stock(variants: list[Variant], *, managed: bool) -> Document:
    return {
        "manage_stock": managed,
        "stock_quantity": sum(map(_available, variants)) if managed else None,
        "backorders": "no",
        "backorders_allowed": False,
        "backordered": False,
        "low_stock_amount": None,
    }


def _available(one: Variant) -> int:
    return sum(level.available for level in one.inventory.levels.values() if level.is_active)


def _stock_status(variants: list[Variant]) -> str:
    there = any(not one.inventory.tracked or _available(one) > 0 for one in variants)
    return "instock" if there else "outofstock"


def _parcel() -> Document:
    return {
        "weight": "",
        "dimensions": {"length": "", "width": "", "height": ""},
        "shipping_class": "",
        "shipping_class_id": 0,
    }


def _attributes(one: Product) -> list[Document]:
    if not one.is_variable:
        return []
    name = one.variants[0].option[0]
    return [
        {
            "id": FIRST_ATTRIBUTE,
            "name": name,
            "slug": f"pa_{slug(name)}",
            "position": 0,
            "visible": True,
            "variation": True,
            "options": [each.option[1] for each in one.variants],
        }
    ]


def _images(one: Product, printer: Printer) -> list[Document]:
    return [] if one.id % WITH_IMAGE == 0 else [_image(one, printer)]


def _image(one: Product, printer: Printer) -> Document:
    number = one.id * 10 + 1
    return {
        "id": number,
        **printer.dates("date_created", one.created_at),
        **printer.dates("date_modified", one.created_at),
        "src": f"{printer.home}/wp-content/uploads/2025/01/{number}.jpg",
        "name": f"{number}.jpg",
        "alt": "",
    }


def _price_html(price: Decimal, printer: Printer, *, currency: str) -> str:
    symbol = SYMBOLS.get(currency, currency)
    sign = f'<span class="woocommerce-Price-currencySymbol">{symbol}</span>'
    amount = f"{printer.money(price)}&nbsp;{sign}"
    return f'<span class="woocommerce-Price-amount amount"><bdi>{amount}</bdi></span>'
