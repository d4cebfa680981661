"""From what the vendor sends to the documents that are landed: flat lists, sorted, in one canonical text.

A document is the same bytes whichever way it was read, by pages or in bulk, so that reading it again in the
other way lands nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from loaders.common.landing import Document
from loaders.common.texts import canonical
from loaders.shopify.selections import Connection, Thing

Json = dict[str, Any]


def landed(document: Json, at: datetime, *, updated_at: str | None = None) -> Document:
    """A document ready to land. A time that is no time is kept in the text and left out of the column.

    Raises ValueError where the id is none: under a made-up one a document could never be found again.
    """
    given = updated_at if updated_at is not None else document.get("updatedAt")
    identity = document["id"]
    if not isinstance(identity, str) or not identity:
        raise ValueError(f"an id is no text but {type(identity).__name__}")
    return Document(identity, canonical(document), moment(given), at)


def moment(text: object) -> datetime | None:
    """An ISO time with its offset, or None."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def nest(children: Iterable[Json], connection: Connection) -> list[Json]:
    """The children of one connection, each once, in an order that both ways of reading agree on."""
    nested = {}
    for child in children:
        if not connection.typed:
            child.pop("__typename", None)
        nested[_order(child)] = child
    return [nested[key] for key in sorted(nested)]


def flatten(node: Json, thing: Thing) -> None:
    """Turn the (complete) connections of a paged node into plain lists, in place."""
    for connection in thing.connections:
        node[connection.field] = _plain(node[connection.field], connection)


def unfinished(node: Json, connections: Iterable[Connection]) -> list[Connection]:
    """The connections of a paged node that stop at the end of a page, nested ones included."""
    found = []
    for connection in connections:
        page = node[connection.field]
        if page["pageInfo"]["hasNextPage"] or any(
            unfinished(child, connection.children) for child in page["nodes"]
        ):
            found.append(connection)
    return found


def _plain(page: Json, connection: Connection) -> list[Json]:
    for child in page["nodes"]:
        for inner in connection.children:
            child[inner.field] = _plain(child[inner.field], inner)
    return nest(page["nodes"], connection)


def _order(child: Json) -> tuple[int, int, str]:
    if "index" in child and "id" not in child:
        return (0, int(child["index"]), "")
    identity = str(child.get("id"))
    tail = identity.partition("?")[0].rpartition("/")[2]
    return (1, int(tail) if tail.isdecimal() else 0, identity)
