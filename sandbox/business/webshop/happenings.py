"""What happens in a web shop besides the lives of its orders: accounts, addresses, erasures, coupons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sandbox.business.model import Contact, ShopCustomer, ShopOrder, Store, WebShop

ERASED_EMAIL, ERASED = "deleted@site.invalid", "[deleted]"
ERASED_CONTACT = Contact(
    first_name=ERASED,
    last_name=ERASED,
    company=ERASED,
    address_1=ERASED,
    address_2=ERASED,
    city=ERASED,
    postcode=ERASED,
    email=ERASED_EMAIL,
)


@dataclass(slots=True, frozen=True)
class AccountOpened:
    """Somebody has an account from now on."""

    customer: ShopCustomer

    @property
    def at(self) -> datetime:
        """When it was opened."""
        return self.customer.created_at

    def apply(self, store: Store) -> None:
        """Note it."""
        _shop(store).shop_customers[self.customer.id] = replace(self.customer)


@dataclass(slots=True, frozen=True)
class EmailChanged:
    """Somebody uses another address from now on; what they ordered keeps the old one."""

    at: datetime
    customer_id: int
    email: str

    def apply(self, store: Store) -> None:
        """Set it."""
        customer = _shop(store).shop_customers[self.customer_id]
        customer.email, customer.billing = self.email, replace(customer.billing, email=self.email)
        customer.modified_at = max(customer.modified_at, self.at)


@dataclass(slots=True, frozen=True)
class AccountDeleted:
    """An account is gone; its orders are a guest's from now on, and nothing says when that changed."""

    at: datetime
    customer_id: int

    def apply(self, store: Store) -> None:
        """Take it out and leave a note of the deletion."""
        shop = _shop(store)
        del shop.shop_customers[self.customer_id]
        shop.note_deletion("customer", self.customer_id, self.at)
        for order in _orders_of(shop, self.customer_id, None):
            order.customer_id = 0


@dataclass(slots=True, frozen=True)
class PersonErased:
    """Personal data were erased on request: what is known by an account, or by a guest's e-mail address."""

    at: datetime
    customer_id: int
    email: str

    def apply(self, store: Store) -> None:
        """Erase them in the orders, and in the account where there is one."""
        shop = _shop(store)
        customer = shop.shop_customers.get(self.customer_id)
        if customer is not None:
            customer.first_name = customer.last_name = ""
            customer.billing = customer.shipping = Contact()
            customer.modified_at = max(customer.modified_at, self.at)
        for order in list(_orders_of(shop, self.customer_id, self.email)):
            order.customer_id = 0
            order.billing = ERASED_CONTACT
            order.shipping = replace(ERASED_CONTACT, email="")
            order.customer_ip, order.user_agent = "0.0.0.0", ""
            order.modified_at = max(order.modified_at, self.at)


@dataclass(slots=True, frozen=True)
class CouponRenewed:
    """A seasonal coupon is good again, until then."""

    at: datetime
    code: str
    expires_at: datetime

    def apply(self, store: Store) -> None:
        """Set its last day."""
        coupon = next(one for one in _shop(store).coupons.values() if one.code == self.code)
        coupon.expires_at, coupon.modified_at = self.expires_at, self.at


def _orders_of(shop: WebShop, customer_id: int, email: str | None) -> Iterator[ShopOrder]:
    for order in shop.shop_orders.values():
        if (customer_id and order.customer_id == customer_id) or (email and order.billing.email == email):
            yield order


def _shop(store: Store) -> WebShop:
    if not isinstance(store, WebShop):
        raise TypeError(f"{store.name} is no web shop")
    return store
