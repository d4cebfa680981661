"""Customers, coupons and tax rates."""

from decimal import Decimal
from hashlib import md5

from sandbox.business.model import Coupon, ShopCustomer, ShopTaxRate
from sandbox.woocommerce.render.base import Document, Printer, billing, meta, shipping


def customer(one: ShopCustomer, printer: Printer) -> Document:
    """An account; guests have none."""
    portrait = md5(one.email.strip().lower().encode(), usedforsecurity=False).hexdigest()
    return {
        "id": one.id,
        **printer.dates("date_created", one.created_at),
        **printer.dates("date_modified", one.modified_at),
        "email": one.email,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "role": one.role,
        "username": one.username,
        "billing": billing(one.billing),
        "shipping": shipping(one.shipping),
        "is_paying_customer": one.is_paying_customer,
        "avatar_url": f"https://secure.gravatar.com/avatar/{portrait}?s=96&d=mm&r=g",
        "meta_data": meta(one.meta),
        "_links": printer.links("customers", one.id),
    }


def coupon(one: Coupon, printer: Printer) -> Document:
    """A coupon; its amount is money or percent, as text either way."""
    return {
        "id": one.id,
        "code": one.code,
        "amount": printer.money(one.amount),
        "status": "publish",
        **printer.dates("date_created", one.created_at),
        **printer.dates("date_modified", one.modified_at),
        "discount_type": one.kind,
        "description": one.description,
        **printer.dates("date_expires", one.expires_at),
        "usage_count": one.usage_count,
        "individual_use": False,
        "product_ids": [],
        "excluded_product_ids": [],
        "usage_limit": one.usage_limit,
        "usage_limit_per_user": None,
        "limit_usage_to_x_items": None,
        "free_shipping": one.free_shipping,
        "product_categories": [],
        "excluded_product_categories": [],
        "exclude_sale_items": False,
        "minimum_amount": printer.money(Decimal(0)),
        "maximum_amount": printer.money(Decimal(0)),
        "email_restrictions": [],
        "used_by": list(one.used_by),
        "meta_data": [],
        "_links": printer.links("coupons", one.id),
    }


def tax_rate(one: ShopTaxRate, printer: Printer) -> Document:
    """A tax rate; the standard class has a name here and none in lines."""
    return {
        "id": one.id,
        "country": one.country,
        "state": one.state,
        "postcode": "",
        "city": "",
        "rate": f"{one.percent:.4f}",
        "name": one.name,
        "priority": one.priority,
        "compound": False,
        "shipping": one.on_shipping,
        "order": one.position,
        "class": one.tax_class or "standard",
        "postcodes": [],
        "cities": [],
        "_links": printer.links("taxes", one.id),
    }
