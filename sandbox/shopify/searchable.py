"""The search keys of every root connection, version 2026-10.

A key that the vendor has and the business knows nothing about finds nothing; any other key is a warning.
"""

from collections.abc import Callable
from typing import Any

from sandbox.business import totals
from sandbox.shopify.search import Field


def _unknown(names: str) -> dict[str, Field]:
    return {name: Field("string", lambda row: None) for name in names.split()}


def _time(name: str) -> Field:
    return Field("time", lambda row: getattr(row, name))


def _string(get: Callable[[Any], Any], accepted: str = "") -> Field:
    return Field("string", get, frozenset(accepted.split()) or None)


def _list(get: Callable[[Any], Any], accepted: str) -> Field:
    return Field("list", get, frozenset(accepted.split()))


def _tags() -> dict[str, Field]:
    return {"tag": Field("list", lambda row: row.tags), "tag_not": Field("without", lambda row: row.tags)}


ID = {"id": Field("id", lambda row: row.id)}
CREATED, UPDATED = {"created_at": _time("created_at")}, {"updated_at": _time("updated_at")}


def _order_status(order: Any) -> list[str]:
    closed = ["closed"] if order.closed_at else ["not_closed"]
    if order.cancelled_at:
        return ["cancelled", *closed]
    return closed if order.closed_at else ["open", *closed]


def _fulfilment(order: Any) -> list[str]:
    words = {"fulfilled": ["fulfilled", "shipped"], "partially_fulfilled": ["partial"]}
    return words.get(totals.fulfilment_status(order), ["unfulfilled", "unshipped"])


