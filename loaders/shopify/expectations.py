"""What must be true of Shopify's raw tables on arrival. Data, not code: orchestration turns it into gates."""

from __future__ import annotations

from typing import Any

_GID = r"^gid://shopify/{}/\d+"

# id_pattern: every id fits. required_keys: every living document has them (a null counts as there).
# min_rows: a shop in business has at least so many documents. newest_within_hours: the latest `observed_at`
# of the account may be so old, where the resource is read on every run.
EXPECTATIONS: dict[str, dict[str, Any]] = {
    "shop": {
        "id_pattern": _GID.format("Shop"),
        "required_keys": ["id", "currencyCode", "ianaTimezone", "taxesIncluded", "accessScopes"],
        "min_rows": 1,
    },
    "orders": {
        "id_pattern": _GID.format("Order"),
        "required_keys": [
            *("id", "name", "createdAt", "processedAt", "updatedAt", "currencyCode", "test"),
            *("currentTotalPriceSet", "lineItems", "shippingLines", "discountApplications"),
            *("transactions", "fulfillments", "refunds", "agreements"),
        ],
        "min_rows": 1,
    },
    "customers": {
        "id_pattern": _GID.format("Customer"),
        "required_keys": ["id", "createdAt", "updatedAt", "numberOfOrders"],
        "min_rows": 0,
    },
    "products": {
        "id_pattern": _GID.format("Product"),
        "required_keys": ["id", "title", "status", "updatedAt", "variants"],
        "min_rows": 1,
    },
    "inventory_items": {
        "id_pattern": _GID.format("InventoryItem"),
        "required_keys": ["id", "tracked", "inventoryLevels"],
        "min_rows": 0,
    },
    "locations": {
        "id_pattern": _GID.format("Location"),
        "required_keys": ["id", "name", "isActive"],
        "min_rows": 1,
    },
    "abandoned_checkouts": {
        "id_pattern": _GID.format("AbandonedCheckout"),
        "required_keys": ["id", "createdAt", "updatedAt", "lineItems", "totalPriceSet"],
        "min_rows": 0,
    },
    "discount_codes": {
        "id_pattern": _GID.format(r"\w+"),
        "required_keys": ["id", "discount"],
        "min_rows": 0,
    },
    "sales_reports": {
        "id_pattern": r"^\d{4}-\d{2}-\d{2}$",
        "required_keys": ["day", "currencyCode", "measures"],
        "min_rows": 0,
        "newest_within_hours": 48,
    },
}
