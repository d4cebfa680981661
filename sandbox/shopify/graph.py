"""One GraphQL request from its body to its answer: refused, throttled, or executed and paid."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from graphql import OperationDefinitionNode, OperationType, VariableNode, Visitor, visit

from sandbox.shopify import cost
from sandbox.shopify.engine.careful import Careful
from sandbox.shopify.engine.compile import Compiler, Function
from sandbox.shopify.engine.document import Document, read
from sandbox.shopify.engine.errors import (
    ErrorBody,
    FieldError,
    RequestError,
    internal_error,
    max_cost_exceeded,
    throttled,
)
from sandbox.shopify.engine.selection import Pick, Selection, Selector
from sandbox.shopify.engine.variables import coerced
from sandbox.shopify.resolvers import RESOLVERS, page
from sandbox.shopify.scopes import scopes_of
from sandbox.shopify.shop import Runtime, Shop
from sandbox.shopify.spoiling import alteration, blanked
from sandbox.shopify.versions import fields_of_later_versions
from sandbox.spoiling import altered

log = logging.getLogger(__name__)
careful = Careful(RESOLVERS, page)


@dataclass(frozen=True, eq=False)
class Program:
    """A query compiled for given @include and @skip decisions."""

    selection: Selection
    run: Function
    scopes: frozenset[str]


@dataclass(frozen=True)
class Request:
    """What a client sent, and the version that answers it."""

    text: str
    variables: dict[str, Any]
    operation_name: str | None
    version: str
    base_url: str
    debug_search: bool = False
    debug_cost: bool = False


def answer(shop: Shop, request: Request) -> dict[str, Any]:
    """The body of the HTTP 200 that a GraphQL request gets."""
    if shop.fault("internal_error", text=request.text):
        return internal_error(str(uuid.uuid4()))
    try:
        document = read(request.text)
        if document.errors:
            raise RequestError(list(document.errors))
        operation = document.operation(request.operation_name)
        variables = coerced(operation, request.variables)
        program = compiled(document, operation, _decisions(operation, document, variables))
        later = fields_of_later_versions(program.selection.root, request.version)
        if later:
            raise RequestError(later)
    except RequestError as error:
        return {"errors": error.errors}
    return _Execution(shop, request, document, operation, program).answer(variables)


class _Execution:
    def __init__(
        self,
        shop: Shop,
        request: Request,
        document: Document,
        operation: OperationDefinitionNode,
        program: Program,
    ) -> None:
        self.shop = shop
        self.request = request
        self.document = document
        self.operation = operation
        self.program = program
        scopes = shop.scopes
        lost = shop.fault("missing_scope", text=request.text)
        if lost:
            scopes -= {lost["scope"]}
        self.runtime = Runtime(
            shop, scopes, request.base_url, request.text, request.version, debug_search=request.debug_search
        )

        hidden = shop.fault("protected_data", text=request.text)
        self.runtime.protected = hidden["object"] if hidden else None

    def answer(self, variables: dict[str, Any]) -> dict[str, Any]:
        runtime, root = self.runtime, self.program.selection.root
        runtime.expect(self.program.selection, variables)
        wanted = round(cost.price(root, lambda pick: cost.requested(pick, runtime.arguments)))
        if wanted > cost.CEILING:
            return max_cost_exceeded(wanted, cost.CEILING)
        if not self.shop.bucket.admits(wanted) or self.shop.fault("throttled", text=self.request.text):
            return throttled(self._cost(wanted, None))
        data, errors = self._execute(variables)
        actual = min(wanted, self._actual(root)) if data is not None else 0
        self.shop.bucket.charge(actual)
        body: dict[str, Any] = {"data": data}
        if errors:
            body["errors"] = errors
        body["extensions"] = {"cost": self._cost(wanted, actual)}
        if self.request.debug_cost:
            fields = cost.breakdown(root, lambda pick: cost.requested(pick, runtime.arguments))
            body["extensions"]["cost"]["fields"] = fields
        if runtime.searches:
            body["extensions"]["search"] = runtime.searches
        return self._faulty(body)

    def _execute(self, variables: dict[str, Any]) -> tuple[Any, list[ErrorBody]]:
        runtime = self.runtime
        whole = self.program.scopes <= runtime.scopes and runtime.protected is None
        if self.operation.operation is OperationType.QUERY and whole:
            try:
                return self.program.run({}, runtime), []
            except FieldError:
                runtime.searches.clear()
        name = self.operation.name.value if self.operation.name else None
        return careful.run(self.document, runtime, operation=name, variables=self.request.variables)

    def _actual(self, root: list[Pick]) -> int:
        counts = self.runtime.counts

        def size(pick: Pick) -> float:
            calls, rows = counts[pick.site] if pick.site is not None else (0, 0)
            return rows / calls if calls else 0.0

        if not any(calls for calls, _ in counts):
            return cost.CEILING
        return round(cost.price(root, size))

    def _cost(self, wanted: int, actual: int | None) -> dict[str, Any]:
        return {
            "requestedQueryCost": wanted,
            "actualQueryCost": actual,
            "throttleStatus": self.shop.bucket.status(),
        }

    def _faulty(self, body: dict[str, Any]) -> dict[str, Any]:
        """Spoil a read; talk about bulk operations stays as it is, what they read is spoilt in their file."""
        if any("ulkOperation" in pick.name for pick in self.program.selection.root):
            return body
        lost = self.shop.fault("field_error", text=self.request.text)
        if lost and body["data"]:
            # Money is shared between answers: only a copy may be spoilt.
            body["data"] = orjson.loads(orjson.dumps(body["data"]))
            message = internal_error(str(uuid.uuid4()))["errors"][0]
            paths = blanked(body["data"], lost["field"], path=[])
            body.setdefault("errors", []).extend({**message, "path": path} for path in paths)
        alter = alteration(self.shop, self.request.text)
        if alter:
            body["data"] = altered(body["data"], alter)
        return body


@lru_cache(maxsize=512)
def compiled(
    document: Document, operation: OperationDefinitionNode, decisions: tuple[tuple[str, Any], ...]
) -> Program:
    """The program of an operation, generated once."""
    selection = Selector(document, dict(decisions)).select(operation)
    run = Compiler(RESOLVERS, page).compile(selection)
    return Program(selection, run, frozenset(scopes_of(selection.root)))


class _Deciders(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: Any, *_: Any) -> None:
        self.names |= {
            each.value.name.value for each in node.arguments if isinstance(each.value, VariableNode)
        }


@lru_cache(maxsize=512)
def _decider_names(document: Document) -> frozenset[str]:
    deciders = _Deciders()
    visit(document.ast, deciders)
    return frozenset(deciders.names)


def _decisions(
    operation: OperationDefinitionNode, document: Document, variables: Mapping[str, Any]
) -> tuple[tuple[str, Any], ...]:
    names = _decider_names(document)
    return tuple(sorted((name, variables[name]) for name in names if name in variables))