ORDERS = {
    **ID,
    **CREATED,
    **UPDATED,
    **_tags(),
    "processed_at": _time("processed_at"),
    "default": Field("text", lambda row: f"{row.name} {row.email or ''} {row.note or ''}"),
    "name": _string(lambda row: row.name),
    "email": _string(lambda row: row.email),
    "test": Field("boolean", lambda row: row.test),
    "status": _list(_order_status, "open closed cancelled not_closed"),
    "financial_status": _string(
        totals.financial_status,
        "paid pending authorized partially_paid partially_refunded refunded voided expired",
    ),
    "fulfillment_status": _list(
        _fulfilment, "unshipped shipped fulfilled partial scheduled on_hold unfulfilled request_declined"
    ),
    "return_status": _string(
        totals.return_status,
        "return_requested in_progress inspection_complete returned return_failed no_return",
    ),
    "source_name": _string(lambda row: row.source),
    "customer_id": Field("id", lambda row: row.customer_id),
    "discount_code": Field("list", lambda row: row.discount_codes),
    "gateway": Field("list", totals.gateways),
    "sku": Field("list", lambda row: [line.item.sku or "" for line in row.lines]),
    "current_total_price": Field("number", lambda row: float(totals.totals(row).current_total)),
    **_unknown(
        "cart_token channel channel_id chargeback_status checkout_token confirmation_number "
        "credit_card_last4 delivery_method fraud_protection_level fulfillment_location_id location_id "
        "payment_id payment_provider_id po_number reference_location_id risk_level sales_channel "
        "source_identifier subtotal_line_items_quantity total_weight"
    ),
}
CUSTOMERS = {
    **ID,
    **UPDATED,
    **_tags(),
    "customer_date": _time("created_at"),
    "default": Field("text", lambda row: " ".join(filter(None, (row.first_name, row.last_name, row.email)))),
    "email": _string(lambda row: row.email),
    "phone": _string(lambda row: row.phone),
    "first_name": _string(lambda row: row.first_name),
    "last_name": _string(lambda row: row.last_name),
    "country": _string(lambda row: row.address.country_code if row.address else None),
    "state": _string(lambda row: row.state),
    "accepts_marketing": Field("boolean", lambda row: row.marketing == "subscribed"),
    "orders_count": Field("number", lambda row: row.order_count),
    "total_spent": Field("number", lambda row: float(row.amount_spent)),
    **_unknown("last_abandoned_order_date order_date"),
}
PRODUCTS = {
    **ID,
    **CREATED,
    **UPDATED,
    **_tags(),
    "published_at": _time("published_at"),
    "default": Field("text", lambda row: f"{row.title} {row.vendor} {row.product_type}"),
    "title": _string(lambda row: row.title),
    "handle": _string(lambda row: row.handle),
    "vendor": _string(lambda row: row.vendor),
    "product_type": _string(lambda row: row.product_type),
    "status": _string(lambda row: row.status, "active archived draft unlisted"),
    "gift_card": Field("boolean", lambda row: row.is_gift_card),
    "sku": Field("list", lambda row: [variant.sku or "" for variant in row.variants]),
    "barcode": Field("list", lambda row: [variant.barcode or "" for variant in row.variants]),
    **_unknown(
        "bundles category_id collection_id combined_listing_role delivery_profile_id error_feedback "
        "has_only_composites has_only_default_variant has_variant_with_components inventory_total "
        "is_price_reduced out_of_stock_somewhere price product_configuration_owner "
        "product_publication_status publication_ids publishable_status published_status tracks_inventory "
        "variant_id variant_title"
    ),
}
VARIANTS = {
    **ID,
    **UPDATED,
    "default": Field("text", lambda row: f"{row.title} {row.sku or ''}"),
    "sku": _string(lambda row: row.sku),
    "barcode": _string(lambda row: row.barcode),
    "title": _string(lambda row: row.title),
    "option1": _string(lambda row: row.option[1]),
    "taxable": Field("boolean", lambda row: row.taxable),
    "product_id": Field("id", lambda row: row.product_id),
    **_unknown(
        "collection delivery_profile_id exclude_composite exclude_variants_with_components gift_card "
        "inventory_quantity location_id managed managed_by option2 option3 product_ids "
        "product_publication_status product_status product_type publishable_status published_status "
        "requires_components tag tag_not vendor"
    ),
}
INVENTORY_ITEMS = {**ID, **CREATED, **UPDATED, "sku": _string(lambda row: row.sku)}
LOCATIONS = {
    **ID,
    **CREATED,
    "default": Field("text", lambda row: row.name),
    "name": _string(lambda row: row.name),
    "active": Field("boolean", lambda row: row.is_active),
    "city": _string(lambda row: row.address.city),
    "country": _string(lambda row: row.address.country_code),
    "zip": _string(lambda row: row.address.zip),
    **_unknown("address1 address2 geolocated legacy location_id pickup_in_store province"),
}
CHECKOUTS = {
    **ID,
    **CREATED,
    **UPDATED,
    "default": Field("text", lambda row: row.name),
    "status": _string(lambda row: "closed" if row.completed_at else "open"),
    "recovery_state": _string(lambda row: "recovered" if row.completed_at else "not_recovered"),
    **_unknown("email_state"),
}
DISCOUNTS = {
    **ID,
    **CREATED,
    **UPDATED,
    "starts_at": _time("starts_at"),
    "ends_at": _time("ends_at"),
    "default": Field("text", lambda row: f"{row.title} {row.code}"),
    "title": _string(lambda row: row.title),
    "code": _string(lambda row: row.code),
    "method": _string(lambda row: "code", "automatic code"),
    "times_used": Field("number", lambda row: row.usage_count),
    "discount_type": _string(lambda row: row.kind, "app bogo fixed_amount free_shipping percentage"),
    "type": _string(lambda row: row.kind, "all all_with_app app bxgy fixed_amount free_shipping percentage"),
    **_unknown(
        "combines_with combines_with.product_discounts_with_tags_on_same_cart_line context customer_ids "
        "discount_class market_ids segment_ids status tag"
    ),
}
EVENTS = {
    **ID,
    "created_at": _time("at"),
    "action": _string(lambda row: row.action),
    "verb": _string(lambda row: row.action),
    "subject_type": _string(lambda row: row.subject_type),
    "comments": Field("boolean", lambda row: False),
}
