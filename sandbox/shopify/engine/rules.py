"""What the vendor finds wrong in a query before it runs, in its own words and codes.

The rules replace those of graphql-core whose wording clients read; the remaining ones run unchanged.
"""

import re
from collections.abc import Iterator
from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    FieldsOnCorrectTypeRule,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLNonNull,
    InlineFragmentNode,
    KnownArgumentNamesRule,
    KnownFragmentNamesRule,
    Node,
    NoUndefinedVariablesRule,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    OperationDefinitionNode,
    ProvidedRequiredArgumentsRule,
    ScalarLeafsRule,
    SelectionNode,
    StringValueNode,
    Undefined,
    UniqueDirectivesPerLocationRule,
    ValidationRule,
    ValuesOfCorrectTypeRule,
    VariableDefinitionNode,
    VariablesInAllowedPositionRule,
    VariableNode,
    get_named_type,
    is_leaf_type,
    is_non_null_type,
    is_required_argument,
    is_type_sub_type_of,
    print_ast,
    specified_rules,
    type_from_ast,
)
from graphql.utilities import value_from_ast

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


class KnownFields(VendorRule):
    """Unknown fields, and objects selected without fields."""

    def enter_field(self, node: FieldNode, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]) -> None:
        parent, field, name = self.context.get_parent_type(), self.context.get_field_def(), node.name.value
        if parent and not field:
            message = f"Field '{name}' doesn't exist on type '{parent.name}'"
            self.tell(message, node, ancestors, code="undefinedField", typeName=parent.name, fieldName=name)
        elif field and not node.selection_set and not is_leaf_type(get_named_type(field.type)):
            type_name = get_named_type(field.type).name
            message = (
                f"Field must have selections (field '{name}' returns {type_name} but has no selections. "
                f"Did you mean '{name} {{ ... }}'?)"
            )
            self.tell(
                message, node, ancestors, code="selectionMismatch", nodeName=f"field '{name}'", typeName=type_name
            )
        elif field and node.selection_set and is_leaf_type(get_named_type(field.type)):
            type_name = get_named_type(field.type).name
            chosen = ", ".join(_selection_name(each) for each in node.selection_set.selections)
            message = f"Selections can't be made on scalars (field '{name}' returns {type_name} but has selections [{chosen}])"
            self.tell(
                message, node, ancestors, code="selectionMismatch", nodeName=f"field '{name}'", typeName=type_name
            )


def _selection_name(node: SelectionNode) -> str:
    return f'"{node.name.value}"' if isinstance(node, FieldNode) else print_ast(node)


class KnownArguments(VendorRule):
    """Arguments that the field does not take, and required ones that are missing."""

    def enter_field(self, node: FieldNode, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]) -> None:
        field = self.context.get_field_def()
        if not field:
            return
        given = {argument.name.value for argument in node.arguments}
        name = node.name.value
        for argument in node.arguments:
            if argument.name.value not in field.args:
                message = f"Field '{name}' doesn't accept argument '{argument.name.value}'"
                self.tell(
                    message,
                    argument,
                    [*ancestors, node],
                    code="argumentNotAccepted",
                    name=name,
                    typeName="Field",
                    argumentName=argument.name.value,
                )
        missing = [key for key, each in field.args.items() if is_required_argument(each) and key not in given]
        if missing:
            listed = ", ".join(missing)
            message = f"Field '{name}' is missing required arguments: {listed}"
            self.tell(
                message,
                node,
                ancestors,
                code="missingRequiredArguments",
                className="Field",
                name=name,
                arguments=listed,
            )


class LiteralValues(VendorRule):
    """Literals that do not fit their argument, malformed global ids among them."""

    def enter_argument(self, node: ArgumentNode, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]) -> None:
        argument = self.context.get_argument()
        if not argument or isinstance(node.value, VariableNode):
            return
        field = next(step for step in reversed(ancestors) if not isinstance(step, list | tuple))
        if not isinstance(field, FieldNode):
            return
        if get_named_type(argument.type).name == "ID":
            self._check_id(node, ancestors)
        elif not _holds_variable(node.value) and _misfits(node, argument.type):
            message = (
                f"Argument '{node.name.value}' on Field '{field.name.value}' has an invalid value "
                f"({print_ast(node.value)}). Expected type '{argument.type}'."
            )
            self.tell(
                message,
                node,
                ancestors,
                code="argumentLiteralsIncompatible",
                typeName="Field",
                argumentName=node.name.value,
            )

    def _check_id(self, node: ArgumentNode, ancestors: list[Any]) -> None:
        values = getattr(node.value, "values", None) or [node.value]
        for value in values:
            if isinstance(value, StringValueNode) and not GID.match(value.value):
                message = f"Invalid global id '{value.value}'"
                self.tell(message, node, ancestors, code="argumentLiteralsIncompatible", typeName="CoercionError")


