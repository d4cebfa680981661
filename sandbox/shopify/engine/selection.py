"""A query's selection as a tree of picks: fragments merged, conditions decided, arguments given a place.

One tree serves the code generator, the price of the query and the rules of bulk operations.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
    is_composite_type,
    type_from_ast,
)
from graphql.execution.values import get_argument_values, get_directive_values

from sandbox.shopify.engine.document import Document
from sandbox.shopify.schema import is_connection, item_type, schema

TYPENAME = "__typename"


@dataclass(eq=False)
class Pick:
    """One response key of one concrete type, with what is selected below it, by concrete type."""

    key: str
    name: str
    parent: str
    definition: GraphQLField | None
    nodes: list[FieldNode]
    site: int | None = None
    branches: dict[str, list["Pick"]] = field(default_factory=dict)

    @property
    def connection(self) -> bool:
        """Whether the field is a paged connection."""
        return self.definition is not None and is_connection(self.definition)

    @property
    def type_name(self) -> str:
        """Name of the type, wrappers removed."""
        return get_named_type(self.definition.type).name if self.definition else "String"

    @property
    def listed(self) -> bool:
        """Whether the field is a plain list."""
        return self.definition is not None and item_type(self.definition.type) is not None

    @property
    def abstract(self) -> bool:
        """Whether values have to be asked for their type."""
        return self.definition is not None and is_abstract_type(get_named_type(self.definition.type))


@dataclass(eq=False)
class Selection:
    """The whole operation: its root picks, and every field that takes arguments (its `site`)."""

    root: list[Pick]
    sites: list[Pick]

    def arguments(self, variables: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The coerced arguments of every site for one request."""
        return [_arguments(site, variables) for site in self.sites]


def _arguments(site: Pick, variables: Mapping[str, Any]) -> dict[str, Any]:
    assert site.definition is not None
    return get_argument_values(site.definition, site.nodes[0], dict(variables))


class Selector:
    """Builds a `Selection` for given variable values; only @include and @skip look at them."""

    def __init__(self, document: Document, variables: Mapping[str, Any]) -> None:
        self.document = document
        self.variables = dict(variables)
        self.sites: list[Pick] = []

    def select(self, operation: OperationDefinitionNode) -> Selection:
        """The operation's tree."""
        root = schema().get_root_type(operation.operation)
        assert root is not None
        return Selection(self._picks(root, [operation.selection_set]), self.sites)

    def _picks(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode]) -> list[Pick]:
        fields: dict[str, list[FieldNode]] = {}
        for selection_set in sets:
            self._collect(type_, selection_set, fields, set())
        return [self._pick(type_, key, nodes) for key, nodes in fields.items()]

    def _pick(self, type_: GraphQLObjectType, key: str, nodes: list[FieldNode]) -> Pick:
        name = nodes[0].name.value
        pick = Pick(key, name, type_.name, type_.fields.get(name), nodes)
        if pick.definition is None:
            return pick
        if pick.definition.args:
            pick.site = len(self.sites)
            self.sites.append(pick)
        named = get_named_type(pick.definition.type)
        if is_composite_type(named):
            sets = [node.selection_set for node in nodes if node.selection_set]
            for concrete in _concrete(named):
                pick.branches[concrete.name] = self._picks(concrete, sets)
        return pick

    def _collect(
        self,
        type_: GraphQLObjectType,
        chosen: SelectionSetNode,
        fields: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for node in chosen.selections:
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                fields.setdefault(node.alias.value if node.alias else node.name.value, []).append(node)
            elif isinstance(node, InlineFragmentNode):
                if node.type_condition is None or _applies(node.type_condition, type_):
                    self._collect(type_, node.selection_set, fields, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                fragment = self.document.fragments[node.name.value]
                if _applies(fragment.type_condition, type_):
                    self._collect(type_, fragment.selection_set, fields, seen)

    def _included(self, node: Any) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return not include or include["if"]


def _concrete(type_: Any) -> list[GraphQLObjectType]:
    return list(schema().get_possible_types(type_)) if is_abstract_type(type_) else [type_]


def _applies(condition: Any, type_: GraphQLObjectType) -> bool:
    wanted = type_from_ast(schema(), condition)
    return wanted is type_ or (is_abstract_type(wanted) and schema().is_sub_type(wanted, type_))
