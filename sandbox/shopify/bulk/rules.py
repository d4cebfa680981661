"""What the vendor does not run as a bulk query, in its own words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graphql import FieldNode, OperationDefinitionNode, OperationType

from sandbox.shopify.engine.document import Document, read
from sandbox.shopify.engine.errors import RequestError
from sandbox.shopify.engine.selection import Pick, Selection, Selector

MOST_CONNECTIONS = 5
DEEPEST = 2

NONE = "Bulk queries must contain at least one connection."
TOO_MANY = f"Bulk queries cannot contain more than {MOST_CONNECTIONS} connections."
TOO_DEEP = f"Bulk queries cannot contain connections with a nesting depth greater than {DEEPEST}."
TOP_LEVEL_NODE = "Bulk queries cannot contain a top level `{}` field."
IN_LIST = "Queries that contain a connection field within a list field are not currently supported."
NOT_A_QUERY = "Invalid operation type. Only `query` operations are supported."
NODES = (
    "All connection fields in a bulk query must select their contents using 'edges' > 'node', "
    "e.g: 'orders {{ edges {{ node {{'. Selecting via 'nodes' is not supported. "
    "Invalid connection fields: {}."
)
NO_ID = (
    "The parent 'node' field for a nested connection must select the 'id' field without an alias and must be "
    "of 'ID' return type. Connection fields without 'id': {}."
)


class NotBulk(Exception):
    """The query is refused; `messages` go into userErrors."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(messages[0])
        self.messages = messages


@dataclass(frozen=True)
class Found:
    """A connection in the query: how deep it is nested, whether a plain list is above it, and its parent."""

    pick: Pick
    depth: int
    in_list: bool
    parent: Pick | None


def check(text: str) -> Selection:
    """The selection of a query that may run in bulk."""
    document, operation = _operation(text)
    if operation.operation is not OperationType.QUERY:
        raise NotBulk([NOT_A_QUERY])
    if document.errors:
        raise NotBulk([f"Invalid bulk query: {document.errors[0]['message']}"])
    selection = Selector(document, {}).select(operation)
    messages = list(_complaints(selection))
    if messages:
        raise NotBulk(messages)
    return selection


def _operation(text: str) -> tuple[Document, OperationDefinitionNode]:
    try:
        document = read(text)
        return document, document.operation(None)
    except RequestError as error:
        message = re.sub(r" at \[\d+, \d+\]$", "", str(error))
        raise NotBulk([f"Invalid bulk query: {message}"]) from None


def _complaints(selection: Selection) -> Iterator[str]:
    top = [pick.name for pick in selection.root if pick.name in ("node", "nodes")]
    found = list(_connections(selection.root, depth=0, in_list=False, parent=None))
    for name in top:
        yield TOP_LEVEL_NODE.format(name)
    if not found or top:
        yield NONE
        return
    if len(_distinct(found)) > MOST_CONNECTIONS:
        yield TOO_MANY
    if any(one.depth > DEEPEST for one in found):
        yield TOO_DEEP
    wrong = _names(f"'{one.pick.name}'" for one in found if not _by_edges(one.pick))
    if wrong:
        yield NODES.format(wrong)
    if any(one.in_list for one in found):
        yield IN_LIST
    orphans = _names(
        one.parent.name for one in found if one.parent is not None and not _selects_id(one.parent)
    )
    if orphans and not wrong:
        yield NO_ID.format(orphans)


def _connections(picks: list[Pick], *, depth: int, in_list: bool, parent: Pick | None) -> Iterator[Found]:
    for pick in picks:
        if pick.connection:
            yield Found(pick, depth, in_list, parent)
            for node in nodes_of(pick):
                yield from _connections(node, depth=depth + 1, in_list=False, parent=pick)
        else:
            for branch in pick.branches.values():
                yield from _connections(branch, depth=depth, in_list=in_list or pick.listed, parent=parent)


def nodes_of(connection: Pick) -> Iterator[list[Pick]]:
    """What is selected of a connection's nodes, once per concrete type."""
    for picks in connection.branches.values():
        for pick in picks:
            if pick.name == "nodes":
                yield from pick.branches.values()
            elif pick.name == "edges":
                for edge in pick.branches.values():
                    for inner in edge:
                        if inner.name == "node":
                            yield from inner.branches.values()


def _distinct(found: list[Found]) -> set[FieldNode]:
    return {one.pick.nodes[0] for one in found}


def _by_edges(connection: Pick) -> bool:
    picks = [pick for branch in connection.branches.values() for pick in branch]
    if any(pick.name == "nodes" for pick in picks):
        return False
    edges = [
        inner for pick in picks if pick.name == "edges" for edge in pick.branches.values() for inner in edge
    ]
    return any(pick.name == "node" for pick in edges)


def _selects_id(connection: Pick) -> bool:
    return all(any(pick.key == pick.name == "id" for pick in node) for node in nodes_of(connection))


def _names(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
