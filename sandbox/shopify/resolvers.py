"""Fields whose value depends on arguments or on the installation; all others are read from their node."""

from typing import Any

from sandbox.shopify.connections import Page, page_of_list
from sandbox.shopify.engine.compile import Resolver
from sandbox.shopify.engine.errors import bad_request
from sandbox.shopify.shopifyql import run as shopifyql

QUANTITY_NAMES = {
    "available",
    "on_hand",
    "committed",
    "incoming",
    "reserved",
    "damaged",
    "safety_stock",
    "quality_control",
}


def page(value: Any, arguments: dict[str, Any], runtime: Any, site: int | None) -> Page:
    """A connection's page, counted for the price of the answer."""
    found = value if isinstance(value, Page) else page_of_list(value, arguments)
    if site is not None:
        count = runtime.counts[site]
        count[0] += 1
        count[1] += len(found.rows)
    return found


def _listing(name: str) -> Resolver:
    return lambda _, arguments, runtime: runtime.shop.listing(name, arguments, runtime=runtime)


def _one(kind: str) -> Resolver:
    return lambda _, arguments, runtime: runtime.shop.by_id(arguments["id"], kind)


def _location(_: Any, arguments: dict[str, Any], runtime: Any) -> Any:
    if arguments.get("id") is None:
        return runtime.shop.desk.main_location()
    return runtime.shop.by_id(arguments["id"], "Location")


def _count(name: str) -> Resolver:
    return lambda _, arguments, runtime: runtime.shop.count(name, arguments, runtime=runtime)


def _node(_: Any, arguments: dict[str, Any], runtime: Any) -> Any:
    return runtime.shop.by_id(arguments["id"], None)


def _nodes(_: Any, arguments: dict[str, Any], runtime: Any) -> list[Any]:
    ids = arguments["ids"]
    if len(ids) > 250:
        raise bad_request(f"The input array size of {len(ids)} is greater than the maximum allowed of 250.")
    return [runtime.shop.by_id(gid, None) for gid in ids]


def _installation(_: Any, __: Any, runtime: Any) -> dict[str, Any]:
    scopes = [{"handle": scope, "description": scope.replace("_", " ")} for scope in sorted(runtime.scopes)]
    return {"__typename": "AppInstallation", "id": "gid://shopify/AppInstallation/1", "accessScopes": scopes}


def _versions(_: Any, __: Any, runtime: Any) -> list[dict[str, Any]]:
    handles = runtime.shop.versions
    return [{"handle": each, "displayName": each, "supported": True} for each in (*handles, "unstable")]


def _shipping_lines(order: Any, arguments: dict[str, Any], _: Any) -> list[Any]:
    lines = order["shippingLines"]
    return lines if arguments.get("includeRemovals") else [line for line in lines if not line["isRemoved"]]


def _discounted_total(line: Any, arguments: dict[str, Any], _: Any) -> Any:
    return line["_withCodeDiscounts" if arguments.get("withCodeDiscounts") else "discountedTotalSet"]


def _quantities(level: Any, arguments: dict[str, Any], _: Any) -> Any:
    unknown = [name for name in arguments["names"] if name not in QUANTITY_NAMES]
    if unknown:
        raise bad_request(f"The quantity names {unknown} are invalid.")
    return level.quantities(arguments["names"])


def _levels(item: Any, arguments: dict[str, Any], _: Any) -> list[Any]:
    levels = item["inventoryLevels"]
    return levels if arguments.get("includeInactive") else [level for level in levels if level["isActive"]]


def _level(item: Any, arguments: dict[str, Any], _: Any) -> Any:
    wanted = arguments["locationId"]
    return next((level for level in item["inventoryLevels"] if level["location"]["id"] == wanted), None)


def _customer_orders(customer: Any, arguments: dict[str, Any], runtime: Any) -> list[Any]:
    return runtime.shop.orders_of(customer.of.id, arguments, runtime=runtime)  # type: ignore[no-any-return]


def _run_bulk(_: Any, arguments: dict[str, Any], runtime: Any) -> Any:
    return runtime.shop.bulk.start(arguments["query"], runtime, grouped=arguments["groupObjects"])


ROOTS: dict[str, Resolver] = {
    **{
        name: _listing(name)
        for name in (
            "orders",
            "customers",
            "products",
            "productVariants",
            "inventoryItems",
            "locations",
            "abandonedCheckouts",
            "codeDiscountNodes",
            "discountNodes",
            "events",
        )
    },
    "ordersCount": _count("orders"),
    "customersCount": _count("customers"),
    "productsCount": _count("products"),
    "order": _one("Order"),
    "customer": _one("Customer"),
    "product": _one("Product"),
    "productVariant": _one("ProductVariant"),
    "inventoryItem": _one("InventoryItem"),
    "location": _location,
    "refund": _one("Refund"),
    "return": _one("Return"),
    "codeDiscountNode": _one("DiscountCodeNode"),
    "discountNode": _one("DiscountNode"),
    "event": _one("BasicEvent"),
    "bulkOperation": _one("BulkOperation"),
    "node": _node,
    "nodes": _nodes,
    "shop": lambda _, __, runtime: runtime.shop.shop_node(),
    "currentAppInstallation": _installation,
    "publicApiVersions": _versions,
    "shopifyqlQuery": lambda _, arguments, runtime: shopifyql.answer(
        runtime.shop, arguments["query"], version=runtime.version
    ),
    "bulkOperations": lambda _, arguments, runtime: runtime.shop.bulk.listing(arguments, runtime),
    "currentBulkOperation": lambda _, __, runtime: runtime.shop.bulk.latest(runtime),
}

RESOLVERS: dict[tuple[str, str], Resolver] = {
    **{("QueryRoot", name): resolver for name, resolver in ROOTS.items()},
    ("Mutation", "bulkOperationRunQuery"): _run_bulk,
    ("Mutation", "bulkOperationCancel"): lambda _, arguments, runtime: runtime.shop.bulk.cancel(
        arguments["id"], runtime
    ),
    ("Order", "shippingLines"): _shipping_lines,
    ("LineItem", "discountedTotalSet"): _discounted_total,
    ("InventoryLevel", "quantities"): _quantities,
    ("InventoryItem", "inventoryLevels"): _levels,
    ("InventoryItem", "inventoryLevel"): _level,
    ("Customer", "orders"): _customer_orders,
}
