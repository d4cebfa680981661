"""Whole orders, whichever way they are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loaders.common.landing import Document
from loaders.shopify import joining, orders, selections, settings
from loaders.shopify.bulk import Bulk
from loaders.shopify.orders import Orders
from loaders.shopify.selections import Connection, Thing
from tests.loaders.conftest import Practice

PARTS = (
    *("lineItems", "shippingLines", "discountApplications", "transactions", "fulfillments", "refunds"),
    "agreements",
)


def reader(practice: Practice, folder: Path, name: str = "harbour") -> Orders:
    client = practice.client(name)
    return Orders(client, Bulk(client, folder), pytest.fail)


def bodies(documents: Iterator[Document]) -> dict[str, bytes | None]:
    return {document.id: document.body for document in documents}


def tiny(thing: Thing) -> Thing:
    """The same with pages of one."""

    def shrink(connection: Connection) -> Connection:
        return replace(connection, first=1, children=tuple(map(shrink, connection.children)))

    return replace(thing, connections=tuple(map(shrink, thing.connections)))


@pytest.fixture
def in_bulk(practice: Practice, tmp_path: Path) -> dict[str, bytes | None]:
    return bodies(reader(practice, tmp_path).in_bulk(None))


def test_every_order_of_the_shop_comes_with_all_its_parts(
    practice: Practice, in_bulk: dict[str, bytes | None]
) -> None:
    practice.load("harbour", resources=["orders"])
    found = practice.documents("orders", "harbour")
    world = practice.here.sandbox.world.stores["harbour"].orders
    assert set(found) == set(in_bulk) == {f"gid://shopify/Order/{number}" for number in world}
    for number, order in world.items():
        document = found[f"gid://shopify/Order/{number}"]
        assert all(isinstance(document[part], list) for part in PARTS)
        assert len(document["refunds"]) == len(order.refunds)
        assert len(document["lineItems"]) == len(order.lines)
        for refund, truth in zip(document["refunds"], order.refunds, strict=True):
            assert len(refund["refundLineItems"]) == len(truth.lines)
    assert any(order.refunds for order in world.values())
    sales = [sale for one in found.values() for agreement in one["agreements"] for sale in agreement["sales"]]
    assert len({sale["id"] for sale in sales}) == len(sales) > len(found)


def test_pages_and_bulk_give_the_same_bytes(
    practice: Practice, in_bulk: dict[str, bytes | None], tmp_path: Path
) -> None:
    assert bodies(reader(practice, tmp_path).by_pages(None)) == in_bulk


def test_nested_pages_that_stop_are_completed(
    practice: Practice,
    in_bulk: dict[str, bytes | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("ORDER", "LEDGER", "REFUND"):
        monkeypatch.setattr(orders, name, tiny(getattr(selections, name)))
    some = reader(practice, tmp_path)
    several = [one for one, body in in_bulk.items() if body and body.count(b"/ProductSale/") > 1][:5]
    refunded = [one for one, body in in_bulk.items() if body and b"gid://shopify/Refund/" in body][:5]
    wanted = {*several, *refunded}
    assert several
    assert refunded
    found = bodies(some.by_ids(sorted(wanted)))
    assert found == {one: in_bulk[one] for one in wanted}


def test_joining_part_by_part_changes_nothing(
    practice: Practice,
    in_bulk: dict[str, bytes | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parts: list[int] = []
    trees = joining.trees

    def small(*given: object) -> Iterator[list[dict[str, dict[str, Any]]]]:
        for part in trees(*given, part_bytes=20_000):  # type: ignore[arg-type]
            parts.append(len(part[0]))
            yield part

    monkeypatch.setattr(orders, "trees", small)
    assert bodies(reader(practice, tmp_path).in_bulk(None)) == in_bulk
    assert len(parts) > 3
    assert sum(parts) == len(in_bulk)
    assert max(parts) < len(in_bulk) / 2


def test_an_order_that_changes_between_its_reads_is_read_again_on_its_own(
    practice: Practice, in_bulk: dict[str, bytes | None], tmp_path: Path
) -> None:
    practice.fault("changed_between_reads", store="harbour", every=5, times=1)
    some = reader(practice, tmp_path)
    assert bodies(some.in_bulk(None)) == in_bulk
    assert some.reread >= len(in_bulk) // 5


def test_full_lists_are_read_again(
    practice: Practice,
    in_bulk: dict[str, bytes | None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    short = replace(
        selections.ORDER,
        selection=selections.ORDER.selection.replace(f"(first: {settings.LIST_LENGTH})", "(first: 1)"),
    )
    monkeypatch.setattr(settings, "LIST_LENGTH", 1)
    monkeypatch.setattr(orders, "ORDER", short)
    some = reader(practice, tmp_path)
    assert bodies(some.by_pages(None)) == in_bulk
    assert some.reread > 0


def test_pages_that_shift_while_they_are_read_land_nothing_twice(practice: Practice) -> None:
    practice.load("harbour", resources=["orders"])
    rows = practice.rows("orders", "harbour")
    practice.fault("duplicates", store="harbour", rows=3, times=None)
    report = practice.load("harbour", resources=["orders"], since="2026-01-01")
    assert report.resources["orders"].rows == 0
    assert report.resources["orders"].unchanged >= 30
    assert practice.rows("orders", "harbour") == rows
