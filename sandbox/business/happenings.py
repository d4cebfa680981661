"""What happens in a store besides the lives of its orders: the catalogue, stock, people, abandoned carts.

Each happening is a fact with a time, applied to the store once the world's clock has reached it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from sandbox.business.model import AbandonedCheckout, Customer, Product, Store


class Happening(Protocol):
    """Anything that changes a store at a moment."""

    @property
    def at(self) -> datetime:
        """When."""
        ...

    def apply(self, store: Store) -> None:
        """Change the store."""
        ...


@dataclass(slots=True, frozen=True)
class ProductLaunched:
    """A product appears; the happening's product is a template that is copied, never changed."""

    at: datetime
    product: Product

    def apply(self, store: Store) -> None:
        """Put it into the catalogue."""
        variants = [
            replace(one, inventory=replace(one.inventory, levels={k: replace(v) for k, v in levels.items()}))
            for one in self.product.variants
            for levels in (one.inventory.levels,)
        ]
        product = replace(self.product, variants=variants)
        store.products[product.id] = product
        for variant in variants:
            store.stock[variant.id] = variant.inventory


@dataclass(slots=True, frozen=True)
class ProductRenamed:
    """From now on it is called otherwise; what was sold keeps its old name."""

    at: datetime
    product_id: int
    title: str

    def apply(self, store: Store) -> None:
        """Rename it, remembering the former title."""
        product = store.products[self.product_id]
        product.former_titles += ((self.at, product.title),)
        product.title, product.updated_at = self.title, self.at


@dataclass(slots=True, frozen=True)
class ProductRepriced:
    """A new price for one variant."""

    at: datetime
    product_id: int
    variant_id: int
    price: Decimal

    def apply(self, store: Store) -> None:
        """Set the price; a cut keeps the old one for comparison."""
        product = store.products[self.product_id]
        for variant in product.variants:
            if variant.id == self.variant_id:
                variant.compare_at_price = variant.price if self.price < variant.price else None
                variant.price, variant.updated_at = self.price, self.at
        product.updated_at = self.at


@dataclass(slots=True, frozen=True)
class CostChanged:
    """The supplier charges something else from now on."""

    at: datetime
    variant_id: int
    cost: Decimal

    def apply(self, store: Store) -> None:
        """Set the unit cost."""
        item = store.stock[self.variant_id]
        item.unit_cost, item.updated_at = self.cost, max(item.updated_at, self.at)


@dataclass(slots=True, frozen=True)
class StockDelivered:
    """Goods arrive: so many units of each variant."""

    at: datetime
    location_id: int
    units: tuple[tuple[int, int], ...]

    def apply(self, store: Store) -> None:
        """Add what is still sold here."""
        for variant_id, quantity in self.units:
            if variant_id in store.stock:
                level = store.stock[variant_id].levels[self.location_id]
                level.available += quantity
                level.updated_at = max(level.updated_at, self.at)


@dataclass(slots=True, frozen=True)
class ProductDeleted:
    """Gone from the catalogue, for good; lines that sold it remain."""

    at: datetime
    product_id: int

    def apply(self, store: Store) -> None:
        """Take it out and leave a note of the deletion."""
        product = store.products.pop(self.product_id)
        for variant in product.variants:
            del store.stock[variant.id]
        store.note_deletion("product", self.product_id, self.at)


@dataclass(slots=True, frozen=True)
class CustomerJoined:
    """Somebody is known to the store from now on."""

    customer: Customer

    @property
    def at(self) -> datetime:
        """When they became known."""
        return self.customer.created_at

    def apply(self, store: Store) -> None:
        """Note them."""
        store.customers[self.customer.id] = replace(self.customer)


@dataclass(slots=True, frozen=True)
class CustomerRedacted:
    """Their personal data were erased on request; their orders stay."""

    at: datetime
    customer_id: int

    def apply(self, store: Store) -> None:
        """Forget who they are."""
        customer = store.customers[self.customer_id]
        customer.first_name = customer.last_name = customer.email = customer.phone = None
        customer.address, customer.tags, customer.redacted_at = None, (), self.at
        customer.updated_at = max(customer.updated_at, self.at)


@dataclass(slots=True, frozen=True)
class CustomerDeleted:
    """Somebody who never ordered was taken off the list."""

    at: datetime
    customer_id: int

    def apply(self, store: Store) -> None:
        """Take them out and leave a note of the deletion."""
        del store.customers[self.customer_id]
        store.note_deletion("customer", self.customer_id, self.at)


@dataclass(slots=True, frozen=True)
class CheckoutAbandoned:
    """A cart was left behind."""

    checkout: AbandonedCheckout

    @property
    def at(self) -> datetime:
        """When it was begun."""
        return self.checkout.created_at

    def apply(self, store: Store) -> None:
        """Keep it."""
        store.checkouts[self.checkout.id] = replace(self.checkout)


@dataclass(slots=True, frozen=True)
class CheckoutCompleted:
    """A cart left behind was bought after all."""

    at: datetime
    checkout_id: int

    def apply(self, store: Store) -> None:
        """Mark it complete."""
        checkout = store.checkouts[self.checkout_id]
        checkout.completed_at = checkout.updated_at = self.at


@dataclass(slots=True, frozen=True)
class DiscountRenewed:
    """A seasonal code is valid again, for these days."""

    at: datetime
    code: str
    ends_at: datetime

    def apply(self, store: Store) -> None:
        """Set its days."""
        discount = next(one for one in store.discounts.values() if one.code == self.code)
        discount.starts_at, discount.ends_at, discount.updated_at = self.at, self.ends_at, self.at
