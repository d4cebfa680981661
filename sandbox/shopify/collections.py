"""The root connections: which rows they hold, how they sort, what their search knows."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sandbox.shopify.render.base import Node
from sandbox.shopify.render.catalogue import InventoryItemNode, LocationNode, ProductNode, VariantNode
from sandbox.shopify.render.desk import Desk
from sandbox.shopify.render.marketing import CodeDiscountHolderNode, DiscountHolderNode, EventNode
from sandbox.shopify.render.order import OrderNode
from sandbox.shopify.render.people import CheckoutNode, CustomerNode
from sandbox.shopify.search import Field
from sandbox.shopify.searchable import (
    CHECKOUTS,
    CUSTOMERS,
    DISCOUNTS,
    EVENTS,
    INVENTORY_ITEMS,
    LOCATIONS,
    ORDERS,
    PRODUCTS,
    VARIANTS,
)

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Sort:
    """A sort key: the value it orders by, and the search field that filters on the same value."""

    value: Callable[[Any], Any]
    bound: str | None = None


@dataclass(frozen=True)
class Collection:
    """One root connection."""

    rows: Callable[[Desk], Iterable[Any]]
    node: type[Node]
    fields: Mapping[str, Field]
    sorts: Mapping[str, Sort]


def _by(name: str, bound: str | None = None) -> Sort:
    return Sort(lambda row: getattr(row, name) or NEVER, bound)


def _text(value: Callable[[Any], Any]) -> Sort:
    return Sort(lambda row: str(value(row) or "").lower())


ID = Sort(lambda row: row.id, "id")
CREATED, UPDATED = _by("created_at", "created_at"), _by("updated_at", "updated_at")
COMMON = {"ID": ID, "RELEVANCE": ID, "CREATED_AT": CREATED, "UPDATED_AT": UPDATED}


def _orders(desk: Desk) -> Iterable[Any]:
    return desk.store.orders.values()


def _discounts(desk: Desk) -> Iterable[Any]:
    return desk.store.discounts.values()


DISCOUNT_SORTS = {
    **COMMON,
    "TITLE": _text(lambda row: row.title),
    "STARTS_AT": _by("starts_at", "starts_at"),
    "ENDS_AT": _by("ends_at"),
}

COLLECTIONS: dict[str, Collection] = {
    "orders": Collection(
        _orders,
        OrderNode,
        ORDERS,
        {
            **COMMON,
            "PROCESSED_AT": _by("processed_at", "processed_at"),
            "ORDER_NUMBER": Sort(lambda row: row.number),
            "CUSTOMER_NAME": _text(lambda row: row.email),
        },
    ),
    "customers": Collection(
        lambda desk: (one for one in desk.store.customers.values() if one.merged_into is None),
        CustomerNode,
        CUSTOMERS,
        {**COMMON, "NAME": _text(lambda row: f"{row.last_name}, {row.first_name}")},
    ),
    "products": Collection(
        lambda desk: desk.store.products.values(),
        ProductNode,
        PRODUCTS,
        {
            **COMMON,
            "PUBLISHED_AT": _by("published_at", "published_at"),
            "TITLE": _text(lambda row: row.title),
            "VENDOR": _text(lambda row: row.vendor),
            "PRODUCT_TYPE": _text(lambda row: row.product_type),
        },
    ),
    "productVariants": Collection(
        lambda desk: desk.variants(),
        VariantNode,
        VARIANTS,
        {**COMMON, "SKU": _text(lambda row: row.sku), "TITLE": _text(lambda row: row.title)},
    ),
    "inventoryItems": Collection(
        lambda desk: (variant.inventory for variant in desk.variants()),
        InventoryItemNode,
        INVENTORY_ITEMS,
        {"ID": ID},
    ),
    "locations": Collection(
        lambda desk: desk.store.locations.values(),
        LocationNode,
        LOCATIONS,
        {"ID": ID, "NAME": _text(lambda row: row.name)},
    ),
    "abandonedCheckouts": Collection(
        lambda desk: desk.store.checkouts.values(), CheckoutNode, CHECKOUTS, {**COMMON, "CHECKOUT_ID": ID}
    ),
    "codeDiscountNodes": Collection(_discounts, CodeDiscountHolderNode, DISCOUNTS, DISCOUNT_SORTS),
    "discountNodes": Collection(_discounts, DiscountHolderNode, DISCOUNTS, DISCOUNT_SORTS),
    "events": Collection(
        lambda desk: desk.happenings(), EventNode, EVENTS, {"ID": ID, "CREATED_AT": _by("at", "created_at")}
    ),
}
