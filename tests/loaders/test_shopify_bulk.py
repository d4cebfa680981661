"""Bulk operations that fail, wait, expire, break off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadFailed
from loaders.common.errors import BulkFailed, MalformedAnswer, NoNetwork, QueryRejected
from loaders.shopify import queries, settings
from loaders.shopify.bulk import Bulk
from loaders.shopify.client import Answer, Client
from loaders.shopify.joining import rows
from loaders.shopify.selections import CUSTOMER
from tests.loaders.conftest import Practice

ALL = queries.bulk(CUSTOMER)


def ids(practice: Practice, folder: Path) -> set[str]:
    client = practice.client()
    (result,) = Bulk(client, folder).run(ALL)
    return {row["id"] for row in rows(client.label, result)}


@pytest.fixture
def everyone(practice: Practice, tmp_path: Path) -> set[str]:
    found = ids(practice, tmp_path)
    assert len(found) > 10
    return found


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("failed_bulk", {"times": 1}),
        ("failed_bulk", {"times": 2, "partial_data": False}),
        ("slow_bulk", {"times": 1, "polls": 4}),
        ("expired_url", {"times": 1}),
        ("dropped_connection", {"times": 2, "route": "storage"}),
        ("truncated_json", {"times": 1, "route": "storage"}),
        ("server_error", {"times": 2, "route": "storage"}),
        ("html_error", {"times": 1, "route": "storage", "status": 503}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_result_is_whole_in_the_end(
    practice: Practice, everyone: set[str], tmp_path: Path, kind: str, options: dict[str, Any]
) -> None:
    practice.fault(kind, **options)
    assert ids(practice, tmp_path) == everyone
    assert practice.here.sandbox.faults.shown()[-1]["hits"] > 0


def test_partial_data_of_a_failed_operation_is_not_used(practice: Practice) -> None:
    practice.fault("failed_bulk", times=None)
    with pytest.raises(LoadFailed, match="partial data was not used") as caught:
        practice.load(resources=["customers"])
    assert isinstance(caught.value.report.errors[0], BulkFailed)
    assert practice.rows("customers") == 0
    # none is started that nobody waits for
    board = practice.here.server.platforms["shopify"].shops["kiwi"].bulk  # type: ignore[attr-defined]
    assert len(board.operations) == settings.BULK_ATTEMPTS
    assert {one.status for one in board.operations.values()} == {"FAILED"}


def test_a_download_that_never_ends_well_is_an_error(practice: Practice, tmp_path: Path) -> None:
    practice.fault("dropped_connection", times=None, route="storage", share=0.0)
    with pytest.raises(NoNetwork, match="shopify/kiwi"):
        ids(practice, tmp_path)


def test_a_malformed_line_is_asked_for_once_more(practice: Practice) -> None:
    practice.fault("malformed_document", times=1, line=3)
    practice.load(resources=["customers"])
    living = [
        one
        for one in practice.here.sandbox.world.stores["kiwi"].customers.values()
        if one.merged_into is None
    ]
    assert practice.rows("customers") == len(living)


def test_malformed_lines_without_end_are_an_error_and_lose_nothing(practice: Practice) -> None:
    practice.fault("malformed_document", times=None, line=3)
    with pytest.raises(LoadFailed, match="no JSON") as caught:
        practice.load(resources=["orders", "locations"])
    report = caught.value.report
    assert isinstance(report.resources["orders"].error, MalformedAnswer)
    assert report.resources["locations"].rows > 0
    practice.here.sandbox.faults.clear()
    practice.load(resources=["orders"])
    assert practice.rows("orders") == len(practice.here.sandbox.world.stores["kiwi"].orders)


def test_a_bulk_query_that_breaks_the_rules_is_refused(practice: Practice, tmp_path: Path) -> None:
    client = practice.client()
    with pytest.raises(QueryRejected, match="at least one connection"):
        Bulk(client, tmp_path).run("{ shop { name } }")


def test_nothing_found_is_an_empty_result(practice: Practice, tmp_path: Path) -> None:
    (result,) = Bulk(practice.client(), tmp_path).run(
        queries.bulk(CUSTOMER, search="updated_at:>='2099-01-01T00:00:00Z'")
    )
    assert result.lines == 0
    assert list(rows("shopify/kiwi", result)) == []


class Busy(Client):
    """A shop whose places for bulk operations are taken for a while."""

    taken = 3

    def ask(self, text: str, variables: Any = None) -> Answer:
        if text == queries.START_BULK and self.taken:
            self.taken -= 1
            error = {"field": None, "message": "already in progress", "code": "OPERATION_IN_PROGRESS"}
            return Answer(
                {"bulkOperationRunQuery": {"bulkOperation": None, "userErrors": [error]}}, super().probe().at
            )
        return super().ask(text, variables)


def test_a_place_for_the_operation_is_waited_for(
    practice: Practice, everyone: set[str], tmp_path: Path
) -> None:
    plain = practice.client()
    busy = Busy(plain.account, plain.http, plain.endpoint)
    (result,) = Bulk(busy, tmp_path).run(ALL)
    assert {row["id"] for row in rows(busy.label, result)} == everyone
    assert busy.taken == 0


def test_waiting_for_a_place_ends(
    practice: Practice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "BULK_SLOT_PATIENCE", -settings.BULK_SLOT_PATIENCE)
    plain = practice.client()
    with pytest.raises(BulkFailed, match="already in progress"):
        Bulk(Busy(plain.account, plain.http, plain.endpoint), tmp_path).run(ALL)
