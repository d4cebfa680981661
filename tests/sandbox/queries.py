"""Queries over everything the schema offers, for tests that compare two ways of answering."""

from __future__ import annotations

from tests.sandbox.client import M

TAXES = f"taxLines {{ title rate ratePercentage priceSet {M} }}"
ALLOCATIONS = f"discountAllocations {{ allocatedAmountSet {M} discountApplication {{ index __typename }} }}"
LINE = f"""id name title variantTitle sku vendor quantity currentQuantity refundableQuantity
  unfulfilledQuantity
  isGiftCard taxable requiresShipping product {{ id title }} variant {{ id displayName }}
  originalUnitPriceSet {M} originalTotalSet {M} discountedTotalSet {M} totalDiscountSet {M}
  codes: discountedTotalSet(withCodeDiscounts: true) {M} discountedUnitPriceSet {M} {ALLOCATIONS} {TAXES}"""
SHIPPING = f"""id title code source isRemoved custom originalPriceSet {M} discountedPriceSet {M}
  currentDiscountedPriceSet {M} {TAXES} {ALLOCATIONS}"""
DISCOUNT = """__typename index allocationMethod targetSelection targetType
  value { __typename ... on MoneyV2 { amount currencyCode } ... on PricingPercentageValue { percentage } }
  ... on DiscountCodeApplication { code } ... on AutomaticDiscountApplication { title }
  ... on ManualDiscountApplication { title description }"""
TRANSACTION = f"""id kind status gateway formattedGateway test createdAt processedAt errorCode amountSet {M}
  parentTransaction {{ id }} manualPaymentGateway"""
SALE = f"""__typename id actionType lineType quantity totalAmount {M} totalTaxAmount {M}
  totalDiscountAmountBeforeTaxes {M} totalDiscountAmountAfterTaxes {M}
  taxes {{ id amount {M} taxLine {{ title rate }} }}
  ... on ProductSale {{ lineItem {{ id }} }} ... on GiftCardSale {{ lineItem {{ id }} }}
  ... on TipSale {{ lineItem {{ id }} }} ... on ShippingLineSale {{ shippingLine {{ id }} }}"""
AGREEMENT = """__typename id happenedAt reason
  ... on RefundAgreement { refund { id } } ... on ReturnAgreement { return { id } }"""
REFUND = f"id legacyResourceId createdAt processedAt updatedAt note totalRefundedSet {M} return {{ id name }}"
HEAD = f"""id legacyResourceId name number createdAt processedAt updatedAt cancelledAt closedAt closed
  cancelReason
  test confirmed edited currencyCode presentmentCurrencyCode taxesIncluded dutiesIncluded
  displayFinancialStatus
  displayFulfillmentStatus returnStatus sourceName tags note email phone customerLocale discountCode
  discountCodes paymentGatewayNames customer {{ id displayName }} fullyPaid unpaid
  shippingAddress {{ id countryCodeV2 provinceCode city zip }} originalTotalPriceSet {M} totalPriceSet {M}
  currentTotalPriceSet {M} subtotalPriceSet {M} currentSubtotalPriceSet {M} totalDiscountsSet {M}
  currentTotalDiscountsSet {M} totalTaxSet {M} currentTotalTaxSet {M} totalShippingPriceSet {M}
  currentShippingPriceSet {M} totalRefundedSet {M} totalRefundedShippingSet {M} totalReceivedSet {M}
  netPaymentSet {M} totalOutstandingSet {M} refundDiscrepancySet {M} totalTipReceivedSet {M}
  transactionsCount {{ count precision }} fulfillmentsCount {{ count precision }}
  transactions {{ {TRANSACTION} }}
  fulfillments {{ id legacyResourceId name status displayStatus createdAt updatedAt deliveredAt totalQuantity
    location {{ id }} }}"""


def listed(name: str, body: str, arguments: str = "first: 50") -> str:
    """A connection read by `nodes`."""
    return (
        f"{name}({arguments}) {{ nodes {{ {body} }} pageInfo {{ hasNextPage hasPreviousPage endCursor }} }}"
    )


def edged(name: str, body: str, arguments: str = "") -> str:
    """A connection read by `edges`, as bulk queries must."""
    return f"{name}{f'({arguments})' if arguments else ''} {{ edges {{ node {{ {body} }} }} }}"


REFUND_PARTS = " ".join(
    (
        listed(
            "refundLineItems",
            f"id quantity restockType restocked lineItem {{ id }} location {{ id }} priceSet {M} "
            f"subtotalSet {M} totalTaxSet {M}",
            "first: 20",
        ),
        listed(
            "refundShippingLines",
            f"id shippingLine {{ id }} subtotalAmountSet {M} taxAmountSet {M}",
            "first: 5",
        ),
        listed("orderAdjustments", f"id reason amountSet {M} taxAmountSet {M}", "first: 5"),
        listed("transactions", f"id kind status gateway amountSet {M}", "first: 5"),
    )
)
ORDER = " ".join(
    (
        HEAD,
        listed("lineItems", LINE, "first: 20"),
        listed("shippingLines", SHIPPING, "first: 5, includeRemovals: true"),
        listed("discountApplications", DISCOUNT, "first: 5"),
        f"refunds {{ {REFUND} {REFUND_PARTS} }}",
        listed("returns", "id name status createdAt closedAt totalQuantity order { id }", "first: 2"),
        listed("agreements", f"{AGREEMENT} {listed('sales', SALE, 'first: 20')}", "first: 5"),
    )
)
CUSTOMER = """id legacyResourceId createdAt updatedAt firstName lastName displayName email phone locale
  defaultEmailAddress { emailAddress marketingState } defaultPhoneNumber { phoneNumber } numberOfOrders
  amountSpent { amount currencyCode } state tags taxExempt verifiedEmail lastOrder { id }
  defaultAddress { id name countryCodeV2 provinceCode city zip } orders(first: 3) { nodes { id } }"""
