"""Orders as the Shopify loader lands them, built from what happened to them.

Only what the models read is there, in the shapes of the raw log: connections are plain arrays, money is a
MoneyBag of strings. `OrderDocument` keeps the ledger's side of every event, so `current_total` is the sum of
what was booked, exactly as the vendor defines it.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

Document = dict[str, Any]


def gid(kind: str, number: object) -> str:
    """A vendor id, e.g. gid://shopify/Order/1001."""
    return f"gid://shopify/{kind}/{number}"


def stamp(moment: datetime) -> str:
    """A vendor timestamp: UTC, whole seconds, Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class OrderDocument:
    """One order and its life; every method that books something takes the moment it happened."""

    def __init__(
        self,
        number: int,
        placed_at: datetime,
        *,
        currency: str = "GBP",
        customer: int | None = None,
        email: str | None = None,
        test: bool = False,
    ) -> None:
        self.number, self.placed_at, self.updated_at = number, placed_at, placed_at
        self.currency, self.customer, self.email, self.test = currency, customer, email, test
        self.lines: list[Document] = []
        self.shipping_lines: list[Document] = []
        self.agreements: list[Document] = []
        self.transactions: list[Document] = []
        self.refunds: list[Document] = []
        self.cancelled_at: datetime | None = None
        self.booked = Decimal(0)  # all but adjustments: the order's current total
        self.adjusted = Decimal(0)

    @property
    def id(self) -> str:
        return gid("Order", self.number)

    def money(self, amount: Decimal | str | int) -> Document:
        bag = {"amount": str(amount), "currencyCode": self.currency}
        return {"shopMoney": bag, "presentmentMoney": bag}

    def line(
        self, price: str, *, quantity: int = 1, product: int | None = 1, gift_card: bool = False
    ) -> Document:
        """A line of the order, not yet booked; a line without product is a custom item."""
        number = f"{self.number}{len(self.lines) + 1:03d}"
        total = Decimal(price) * quantity
        line: Document = {
            "id": gid("LineItem", number),
            "title": f"Product {product}" if product else "Custom item",
            "name": f"Product {product}",
            "variantTitle": None,
            "sku": f"SKU-{product}" if product else None,
            "vendor": "Harbour",
            "quantity": quantity,
            "currentQuantity": quantity,
            "isGiftCard": gift_card,
            "taxable": True,
            "requiresShipping": not gift_card,
            "product": {"id": gid("Product", product)} if product else None,
            "variant": {"id": gid("ProductVariant", product * 10)} if product else None,
            "originalUnitPriceSet": self.money(price),
            "originalTotalSet": self.money(total),
            "discountedTotalSet": self.money(total),
            "discountAllocations": [],
            "taxLines": [],
        }
        self.lines.append(line)
        return line

    def sale(
        self,
        total: str | Decimal,
        *,
        line: Document | None = None,
        quantity: int | None = None,
        tax: str | Decimal = "0",
        discount: str | Decimal = "0",
        line_type: str = "PRODUCT",
        action: str = "ORDER",
    ) -> Document:
        """One signed sale of an agreement: `total` after discounts and with tax."""
        number = f"{self.number}{sum(len(a['sales']) for a in self.agreements) + len(self._open) + 1:03d}"
        kind = {"PRODUCT": "ProductSale", "GIFT_CARD": "GiftCardSale", "SHIPPING": "ShippingLineSale"}.get(
            line_type, f"{line_type.title().replace('_', '')}Sale"
        )
        sale = {
            "__typename": kind,
            "id": gid("Sale", number),
            "actionType": action,
            "lineType": line_type,
            "quantity": quantity,
            "totalAmount": self.money(total),
            "totalTaxAmount": self.money(tax),
            "totalDiscountAmountBeforeTaxes": self.money(discount),
            "totalDiscountAmountAfterTaxes": self.money(discount),
        }
        if line is not None:
            sale["lineItem"] = {"id": line["id"]}
        if line_type == "ADJUSTMENT":
            self.adjusted += Decimal(total)
        else:
            self.booked += Decimal(total)
        self._open.append(sale)
        return sale

    @property
    def _open(self) -> list[Document]:
        pending: list[Document] = self.__dict__.setdefault("_pending", [])
        return pending

    def agree(self, kind: str, at: datetime, *, reason: str | None = None) -> Document:
        """Book the sales made since the last call as one agreement: Order, OrderEdit, Return or Refund."""
        reasons = {"Order": "ORDER", "OrderEdit": "ORDER_EDIT", "Return": "RETURN", "Refund": "REFUND"}
        agreement = {
            "__typename": f"{kind}Agreement",
            "id": gid("SalesAgreement", f"{self.number}{len(self.agreements) + 1:02d}"),
            "happenedAt": stamp(at),
            "reason": reason or reasons.get(kind, "UNKNOWN"),
            "sales": list(self._open),
        }
        self._open.clear()
        self.agreements.append(agreement)
        self.updated_at = max(self.updated_at, at)
        return agreement

    def pay(
        self,
        amount: str | Decimal,
        at: datetime,
        *,
        kind: str = "SALE",
        status: str = "SUCCESS",
        gateway: str = "shopify_payments",
    ) -> None:
        """A transaction; the amount is positive whatever its kind."""
        self.transactions.append(
            {
                "id": gid("OrderTransaction", f"{self.number}{len(self.transactions) + 1:02d}"),
                "kind": kind,
                "status": status,
                "gateway": gateway,
                "formattedGateway": gateway,
                "test": False,
                "createdAt": stamp(at),
                "processedAt": stamp(at),
                "errorCode": None,
                "amountSet": self.money(amount),
                "parentTransaction": None,
            }
        )
        self.updated_at = max(self.updated_at, at)

    def document(self) -> Document:
        """The order as it stands."""
        zero = self.money("0.00")
        return {
            "id": self.id,
            "legacyResourceId": str(self.number),
            "name": f"#{self.number}",
            "createdAt": stamp(self.placed_at),
            "processedAt": stamp(self.placed_at),
            "updatedAt": stamp(self.updated_at),
            "cancelledAt": stamp(self.cancelled_at) if self.cancelled_at else None,
            "closedAt": None,
            "cancelReason": None,
            "test": self.test,
            "confirmed": True,
            "edited": any(a["__typename"] == "OrderEditAgreement" for a in self.agreements),
            "currencyCode": self.currency,
            "presentmentCurrencyCode": self.currency,
            "taxesIncluded": False,
            "displayFinancialStatus": "PAID",
            "displayFulfillmentStatus": "UNFULFILLED",
            "returnStatus": "NO_RETURN",
            "sourceName": "web",
            "tags": [],
            "note": None,
            "email": self.email,
            "customerLocale": "en-GB",
            "discountCodes": [],
            "paymentGatewayNames": ["shopify_payments"],
            "customer": {"id": gid("Customer", self.customer)} if self.customer else None,
            "shippingAddress": {"countryCodeV2": "GB", "provinceCode": None, "city": "Leeds", "zip": "LS1"},
            **dict.fromkeys(_ZERO_MONEY, zero),
            "refundDiscrepancySet": self.money(self.adjusted),
            "originalTotalPriceSet": self.money(self.booked),
            "totalPriceSet": self.money(self.booked),
            "currentTotalPriceSet": self.money(self.booked),
            "subtotalPriceSet": self.money(self.booked),
            "transactionsCount": {"count": len(self.transactions), "precision": "EXACT"},
            "fulfillmentsCount": {"count": 0, "precision": "EXACT"},
            "lineItems": list(self.lines),
            "shippingLines": list(self.shipping_lines),
            "discountApplications": [],
            "transactions": list(self.transactions),
            "fulfillments": [],
            "refunds": list(self.refunds),
            "agreements": list(self.agreements),
        }


_ZERO_MONEY = (
    "totalDiscountsSet",
    "totalTaxSet",
    "currentTotalTaxSet",
    "totalShippingPriceSet",
    "totalRefundedSet",
    "totalReceivedSet",
    "netPaymentSet",
    "totalOutstandingSet",
    "totalTipReceivedSet",
)


def shop(name: str, *, zone: str, currency: str, updated_at: datetime) -> Document:
    """A shop's own document."""
    return {
        "id": gid("Shop", 1),
        "name": name,
        "myshopifyDomain": f"{name}.myshopify.com",
        "contactEmail": f"hello@{name}.example",
        "currencyCode": currency,
        "ianaTimezone": zone,
        "taxesIncluded": False,
        "plan": {"publicDisplayName": "Basic", "shopifyPlus": False},
        "createdAt": "2020-01-01T00:00:00Z",
        "updatedAt": stamp(updated_at),
        "accessScopes": ["read_all_orders", "read_orders"],
    }


