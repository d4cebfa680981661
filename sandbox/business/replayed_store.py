"""The store of a replay: its catalogue and its customers, gathered from the lines as they pass."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.business.countries import country_code
from sandbox.business.invoices import InvoiceLine
from sandbox.business.model import Address, Customer, InventoryItem, Item, Location, Product, Store, Variant

FIRST_ORDER = 1001
FIRST_PRODUCT = 7001


class Stockroom:
    """Stock codes become products with one variant each, named as they were named last."""

    def __init__(self) -> None:
        self.customers: dict[int, Customer] = {}
        self._items: dict[tuple[str, str | None, Decimal], Item] = {}
        self._products: dict[str, Product] = {}

    def item(self, line: InvoiceLine) -> Item:
        """What the line sold, as it was named and priced then; also notes product and customer."""
        product = self._products.get(line.code)
        if product is None:
            product = self._products[line.code] = self._product(line)
        elif line.description and line.at >= product.updated_at:
            _rename(product, line.description, line.at)
        self._note_customer(line)
        key = (line.code, line.description, line.price)
        item = self._items.get(key)
        if item is None:
            title = line.description or line.code
            variant_id = product.variants[0].id
            item = Item(product.id, variant_id, title, None, line.code, None, line.price, taxable=False)
            self._items[key] = item
        return item

    def products(self) -> dict[int, Product]:
        """The catalogue by id."""
        return {product.id: product for product in self._products.values()}

    def _product(self, line: InvoiceLine) -> Product:
        product_id = FIRST_PRODUCT + len(self._products)
        title = line.description or line.code
        at, variant_id = line.at, product_id * 10 + 1
        stock = InventoryItem(variant_id + 1_000_000, variant_id, line.code, False, True, None, at, at)
        variant = Variant(
            variant_id,
            product_id,
            "Default Title",
            ("Title", "Default Title"),
            line.code,
            None,
            max(line.price, Decimal(0)),
            None,
            1,
            False,
            at,
            at,
            stock,
        )
        handle = f"stock-{product_id}"
        return Product(product_id, title, handle, "", "", "active", False, (), at, at, at, [variant])

    def _note_customer(self, line: InvoiceLine) -> None:
        if line.customer_id is None:
            return
        known = self.customers.get(line.customer_id)
        if known is None:
            self.customers[line.customer_id] = _customer(line)
        elif line.at < known.created_at:
            known.created_at = known.updated_at = line.at


def replayed_store(name: str, platform: str, currency: str, timezone: str, opening: datetime) -> Store:
    """An empty store with one location, opened the day before its first invoice."""
    founded = opening - timedelta(days=1)
    domain, mail = f"{name}.myshopify.com", f"hello@{name}.example"
    title = name.replace("-", " ").title()
    store = Store(name, platform, title, domain, mail, currency, timezone, "GB", False, founded, founded)
    address = Address("GB", None, None, None)
    store.locations[301] = Location(301, "Warehouse", True, True, address, founded, founded)
    return store


def _rename(product: Product, title: str, at: datetime) -> None:
    if product.title == title:
        return
    product.former_titles += ((at, product.title),)
    product.title, product.updated_at = title, at


def _customer(line: InvoiceLine) -> Customer:
    assert line.customer_id is not None
    code = country_code(line.country)
    return Customer(
        id=line.customer_id,
        person_id=line.customer_id,
        first_name=None,
        last_name=None,
        email=None,
        phone=None,
        address=None if code is None else Address(code, None, None, None),
        marketing="not_subscribed",
        state="disabled",
        verified_email=False,
        tax_exempt=False,
        locale="en",
        tags=(),
        created_at=line.at,
        updated_at=line.at,
    )
