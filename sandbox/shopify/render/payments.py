"""Transactions and fulfilments."""

from typing import Any, ClassVar

from sandbox.shopify.render.base import Fields, Node, gid, identity, moments, plain, words
from sandbox.shopify.render.lines import bag


def _parent(node: Any) -> Node | None:
    order = node.owner.of
    parent = next((one for one in order.transactions if one.id == node.of.parent_id), None)
    return None if parent is None else TransactionNode(parent, node.desk, node.owner)


class TransactionNode(Node):
    """An OrderTransaction; the amount is positive whatever its kind."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("OrderTransaction"),
        **plain("gateway"),
        **words(kind="kind", status="status", errorCode="error_code"),
        **moments(createdAt="created_at", processedAt="processed_at"),
        "formattedGateway": lambda node: node.of.gateway.replace("_", " ").title(),
        "test": lambda node: node.owner.of.test,
        "amountSet": bag(lambda transaction: transaction.amount),
        "parentTransaction": _parent,
        "paymentId": lambda node: f"{node.owner.of.name}.{node.of.id}",
        "manualPaymentGateway": lambda node: node.of.gateway in ("manual", "cash", "bank_transfer"),
        "order": lambda node: node.owner,
    }


def _lines(node: Any) -> list[dict[str, Any]]:
    found = []
    for place, (line_id, quantity) in enumerate(node.of.lines):
        item = node.owner.line_item(line_id)
        found.append(
            {
                "__typename": "FulfillmentLineItem",
                "id": gid("FulfillmentLineItem", node.of.id * 1000 + place),
                "quantity": quantity,
                "lineItem": item,
                "originalTotalSet": node.desk.purse.bag(item.of.item.price * quantity, node.owner.of),
                "discountedTotalSet": node.desk.purse.bag(_part(item.of, quantity), node.owner.of),
            }
        )
    return found


def _part(line: Any, quantity: int) -> Any:
    return (
        round(line.discounted_total * quantity / line.quantity, 2) if line.quantity else line.discounted_total
    )


class FulfillmentNode(Node):
    """A Fulfillment."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("Fulfillment", legacy=True),
        **plain("name", totalQuantity="total_quantity"),
        **words(status="status", displayStatus="display_status"),
        **moments(createdAt="created_at", updatedAt="updated_at", deliveredAt="delivered_at"),
        "requiresShipping": lambda node: True,
        "order": lambda node: node.owner,
        "location": lambda node: node.desk.main_location(),
        "fulfillmentLineItems": _lines,
    }