VARIANT = """id legacyResourceId title displayName sku barcode price compareAtPrice position taxable createdAt
  updatedAt inventoryQuantity product { id } inventoryItem { id } selectedOptions { name value }"""
PRODUCT = f"""id legacyResourceId title handle vendor productType status isGiftCard tags createdAt updatedAt
  publishedAt totalInventory hasOnlyDefaultVariant variantsCount {{ count }} options {{ id name values }}
  {listed("variants", VARIANT)}"""
ITEM = """id legacyResourceId sku tracked requiresShipping unitCost { amount currencyCode } createdAt
  updatedAt
  variant { id } inventoryLevels(first: 5, includeInactive: true) { nodes { id updatedAt createdAt isActive
    location { id } item { id }
    quantities(names: ["available", "on_hand", "committed", "damaged"]) { id name quantity updatedAt } } }"""
LOCATION = """id legacyResourceId name isActive fulfillsOnlineOrders shipsInventory deactivatedAt createdAt
  updatedAt address { city country countryCode provinceCode zip address1 }"""
CHECKOUT = f"""id name createdAt updatedAt completedAt note abandonedCheckoutUrl customer {{ id }}
  discountCodes
  taxesIncluded totalPriceSet {M} subtotalPriceSet {M} totalTaxSet {M} totalDiscountSet {M}
  totalLineItemsPriceSet {M} lineItems(first: 10) {{ nodes {{ id title variantTitle sku quantity
    product {{ id }} variant {{ id }} originalUnitPriceSet {M} originalTotalPriceSet {M}
    discountedTotalPriceSet {M} }} }}"""
CODE = """__typename
  ... on DiscountCodeBasic { title status startsAt endsAt createdAt updatedAt asyncUsageCount usageLimit
  summary
    shortSummary codesCount { count } codes(first: 5) { nodes { id code asyncUsageCount } } }
  ... on DiscountCodeFreeShipping { title status summary codes(first: 5) { nodes { id code } } }"""
EVENT = """__typename id action createdAt message criticalAlert
  ... on BasicEvent { subjectId subjectType arguments author }"""
SHOP = """id name email contactEmail myshopifyDomain currencyCode ianaTimezone timezoneAbbreviation
  timezoneOffset timezoneOffsetMinutes taxesIncluded createdAt updatedAt url
  plan { publicDisplayName shopifyPlus partnerDevelopment }"""

EVERYTHING = {
    "orders": f"{{ orders(first: 8, sortKey: UPDATED_AT, reverse: true) {{ nodes {{ {HEAD} }} }} }}",
    "order": f"query($id: ID!) {{ order(id: $id) {{ {ORDER} }} }}",
    "customers": f"{{ customers(first: 20) {{ edges {{ cursor node {{ {CUSTOMER} }} }} }} }}",
    "products": f"{{ {listed('products', PRODUCT, 'first: 20, sortKey: TITLE')} }}",
    "inventory": f"{{ inventoryItems(last: 20) {{ nodes {{ {ITEM} }} pageInfo {{ hasPreviousPage }} }} }}",
    "locations": f"{{ {listed('locations', LOCATION, 'first: 9, includeInactive: true')} }}",
    "checkouts": f"{{ {listed('abandonedCheckouts', CHECKOUT, 'first: 9')} }}",
    "codes": f"{{ {listed('codeDiscountNodes', f'id codeDiscount {{ {CODE} }}', 'first: 9')} }}",
    "discounts": f"{{ {listed('discountNodes', f'id discount {{ {CODE} }}', 'first: 9')} }}",
    "events": f"{{ {listed('events', EVENT, 'first: 20')} }}",
    "shop": f"{{ shop {{ {SHOP} }} currentAppInstallation {{ id accessScopes {{ handle }} }} }}",
    "counts": """{ ordersCount { count precision } customersCount(limit: 3) { count precision }
      productsCount { count } }""",
    "variants": f"{{ {listed('productVariants', VARIANT, 'first: 9')} }}",
    "merged": """query Q($yes: Boolean = true, $no: Boolean = false) {
      a: orders(first: 2) { ...Page nodes { id } } b: orders(first: 1, reverse: true) { ...Page }
      __typename }
      fragment Page on OrderConnection { __typename nodes { ... on Order { again: id name @skip(if: $yes)
        ... on LegacyInteroperability { legacyResourceId } ... @include(if: $no) { email }
        test @include(if: $yes) } } }""",
}
