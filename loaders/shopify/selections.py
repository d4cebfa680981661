"""What is read of each thing: one description of its fields serves pages, bulk and single reads."""

from __future__ import annotations

from dataclasses import dataclass, replace

from loaders.shopify import settings

MONEY = "{ shopMoney { amount currencyCode } presentmentMoney { amount currencyCode } }"


def money(*fields: str) -> str:
    """Money bags."""
    return " ".join(f"{field} {MONEY}" for field in fields)


@dataclass(frozen=True)
class Connection:
    """A nested connection: its field, what is selected of its nodes, and which types they have.

    `types` are the ends of type names: the lines of a bulk result tell nothing else about where they
    belong. `typed` keeps `__typename` in the document.
    """

    field: str
    first: int
    selection: str
    types: tuple[str, ...]
    arguments: str = ""
    children: tuple[Connection, ...] = ()
    typed: bool = False

    def paged(self, *, first: int | None = None, after: str | None = None) -> str:
        """As a page: nodes and the sign that there are more."""
        given = [f"first: {first or self.first}", self.arguments, f"after: {after}" if after else ""]
        inner = " ".join([self._typename(), self.selection, *(child.paged() for child in self.children)])
        arguments = ", ".join(one for one in given if one)
        return f"{self.field}({arguments}) {{ nodes {{ {inner} }} pageInfo {{ hasNextPage endCursor }} }}"

    def bulk(self) -> str:
        """As bulk operations want it: edges and nodes, no sizes."""
        inner = " ".join(["__typename", self.selection, *(child.bulk() for child in self.children)])
        arguments = f"({self.arguments})" if self.arguments else ""
        return f"{self.field}{arguments} {{ edges {{ node {{ {inner} }} }} }}"

    def _typename(self) -> str:
        return "__typename" if self.typed else ""

    def takes(self, typename: str) -> bool:
        """Whether a node of this type belongs here."""
        return typename.endswith(self.types)


@dataclass(frozen=True)
class Thing:
    """A root resource: how it is listed, and what one document of it holds."""

    root: str
    type: str
    selection: str
    connections: tuple[Connection, ...] = ()
    arguments: str = ""

    def fields(self) -> str:
        """Everything of one document, as a page has it."""
        return " ".join([self.selection, *(one.paged() for one in self.connections)])

    def single(self) -> Thing:
        """The same with the longest lists, for a document that is read on its own."""
        longest = f"(first: {settings.LIST_LENGTH_AGAIN})"
        return replace(self, selection=self.selection.replace(f"(first: {settings.LIST_LENGTH})", longest))


LIST = f"(first: {settings.LIST_LENGTH})"
ALLOCATIONS = f"discountAllocations {{ {money('allocatedAmountSet')} discountApplication {{ index }} }}"
TAX_LINES = f"taxLines {{ title rate {money('priceSet')} }}"

