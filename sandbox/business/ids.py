"""Ids of what belongs to an order: given out in order, so that equal lives have equal ids.

They are unique per store and kind. Stores share the same ranges: an id means nothing without its store.
"""

from __future__ import annotations

from sandbox.business.model import Order

BLOCK = 100_000


def child_id(order: Order) -> int:
    """The next id for a line, transaction, refund, agreement… of this order."""
    order.children += 1
    return order.id * BLOCK + order.children


def sale_id(order: Order) -> int:
    """The next id for a sale: sales are counted on their own, in the order in which they are booked."""
    order.sales += 1
    return order.id * BLOCK + order.sales
