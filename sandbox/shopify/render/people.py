"""Customers and abandoned checkouts."""

from decimal import Decimal
from typing import Any, ClassVar

from sandbox.shopify.render.base import Fields, Node, identity, moments, plain, words
from sandbox.shopify.render.order import address


def _email(node: Any) -> dict[str, Any] | None:
    if node.of.email is None:
        return None
    return {"emailAddress": node.of.email, "marketingState": node.of.marketing.upper(), "validFormat": True}


def _phone(node: Any) -> dict[str, Any] | None:
    if node.of.phone is None:
        return None
    return {"phoneNumber": node.of.phone, "marketingState": "NOT_SUBSCRIBED"}


def _display_name(node: Any) -> str:
    person = node.of
    full = " ".join(part for part in (person.first_name, person.last_name) if part)
    return full or person.email or person.phone or ""


def _address(node: Any) -> dict[str, Any] | None:
    if node.of.address is None:
        return None
    known = address(node.of.address, node.of.id, model="CustomerAddress")
    return {
        **known,
        "firstName": node.of.first_name,
        "lastName": node.of.last_name,
        "name": node["displayName"],
    }


class CustomerNode(Node):
    """A Customer. A redacted one keeps its id and loses the person."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("Customer", legacy=True),
        **plain("email", "phone", "locale", firstName="first_name", lastName="last_name"),
        **plain(taxExempt="tax_exempt", verifiedEmail="verified_email"),
        **moments(createdAt="created_at", updatedAt="updated_at"),
        **words(state="state"),
        "displayName": _display_name,
        "note": lambda node: None,
        "tags": lambda node: list(node.of.tags),
        "defaultEmailAddress": _email,
        "defaultPhoneNumber": _phone,
        "defaultAddress": _address,
        "numberOfOrders": lambda node: str(node.of.order_count),
        "amountSpent": lambda node: node.desk.purse.money(node.of.amount_spent),
        "lastOrder": lambda node: node.desk.last_order(node.of.id),
        "events": lambda node: [],
    }


class CheckoutLineNode(Node):
    """An AbandonedCheckoutLineItem; its owner is the checkout."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("AbandonedCheckoutLineItem"),
        **plain("quantity"),
        "title": lambda node: node.of.item.title,
        "variantTitle": lambda node: node.of.item.variant_title,
        "sku": lambda node: node.of.item.sku,
        "product": lambda node: node.desk.product(node.of.item.product_id),
        "variant": lambda node: node.desk.variant(node.of.item.variant_id),
        "originalUnitPriceSet": lambda node: node.desk.purse.bag(node.of.item.price, node.desk.local),
        "originalTotalPriceSet": lambda node: node.desk.purse.bag(node.of.original_total, node.desk.local),
        "discountedTotalPriceSet": lambda node: node.desk.purse.bag(
            node.of.discounted_total, node.desk.local
        ),
    }


def _total(name: str) -> Any:
    return lambda node: node.desk.purse.bag(getattr(node.of, name), node.desk.local)


class CheckoutNode(Node):
    """An AbandonedCheckout."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("AbandonedCheckout"),
        **plain("name", taxesIncluded="taxes_included"),
        **moments(createdAt="created_at", updatedAt="updated_at", completedAt="completed_at"),
        "note": lambda node: "",
        "customer": lambda node: node.desk.customer(node.of.customer_id),
        "discountCodes": lambda node: list(node.of.discount_codes),
        "abandonedCheckoutUrl": lambda node: (
            f"https://{node.desk.store.domain}/checkouts/{node.of.id}/recover"
        ),
        "shippingAddress": lambda node: None,
        "totalPriceSet": _total("total"),
        "subtotalPriceSet": _total("subtotal"),
        "totalTaxSet": _total("tax"),
        "totalDiscountSet": _total("discount"),
        "totalLineItemsPriceSet": lambda node: node.desk.purse.bag(
            sum((line.original_total for line in node.of.lines), Decimal("0.00")), node.desk.local
        ),
        "lineItems": lambda node: [CheckoutLineNode(line, node.desk, node) for line in node.of.lines],
    }