LINE_ITEMS = Connection(
    "lineItems",
    settings.LINES_PER_ORDER,
    "id name title variantTitle sku vendor quantity currentQuantity isGiftCard taxable requiresShipping "
    "product { id } variant { id } "
    f"{money('originalUnitPriceSet', 'originalTotalSet', 'discountedTotalSet')} {ALLOCATIONS} {TAX_LINES}",
    ("LineItem",),
)
SHIPPING_LINES = Connection(
    "shippingLines",
    settings.SHIPPING_LINES_PER_ORDER,
    f"id title code source isRemoved {money('originalPriceSet', 'discountedPriceSet')} "
    f"{TAX_LINES} {ALLOCATIONS}",
    ("ShippingLine",),
    arguments="includeRemovals: true",
)
DISCOUNT_APPLICATIONS = Connection(
    "discountApplications",
    settings.DISCOUNTS_PER_ORDER,
    "index allocationMethod targetSelection targetType "
    "value { __typename ... on MoneyV2 { amount currencyCode } "
    "... on PricingPercentageValue { percentage } } "
    "... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title } "
    "... on ManualDiscountApplication { title description }",
    ("DiscountApplication", "DiscountCodeApplication"),
    typed=True,
)
SALES = Connection(
    "sales",
    settings.SALES_PER_AGREEMENT,
    "id actionType lineType quantity "
    + money(
        "totalAmount", "totalTaxAmount", "totalDiscountAmountBeforeTaxes", "totalDiscountAmountAfterTaxes"
    )
    + " ... on ProductSale { lineItem { id } } ... on GiftCardSale { lineItem { id } } "
    "... on TipSale { lineItem { id } } ... on ShippingLineSale { shippingLine { id } }",
    ("Sale",),
    typed=True,
)
AGREEMENTS = Connection(
    "agreements",
    settings.AGREEMENTS_PER_ORDER,
    "id happenedAt reason ... on RefundAgreement { refund { id } } ... on ReturnAgreement { return { id } }",
    ("Agreement",),
    children=(SALES,),
    typed=True,
)
JOURNEY_FIELD = "customerJourneySummary"
_VISIT = (
    "{ occurredAt source sourceType sourceDescription referrerUrl landingPage "
    "utmParameters { source medium campaign content term } }"
)
JOURNEY = (
    f"{JOURNEY_FIELD} {{ ready momentsCount {{ count precision }} firstVisit {_VISIT} lastVisit {_VISIT} }}"
)
REFUND_HEAD = f"id createdAt processedAt updatedAt note {money('totalRefundedSet')} return {{ id }}"

ORDER = Thing(
    "orders",
    "Order",
    "id legacyResourceId name createdAt processedAt updatedAt cancelledAt closedAt cancelReason test "
    "confirmed edited currencyCode presentmentCurrencyCode taxesIncluded displayFinancialStatus "
    "displayFulfillmentStatus returnStatus sourceName tags note email customerLocale discountCodes "
    "paymentGatewayNames customer { id } shippingAddress { countryCodeV2 provinceCode city zip } "
    f"{JOURNEY} "
    + money(
        *("originalTotalPriceSet", "totalPriceSet", "currentTotalPriceSet", "subtotalPriceSet"),
        *("totalDiscountsSet", "totalTaxSet", "currentTotalTaxSet", "totalShippingPriceSet"),
        *("totalRefundedSet", "totalReceivedSet", "netPaymentSet", "totalOutstandingSet"),
        *("refundDiscrepancySet", "totalTipReceivedSet"),
    )
    + " transactionsCount { count precision } fulfillmentsCount { count precision } "
    f"transactions{LIST} {{ id kind status gateway formattedGateway test createdAt processedAt errorCode "
    f"{money('amountSet')} parentTransaction {{ id }} }} "
    f"fulfillments{LIST} {{ id name status displayStatus createdAt updatedAt deliveredAt totalQuantity }} "
    f"refunds{LIST} {{ {REFUND_HEAD} }}",
    (LINE_ITEMS, SHIPPING_LINES, DISCOUNT_APPLICATIONS),
)
# What brought the buyer is protected data: an app that may not see it reads everything else.
ORDER_ALONE = replace(ORDER, selection=ORDER.selection.replace(f"{JOURNEY} ", ""))
# Agreements would be one connection too many, and sales one level too deep, beside the lines.
LEDGER = Thing("orders", "Order", "id updatedAt", (AGREEMENTS,))
# An order as the comparison with the sales report needs it: what it is worth, and what it booked when.
BOOKED_ORDER = Thing(
    "orders",
    "Order",
    "id name processedAt updatedAt cancelledAt test displayFinancialStatus "
    + money("currentTotalPriceSet", "totalPriceSet"),
    (Connection("agreements", settings.AGREEMENTS_PER_ORDER, "id happenedAt reason", ("Agreement",)),),
)
# A connection inside a list is not allowed in bulk: a refund's connections are always read on their own.
REFUND = Thing(
    "refunds",
    "Refund",
    "id updatedAt order { id updatedAt }",
    (
        Connection(
            "refundLineItems",
            settings.LINES_PER_REFUND,
            f"id quantity restockType lineItem {{ id }} {money('subtotalSet', 'totalTaxSet')}",
            ("RefundLineItem",),
        ),
        Connection(
            "refundShippingLines",
            5,
            f"id shippingLine {{ id }} {money('subtotalAmountSet', 'taxAmountSet')}",
            ("RefundShippingLine",),
        ),
        Connection(
            "orderAdjustments",
            5,
            f"id reason {money('amountSet', 'taxAmountSet')}",
            ("OrderAdjustment",),
        ),
        Connection("transactions", 5, f"id kind status gateway {money('amountSet')}", ("OrderTransaction",)),
    ),
)

