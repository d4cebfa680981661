"""The part of Shopify's Admin schema that the stand-in serves.

The SDL in `sdl/` is cut from version 2026-10: every type, field, argument and enum value in it exists at the
vendor with the same type, and what is not in it is answered as an unknown field.
"""

from functools import cache
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    is_list_type,
    is_non_null_type,
)

SDL = Path(__file__).parent / "sdl"


@cache
def schema() -> GraphQLSchema:
    """The executable schema, built once; abstract values name their type in `__typename`."""
    text = "\n".join(path.read_text() for path in sorted(SDL.glob("*.graphql")))
    built = build_schema(text)
    for type_ in built.type_map.values():
        if isinstance(type_, GraphQLInterfaceType | GraphQLUnionType):
            _resolve_by_typename(type_)
    return built


def _resolve_by_typename(type_: GraphQLInterfaceType | GraphQLUnionType) -> None:
    type_.resolve_type = lambda value, _info, _type: value["__typename"]


def is_connection(field: GraphQLField) -> bool:
    """Whether the field is a paged connection (edges, nodes, pageInfo)."""
    return get_named_type(field.type).name.endswith("Connection")


def node_type(field: GraphQLField) -> str:
    """Name of the type that a connection field's nodes have."""
    connection = get_named_type(field.type)
    assert isinstance(connection, GraphQLObjectType)
    name: str = get_named_type(connection.fields["nodes"].type).name
    return name


def item_type(type_: Any) -> Any:
    """The type of a list's items; None for anything but a list."""
    bare = type_.of_type if is_non_null_type(type_) else type_
    return bare.of_type if is_list_type(bare) else None
