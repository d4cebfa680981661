"""Objects by their global id."""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.business.ids import BLOCK
from sandbox.shopify.engine.errors import wrong_type_of_id
from sandbox.shopify.engine.reporting import GID
from sandbox.shopify.render.base import Node
from sandbox.shopify.render.desk import Desk
from sandbox.shopify.render.marketing import CodeDiscountHolderNode, DiscountHolderNode, EventNode
from sandbox.shopify.render.people import CheckoutNode
from sandbox.shopify.render.refunds import RefundNode, ReturnNode
from sandbox.shopify.render.shop import ShopNode

Finder = Callable[[Desk, int], Any]


def find(desk: Desk, identity: str, *, kind: str | None) -> Any:
    """The node of `identity`, or None where it does not exist (any more).

    An id of another type than `kind` is an error, where `kind` is given.
    """
    found = GID.match(identity)
    if not found or found[1] not in FINDERS or kind not in (None, found[1]):
        raise wrong_type_of_id(identity)
    return FINDERS[found[1]](desk, int(found[2]))


def _child(name: str, kind: type[Node]) -> Finder:
    """Finds what belongs to an order; its id tells which."""

    def finder(desk: Desk, number: int) -> Node | None:
        order = desk.order(number // BLOCK)
        children = getattr(order.of, name) if order is not None else ()
        child = next((one for one in children if one.id == number), None)
        return None if child is None else kind(child, desk, order)

    return finder


def _row(rows: Callable[[Desk], Mapping[int, Any]], kind: type[Node]) -> Finder:
    def finder(desk: Desk, number: int) -> Node | None:
        row = rows(desk).get(number)
        return None if row is None else kind(row, desk)

    return finder


def _event(desk: Desk, number: int) -> Node | None:
    found = next((one for one in desk.happenings() if one.id == number), None)
    return None if found is None else EventNode(found, desk)


FINDERS: dict[str, Finder] = {
    "Order": lambda desk, number: desk.order(number),
    "Customer": lambda desk, number: desk.customer(number),
    "Product": lambda desk, number: desk.product(number),
    "ProductVariant": lambda desk, number: desk.variant(number),
    "InventoryItem": lambda desk, number: desk.inventory_item(number),
    "Location": lambda desk, number: desk.location(number),
    "Refund": _child("refunds", RefundNode),
    "Return": _child("returns", ReturnNode),
    "AbandonedCheckout": _row(lambda desk: desk.store.checkouts, CheckoutNode),
    "DiscountNode": _row(lambda desk: desk.store.discounts, DiscountHolderNode),
    "DiscountCodeNode": _row(lambda desk: desk.store.discounts, CodeDiscountHolderNode),
    "BasicEvent": _event,
    "Shop": lambda desk, _: ShopNode(desk.store, desk),
}
