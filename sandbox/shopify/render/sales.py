"""Sales agreements: the ledger that the vendor's own sales report is built from."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from sandbox.business.money import allocate, minor, money
from sandbox.shopify.render.base import Fields, Node, gid, moments, plain, words
from sandbox.shopify.render.lines import ShippingLineNode
from sandbox.shopify.render.refunds import RefundNode, ReturnNode

AGREEMENTS = {
    "order": "OrderAgreement",
    "edit": "OrderEditAgreement",
    "return": "ReturnAgreement",
    "refund": "RefundAgreement",
}
REASONS = {"order": "ORDER", "edit": "ORDER_EDIT", "return": "RETURN", "refund": "REFUND"}
SALES = {
    "product": "ProductSale",
    "gift_card": "GiftCardSale",
    "shipping": "ShippingLineSale",
    "duty": "DutySale",
    "fee": "FeeSale",
    "additional_fee": "AdditionalFeeSale",
    "tip": "TipSale",
    "adjustment": "AdjustmentSale",
}
_TYPED_IDS = {line_type: f"gid://shopify/{kind}/" for line_type, kind in SALES.items()}


def _bag(amount: Callable[[Any], Decimal]) -> Callable[[Any], Any]:
    return lambda node: node.desk.purse.bag(amount(node.of), node.owner.owner.of)


def _shipping_line(node: Any) -> Node | None:
    order = node.owner.owner
    line = next((one for one in order.of.shipping_lines if one.id == node.of.shipping_line_id), None)
    return None if line is None else ShippingLineNode(line, node.desk, order)


def _taxes(node: Any) -> list[dict[str, Any]]:
    line = node.get("lineItem", None) or node["_line"]
    if line is None or not node.of.tax:
        return []
    lines = line["taxLines"]
    shares = allocate(minor(abs(node.of.tax)), [minor(tax.price) for tax in line.of.tax_lines])
    sign = -1 if node.of.tax < 0 else 1
    order = node.owner.owner.of
    return [
        {
            "id": gid("SaleTax", node.of.id * 10 + place),
            "amount": node.desk.purse.bag(money(sign * amount), order),
            "taxLine": lines[place],
        }
        for place, amount in enumerate(shares)
    ]


def _line(node: Any) -> Node | None:
    found: Node | None = node.owner.owner.line_item(node.of.line_id)
    return found if found is not None else _shipping_line(node)


class SaleNode(Node):
    """One signed entry of an agreement; its owner is the agreement."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        "__typename": lambda node: SALES[node.of.line_type],
        "id": lambda node: _TYPED_IDS[node.of.line_type] + str(node.of.id),
        **plain("quantity"),
        **words(actionType="action", lineType="line_type"),
        "totalAmount": _bag(lambda sale: sale.total),
        "totalTaxAmount": _bag(lambda sale: sale.tax),
        "totalDiscountAmountBeforeTaxes": _bag(lambda sale: sale.discount),
        "totalDiscountAmountAfterTaxes": _bag(lambda sale: sale.discount_with_tax),
        "lineItem": lambda node: node.owner.owner.line_item(node.of.line_id),
        "shippingLine": _shipping_line,
        "_line": _line,
        "taxes": _taxes,
    }


def _refund(node: Any) -> Node | None:
    order = node.owner
    found = next((one for one in order.of.refunds if one.id == node.of.refund_id), None)
    return None if found is None else RefundNode(found, node.desk, order)


def _return(node: Any) -> Node | None:
    order = node.owner
    found = next((one for one in order.of.returns if one.id == node.of.return_id), None)
    return None if found is None else ReturnNode(found, node.desk, order)


class AgreementNode(Node):
    """What was agreed at one moment; its owner is the order."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        "__typename": lambda node: AGREEMENTS[node.of.kind],
        "id": lambda node: gid(AGREEMENTS[node.of.kind], node.of.id),
        "reason": lambda node: REASONS[node.of.kind],
        **moments(happenedAt="happened_at"),
        "sales": lambda node: [SaleNode(one, node.desk, node) for one in node.of.sales],
        "user": lambda node: None,
        "order": lambda node: node.owner,
        "refund": _refund,
        "return": _return,
    }
