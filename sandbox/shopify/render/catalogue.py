"""Products, variants, inventory and locations."""

from typing import Any, ClassVar

from sandbox.shopify.render.base import Fields, Node, gid, identity, moments, plain, when, words


def _price(name: str) -> Any:
    def price(node: Any) -> str | None:
        value = getattr(node.of, name)
        # The Money scalar keeps the currency's decimals, unlike the amount of a MoneyV2.
        return None if value is None else f"{value:.2f}"

    return price


def _options(node: Any) -> list[dict[str, Any]]:
    values = list(dict.fromkeys(variant.option[1] for variant in node.of.variants))
    name = node.of.variants[0].option[0] if node.of.variants else "Title"
    return [{"id": gid("ProductOption", node.of.id), "name": name, "position": 1, "values": values}]


def _stock(variant: Any) -> int:
    return sum(level.available for level in variant.inventory.levels.values())


class ProductNode(Node):
    """A Product."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("Product", legacy=True),
        **plain("title", "handle", "vendor", productType="product_type", isGiftCard="is_gift_card"),
        **words(status="status"),
        **moments(createdAt="created_at", updatedAt="updated_at", publishedAt="published_at"),
        "tags": lambda node: list(node.of.tags),
        "description": lambda node: "",
        "totalInventory": lambda node: sum(_stock(variant) for variant in node.of.variants),
        "variantsCount": lambda node: {"count": len(node.of.variants), "precision": "EXACT"},
        "hasOnlyDefaultVariant": lambda node: len(node.of.variants) == 1,
        "options": _options,
        "variants": lambda node: [VariantNode(variant, node.desk, node) for variant in node.of.variants],
        "events": lambda node: node.desk.events_of(node.of.id),
    }


class VariantNode(Node):
    """A ProductVariant."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("ProductVariant", legacy=True),
        **plain("title", "sku", "barcode", "position", "taxable"),
        **moments(createdAt="created_at", updatedAt="updated_at"),
        "displayName": lambda node: f"{node['product']['title']} - {node.of.title}",
        "price": _price("price"),
        "compareAtPrice": _price("compare_at_price"),
        "inventoryItem": lambda node: InventoryItemNode(node.of.inventory, node.desk, node),
        "inventoryQuantity": lambda node: _stock(node.of),
        "product": lambda node: node.owner or node.desk.product(node.of.product_id),
        "selectedOptions": lambda node: [{"name": node.of.option[0], "value": node.of.option[1]}],
    }


class InventoryItemNode(Node):
    """An InventoryItem."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("InventoryItem", legacy=True),
        **plain("sku", "tracked", requiresShipping="requires_shipping"),
        **moments(createdAt="created_at", updatedAt="updated_at"),
        "unitCost": lambda node: node.desk.purse.money(node.of.unit_cost),
        "inventoryLevels": lambda node: [LevelNode(one, node.desk, node) for one in node.of.levels.values()],
        "locationsCount": lambda node: {"count": len(node.of.levels), "precision": "EXACT"},
        "variant": lambda node: node.owner or node.desk.variant(node.of.variant_id),
    }


NAMES = ("available", "on_hand", "committed", "incoming", "reserved")


class LevelNode(Node):
    """An InventoryLevel; its owner is the inventory item."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        "__typename": lambda node: "InventoryLevel",
        "id": lambda node: f"{gid('InventoryLevel', node.of.id)}?inventory_item_id={node.owner.of.id}",
        "createdAt": lambda node: node.owner["createdAt"],
        **moments(updatedAt="updated_at"),
        **plain(isActive="is_active"),
        "location": lambda node: node.desk.location(node.of.location_id),
        "item": lambda node: node.owner,
    }

    def quantities(self, names: list[str]) -> list[dict[str, Any]]:
        """The quantities asked for, in that order; those that the shop never used are 0."""
        prefix = f"{gid('InventoryQuantity', self.of.id)}?inventory_item_id={self.owner.of.id}&name="
        return [
            {
                "id": prefix + name,
                "name": name,
                "quantity": getattr(self.of, name) if name in NAMES else 0,
                "updatedAt": when(self.of.updated_at),
            }
            for name in names
        ]


def _address(node: Any) -> dict[str, Any]:
    unknown = dict.fromkeys(("address1", "address2", "phone", "province"))
    known = node.of.address
    return {
        **unknown,
        "city": known.city,
        "country": known.country_code,
        "countryCode": known.country_code,
        "provinceCode": known.province_code,
        "zip": known.zip,
    }


class LocationNode(Node):
    """A Location."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        **identity("Location", legacy=True),
        **plain("name", isActive="is_active", fulfillsOnlineOrders="fulfils_online_orders"),
        **moments(createdAt="created_at", updatedAt="updated_at"),
        "isFulfillmentService": lambda node: False,
        "shipsInventory": lambda node: node.of.fulfils_online_orders,
        "deactivatedAt": lambda node: None if node.of.is_active else when(node.of.updated_at),
        "address": _address,
    }
