"""The right answers of a web shop.

Decisions
- An order is booked as it stands, on the local day on which it came in; a refund on the day it was made.
- Whether rows count follows the order's status as it is now, refunds included: pending, failed, cancelled,
  drafts and the trash do not count, whatever was paid. Statuses of plugins count.
- An order that is gone for good has no rows. One without units, delivery and fees places nothing: it only
  carries a refund.
- Products and customers are those of the moment of the sale, also where they are gone by now.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sandbox.business.ledger import LedgerRow
from sandbox.business.model import WebShop
from sandbox.business.seasons import local_day
from sandbox.business.webshop.audit import audit
from sandbox.business.webshop.standing import Standing, standing


def shop_ledger(shop: WebShop) -> Iterator[LedgerRow]:
    """All rows, order by order as the orders became known, those that count as no sale too."""
    zone = shop.zone
    for state in _standing(shop):
        header, counts = state.ordered.header, state.counts_as_sale
        order_date = local_day(state.ordered.at, zone)
        for entry in audit(state):
            yield LedgerRow(
                order_id=header.id,
                sale_id=entry.id,
                event_type=entry.event_type,
                line_type=entry.line_type,
                happened_at=entry.happened_at,
                booked_date=local_day(entry.happened_at, zone),
                order_date=order_date,
                quantity=entry.quantity,
                gross_amount=entry.gross,
                discount_amount=entry.gross - entry.net,
                net_amount=entry.net,
                tax_amount=entry.tax,
                total_amount=entry.net + entry.tax,
                product_id=entry.product_id,
                customer_id=header.customer_id or None,
                counts_as_sale=counts,
            )


def shop_order_days(shop: WebShop) -> Iterator[date]:
    """The day of every order placed."""
    for state in _standing(shop):
        if state.counts_as_sale and state.orders_something:
            yield local_day(state.ordered.at, shop.zone)


def shop_counts(shop: WebShop) -> dict[str, int]:
    """How many there are of what; `orders` are those that are not gone, in the trash or as drafts too."""
    states = list(_standing(shop))
    by_status = Counter(state.status for state in states)
    known = [life for life in shop.shop_lives.values() if life.revealed]
    return {
        "orders": len(states),
        "orders_placed": sum(state.counts_as_sale and state.orders_something for state in states),
        "trashed_orders": by_status["trash"],
        "draft_orders": by_status["checkout-draft"],
        "cancelled_orders": by_status["cancelled"],
        "deleted_orders": sum(life.is_gone for life in known),
        "guest_orders": sum(not state.ordered.header.customer_id for state in states),
        "refunds": sum(len(state.refunds) for state in states),
        "customers": len(shop.shop_customers),
        "deleted_customers": sum(one.kind == "customer" for one in shop.deletions),
        "products": len(shop.products),
        "deleted_products": sum(one.kind == "product" for one in shop.deletions),
        "variants": sum(len(product.variants) for product in shop.products.values()),
        "coupons": len(shop.coupons),
        "tax_rates": len(shop.tax_rates),
    }


def _standing(shop: WebShop) -> Iterator[Standing]:
    for life in shop.shop_lives.values():
        if life.revealed and not life.is_gone:
            yield standing(life.seen)
