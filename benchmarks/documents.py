"""Documents for the benchmarks: the shape the Shopify loader lands, made fast, without a vendor.

`order(n)` is always the same for the same number; with `returned_at` it is a later version of it, with one
unit returned. Orders come in the order of their numbers, a fixed number a day: more orders are a longer
history.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

START = datetime(2021, 5, 31, tzinfo=UTC)
PER_DAY = 250
PRICES = (1250, 1999, 2495, 3500, 4999, 7900)
TAX_RATE = 20
PRODUCTS = 500
GID = "gid://shopify/"
LEFT_OUT = {"transactions", "fulfillments", "agreements", "originalTotalPriceSet"}


def order(n: int, *, returned_at: datetime | None = None, compact: bool = False) -> bytes:
    """One complete order document as canonical JSON, about 8 KB; compact: about 2.9 KB.

    A compact document has one line and lacks the buyer's currency and the cash side: enough to land, of the
    size that other tools' published figures are about.
    """
    document = _order(n, returned_at)
    if compact:
        document = {name: _shop_money(value) for name, value in document.items() if name not in LEFT_OUT}
        document["lineItems"] = document["lineItems"][:1]
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def moment(n: int) -> datetime:
    """When order `n` was placed."""
    return START + timedelta(days=n // PER_DAY, seconds=(n % PER_DAY) * (86_400 // PER_DAY))


def write(path: Path, numbers: range, *, compact: bool = False) -> int:
    """Write the documents as JSONL; the bytes written."""
    with path.open("wb", buffering=1 << 20) as sink:
        return sum(sink.write(order(n, compact=compact) + b"\n") for n in numbers)


def lines(path: Path) -> Iterator[bytes]:
    """The documents of a file, one by one."""
    with path.open("rb", buffering=1 << 20) as source:
        for line in source:
            yield line.rstrip(b"\n")


def _shop_money(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _shop_money(inner) for name, inner in value.items() if name != "presentmentMoney"}
    return [_shop_money(inner) for inner in value] if isinstance(value, list) else value


def _order(n: int, returned_at: datetime | None) -> dict[str, Any]:
    at = moment(n)
    count = 1 + n % 3
    quantities = [1 + (n + i) % 2 for i in range(count)]
    prices = [PRICES[(n + 3 * i) % len(PRICES)] for i in range(count)]
    goods = [quantity * price for quantity, price in zip(quantities, prices, strict=True)]
    shipping, back = 495, prices[0] if returned_at else 0
    total = sum(goods) + shipping
    changed = returned_at or at + timedelta(minutes=5)
    return {
        **_header(n, at, changed, total=total, back=back, shipping=shipping, goods=sum(goods)),
        "lineItems": [
            _line(n, i, quantities[i], prices[i], removed=1 if returned_at and i == 0 else 0)
            for i in range(count)
        ],
        "shippingLines": [_shipping_line(n, shipping)],
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
                "totalQuantity": sum(quantities),
            }
        ],
        "refunds": [],
        "agreements": _agreements(
            n, at, changed, goods=goods, quantities=quantities, shipping=shipping, back=back
        ),
    }


def _header(
    n: int, at: datetime, changed: datetime, *, total: int, back: int, shipping: int, goods: int
) -> dict[str, Any]:
    money = {
        "originalTotalPriceSet": total,
        "totalPriceSet": total,
        "currentTotalPriceSet": total - back,
        "subtotalPriceSet": goods,
        "totalDiscountsSet": 0,
        "totalTaxSet": _tax(goods) + _tax(shipping),
        "currentTotalTaxSet": _tax(goods) + _tax(shipping) - _tax(back),
        "totalShippingPriceSet": shipping,
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
        "email": f"person{n % 40000}@example.com",
        "customerLocale": "en",
        "discountCodes": [],
        "paymentGatewayNames": ["shopify_payments"],
        "customer": {"id": f"{GID}Customer/{n % 40000}"},
        "shippingAddress": {"countryCodeV2": "GB", "provinceCode": "ENG", "city": "Leeds", "zip": "LS1 1AA"},
        "transactionsCount": {"count": 1, "precision": "EXACT"},
        "fulfillmentsCount": {"count": 1, "precision": "EXACT"},
        "discountApplications": [],
        **{name: _money(amount) for name, amount in money.items()},
    }


def _line(n: int, i: int, quantity: int, price: int, *, removed: int) -> dict[str, Any]:
    product = 1 + (n + 3 * i) % PRODUCTS
    return {
        "id": f"{GID}LineItem/{n * 10 + i}",
        "name": f"Article {product}",
        "title": f"Article {product}",
        "variantTitle": None,
        "sku": f"SKU-{product:04}",
        "vendor": "House",
        "quantity": quantity,
        "currentQuantity": quantity - removed,
        "isGiftCard": False,
        "taxable": True,
        "requiresShipping": True,
        "product": {"id": f"{GID}Product/{product}"},
        "variant": {"id": f"{GID}ProductVariant/{product}"},
        "originalUnitPriceSet": _money(price),
        "originalTotalSet": _money(price * quantity),
        "discountedTotalSet": _money(price * quantity),
        "discountAllocations": [],
        "taxLines": [{"title": "VAT", "rate": TAX_RATE / 100, "priceSet": _money(_tax(price * quantity))}],
    }


def _shipping_line(n: int, amount: int) -> dict[str, Any]:
    return {
        "id": f"{GID}ShippingLine/{n}",
        "title": "Standard",
        "code": "standard",
        "source": "shopify",
        "isRemoved": False,
        "originalPriceSet": _money(amount),
        "discountedPriceSet": _money(amount),
        "taxLines": [{"title": "VAT", "rate": TAX_RATE / 100, "priceSet": _money(_tax(amount))}],
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
    n: int,
    at: datetime,
    changed: datetime,
    *,
    goods: list[int],
    quantities: list[int],
    shipping: int,
    back: int,
) -> list[dict[str, Any]]:
    sales = [_sale(n * 100 + i, "ORDER", quantities[i], amount, n * 10 + i) for i, amount in enumerate(goods)]
    sales.append(_sale(n * 100 + 90, "ORDER", None, shipping, None, shipping_line=n))
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
        "totalTaxAmount": _money(_tax(total)),
        "totalDiscountAmountBeforeTaxes": _money(0),
        "totalDiscountAmountAfterTaxes": _money(0),
        **parent,
    }


def _tax(amount: int) -> int:
    """The tax inside an amount of pennies, rounded to the nearest."""
    sign = -1 if amount < 0 else 1
    return sign * ((2 * abs(amount) * TAX_RATE + 100 + TAX_RATE) // (2 * (100 + TAX_RATE)))


def _money(pennies: int) -> dict[str, Any]:
    sign, value = ("-" if pennies < 0 else ""), abs(pennies)
    amount = {"amount": f"{sign}{value // 100}.{value % 100:02}", "currencyCode": "GBP"}
    return {"shopMoney": amount, "presentmentMoney": amount}


def written(at: datetime) -> str:
    """A time as the vendor writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
