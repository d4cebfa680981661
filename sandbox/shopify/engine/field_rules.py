"""Rules about fields, their arguments, and the literals in them."""

from typing import Any

from graphql import (
    ArgumentNode,
    FieldNode,
    SelectionNode,
    StringValueNode,
    Undefined,
    VariableNode,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    print_ast,
    value_from_ast,
)

from sandbox.shopify.engine.reporting import GID, VendorRule


class _KnownFields(VendorRule):
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
                message,
                node,
                ancestors,
                code="selectionMismatch",
                nodeName=f"field '{name}'",
                typeName=type_name,
            )
        elif field and node.selection_set and is_leaf_type(get_named_type(field.type)):
            type_name = get_named_type(field.type).name
            chosen = ", ".join(_selection_name(each) for each in node.selection_set.selections)
            message = (
                f"Selections can't be made on scalars (field '{name}' returns {type_name} "
                f"but has selections [{chosen}])"
            )
            self.tell(
                message,
                node,
                ancestors,
                code="selectionMismatch",
                nodeName=f"field '{name}'",
                typeName=type_name,
            )


def _selection_name(node: SelectionNode) -> str:
    return f'"{node.name.value}"' if isinstance(node, FieldNode) else print_ast(node)


class _KnownArguments(VendorRule):
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


class _LiteralValues(VendorRule):
    """Literals that do not fit their argument, malformed global ids among them."""

    def enter_argument(
        self, node: ArgumentNode, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]
    ) -> None:
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
                self.tell(
                    message, node, ancestors, code="argumentLiteralsIncompatible", typeName="CoercionError"
                )


def _holds_variable(value: Any) -> bool:
    return any(isinstance(each, VariableNode) for each in getattr(value, "values", ()))


def _misfits(node: ArgumentNode, type_: Any) -> bool:
    return value_from_ast(node.value, type_) is Undefined


FIELD_RULES = (_KnownFields, _KnownArguments, _LiteralValues)
