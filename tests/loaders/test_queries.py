"""Every text that is sent is valid at the vendor, and bulk queries keep the vendor's rules for them."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from functools import cache

import pytest
from graphql import (
    FieldNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    build_client_schema,
    get_named_type,
    parse,
    validate,
    visit,
)

from loaders.shopify import queries, settings
from loaders.shopify.reading import IN_DISCOUNT
from loaders.shopify.selections import (
    ABANDONED_CHECKOUT,
    AGREEMENTS,
    BOOKED_ORDER,
    CODES,
    CUSTOMER,
    DISCOUNT,
    INVENTORY_ITEM,
    LEDGER,
    LOCATION,
    ORDER,
    ORDER_ALONE,
    PRODUCT,
    REFUND,
    Thing,
)
from tests.conftest import shared_path

LISTED = (ORDER, CUSTOMER, PRODUCT, INVENTORY_ITEM, LOCATION, ABANDONED_CHECKOUT, DISCOUNT)
WINDOW = queries.window(datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 10, 2, tzinfo=UTC))


@cache
def schema() -> GraphQLSchema:
    path = shared_path("data", "shopify_admin_schema", f"admin_{settings.API_VERSION}.json.gz")
    content = json.loads(gzip.decompress(path.read_bytes()))
    return build_client_schema(content.get("data", content))


def plain() -> dict[str, str]:
    names = ("PROBE", "START_BULK", "POLL_BULK", "CANCEL_BULK", "SALES_REPORT", "DELETIONS", "FIRST_ORDER")
    more = ("STILL_THERE", "REST_OF_SALES", "AGREEMENT_CURSORS", "FIRST_JOURNEY")
    return {name: getattr(queries, name) for name in (*names, *more)}


def composed() -> dict[str, str]:
    texts = {}
    for thing in LISTED:
        texts[f"page {thing.root}"] = queries.page(thing)
        texts[f"nodes {thing.root}"] = queries.nodes(thing.single())
        for one in thing.connections:
            texts[f"rest {thing.root}.{one.field}"] = queries.rest(thing.type, one)
    for thing in (ORDER, CUSTOMER, PRODUCT):
        texts[f"page by change {thing.root}"] = queries.page(thing, sort="UPDATED_AT")
        texts[f"count {thing.root}"] = queries.count(thing)
    texts["page by moment orders"] = queries.page(BOOKED_ORDER, sort="PROCESSED_AT")
    texts["page of bookings"] = queries.page(BOOKED_ORDER, sort="UPDATED_AT")
    texts["rest bookings"] = queries.rest("Order", BOOKED_ORDER.connections[0])
    texts["page without journeys"] = queries.page(ORDER_ALONE, sort="UPDATED_AT")
    texts["nodes placed"] = queries.nodes(BOOKED_ORDER)
    texts["nodes ledger"] = queries.nodes(LEDGER)
    texts["nodes refunds"] = queries.nodes(REFUND)
    texts["rest agreements"] = queries.rest("Order", AGREEMENTS)
    texts["rest codes"] = queries.rest("DiscountNode", CODES, within=IN_DISCOUNT)
    for one in REFUND.connections:
        texts[f"rest refund {one.field}"] = queries.rest("Refund", one)
    return texts


def in_bulk() -> dict[str, str]:
    things: tuple[Thing, ...] = (ORDER, ORDER_ALONE, LEDGER, CUSTOMER, PRODUCT, INVENTORY_ITEM)
    texts = {f"bulk {n} {one.root}": queries.bulk(one, search=WINDOW) for n, one in enumerate(things)}
    return texts | {f"ids {one.root}": queries.bulk_ids(one) for one in (ORDER, CUSTOMER, PRODUCT)}


ALL = plain() | composed() | in_bulk()


@pytest.mark.parametrize("name", sorted(ALL))
def test_query_is_valid_at_the_vendor(name: str) -> None:
    assert [error.message for error in validate(schema(), parse(ALL[name]))] == []


class Nesting(Visitor):
    """Counts connections, their depth, and those inside lists."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.info = info
        self.path: list[str] = []
        self.connections = 0
        self.deepest = 0
        self.in_lists: list[str] = []
        self.without_edges: list[str] = []

    def enter_field(self, node: FieldNode, *_: object) -> None:
        kind = self.info.get_type()
        assert kind is not None
        name = get_named_type(kind).name
        inner = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        if name.endswith("Connection"):
            self.connections += 1
            if "list" in self.path:
                self.in_lists.append(node.name.value)
            self.path.append("connection")
            self.deepest = max(self.deepest, self.path.count("connection"))
            chosen = [one.name.value for one in node.selection_set.selections if isinstance(one, FieldNode)]  # type: ignore[union-attr]
            if chosen != ["edges"]:
                self.without_edges.append(node.name.value)
        elif isinstance(inner, GraphQLList) and node.name.value != "edges":
            self.path.append("list")
        else:
            self.path.append("")

    def leave_field(self, *_: object) -> None:
        self.path.pop()


@pytest.mark.parametrize("name", sorted(in_bulk()))
def test_bulk_query_keeps_the_rules_of_bulk_operations(name: str) -> None:
    info = TypeInfo(schema())
    seen = Nesting(info)
    visit(parse(in_bulk()[name]), TypeInfoVisitor(info, seen))
    assert 1 <= seen.connections <= 5
    # the root list, and at most two levels below it
    assert seen.deepest <= 3
    assert seen.in_lists == []
    assert seen.without_edges == []


def test_windows_are_quoted_utc_and_include_both_ends() -> None:
    assert WINDOW == "updated_at:>='2026-10-01T00:00:00Z' updated_at:<='2026-10-02T00:00:00Z'"
    assert queries.window(None, None) is None
