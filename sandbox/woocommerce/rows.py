"""The business's things as rows of collections."""

from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.business.model import Product, ShopCustomer, ShopOrder, WebShop
from sandbox.woocommerce.listing import BY_ID, NEVER, Row, Sort

CUSTOMER_SORTS = {
    "id": BY_ID,
    "name": Sort(lambda row: row.title.lower(), tie=False),
    "registered_date": Sort(lambda row: row.created, tie=False),
}
TAX_SORTS = {
    "id": BY_ID,
    "order": Sort(lambda row: row.source.position, tie=False),
    "priority": Sort(lambda row: row.source.priority, tie=False),
}


def orders(shop: WebShop, *, hidden: Iterable[int]) -> Iterator[Row]:
    """Orders of every status, trashed ones too."""
    unseen = set(hidden)
    for one in shop.shop_orders.values():
        if one.id not in unseen:
            yield Row(
                one.id,
                one,
                one.created_at,
                one.modified_at,
                status=one.status,
            )


def refunds(shop: WebShop, *, hidden: Iterable[int]) -> Iterator[Row]:
    """Refunds of every order, whatever became of it."""
    unseen = set(hidden)
    for order in shop.shop_orders.values():
        if order.id not in unseen:
            for one in order.refunds:
                yield Row(one.id, one, one.created_at, parent=order.id, owner=order)


def products(shop: WebShop) -> Iterator[Row]:
    """Products of every status."""
    for one in shop.products.values():
        yield Row(
            one.id,
            one,
            one.created_at,
            one.updated_at,
            status=one.status,
            title=one.title,
            slug=one.handle,
        )


def variations(product: Product) -> Iterator[Row]:
    """Variations of a variable product."""
    if product.is_variable:
        for one in product.variants:
            yield Row(
                one.id,
                one,
                one.created_at,
                one.updated_at,
                parent=product.id,
                title=one.title,
                owner=product,
            )


def coupons(shop: WebShop) -> Iterator[Row]:
    """Coupons; what a post calls its title is their code."""
    for one in shop.coupons.values():
        yield Row(one.id, one, one.created_at, one.modified_at, title=one.code, slug=one.code)


def customers(shop: WebShop) -> Iterator[Row]:
    """Accounts of every role."""
    for one in shop.shop_customers.values():
        yield Row(one.id, one, one.created_at, one.modified_at, status=one.role, title=_display_name(one))


def taxes(shop: WebShop) -> Iterator[Row]:
    """Tax rates."""
    for one in shop.tax_rates.values():
        yield Row(one.id, one, NEVER)


def sold(shop: WebShop) -> dict[int, int]:
    """Units by product over all orders that were paid or are on their way."""
    found: dict[int, int] = {}
    for order in shop.shop_orders.values():
        if order.paid_at is not None:
            for line in order.lines:
                found[line.item.product_id] = found.get(line.item.product_id, 0) + line.quantity
    return found


def alike(shop: WebShop) -> dict[str, list[int]]:
    """Products by their type."""
    found: dict[str, list[int]] = {}
    for one in shop.products.values():
        found.setdefault(one.product_type, []).append(one.id)
    return found


def version(shop: WebShop, row: Row, *, gone: int) -> Any:
    """What changes whenever an order's or a refund's document does; None for things that are not kept.

    `gone` is how many products have left the catalogue: lines that sold one lose what it said.
    """
    order = row.owner or row.source
    if not isinstance(order, ShopOrder):
        return None
    life = shop.shop_lives.get(order.id)
    seen = life.revealed if life is not None else 0
    return seen, order.modified_at, order.customer_id, order.billing, order.shipping, gone


def _display_name(one: ShopCustomer) -> str:
    return f"{one.first_name} {one.last_name}".strip() or one.username
