"""Variables of a request, typed by the schema."""

from collections.abc import Mapping
from typing import Any

from graphql import OperationDefinitionNode, print_ast
from graphql.execution.values import get_variable_values

from sandbox.shopify.engine.errors import RequestError, invalid_variable
from sandbox.shopify.engine.reporting import GID
from sandbox.shopify.schema import schema


def coerced(operation: OperationDefinitionNode, given: Mapping[str, Any]) -> dict[str, Any]:
    """The variables as the schema types them; a value that does not fit is a `RequestError`."""
    result = get_variable_values(schema(), operation.variable_definitions, dict(given))
    problems = []
    for definition in operation.variable_definitions:
        name, type_name = definition.variable.name.value, print_ast(definition.type)
        value = given.get(name)
        place = definition.loc.start_token if definition.loc else None
        location = {"line": place.line, "column": place.column} if place else {}
        broken = _broken_id(value) if type_name.strip("[]!") == "ID" else None
        if isinstance(result, list) and f"'${name}'" in str(result):
            broken = (
                "Expected value to not be null"
                if value is None
                else f"Could not coerce value {value!r} to {type_name}"
            )
        if broken:
            problems.append(invalid_variable(name, type_name, value, explanation=broken, location=location))
    if problems:
        raise RequestError(problems)
    if isinstance(result, list):
        raise RequestError([{"message": error.message} for error in result])
    return result


def _broken_id(value: Any) -> str | None:
    for each in value if isinstance(value, list) else [value]:
        if each is not None and not (isinstance(each, str) and GID.match(each)):
            return f"Invalid global id '{each}'"
    return None
