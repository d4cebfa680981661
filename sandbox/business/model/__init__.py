"""The state of the simulated business: plain dataclasses that no vendor shaped.

Money is Decimal in the store's currency with two places (`Order.presentment` converts to what the buyer
saw), times are aware UTC datetimes of whole seconds, ids are integers that are unique per store and kind.
Amounts called *price* are in the store's own price terms (with tax where `taxes_included`); sales of an
agreement carry both terms. Totals and statuses are derived, see `totals.py`. A web shop's orders are of
another kind, see `shop_order.py`.
"""

from __future__ import annotations

from sandbox.business.model.goods import (
    InventoryItem,
    InventoryLevel,
    Location,
    Product,
    Variant,
)
from sandbox.business.model.lines import (
    Books,
    DiscountAllocation,
    DiscountApplication,
    Item,
    OrderLine,
    ShippingLine,
    TaxLine,
)
from sandbox.business.model.order import (
    Order,
)
from sandbox.business.model.people import (
    AbandonedCheckout,
    Address,
    CheckoutLine,
    Customer,
    Discount,
    GiftCard,
)
from sandbox.business.model.records import (
    Adjustment,
    Agreement,
    AgreementKind,
    Fulfilment,
    Refund,
    RefundLine,
    RefundShipping,
    Return,
    Sale,
    SaleAction,
    SaleLineType,
    Transaction,
    TransactionKind,
    TransactionStatus,
)
from sandbox.business.model.shop_order import (
    Contact,
    Meta,
    RateShare,
    ShopCouponLine,
    ShopFee,
    ShopItem,
    ShopLine,
    ShopOrder,
    ShopRefund,
    ShopShipping,
    ShopTaxLine,
)
from sandbox.business.model.store import (
    Deletion,
    DeletionKind,
    Store,
)
from sandbox.business.model.web_shop import (
    Coupon,
    CouponKind,
    ShopCustomer,
    ShopTaxRate,
    WebShop,
)

__all__ = [
    "AbandonedCheckout",
    "Address",
    "Adjustment",
    "Agreement",
    "AgreementKind",
    "Books",
    "CheckoutLine",
    "Contact",
    "Coupon",
    "CouponKind",
    "Customer",
    "Deletion",
    "DeletionKind",
    "Discount",
    "DiscountAllocation",
    "DiscountApplication",
    "Fulfilment",
    "GiftCard",
    "InventoryItem",
    "InventoryLevel",
    "Item",
    "Location",
    "Meta",
    "Order",
    "OrderLine",
    "Product",
    "RateShare",
    "Refund",
    "RefundLine",
    "RefundShipping",
    "Return",
    "Sale",
    "SaleAction",
    "SaleLineType",
    "ShippingLine",
    "ShopCouponLine",
    "ShopCustomer",
    "ShopFee",
    "ShopItem",
    "ShopLine",
    "ShopOrder",
    "ShopRefund",
    "ShopShipping",
    "ShopTaxLine",
    "ShopTaxRate",
    "Store",
    "TaxLine",
    "Transaction",
    "TransactionKind",
    "TransactionStatus",
    "Variant",
    "WebShop",
]
