"""How validation rules report: the vendor's path and extensions beside the message."""

import re
from collections.abc import Iterator
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    ValidationRule,
)

GID = re.compile(r"gid://shopify/(\w+)/(\d+)(\?.*)?$")


def label(operation: OperationDefinitionNode) -> str:
    """The first element of a static error's path."""
    kind = operation.operation.value
    return f"{kind} {operation.name.value}" if operation.name else kind


def query_path(ancestors: list[Any], node: Node) -> Iterator[str]:
    """The vendor's path of a validation error: operation, then response keys and type conditions."""
    for step in [*ancestors, node]:
        if isinstance(step, OperationDefinitionNode):
            yield label(step)
        elif isinstance(step, FragmentDefinitionNode):
            yield f"fragment {step.name.value}"
        elif isinstance(step, FieldNode):
            yield step.alias.value if step.alias else step.name.value
        elif isinstance(step, InlineFragmentNode) and step.type_condition:
            yield f"... on {step.type_condition.name.value}"
        elif isinstance(step, FragmentSpreadNode):
            yield f"... {step.name.value}"
        elif isinstance(step, ArgumentNode):
            yield step.name.value


class VendorRule(ValidationRule):
    """A rule that reports with the vendor's path and extensions."""

    def tell(self, message: str, node: Node, ancestors: list[Any], **extensions: Any) -> None:
        """Report `message` at `node`."""
        extensions["_path"] = list(query_path(ancestors, node))
        self.report_error(GraphQLError(message, node, extensions=extensions))
