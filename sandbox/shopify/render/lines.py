"""What an order is made of: line items, shipping lines, taxes and discounts on them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from sandbox.shopify.render.base import Fields, Node, gid, identity, plain, words
from sandbox.shopify.render.money import ZERO

APPLICATIONS = {
    "code": "DiscountCodeApplication",
    "automatic": "AutomaticDiscountApplication",
    "manual": "ManualDiscountApplication",
}


def bag(amount: Callable[[Any], Decimal]) -> Callable[[Any], Any]:
    """A MoneyBag field of a child of an order; `amount` reads the business's object."""
    return lambda node: node.desk.purse.bag(amount(node.of), node.owner.of)


def _item(name: str) -> Callable[[Any], Any]:
    return lambda node: getattr(node.of.item, name)


def _taxes(node: Any) -> list[dict[str, Any]]:
    purse, order = node.desk.purse, node.owner.of
    return [
        {
            "title": tax.title,
            "rate": float(tax.rate),
            "ratePercentage": float(tax.rate * 100),
            "priceSet": purse.bag(tax.price, order),
        }
        for tax in node.of.tax_lines
    ]


def _allocations(node: Any) -> list[dict[str, Any]]:
    purse, order = node.desk.purse, node.owner
    return [
        {
            "allocatedAmountSet": purse.bag(share.amount, order.of),
            "discountApplication": DiscountApplicationNode(order.of.discounts[share.index], node.desk, order),
        }
        for share in node.of.allocations
    ]


def _with_code_discounts(node: Any) -> Any:
    codes = {one.index for one in node.owner.of.discounts if one.kind == "code" and one.target == "line_item"}
    off = sum((share.amount for share in node.of.allocations if share.index in codes), ZERO)
    return node.desk.purse.bag(node.of.discounted_total - off, node.owner.of)


def _unit(total: str) -> Callable[[Any], Decimal]:
    return lambda line: round(getattr(line, total) / line.quantity, 2) if line.quantity else ZERO


ITEM: Fields = {
    **{vendor: _item(own) for vendor, own in {"title": "title", "sku": "sku", "vendor": "vendor"}.items()},
    "variantTitle": _item("variant_title"),
    "isGiftCard": _item("is_gift_card"),
    "taxable": _item("taxable"),
    "requiresShipping": _item("requires_shipping"),
    "name": lambda node: " - ".join(
        part for part in (node.of.item.title, node.of.item.variant_title) if part
    ),
    "product": lambda node: node.desk.product(node.of.item.product_id),
    "variant": lambda node: node.desk.variant(node.of.item.variant_id),
}


def _unfulfilled(node: Any) -> int:
    done = [pair for one in node.owner.of.fulfilments if one.status == "success" for pair in one.lines]
    shipped = sum(quantity for line_id, quantity in done if line_id == node.of.id)
    left: int = node.of.current_quantity - shipped
    return max(0, left)


class LineItemNode(Node):
    """A LineItem."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("LineItem"),
        **ITEM,
        **plain("quantity", currentQuantity="current_quantity", refundableQuantity="current_quantity"),
        "unfulfilledQuantity": _unfulfilled,
        "originalUnitPriceSet": bag(lambda line: line.item.price),
        "originalTotalSet": bag(lambda line: line.original_total),
        "discountedTotalSet": bag(lambda line: line.discounted_total),
        "_withCodeDiscounts": _with_code_discounts,
        "discountedUnitPriceSet": bag(_unit("discounted_total")),
        "totalDiscountSet": bag(lambda line: line.original_total - line.discounted_total),
        "discountAllocations": _allocations,
        "taxLines": _taxes,
    }


class ShippingLineNode(Node):
    """A ShippingLine."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("ShippingLine"),
        **plain("title", "code", "source", isRemoved="is_removed"),
        "custom": lambda node: False,
        "originalPriceSet": bag(lambda line: line.price),
        "discountedPriceSet": bag(lambda line: line.discounted_price),
        "currentDiscountedPriceSet": bag(lambda line: ZERO if line.is_removed else line.discounted_price),
        "taxLines": _taxes,
        "discountAllocations": _allocations,
    }


def _value(node: Any) -> dict[str, Any]:
    discount = node.of
    if discount.value_kind == "percentage":
        return {"__typename": "PricingPercentageValue", "percentage": float(discount.value)}
    money: dict[str, Any] = node.desk.purse.bag(discount.value, node.owner.of)["shopMoney"]
    return {"__typename": "MoneyV2", **money}


class DiscountApplicationNode(Node):
    """A discount of an order, whichever way it came about."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        "__typename": lambda node: APPLICATIONS[node.of.kind],
        "_id": lambda node: gid("DiscountApplication", node.of.index),
        **plain("index", "title", "description", code="title"),
        **words(allocationMethod="method", targetSelection="selection", targetType="target"),
        "value": _value,
    }
