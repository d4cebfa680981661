"""What lands of a Meta ad account: a document per day, a new one only where the day changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from loaders.common import AccountSwitched, LoadFailed
from loaders.common.errors import VendorTrouble
from tests.loaders.meta import Meta
from tests.loaders.scripted_graph import error, row

BORN = date(2026, 11, 1)
TODAY = date(2026, 11, 22)


def test_a_document_for_each_day_as_sent_also_for_days_without_delivery(meta: Meta) -> None:
    actions = [{"action_type": "purchase", "value": "1", "1d_view": "1"}]
    meta.graph.figures = lambda day: [row(day, "9", actions=actions)] if day.day % 2 else []
    report = meta.load()
    assert report.resources["insights"].rows == 22
    documents = meta.documents("insights")
    assert sorted(documents) == [str(BORN + timedelta(days=number)) for number in range(22)]
    assert documents["2026-11-02"] == {"day": "2026-11-02", "is_final": False, "rows": []}
    assert documents["2026-11-03"]["rows"] == [row(date(2026, 11, 3), "9", actions=actions)]
    observed = meta.sql("select distinct observed_at, updated_at from raw_meta_ads.insights")
    assert observed == [(meta.graph.now, None)]


def test_only_the_days_that_changed_land_again(meta: Meta) -> None:
    meta.load()
    assert meta.load().rows == 0
    figures = meta.graph.figures
    moved = date(2026, 11, 5)
    actions = [{"action_type": name, "value": "1"} for name in ("purchase", "add_to_cart", "omni_purchase")]
    changed = row(moved, "1", spend="7.00", actions=actions)
    meta.graph.figures = lambda day: [changed] if day == moved else figures(day)[::-1]
    again = meta.load()
    assert (again.rows, again.resources["insights"].unchanged) == (1, 21)
    (landed,) = meta.documents("insights")["2026-11-05"]["rows"]
    assert (landed["spend"], landed["actions"]) == ("7.00", sorted(actions, key=str))
    # neither rows nor actions come in an order that says anything
    actions.reverse()
    assert meta.load().rows == 0


def test_a_day_lands_once_more_when_its_window_is_over_and_is_left_alone_then(meta: Meta) -> None:
    meta.load()
    # so many days later: those days, and the closing of all that were over by then
    for days, landed in ((28, 28 + 21), (1, 1 + 1), (1, 1 + 1), (0, 0)):
        meta.graph.now += timedelta(days=days)
        assert meta.load().resources["insights"].rows == landed
    final = sorted(day for day, one in meta.documents("insights").items() if one["is_final"])
    assert (len(final), final[-1]) == (23, "2026-11-23")
    assert min(meta.graph.spans())[0] == "2026-11-24"


def test_a_pause_of_months_leaves_no_gap_and_no_open_day(meta: Meta) -> None:
    meta.load()
    meta.graph.now += timedelta(days=100)
    meta.load()
    documents = meta.documents("insights")
    assert len(documents) == 122
    assert min(meta.graph.spans())[0] == "2026-11-01"
    last = (meta.graph.now - timedelta(days=28)).date()
    assert {day for day, one in documents.items() if not one["is_final"]} == {
        str(last + timedelta(days=number)) for number in range(29)
    }


def test_days_are_of_the_accounts_zone(meta: Meta) -> None:
    meta.graph.account["timezone_name"] = "America/Los_Angeles"
    meta.graph.now = meta.graph.now.replace(hour=5)
    meta.load("insights")
    assert max(meta.documents("insights")) == "2026-11-21"


def test_explicit_days_are_read_and_leave_the_next_run_as_it_was(meta: Meta) -> None:
    assert meta.load("insights", since="2025-03-01", until="2025-03-03").resources["insights"].rows == 3
    assert meta.graph.spans() == [("2025-03-01", "2025-03-03")]
    assert meta.load("insights").resources["insights"].rows == 22


def test_things_land_whole_with_their_time_of_change(meta: Meta) -> None:
    thing = {"id": "5", "name": "Autumn", "effective_status": "DELETED"}
    changed = {**thing, "updated_time": "2026-11-20T10:00:00+0100"}
    many = [dict(thing, id=str(number)) for number in range(250)]
    meta.graph.edges = {"campaigns": [changed], "adsets": [thing], "ads": many}
    report = meta.load()
    assert {name: one.rows for name, one in report.resources.items() if name != "insights"} == {
        "ad_accounts": 1, "campaigns": 1, "ad_sets": 1, "ads": 250,
    }  # fmt: skip
    assert meta.documents("campaigns") == {"5": changed}
    updated = meta.sql("select updated_at from raw_meta_ads.campaigns")[0][0]
    assert updated == datetime.fromisoformat("2026-11-20T09:00:00+00:00")
    assert list(meta.documents("ad_accounts")) == ["act_77"]
    statuses = [one.query["effective_status"] for one in meta.graph.asked if one.path.endswith("/ads")]
    assert len(statuses) == 2 and '"DELETED"' in statuses[0] and '"ARCHIVED"' in statuses[0]


def test_a_name_that_points_at_another_account_is_refused(meta: Meta) -> None:
    meta.load("campaigns")
    meta.graph.account["id"] = "act_88"
    with pytest.raises(AccountSwitched, match="act_77"):
        meta.load()


def test_a_window_that_fails_leaves_what_came_before_it_and_is_read_again(meta: Meta) -> None:
    meta.graph.between = lambda asked: (
        error(2, status=503) if "2026-11-15" in asked.query.get("time_range", "") else None
    )
    with pytest.raises(LoadFailed) as caught:
        meta.load("insights")
    assert isinstance(caught.value.report.errors[0], VendorTrouble)
    assert len(meta.documents("insights")) == 14
    meta.graph.between = lambda _: None
    assert meta.load("insights").resources["insights"].rows == 8
