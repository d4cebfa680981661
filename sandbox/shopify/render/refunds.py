"""Refunds and returns of an order."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from sandbox.shopify.render.base import Fields, Node, identity, moments, plain, words
from sandbox.shopify.render.lines import ShippingLineNode
from sandbox.shopify.render.money import ZERO
from sandbox.shopify.render.payments import TransactionNode


def _bag(amount: Callable[[Any], Decimal]) -> Callable[[Any], Any]:
    return lambda node: node.desk.purse.bag(amount(node.of), node.owner.owner.of)


class RefundLineItemNode(Node):
    """A RefundLineItem; its owner is the refund."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("RefundLineItem"),
        **plain("quantity"),
        **words(restockType="restock"),
        "restocked": lambda node: node.of.restock != "no_restock",
        "lineItem": lambda node: node.owner.owner.line_item(node.of.line_id),
        "location": lambda node: None if node.of.restock == "no_restock" else node.desk.main_location(),
        "priceSet": lambda node: node["lineItem"]["originalUnitPriceSet"],
        "subtotalSet": _bag(lambda line: line.subtotal),
        "totalTaxSet": _bag(lambda line: line.tax),
    }


def _shipping_line(node: Any) -> Node:
    order = node.owner.owner
    line = next(one for one in order.of.shipping_lines if one.id == node.of.shipping_line_id)
    return ShippingLineNode(line, node.desk, order)


class RefundShippingLineNode(Node):
    """A RefundShippingLine; its owner is the refund."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("RefundShippingLine"),
        "shippingLine": _shipping_line,
        "subtotalAmountSet": _bag(lambda line: line.subtotal),
        "taxAmountSet": _bag(lambda line: line.tax),
    }


class OrderAdjustmentNode(Node):
    """What a refund paid out beyond, or kept back from, the worth of its lines."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("OrderAdjustment"),
        **words(reason="reason"),
        "amountSet": _bag(lambda adjustment: adjustment.amount),
        "taxAmountSet": _bag(lambda adjustment: adjustment.tax),
    }


def _transactions(node: Any) -> list[Node]:
    own = set(node.of.transaction_ids)
    return [
        TransactionNode(one, node.desk, node.owner) for one in node.owner.of.transactions if one.id in own
    ]


def _refunded(node: Any) -> Any:
    done = [one.of for one in _transactions(node) if one.of.status == "success" and one.of.kind == "refund"]
    return node.desk.purse.bag(sum((one.amount for one in done), ZERO), node.owner.of)


def _return(node: Any) -> Node | None:
    found = next((one for one in node.owner.of.returns if one.id == node.of.return_id), None)
    return None if found is None else ReturnNode(found, node.desk, node.owner)


class RefundNode(Node):
    """A Refund; its owner is the order."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("Refund", legacy=True),
        **plain("note"),
        **moments(createdAt="created_at", processedAt="processed_at", updatedAt="updated_at"),
        "totalRefundedSet": _refunded,
        "return": _return,
        "order": lambda node: node.owner,
        "staffMember": lambda node: None,
        "refundLineItems": lambda node: [RefundLineItemNode(one, node.desk, node) for one in node.of.lines],
        "refundShippingLines": lambda node: [
            RefundShippingLineNode(one, node.desk, node) for one in node.of.shipping
        ],
        "orderAdjustments": lambda node: [
            OrderAdjustmentNode(one, node.desk, node) for one in node.of.adjustments
        ],
        "transactions": _transactions,
    }


class ReturnNode(Node):
    """A Return; its owner is the order."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("Return"),
        **plain("name"),
        **words(status="status"),
        **moments(createdAt="created_at", closedAt="closed_at"),
        "totalQuantity": lambda node: sum(quantity for _, quantity in node.of.lines),
        "order": lambda node: node.owner,
        "refunds": lambda node: [
            RefundNode(one, node.desk, node.owner)
            for one in node.owner.of.refunds
            if one.return_id == node.of.id
        ],
    }
