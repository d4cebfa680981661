"""Execution that survives a field that fails: graphql-core's own executor, with paths and bubbling nulls.

It is slow, so it serves only what can fail half-way: a query that needs a scope the app lacks, a mutation,
and any query the generated code gave up on.
"""

import logging
from collections.abc import Mapping
from typing import Any

from graphql import (
    GraphQLError,
    GraphQLResolveInfo,
    execute_sync,
)

from sandbox.shopify.engine.compile import Resolver
from sandbox.shopify.engine.document import Document
from sandbox.shopify.engine.errors import ErrorBody, FieldError, access_denied, protected_data
from sandbox.shopify.schema import is_connection, item_type, schema
from sandbox.shopify.scopes import named, scope_of

log = logging.getLogger(__name__)


class Careful:
    """Executes documents field by field."""

    def __init__(self, resolvers: Mapping[tuple[str, str], Resolver], paging: Any) -> None:
        self.resolvers = resolvers
        self.paging = paging

    def run(
        self, document: Document, runtime: Any, *, operation: str | None, variables: Mapping[str, Any]
    ) -> tuple[Any, list[ErrorBody]]:
        """`data` and the errors met on the way."""
        result = execute_sync(
            schema(),
            document.ast,
            root_value={},
            context_value=runtime,
            variable_values=dict(variables),
            operation_name=operation,
            field_resolver=self._resolve,
        )
        return result.data, [_body(error) for error in result.errors or ()]

    def _resolve(self, source: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        runtime, name = info.context, info.field_name
        field = info.parent_type.fields[name]
        scope = scope_of(name, field.type)
        if scope and scope not in runtime.scopes:
            raise access_denied(name, scope)
        if runtime.protected and runtime.protected == named(field.type):
            raise protected_data(runtime.protected)
        resolver = self.resolvers.get((info.parent_type.name, name))
        value = resolver(source, arguments, runtime) if resolver else source[name]
        if is_connection(field):
            return self.paging(value, arguments, runtime, None)
        if value is not None and item_type(field.type) and "first" in field.args:
            return value[: arguments.get("first")]
        return value


def _body(error: GraphQLError) -> ErrorBody:
    cause = error.original_error
    body: ErrorBody = {"message": error.message}
    if error.locations:
        body["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path:
        body["path"] = error.path
    if isinstance(cause, FieldError):
        body["extensions"] = cause.extensions
    elif cause is not None:
        log.error("a field could not be resolved", exc_info=cause)
        body["extensions"] = {"code": "INTERNAL_SERVER_ERROR"}
    return body
