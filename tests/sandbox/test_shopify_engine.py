"""The generated code answers as graphql-core's own executor does, and refuses in the vendor's words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.running import Running
from sandbox.shopify.engine.careful import Careful
from sandbox.shopify.engine.document import read
from sandbox.shopify.engine.variables import coerced
from sandbox.shopify.graph import compiled
from sandbox.shopify.resolvers import RESOLVERS, page
from sandbox.shopify.shop import Runtime, Shop
from tests.sandbox.client import Client
from tests.sandbox.queries import EVERYTHING, HEAD, ORDER


def both_ways(shop: Shop, text: str, **variables: Any) -> tuple[Any, Any]:
    document = read(text)
    assert not document.errors, document.errors
    operation = document.operation(None)
    values = coerced(operation, variables)
    program = compiled(document, operation, tuple(values.items()) if "$yes" in text else ())
    runtime = Runtime(shop, shop.scopes)
    runtime.expect(program.selection, values)
    careful = Careful(RESOLVERS, page)
    data, errors = careful.run(document, Runtime(shop, shop.scopes), operation=None, variables=variables)
    assert not errors
    return program.run({}, runtime), data


def shop_of(practice: Running, store: str) -> Shop:
    shop: Shop = practice.server.platforms["shopify"].shops[store]  # type: ignore[attr-defined]
    return shop


@pytest.mark.parametrize("store", ["harbour", "alpine", "kiwi"])
@pytest.mark.parametrize("name", [name for name in EVERYTHING if name != "order"])
def test_generated_code_answers_as_the_reference_executor(practice: Running, store: str, name: str) -> None:
    generated, reference = both_ways(shop_of(practice, store), EVERYTHING[name])
    assert json.dumps(generated) == json.dumps(reference)


@pytest.mark.parametrize("store", ["harbour", "alpine", "kiwi"])
def test_whole_orders_with_everything_that_happened_to_them(practice: Running, store: str) -> None:
    shop = shop_of(practice, store)
    eventful = sorted(shop.store.orders.values(), key=lambda order: -len(order.agreements))[:15]
    seen: set[str] = set()
    for order in [*eventful, *list(shop.store.orders.values())[:10]]:
        identity = f"gid://shopify/Order/{order.id}"
        generated, reference = both_ways(shop, EVERYTHING["order"], id=identity)
        assert json.dumps(generated) == json.dumps(reference)
        seen |= {agreement["__typename"] for agreement in generated["order"]["agreements"]["nodes"]}
    assert {"OrderAgreement", "RefundAgreement"} <= seen


def test_fields_come_in_the_order_of_the_query(harbour: Client) -> None:
    shop = harbour.data("{ shop { name id currencyCode } }")["shop"]
    assert list(shop) == ["name", "id", "currencyCode"]


def test_aliases_fragments_and_variables(harbour: Client) -> None:
    text = """query Named($n: Int!, $with: Boolean!) { some: orders(first: $n) { nodes { ...Part } } }
      fragment Part on Order { number: name email @include(if: $with) }"""
    assert list(harbour.data(text, n=2, **{"with": True})["some"]["nodes"][0]) == ["number", "email"]
    assert list(harbour.data(text, n=2, **{"with": False})["some"]["nodes"][0]) == ["number"]


@pytest.mark.parametrize(
    ("query", "message", "code"),
    [
        ("{ shop { nope } }", "Field 'nope' doesn't exist on type 'Shop'", "undefinedField"),
        ("{ order { id } }", "Field 'order' is missing required arguments: id", "missingRequiredArguments"),
        (
            "{ orders(first: 1, colour: 2) { nodes { id } } }",
            "Field 'orders' doesn't accept argument 'colour'",
            "argumentNotAccepted",
        ),
        ('{ order(id: "17") { id } }', "Invalid global id '17'", "argumentLiteralsIncompatible"),
        (
            '{ orders(first: "3") { nodes { id } } }',
            "Argument 'first' on Field 'orders' has an invalid value (\"3\"). Expected type 'Int'.",
            "argumentLiteralsIncompatible",
        ),
        (
            "{ shop }",
            "Field must have selections (field 'shop' returns Shop but has no selections. "
            "Did you mean 'shop { ... }'?)",
            "selectionMismatch",
        ),
        ("{ shop { ...Nope } }", "Fragment Nope was used, but not defined", "useAndDefineFragment"),
        (
            "query Q($unused: Int) { shop { id } }",
            "Variable $unused is declared by Q but not used",
            "variableNotUsed",
        ),
        (
            "query Q { orders(first: $n) { nodes { id } } }",
            "Variable $n is used by Q but not declared",
            "variableNotDefined",
        ),
        (
            "query Q($id: String) { order(id: $id) { id } }",
            "Type mismatch on variable $id and argument id (String / ID!)",
            "variableMismatch",
        ),
    ],
)
def test_wrong_queries_are_named_in_the_vendors_words(
    harbour: Client, query: str, message: str, code: str
) -> None:
    error = harbour.error(query)
    assert error["message"] == message
    assert error["extensions"]["code"] == code
    assert error["locations"]


def test_unknown_fields_say_where(harbour: Client) -> None:
    error = harbour.error("query Q { orders(first: 1) { nodes { nope } } }")
    assert error["extensions"] == {"code": "undefinedField", "typeName": "Order", "fieldName": "nope"}
    assert error["path"] == ["query Q", "orders", "nodes", "nope"]


def test_a_malformed_id_in_a_variable_has_problems(harbour: Client) -> None:
    error = harbour.error("query($id: ID!) { order(id: $id) { id } }", id="17")
    assert error["message"] == "Variable $id of type ID! was provided invalid value"
    assert error["extensions"]["code"] == "INVALID_VARIABLE"
    assert error["extensions"]["problems"][0]["explanation"] == "Invalid global id '17'"


def test_a_missing_variable_has_problems(harbour: Client) -> None:
    error = harbour.error("query($id: ID!) { order(id: $id) { id } }")
    assert error["extensions"]["code"] == "INVALID_VARIABLE"
    assert error["extensions"]["problems"][0]["explanation"] == "Expected value to not be null"


def test_an_id_of_another_type_is_not_found(harbour: Client) -> None:
    body = harbour.ask('{ order(id: "gid://shopify/Product/1") { id } shop { name } }')
    assert body["data"]["order"] is None
    assert body["data"]["shop"]["name"]
    assert body["errors"][0]["message"] == "Invalid id: gid://shopify/Product/1"
    assert body["errors"][0]["extensions"]["code"] == "RESOURCE_NOT_FOUND"
    assert body["errors"][0]["path"] == ["order"]


def test_an_id_of_nothing_is_null(harbour: Client) -> None:
    assert harbour.data('{ order(id: "gid://shopify/Order/1") { id } }') == {"order": None}
    nodes = harbour.data('{ nodes(ids: ["gid://shopify/Order/1", "gid://shopify/Location/301"]) { id } }')
    assert nodes == {"nodes": [None, {"id": "gid://shopify/Location/301"}]}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "you must provide one of first or last"),
        ("(first: 1, last: 1)", "providing both first and last is not supported"),
        (
            "(first: 251)",
            "first cannot exceed 250. To fetch more than 250 items, use bulk operations instead",
        ),
    ],
)
def test_page_sizes_are_checked(harbour: Client, arguments: str, message: str) -> None:
    body = harbour.ask(f"{{ orders{arguments} {{ nodes {{ id }} }} }}")
    assert body["data"] is None
    assert body["errors"][0]["message"].startswith(message)
    assert body["errors"][0]["extensions"]["code"] == "BAD_REQUEST"
    assert body["errors"][0]["path"] == ["orders"]


def test_a_nested_connection_without_a_size_fails_where_it_is(harbour: Client) -> None:
    body = harbour.ask("{ orders(first: 2) { nodes { id lineItems { nodes { id } } } } }")
    assert body["data"] is None
    assert body["errors"][0]["path"] == ["orders", "nodes", 0, "lineItems"]


def test_syntax_errors_have_a_place(harbour: Client) -> None:
    error = harbour.error("{ shop { id }")
    assert error["message"] == "syntax error, unexpected end of file at [1, 14]"


def test_a_body_without_a_query_is_a_bad_request(harbour: Client) -> None:
    answer = harbour.post("")
    assert answer.status_code == 200  # an empty query is a query, with an error
    assert answer.json()["errors"]


def test_a_document_may_hold_several_operations(harbour: Client) -> None:
    assert harbour.error("query A { shop { id } } query B { shop { id } }")["message"] == (
        "An operation name is required"
    )


def test_whole_orders_can_be_read_in_one_query_but_not_many(harbour: Client) -> None:
    head = f"{{ orders(first: 100) {{ nodes {{ {HEAD} }} }} }}"
    whole = f"{{ orders(first: 100) {{ nodes {{ {ORDER} }} }} }}"
    assert len(harbour.data(head)["orders"]["nodes"]) == 100
    assert harbour.error(whole)["extensions"]["code"] == "MAX_COST_EXCEEDED"