CUSTOMER = Thing(
    "customers",
    "Customer",
    "id legacyResourceId createdAt updatedAt firstName lastName displayName "
    "defaultEmailAddress { emailAddress marketingState } defaultPhoneNumber { phoneNumber } numberOfOrders "
    "amountSpent { amount currencyCode } state tags taxExempt verifiedEmail "
    "defaultAddress { countryCodeV2 provinceCode city zip }",
)
PRODUCT = Thing(
    "products",
    "Product",
    "id legacyResourceId title handle vendor productType status isGiftCard tags createdAt "
    "updatedAt publishedAt",
    (
        Connection(
            "variants",
            settings.VARIANTS_PER_PRODUCT,
            "id legacyResourceId title sku barcode price compareAtPrice position taxable createdAt updatedAt "
            "inventoryItem { id } selectedOptions { name value }",
            ("ProductVariant",),
        ),
    ),
)
INVENTORY_ITEM = Thing(
    "inventoryItems",
    "InventoryItem",
    "id sku tracked requiresShipping unitCost { amount currencyCode } createdAt updatedAt",
    (
        Connection(
            "inventoryLevels",
            settings.LEVELS_PER_ITEM,
            "id updatedAt isActive location { id } "
            'quantities(names: ["available", "on_hand", "committed", "incoming", "reserved"]) '
            "{ name quantity updatedAt }",
            ("InventoryLevel",),
        ),
    ),
)
LOCATION = Thing(
    "locations",
    "Location",
    "id name isActive fulfillsOnlineOrders address { city countryCode provinceCode zip } createdAt updatedAt",
    arguments="includeInactive: true",
)
ABANDONED_CHECKOUT = Thing(
    "abandonedCheckouts",
    "AbandonedCheckout",
    "id name createdAt updatedAt completedAt customer { id } discountCodes taxesIncluded "
    + money("totalPriceSet", "subtotalPriceSet", "totalTaxSet", "totalDiscountSet", "totalLineItemsPriceSet"),
    (
        Connection(
            "lineItems",
            settings.LINES_PER_ORDER,
            "id title sku quantity product { id } variant { id } "
            + money("originalTotalPriceSet", "discountedTotalPriceSet"),
            ("AbandonedCheckoutLineItem",),
        ),
    ),
)
CODES = Connection("codes", settings.CODES_PER_DISCOUNT, "id code asyncUsageCount", ("DiscountRedeemCode",))
_DISCOUNT = (
    "title status startsAt endsAt createdAt updatedAt asyncUsageCount usageLimit summary " + CODES.paged()
)
DISCOUNT = Thing(
    "discountNodes",
    "DiscountNode",
    "id discount { __typename "
    f"... on DiscountCodeBasic {{ {_DISCOUNT} }} ... on DiscountCodeFreeShipping {{ {_DISCOUNT} }} }}",
)
SHOP = (
    "id name myshopifyDomain contactEmail currencyCode ianaTimezone taxesIncluded "
    "plan { publicDisplayName shopifyPlus } createdAt updatedAt"
)
