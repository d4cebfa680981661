"""Discounts with codes, and the events that tell of deleted products."""

from datetime import datetime
from typing import Any, ClassVar

from sandbox.shopify.render.base import Fields, Node, gid, moments, plain, when


def status(discount: Any, now: datetime) -> str:
    """A DiscountStatus at the shop's present."""
    if discount.starts_at > now:
        return "SCHEDULED"
    return "EXPIRED" if discount.ends_at is not None and discount.ends_at <= now else "ACTIVE"


def _summary(node: Any) -> str:
    discount = node.of
    if discount.kind == "free_shipping":
        return "Free shipping on all products"
    if discount.kind == "percentage":
        return f"{float(discount.value * 100):g}% off entire order"
    return f"{node.desk.store.currency} {discount.value:.2f} off entire order"


def _codes(node: Any) -> list[dict[str, Any]]:
    discount = node.of
    return [
        {
            "id": gid("DiscountRedeemCode", discount.id),
            "code": discount.code,
            "asyncUsageCount": discount.usage_count,
        }
    ]


class DiscountNode(Node):
    """The discount itself: DiscountCodeBasic or DiscountCodeFreeShipping."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        "__typename": lambda node: (
            "DiscountCodeFreeShipping" if node.of.kind == "free_shipping" else "DiscountCodeBasic"
        ),
        **plain("title", asyncUsageCount="usage_count", usageLimit="usage_limit"),
        **moments(startsAt="starts_at", endsAt="ends_at", createdAt="created_at", updatedAt="updated_at"),
        "status": lambda node: status(node.of, node.desk.now()),
        "appliesOncePerCustomer": lambda node: False,
        "summary": _summary,
        "shortSummary": _summary,
        "codesCount": lambda node: {"count": 1, "precision": "EXACT"},
        "codes": _codes,
    }


def _holder(kind: str, field: str) -> Fields:
    return {
        "__typename": lambda node: kind,
        "id": lambda node: gid(kind, node.of.id),
        field: lambda node: DiscountNode(node.of, node.desk, node),
        "events": lambda node: [],
    }


class DiscountHolderNode(Node):
    """A DiscountNode of the root `discountNodes`."""

    __slots__ = ()
    fields: ClassVar[Fields] = _holder("DiscountNode", "discount")


class CodeDiscountHolderNode(Node):
    """A DiscountCodeNode of the root `codeDiscountNodes`."""

    __slots__ = ()
    fields: ClassVar[Fields] = _holder("DiscountCodeNode", "codeDiscount")


class EventNode(Node):
    """A BasicEvent: something was created or destroyed."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        "__typename": lambda node: "BasicEvent",
        "id": lambda node: gid("BasicEvent", node.of.id),
        **plain("action"),
        "createdAt": lambda node: when(node.of.at),
        "message": lambda node: f"A {node.of.subject_type.lower()} was {node.of.verb}.",
        "appTitle": lambda node: None,
        "attributeToApp": lambda node: False,
        "attributeToUser": lambda node: True,
        "criticalAlert": lambda node: False,
        "subjectId": lambda node: gid(node.of.subject_type.title(), node.of.subject_id),
        "subjectType": lambda node: node.of.subject_type,
        "arguments": lambda node: [],
        "author": lambda node: "Shop owner",
        "hasAdditionalContent": lambda node: False,
    }