def _holds_variable(value: Any) -> bool:
    return any(isinstance(each, VariableNode) for each in getattr(value, "values", ()))


def _misfits(node: ArgumentNode, type_: Any) -> bool:
    return value_from_ast(node.value, type_) is Undefined


class Fragments(VendorRule):
    """Fragments that are used but not defined, or on types that do not exist."""

    def enter_fragment_spread(
        self, node: FragmentSpreadNode, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]
    ) -> None:
        name = node.name.value
        if not self.context.get_fragment(name):
            message = f"Fragment {name} was used, but not defined"
            self.tell(message, node, ancestors, code="useAndDefineFragment", fragmentName=name)

    def leave_document(self, node: Any, *_: Any) -> None:
        used: set[str] = set()
        for definition in node.definitions:
            if isinstance(definition, OperationDefinitionNode):
                found = self.context.get_recursively_referenced_fragments(definition)
                used.update(fragment.name.value for fragment in found)
        for definition in node.definitions:
            if isinstance(definition, FragmentDefinitionNode) and definition.name.value not in used:
                name = definition.name.value
                message = f"Fragment {name} was defined, but not used"
                self.tell(message, definition, [], code="useAndDefineFragment", fragmentName=name)


class Variables(VendorRule):
    """Variables that are used but not declared, declared but not used, or of a type that does not fit."""

    def leave_operation_definition(
        self, node: OperationDefinitionNode, _key: Any, _parent: Any, _path: Any, _ancestors: list[Any]
    ) -> None:
        who = node.name.value if node.name else f"anonymous {node.operation.value}"
        declared = {each.variable.name.value: each for each in node.variable_definitions}
        usages = self.context.get_recursive_variable_usages(node)
        for usage in usages:
            name = usage.node.name.value
            if name not in declared:
                message = f"Variable ${name} is used by {who} but not declared"
                self.tell(message, usage.node, [node], code="variableNotDefined", variableName=name)
        used = {usage.node.name.value for usage in usages}
        for name, definition in declared.items():
            if name not in used:
                message = f"Variable ${name} is declared by {who} but not used"
                self.tell(message, definition, [node], code="variableNotUsed", variableName=name)

    def enter_argument(self, node: ArgumentNode, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]) -> None:
        argument = self.context.get_argument()
        operation = next((step for step in ancestors if isinstance(step, OperationDefinitionNode)), None)
        if not argument or not operation or not isinstance(node.value, VariableNode):
            return
        name = node.value.name.value
        definition = next((d for d in operation.variable_definitions if d.variable.name.value == name), None)
        if definition and not self._fits(definition, argument):
            declared = print_ast(definition.type)
            message = f"Type mismatch on variable ${name} and argument {node.name.value} ({declared} / {argument.type})"
            self.tell(
                message,
                node,
                ancestors,
                code="variableMismatch",
                variableName=name,
                typeName=declared,
                argumentName=node.name.value,
                errorMessage="Type mismatch",
            )

    def _fits(self, definition: VariableDefinitionNode, argument: Any) -> bool:
        declared = type_from_ast(self.context.schema, definition.type)
        if declared is None:
            return True
        if definition.default_value and not is_non_null_type(declared):
            declared = GraphQLNonNull(declared)
        wanted = argument.type
        has_default = argument.default_value is not Undefined
        if is_non_null_type(wanted) and has_default and not is_non_null_type(declared):
            wanted = wanted.of_type
        return is_type_sub_type_of(self.context.schema, declared, wanted)


REPLACED = {
    FieldsOnCorrectTypeRule,
    ScalarLeafsRule,
    KnownArgumentNamesRule,
    ProvidedRequiredArgumentsRule,
    ValuesOfCorrectTypeRule,
    KnownFragmentNamesRule,
    NoUnusedFragmentsRule,
    NoUndefinedVariablesRule,
    NoUnusedVariablesRule,
    VariablesInAllowedPositionRule,
    UniqueDirectivesPerLocationRule,
}
RULES = (
    KnownFields,
    KnownArguments,
    LiteralValues,
    Fragments,
    Variables,
    *(rule for rule in specified_rules if rule not in REPLACED),
)
