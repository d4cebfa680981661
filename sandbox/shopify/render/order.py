"""Orders: header, totals, statuses; the children live in modules of their own."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

from sandbox.business import totals
from sandbox.shopify.render.base import Fields, Node, gid, identity, moments, plain, words
from sandbox.shopify.render.lines import DiscountApplicationNode, LineItemNode, ShippingLineNode
from sandbox.shopify.render.payments import FulfillmentNode, TransactionNode
from sandbox.shopify.render.refunds import RefundNode, ReturnNode
from sandbox.shopify.render.sales import AgreementNode

SOURCES = {"draft": "shopify_draft_order"}
SHIPPING_STATUS = {
    "fulfilled": "FULFILLED",
    "partially_fulfilled": "PARTIALLY_FULFILLED",
    "unfulfilled": "UNFULFILLED",
    "not_required": "UNFULFILLED",
}


def _total(name: str) -> Callable[[Any], Any]:
    return lambda node: node.desk.purse.bag(getattr(node["_totals"], name), node.of)


def _count(name: str) -> Callable[[Any], Any]:
    return lambda node: {"count": len(getattr(node.of, name)), "precision": "EXACT"}


def _children(name: str, kind: type[Node]) -> Callable[[Any], Any]:
    return lambda node: [kind(each, node.desk, node) for each in getattr(node.of, name)]


def _financial_status(node: Any) -> str | None:
    status = totals.financial_status(node.of)
    # An order that was cancelled before anything was paid or authorised has no payment status.
    return None if status == "voided" and not node.of.transactions else status.upper()


def _shipping_address(node: Any) -> dict[str, Any] | None:
    order = node.of
    return (
        None if order.shipping_address is None else address(order.shipping_address, order.id, model="Address")
    )


def address(known: Any, number: int, *, model: str) -> dict[str, Any]:
    """A MailingAddress; its id says which kind of address it is."""
    unknown = dict.fromkeys(
        ("address1", "address2", "company", "firstName", "lastName", "name", "phone", "province")
    )
    return {
        **unknown,
        "__typename": "MailingAddress",
        "id": f"{gid('MailingAddress', number)}?model_name={model}",
        "countryCodeV2": known.country_code,
        "country": known.country_code,
        "provinceCode": known.province_code,
        "city": known.city,
        "zip": known.zip,
    }


TOTALS = {
    "originalTotalPriceSet": "original_total",
    "totalPriceSet": "total",
    "currentTotalPriceSet": "current_total",
    "subtotalPriceSet": "subtotal",
    "currentSubtotalPriceSet": "current_subtotal",
    "totalDiscountsSet": "discounts",
    "currentTotalDiscountsSet": "current_discounts",
    "totalTaxSet": "tax",
    "currentTotalTaxSet": "current_tax",
    "totalShippingPriceSet": "shipping",
    "currentShippingPriceSet": "current_shipping",
    "totalRefundedSet": "refunded",
    "totalReceivedSet": "received",
    "netPaymentSet": "net_payment",
    "totalOutstandingSet": "outstanding",
    "refundDiscrepancySet": "discrepancy",
    "totalTipReceivedSet": "tips",
}

STATE: Fields = {
    "_totals": lambda node: totals.totals(node.of),
    "sourceName": lambda node: SOURCES.get(node.of.source, node.of.source),
    "tags": lambda node: list(node.of.tags),
    "phone": lambda node: None,
    "closed": lambda node: node.of.closed_at is not None,
    "dutiesIncluded": lambda node: False,
    "presentmentCurrencyCode": lambda node: node.of.presentment_currency or node.of.currency,
    "displayFinancialStatus": _financial_status,
    "displayFulfillmentStatus": lambda node: SHIPPING_STATUS[totals.fulfilment_status(node.of)],
    "returnStatus": lambda node: totals.return_status(node.of).upper(),
    "discountCodes": lambda node: list(node.of.discount_codes),
    "discountCode": lambda node: node.of.discount_codes[0] if node.of.discount_codes else None,
    "paymentGatewayNames": lambda node: totals.gateways(node.of),
    "customer": lambda node: node.desk.customer(node.of.customer_id),
    "shippingAddress": _shipping_address,
    "billingAddress": _shipping_address,
    "fullyPaid": lambda node: node["_totals"].outstanding <= 0,
    "unpaid": lambda node: node["_totals"].received == 0,
    "staffMember": lambda node: None,
    "totalRefundedShippingSet": lambda node: node.desk.purse.bag(_shipping_refunded(node.of), node.of),
}


def _shipping_refunded(order: Any) -> Decimal:
    parts = [part for refund in order.refunds for part in refund.shipping]
    tax = Decimal(0) if order.taxes_included else sum((part.tax for part in parts), Decimal(0))
    return sum((part.subtotal for part in parts), tax)


CHILDREN: Fields = {
    "transactionsCount": _count("transactions"),
    "fulfillmentsCount": _count("fulfilments"),
    "lineItems": _children("lines", LineItemNode),
    "shippingLines": _children("shipping_lines", ShippingLineNode),
    "discountApplications": _children("discounts", DiscountApplicationNode),
    "transactions": _children("transactions", TransactionNode),
    "fulfillments": _children("fulfilments", FulfillmentNode),
    "refunds": _children("refunds", RefundNode),
    "returns": _children("returns", ReturnNode),
    "agreements": _children("agreements", AgreementNode),
    "subtotalLineItemsQuantity": lambda node: sum(line.quantity for line in node.of.lines),
    "currentSubtotalLineItemsQuantity": lambda node: sum(line.current_quantity for line in node.of.lines),
    "events": lambda node: [],
    "customerJourneySummary": lambda node: node.desk.journey_summary(node.of),
}


class OrderNode(Node):
    """An Order."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("Order", legacy=True),
        **plain("name", "number", "test", "confirmed", "edited", "note", "email"),
        **plain(taxesIncluded="taxes_included", currencyCode="currency", customerLocale="locale"),
        **moments(createdAt="created_at", processedAt="processed_at", updatedAt="updated_at"),
        **moments(cancelledAt="cancelled_at", closedAt="closed_at"),
        **words(cancelReason="cancel_reason"),
        **STATE,
        **{vendor: _total(own) for vendor, own in TOTALS.items()},
        **CHILDREN,
    }

    def line_item(self, line_id: int | None) -> Node | None:
        """The node of one of the order's own lines."""
        return None if line_id is None else LineItemNode(self.of.line(line_id), self.desk, self)
