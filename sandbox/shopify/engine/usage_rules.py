"""Rules about fragments and variables: defined, used, and of a type that fits."""

from typing import Any

from graphql import (
    ArgumentNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNonNull,
    OperationDefinitionNode,
    Undefined,
    VariableDefinitionNode,
    VariableNode,
    is_non_null_type,
    is_nullable_type,
    is_type_sub_type_of,
    print_ast,
    type_from_ast,
)

from sandbox.shopify.engine.reporting import VendorRule


class _Fragments(VendorRule):
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


class _Variables(VendorRule):
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

    def enter_argument(
        self, node: ArgumentNode, _key: Any, _parent: Any, _path: Any, ancestors: list[Any]
    ) -> None:
        argument = self.context.get_argument()
        operation = next((step for step in ancestors if isinstance(step, OperationDefinitionNode)), None)
        if not argument or not operation or not isinstance(node.value, VariableNode):
            return
        name = node.value.name.value
        definition = next((d for d in operation.variable_definitions if d.variable.name.value == name), None)
        if definition and not self._fits(definition, argument):
            declared = print_ast(definition.type)
            message = (
                f"Type mismatch on variable ${name} and argument {node.name.value} "
                f"({declared} / {argument.type})"
            )
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
        declared: Any = type_from_ast(self.context.schema, definition.type)
        if declared is None:
            return True
        if definition.default_value and is_nullable_type(declared):
            declared = GraphQLNonNull(declared)
        wanted = argument.type
        has_default = argument.default_value is not Undefined
        if is_non_null_type(wanted) and has_default and not is_non_null_type(declared):
            wanted = wanted.of_type
        return is_type_sub_type_of(self.context.schema, declared, wanted)


USAGE_RULES = (_Fragments, _Variables)