def customer(number: int, *, email: str | None, updated_at: datetime) -> Document:
    """A customer the shop knows by id."""
    return {
        "id": gid("Customer", number),
        "legacyResourceId": str(number),
        "createdAt": "2020-01-01T00:00:00Z",
        "updatedAt": stamp(updated_at),
        "firstName": "Ada",
        "lastName": f"No {number}",
        "displayName": f"Ada No {number}",
        "defaultEmailAddress": {"emailAddress": email, "marketingState": "SUBSCRIBED"} if email else None,
        "defaultPhoneNumber": None,
        "numberOfOrders": "1",
        "amountSpent": {"amount": "0.0", "currencyCode": "GBP"},
        "state": "ENABLED",
        "tags": [],
        "taxExempt": False,
        "verifiedEmail": True,
        "defaultAddress": None,
    }


def product(number: int, *, title: str, updated_at: datetime) -> Document:
    """A product with one variant, numbered ten times the product's number."""
    return {
        "id": gid("Product", number),
        "legacyResourceId": str(number),
        "title": title,
        "handle": f"product-{number}",
        "vendor": "Harbour",
        "productType": "Goods",
        "status": "ACTIVE",
        "isGiftCard": False,
        "tags": [],
        "createdAt": "2020-01-01T00:00:00Z",
        "updatedAt": stamp(updated_at),
        "publishedAt": "2020-01-01T00:00:00Z",
        "variants": [
            {
                "id": gid("ProductVariant", number * 10),
                "legacyResourceId": str(number * 10),
                "title": "Default Title",
                "sku": f"SKU-{number}",
                "barcode": None,
                "price": "10.00",
                "compareAtPrice": None,
                "position": 1,
                "taxable": True,
                "createdAt": "2020-01-01T00:00:00Z",
                "updatedAt": stamp(updated_at),
                "inventoryItem": {"id": gid("InventoryItem", number * 10)},
                "selectedOptions": [{"name": "Title", "value": "Default Title"}],
            }
        ],
    }
