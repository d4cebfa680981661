"""What all renderers share: lazy nodes, global ids, times, enum words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar


def gid(kind: str, number: int) -> str:
    """A global id."""
    return f"gid://shopify/{kind}/{number}"


def when(moment: datetime | None) -> str | None:
    """A UTC time as the vendor writes it, to the second."""
    return None if moment is None else moment.isoformat()[:19] + "Z"


def word(value: str | None) -> str | None:
    """An enum value."""
    return None if value is None else value.upper()


class Node(dict[str, Any]):
    """An object of the schema: fields are computed on first access and kept.

    `of` is the business's object, `owner` the node it belongs to, `desk` the store's rendering desk.
    """

    __slots__ = ("desk", "of", "owner")
    fields: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}

    def __init__(self, of: Any, desk: Any, owner: Any = None) -> None:
        self.of = of
        self.desk = desk
        self.owner = owner

    def __bool__(self) -> bool:
        """A node is something, even while nobody has read a field of it."""
        return True

    def __missing__(self, name: str) -> Any:
        value = self[name] = self.fields[name](self)
        return value


Fields = dict[str, Callable[[Any], Any]]


def plain(*names: str, **renamed: str) -> Fields:
    """Fields that are attributes of the business's object, by vendor name."""
    pairs = {**{name: name for name in names}, **renamed}
    return {vendor: _attribute(own) for vendor, own in pairs.items()}


def moments(**renamed: str) -> Fields:
    """Time fields, by vendor name."""
    return {vendor: _moment(own) for vendor, own in renamed.items()}


def words(**renamed: str) -> Fields:
    """Enum fields, by vendor name."""
    return {vendor: _word(own) for vendor, own in renamed.items()}


def identity(kind: str, *, legacy: bool = False) -> Fields:
    """`__typename`, `id` and, where the type has it, `legacyResourceId`."""
    prefix = f"gid://shopify/{kind}/"
    fields: Fields = {"__typename": lambda node: kind, "id": lambda node: prefix + str(node.of.id)}
    if legacy:
        fields["legacyResourceId"] = lambda node: str(node.of.id)
    return fields


def _attribute(own: str) -> Callable[[Any], Any]:
    return lambda node: getattr(node.of, own)


def _moment(own: str) -> Callable[[Any], Any]:
    return lambda node: when(getattr(node.of, own))


def _word(own: str) -> Callable[[Any], Any]:
    return lambda node: word(getattr(node.of, own))
