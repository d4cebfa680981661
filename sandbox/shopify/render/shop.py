"""The shop itself."""

from datetime import datetime
from typing import Any, ClassVar

from sandbox.shopify.render.base import Fields, Node, moments, plain


def _offset(node: Any) -> datetime:
    moment: datetime = node.desk.now().astimezone(node.desk.store.zone)
    return moment


def _minutes(node: Any) -> int:
    offset = _offset(node).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


class ShopNode(Node):
    """A Shop."""

    __slots__ = ()
    fields: ClassVar[Fields] = {
        "__typename": lambda node: "Shop",
        "id": lambda node: node.desk.shop_id,
        **plain(name="title", email="email", contactEmail="email", myshopifyDomain="domain"),
        **plain(currencyCode="currency", ianaTimezone="timezone", taxesIncluded="taxes_included"),
        **moments(createdAt="created_at", updatedAt="updated_at"),
        "timezoneAbbreviation": lambda node: _offset(node).strftime("%Z"),
        "timezoneOffset": lambda node: _offset(node).strftime("%z"),
        "timezoneOffsetMinutes": _minutes,
        "taxShipping": lambda node: True,
        "plan": lambda node: node.desk.plan(),
        "url": lambda node: f"https://{node.of.domain}",
        "shopOwnerName": lambda node: "Shop owner",
        "enabledPresentmentCurrencies": lambda node: [node.of.currency],
    }
