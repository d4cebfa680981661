"""Which access scope a field needs, by the type it returns."""

from typing import Any

from graphql import get_named_type

from sandbox.shopify.engine.selection import Pick

ALL_SCOPES = (
    "read_all_orders",
    "read_customers",
    "read_discounts",
    "read_gift_cards",
    "read_inventory",
    "read_locations",
    "read_orders",
    "read_products",
    "read_reports",
    "read_returns",
)
OF_TYPE = {
    "Order": "read_orders",
    "Refund": "read_orders",
    "AbandonedCheckout": "read_orders",
    "Customer": "read_customers",
    "Product": "read_products",
    "ProductVariant": "read_products",
    "InventoryItem": "read_inventory",
    "InventoryLevel": "read_inventory",
    "Location": "read_locations",
    "Return": "read_returns",
    "DiscountNode": "read_discounts",
    "DiscountCodeNode": "read_discounts",
    "StaffMember": "read_users",
    "ShopifyqlQueryResponse": "read_reports",
}
OF_FIELD = {
    "ordersCount": "read_orders",
    "customersCount": "read_customers",
    "productsCount": "read_products",
}


def named(type_: Any) -> str:
    """The type that a field returns, alone or in a list or connection."""
    name: str = get_named_type(type_).name
    return name.removesuffix("Connection")


def scope_of(field_name: str, type_: Any) -> str | None:
    """The scope that reading a field of `type_` needs."""
    return OF_FIELD.get(field_name) or OF_TYPE.get(named(type_))


def scopes_of(picks: list[Pick]) -> set[str]:
    """Every scope that a selection needs for all of its fields."""
    needed: set[str] = set()
    for pick in picks:
        if pick.definition is not None:
            scope = scope_of(pick.name, pick.definition.type)
            if scope:
                needed.add(scope)
        for branch in pick.branches.values():
            needed |= scopes_of(branch)
    return needed
