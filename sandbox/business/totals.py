"""What follows from an order's state: totals then and now, and statuses.

Every total is a sum over the order's own agreements and payments, so nothing can drift apart:
outstanding = current total + adjustments - (received - refunded).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from sandbox.business.model import Order, Sale
from sandbox.business.money import money

NOTHING = money(0)
FinancialStatus = Literal[
    "authorized", "paid", "partially_paid", "partially_refunded", "pending", "refunded", "voided"
]
FulfilmentStatus = Literal["fulfilled", "partially_fulfilled", "unfulfilled", "not_required"]
ReturnStatus = Literal["no_return", "in_progress", "returned"]


@dataclass(slots=True)
class Totals:
    """Money of an order. *Price terms* means with tax where the store's prices include it."""

    original_total: Decimal = NOTHING  # at creation
    total: Decimal = NOTHING  # everything ever sold, before returns, removals and adjustments
    current_total: Decimal = NOTHING  # after edits, removals and returns; adjustments left out
    subtotal: Decimal = NOTHING  # goods after discounts in price terms, before returns
    current_subtotal: Decimal = NOTHING
    discounts: Decimal = NOTHING  # all discounts in price terms, before returns
    current_discounts: Decimal = NOTHING
    tax: Decimal = NOTHING
    current_tax: Decimal = NOTHING
    shipping_original: Decimal = NOTHING  # before discounts, price terms
    shipping: Decimal = NOTHING  # after discounts, returned parts included, price terms
    current_shipping: Decimal = NOTHING
    duties: Decimal = NOTHING  # still in force
    fees: Decimal = NOTHING  # still in force
    tips: Decimal = NOTHING  # before returns
    received: Decimal = NOTHING
    refunded: Decimal = NOTHING
    discrepancy: Decimal = NOTHING  # sum of the adjustment sales: positive in the merchant's favour

    @property
    def net_payment(self) -> Decimal:
        """Received less refunded."""
        return self.received - self.refunded

    @property
    def outstanding(self) -> Decimal:
        """What the buyer still owes; negative where the shop owes."""
        return self.current_total + self.discrepancy - self.net_payment

    def add_change(self, sale: Sale, *, included: bool) -> None:
        """What any sale, reversals too, does to the order as it stands now."""
        price = sale.total if included else sale.total - sale.tax
        self.current_total += sale.total
        self.current_tax += sale.tax
        self.current_discounts += sale.discount_with_tax if included else sale.discount
        match sale.line_type:
            case "product" | "gift_card":
                self.current_subtotal += price
            case "shipping":
                self.current_shipping += price
            case "duty":
                self.duties += price
            case "fee" | "additional_fee":
                self.fees += price
            case _:
                pass

    def add_charge(self, sale: Sale, *, included: bool) -> None:
        """What a sale that takes nothing back does to the totals before returns."""
        price = sale.total if included else sale.total - sale.tax
        self.total += sale.total
        self.tax += sale.tax
        self.discounts += sale.discount_with_tax if included else sale.discount
        match sale.line_type:
            case "product" | "gift_card":
                self.subtotal += price
            case "shipping":
                self.shipping += price
            case "tip":
                self.tips += price
            case _:
                pass


def totals(order: Order) -> Totals:
    """All totals of the order as it stands."""
    state, included = Totals(), order.taxes_included
    for agreement in order.agreements:
        for sale in agreement.sales:
            if sale.line_type == "adjustment":
                state.discrepancy += sale.total
                continue
            state.add_change(sale, included=included)
            if sale.action != "return":
                state.add_charge(sale, included=included)
                if agreement.kind == "order":
                    state.original_total += sale.total
    state.shipping_original = sum((line.price for line in order.shipping_lines), NOTHING)
    state.received, state.refunded = cash(order)
    return state


def cash(order: Order) -> tuple[Decimal, Decimal]:
    """Money received and money refunded, by successful transactions alone."""
    received = refunded = NOTHING
    for transaction in order.transactions:
        if transaction.status == "success":
            if transaction.kind in ("sale", "capture"):
                received += transaction.amount
            elif transaction.kind == "refund":
                refunded += transaction.amount
    return received, refunded


def financial_status(order: Order) -> FinancialStatus:
    """The order's payment status; one that costs nothing is paid."""
    state = totals(order)
    kinds = {one.kind for one in order.transactions if one.status == "success"}
    if state.refunded:
        return "partially_refunded" if state.net_payment > 0 else "refunded"
    if state.received:
        return "paid" if state.outstanding <= 0 else "partially_paid"
    if "void" in kinds or (order.cancelled_at and state.total):
        return "voided"
    if "authorization" in kinds:
        return "authorized"
    return "pending" if state.outstanding > 0 else "paid"


def fulfilment_status(order: Order) -> FulfilmentStatus:
    """How much of what has to be shipped was shipped."""
    shipped = sum(one.total_quantity for one in order.fulfilments if one.status == "success")
    to_ship = sum(line.quantity for line in order.lines if not line.item.is_tip)
    if not to_ship:
        return "not_required"
    if not shipped:
        return "unfulfilled"
    open_units = sum(
        max(0, line.current_quantity - _shipped(order, line.id))
        for line in order.lines
        if not line.item.is_tip
    )
    return "partially_fulfilled" if open_units else "fulfilled"


def return_status(order: Order) -> ReturnStatus:
    """Whether goods are on their way back, or have come back."""
    if any(one.status == "open" for one in order.returns):
        return "in_progress"
    return "returned" if order.returns else "no_return"


def gateways(order: Order) -> list[str]:
    """The gateways used, in the order of their first use."""
    return list(dict.fromkeys(one.gateway for one in order.transactions if one.kind != "refund"))


def _shipped(order: Order, line_id: int) -> int:
    return sum(
        quantity
        for one in order.fulfilments
        if one.status == "success"
        for line, quantity in one.lines
        if line == line_id
    )
