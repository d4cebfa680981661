"""How pages shift while one reads them, and what does not."""

from __future__ import annotations

from tests.sandbox.woo import Woo


def test_pages_shift_while_one_reads(own_linden: Woo) -> None:
    """Newest first: an order that comes in shows the last row again, one that goes hides a row."""
    before = own_linden.ids(per_page=50)
    first = [one["id"] for one in own_linden.orders(per_page=50)]
    own_linden.happen(new=1)
    second = [one["id"] for one in own_linden.orders(per_page=50, page=2)]
    assert second[0] == first[-1] and before[50] in second
    own_linden.happen(orders=[first[0]], trash=True)
    own_linden.happen(orders=[first[1]], trash=True)
    assert before[51] == own_linden.orders(per_page=50, page=2)[0]["id"]


def test_reading_by_modification_loses_nothing(own_linden: Woo) -> None:
    """Oldest change first: what changes meanwhile moves to the end and is met there."""
    order = {"orderby": "modified", "order": "asc", "per_page": 30}
    first = [one["id"] for one in own_linden.orders(**order)]
    own_linden.happen(orders=[first[3]], note="changed while you read")
    rest = own_linden.orders(orderby="modified", order="asc", per_page=100, offset=29)
    assert first[-1] != rest[0]["id"]  # the offset has shifted by one
    assert own_linden.ids(orderby="modified", order="asc")[-1] == first[3]


def test_reading_by_id_skips_what_goes(own_linden: Woo) -> None:
    """Ids grow, so new orders come at the end; one that goes pulls the rest a place forward."""
    order = {"orderby": "id", "order": "asc", "per_page": 40}
    before = own_linden.ids(orderby="id", order="asc")
    first = [one["id"] for one in own_linden.orders(**order)]
    own_linden.happen(new=2)
    assert [one["id"] for one in own_linden.orders(**order, page=2)][:2] == before[40:42]
    own_linden.happen(orders=[first[0]], trash=True)
    assert own_linden.orders(**order, page=2)[0]["id"] == before[41]  # 40 is on the first page now


def test_an_order_that_lies_in_the_trash_is_found_there(own_linden: Woo) -> None:
    """With the moment it was put there, so reading the trash by modification finds it."""
    (order,) = own_linden.happen(orders=own_linden.ids()[-1:], trash=True)
    trashed = own_linden.orders(status="trash", orderby="modified", order="desc", per_page=1)
    assert [(one["id"], one["date_modified_gmt"]) for one in trashed] == [(order, "2026-11-22T06:00:00")]
    since = {"modified_after": "2026-11-22T05:59:59", "dates_are_gmt": "true"}
    assert order in own_linden.ids(status="trash", **since)
    assert order not in own_linden.ids(**since)
