"""Documents of a Shopify shop for the benchmarks: the shape its loader lands, made fast, without a vendor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import orjson

from benchmarks.history import PEOPLE, SHIPPING, TAX_RATE, Item, cart, moment, money, tax

GID = "gid://shopify/"
LEFT_OUT = {"transactions", "fulfillments", "agreements", "originalTotalPriceSet"}


def order(n: int, *, returned_at: datetime | None = None, compact: bool = False) -> bytes:
    """One complete order document as canonical JSON, about 8 KB; compact: about 2.9 KB.

    With `returned_at` a later version of it, with one unit returned. A compact document has one line and
    lacks the buyer's currency and the cash side: enough to land.
    """
    document = _order(n, returned_at)
    if compact:
        document = {name: _shop_money(value) for name, value in document.items() if name not in LEFT_OUT}
        document["lineItems"] = document["lineItems"][:1]
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def _shop_money(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shop_money(inner) for name, inner in value.items() if name != "presentmentMoney"}
    return [_shop_money(inner) for inner in value] if isinstance(value, list) else value


def _order(n: int, returned_at: datetime | None) -> dict[str, Any]:
    at, items = moment(n), cart(n)
    goods = sum(item.amount for item in items)
    back = items[0].price if returned_at else 0
    total = goods + SHIPPING
    changed = returned_at or at + timedelta(minutes=5)
    return {
        **_header(n, at, changed, total=total, back=back, goods=goods),
        "lineItems": [
            _line(n, i, item, removed=1 if returned_at and i == 0 else 0) for i, item in enumerate(items)
        ],
        "shippingLines": [_shipping_line(n)],
        "transactions": [_transaction(n, at, total)],
        "fulfillments": [
            {
                "id": f"{GID}Fulfillment/{n}",
                "name": f"#{n}.1",
                "status": "SUCCESS",
                "displayStatus": "FULFILLED",
                "createdAt": written(at + timedelta(minutes=5)),
                "updatedAt": written(at + timedelta(minutes=5)),
                "deliveredAt": None,
                "totalQuantity": sum(item.quantity for item in items),
            }
        ],
        "refunds": [],
        "agreements": _agreements(n, at, changed, items=items, back=back),
    }


def _header(n: int, at: datetime, changed: datetime, *, total: int, back: int, goods: int) -> dict[str, Any]:
    sum_tax = tax(goods) + tax(SHIPPING)
    amounts = {
        "originalTotalPriceSet": total,
        "totalPriceSet": total,
        "currentTotalPriceSet": total - back,
        "subtotalPriceSet": goods,
        "totalDiscountsSet": 0,
        "totalTaxSet": sum_tax,
        "currentTotalTaxSet": sum_tax - tax(back),
        "totalShippingPriceSet": SHIPPING,
        "totalRefundedSet": 0,
        "totalReceivedSet": total,
        "netPaymentSet": total,
        "totalOutstandingSet": 0,
        "refundDiscrepancySet": 0,
        "totalTipReceivedSet": 0,
    }
    return {
        "id": f"{GID}Order/{n}",
        "legacyResourceId": str(n),
        "name": f"#{n}",
        "createdAt": written(at),
        "processedAt": written(at),
        "updatedAt": written(changed),
        "cancelledAt": None,
        "closedAt": None,
        "cancelReason": None,
        "test": False,
        "confirmed": True,
        "edited": False,
        "currencyCode": "GBP",
        "presentmentCurrencyCode": "GBP",
        "taxesIncluded": True,
        "displayFinancialStatus": "PAID",
        "displayFulfillmentStatus": "FULFILLED",
        "returnStatus": "RETURNED" if back else "NO_RETURN",
        "sourceName": "web",
        "tags": [],
        "note": None,
        "email": f"person{n % PEOPLE}@example.com",
        "customerLocale": "en",
        "discountCodes": [],
        "paymentGatewayNames": ["shopify_payments"],
        "customer": {"id": f"{GID}Customer/{n % PEOPLE}"},
        "shippingAddress": {"countryCodeV2": "GB", "provinceCode": "ENG", "city": "Leeds", "zip": "LS1 1AA"},
        "transactionsCount": {"count": 1, "precision": "EXACT"},
        "fulfillmentsCount": {"count": 1, "precision": "EXACT"},
        "discountApplications": [],
        **{name: _money(amount) for name, amount in amounts.items()},
    }


def _line(n: int, i: int, item: Item, *, removed: int) -> dict[str, Any]:
    return {
        "id": f"{GID}LineItem/{n * 10 + i}",
        "name": f"Article {item.product}",
        "title": f"Article {item.product}",
        "variantTitle": None,
        "sku": f"SKU-{item.product:04}",
        "vendor": "House",
        "quantity": item.quantity,
        "currentQuantity": item.quantity - removed,
        "isGiftCard": False,
        "taxable": True,
        "requiresShipping": True,
        "product": {"id": f"{GID}Product/{item.product}"},
        "variant": {"id": f"{GID}ProductVariant/{item.product}"},
        "originalUnitPriceSet": _money(item.price),
        "originalTotalSet": _money(item.amount),
        "discountedTotalSet": _money(item.amount),
        "discountAllocations": [],
        "taxLines": [{"title": "VAT", "rate": TAX_RATE / 100, "priceSet": _money(tax(item.amount))}],
    }


def _shipping_line(n: int) -> dict[str, Any]:
    return {
        "id": f"{GID}ShippingLine/{n}",
        "title": "Standard",
        "code": "standard",
        "source": "shopify",
        "isRemoved": False,
        "originalPriceSet": _money(SHIPPING),
        "discountedPriceSet": _money(SHIPPING),
        "taxLines": [{"title": "VAT", "rate": TAX_RATE / 100, "priceSet": _money(tax(SHIPPING))}],
        "discountAllocations": [],
    }


def _transaction(n: int, at: datetime, amount: int) -> dict[str, Any]:
    return {
        "id": f"{GID}OrderTransaction/{n}",
        "kind": "SALE",
        "status": "SUCCESS",
        "gateway": "shopify_payments",
        "formattedGateway": "Shopify Payments",
        "test": False,
        "createdAt": written(at),
        "processedAt": written(at),
        "errorCode": None,
        "amountSet": _money(amount),
        "parentTransaction": None,
    }


def _agreements(
    n: int, at: datetime, changed: datetime, *, items: list[Item], back: int
) -> list[dict[str, Any]]:
    sales = [
        _sale(n * 100 + i, "ORDER", item.quantity, item.amount, n * 10 + i) for i, item in enumerate(items)
    ]
    sales.append(_sale(n * 100 + 90, "ORDER", None, SHIPPING, None, shipping_line=n))
    found = [_agreement("OrderAgreement", n * 10, at, "ORDER", sales)]
    if back:
        given_back = [_sale(n * 100 + 95, "RETURN", -1, -back, n * 10)]
        agreement = _agreement("ReturnAgreement", n * 10 + 1, changed, "RETURN", given_back)
        found.append({**agreement, "return": {"id": f"{GID}Return/{n}"}})
    return found


def _agreement(
    kind: str, number: int, at: datetime, reason: str, sales: list[dict[str, Any]]
) -> dict[str, Any]:
    identity = f"{GID}SalesAgreement/{number}"
    return {"__typename": kind, "id": identity, "happenedAt": written(at), "reason": reason, "sales": sales}


def _sale(
    number: int,
    action: str,
    quantity: int | None,
    total: int,
    line: int | None,
    *,
    shipping_line: int | None = None,
) -> dict[str, Any]:
    kind = "ProductSale" if line is not None else "ShippingLineSale"
    parent: dict[str, Any] = (
        {"lineItem": {"id": f"{GID}LineItem/{line}"}}
        if line is not None
        else {"shippingLine": {"id": f"{GID}ShippingLine/{shipping_line}"}}
    )
    return {
        "__typename": kind,
        "id": f"{GID}Sale/{number}",
        "actionType": action,
        "lineType": "PRODUCT" if line is not None else "SHIPPING",
        "quantity": quantity,
        "totalAmount": _money(total),
        "totalTaxAmount": _money(tax(total)),
        "totalDiscountAmountBeforeTaxes": _money(0),
        "totalDiscountAmountAfterTaxes": _money(0),
        **parent,
    }


def _money(pennies: int) -> dict[str, Any]:
    amount = {"amount": money(pennies), "currencyCode": "GBP"}
    return {"shopMoney": amount, "presentmentMoney": amount}


def written(at: datetime) -> str:
    """A time as the vendor writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
