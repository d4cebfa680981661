"""What must be true of WooCommerce's raw tables on arrival: data, orchestration turns it into gates."""

from __future__ import annotations

from typing import Any

_NUMBER = r"^[1-9]\d*$"
_DAY = r"^\d{4}-\d{2}-\d{2}$"

# id_pattern: every id fits. required_keys: every living document has them (a null counts as there).
# min_rows: a shop in business has at least so many documents. newest_within_hours: the latest `observed_at`
# of the account may be so old, where the resource is read on every run.
EXPECTATIONS: dict[str, dict[str, Any]] = {
    "settings": {
        "id_pattern": r"^https?://\S+$",
        "required_keys": ["home", "timezone_string", "gmt_offset", "settings"],
        "min_rows": 1,
    },
    "orders": {
        "id_pattern": _NUMBER,
        "required_keys": [
            *("id", "number", "status", "currency", "date_created_gmt", "date_modified_gmt"),
            *("total", "total_tax", "prices_include_tax", "customer_id", "billing"),
            *("line_items", "shipping_lines", "fee_lines", "coupon_lines", "tax_lines", "refund_documents"),
        ],
        "min_rows": 1,
    },
    "products": {
        "id_pattern": _NUMBER,
        "required_keys": ["id", "name", "type", "status", "price", "variation_documents"],
        "min_rows": 1,
    },
    "customers": {
        "id_pattern": _NUMBER,
        "required_keys": ["id", "email", "role", "billing"],
        "min_rows": 0,
    },
    "coupons": {
        "id_pattern": _NUMBER,
        "required_keys": ["id", "code", "amount", "discount_type"],
        "min_rows": 0,
    },
    "taxes": {
        "id_pattern": _NUMBER,
        "required_keys": ["id", "rate", "country"],
        "min_rows": 0,
    },
    "revenue_reports": {
        "id_pattern": _DAY,
        "required_keys": ["day", "interval"],
        "min_rows": 0,
        "newest_within_hours": 48,
    },
}
