"""How insights are asked for: windows, reports, pages, and what happens when an answer would be too much."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from typing import Any

import pytest

from loaders.common.days import Days
from loaders.common.errors import MalformedAnswer
from loaders.meta_ads import settings
from loaders.meta_ads.insights import Insights
from loaders.meta_ads.refusals import TooMuch
from loaders.meta_ads.runs import RunFailed, TooLate
from tests.loaders.meta import Meta
from tests.loaders.scripted import Answer, Asked
from tests.loaders.scripted_graph import error, row

REDUCE = error(
    1, status=500, message="Please reduce the amount of data you're asking for, then retry your request"
)


def wide(asked: Asked) -> int:
    """How many days a request is about; 0 for others."""
    if "time_range" not in asked.query:
        return 0
    span = json.loads(asked.query["time_range"])
    return (date.fromisoformat(span["until"]) - date.fromisoformat(span["since"])).days + 1


def every(first: str, last: str, ads: list[str]) -> dict[date, list[str]]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return {start + timedelta(days=number): ads for number in range((end - start).days + 1)}


def test_a_month_is_asked_directly_a_week_at_a_time_and_side_by_side(meta_alone: Meta) -> None:
    meta_alone.graph.latency = 0.1
    assert meta_alone.read("2026-10-24", "2026-11-22") == every("2026-10-24", "2026-11-22", ["1", "2"])
    assert len(meta_alone.graph.spans()) == 5
    assert {one.method for one in meta_alone.graph.asked} == {"GET"}
    assert 2 <= meta_alone.graph.most_busy <= settings.CONCURRENCY


def test_what_is_asked_for_is_spelled_out(meta_alone: Meta) -> None:
    meta_alone.read("2026-11-22", "2026-11-22")
    query = meta_alone.graph.asked[0].query
    assert (query["level"], query["time_increment"]) == ("ad", "1")
    assert json.loads(query["action_attribution_windows"]) == ["1d_click", "7d_click", "28d_click", "1d_view"]
    assert json.loads(query["action_breakdowns"]) == ["action_type"]


def test_more_than_a_month_is_reported_by_the_vendor_side_by_side(meta_alone: Meta) -> None:
    meta_alone.graph.latency = 0.05
    assert meta_alone.read("2026-06-01", "2026-11-22") == every("2026-06-01", "2026-11-22", ["1", "2"])
    made = [one for one in meta_alone.graph.asked if one.method == "POST"]
    assert len(made) == len(meta_alone.graph.runs) == 6
    assert max(map(wide, made)) == settings.DAYS_PER_RUN
    assert 2 <= meta_alone.graph.most_busy <= settings.CONCURRENCY


def test_a_report_is_whole_only_when_it_is_completed_and_at_a_hundred(meta_alone: Meta) -> None:
    graph = meta_alone.graph
    graph.polls = [("Job Not Started", 0), ("Job Started", 0), ("Job Running", 100), ("Job Completed", 99)]
    graph.polls.append(("Job Completed", 100))
    meta_alone.read("2026-10-20", "2026-11-22")
    order = [one.path.removeprefix("/meta_ads/v26.0/") for one in graph.asked]
    for run in graph.runs:
        assert order.count(run) == 5
        assert order.index(f"{run}/insights") > max(n for n, path in enumerate(order) if path == run)


@pytest.mark.parametrize("status", ["Job Failed", "Job Skipped"])
def test_a_report_that_fails_is_asked_for_again_then_in_halves(meta_alone: Meta, status: str) -> None:
    graph = meta_alone.graph

    def between(asked: Asked) -> Answer | None:
        graph.polls = [(status, 100)] if wide(asked) > 10 else [("Job Completed", 100)]
        return None

    graph.between = between
    assert meta_alone.read("2026-10-01", "2026-11-22") == every("2026-10-01", "2026-11-22", ["1", "2"])
    widths = sorted(wide(one) for one in graph.asked if one.method == "POST")
    assert widths == [5, 6, 6, 6, 7, 7, 8, 8, 11, 11, 12, 12, 15, 15, 15, 15, 23, 23, 30, 30]


def test_a_report_of_one_day_that_fails_says_why(meta_alone: Meta) -> None:
    state: dict[str, Any] = {"async_status": "Job Failed", "async_percent_completion": 100, "error_code": -2}
    state |= {"error_subcode": 2490547, "error_user_msg": "Generating the report failed. Try again later."}

    def between(asked: Asked) -> Answer | None:
        return (
            meta_alone.graph.say(state) if asked.path.endswith(tuple(meta_alone.graph.runs) or "-") else None
        )

    meta_alone.graph.between = between
    with pytest.raises(RunFailed, match=r"meta_ads/harbour: .*Generating the report failed.*-2/2490547"):
        meta_alone.read("2026-10-01", "2026-11-22")


def test_a_report_that_never_ends_is_given_up(meta_alone: Meta) -> None:
    meta_alone.graph.polls = [("Job Running", 40)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "RUN_PATIENCE_SECONDS", 0.3)
        patch.setattr(settings, "WINDOW_PATIENCE_SECONDS", 0.6)
        with pytest.raises(TooLate, match="not made after"):
            meta_alone.read("2026-10-01", "2026-11-22")
    # Not twice for the same days, and once in halves: each time takes as long as patience lasts.
    first, second = ("2026-10-01", "2026-10-30"), ("2026-10-31", "2026-11-22")
    halves = {("2026-10-01", "2026-10-15"), ("2026-10-31", "2026-11-10")}
    assert set(meta_alone.graph.spans()) <= {first, second, *halves}
    assert ("2026-10-01", "2026-10-15") in meta_alone.graph.spans()
    assert sum(meta_alone.slept) <= 2 * (0.6 + 3 * 0.02)


def test_days_that_are_too_much_share_the_time_for_their_reports(
    meta_alone: Meta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "WINDOW_PATIENCE_SECONDS", 0.2)
    graph = meta_alone.graph
    graph.between = lambda asked: REDUCE if "limit" in asked.query and "time_range" in asked.query else None
    graph.polls = [*[("Job Running", 40)] * 8, ("Job Completed", 100)]
    with pytest.raises(TooLate):
        meta_alone.read("2026-11-16", "2026-11-22")
    assert 1 < len(graph.runs) < 7
    assert sum(meta_alone.slept) <= 0.2 + 3 * 0.02


@pytest.mark.parametrize(
    "refusal",
    [
        REDUCE,
        error(100, 1487534),
        error(100, 1504018, error_user_msg="Your request timed out."),
        error(2, 1504038, is_transient=True),
    ],
)
def test_too_much_is_asked_for_in_halves(meta_alone: Meta, refusal: Answer) -> None:
    meta_alone.graph.between = lambda asked: refusal if wide(asked) > 2 else None
    assert meta_alone.read("2026-11-16", "2026-11-22") == every("2026-11-16", "2026-11-22", ["1", "2"])
    assert [wide(one) for one in meta_alone.graph.asked] == [7, 3, 1, 2, 4, 2, 2]


def test_what_is_not_answered_in_time_is_asked_for_in_halves(
    meta_alone: Meta, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(asked: Asked) -> None:
        if wide(asked) > 2:
            time.sleep(1.4)

    monkeypatch.setattr(meta_alone.graph, "between", slow)
    client = meta_alone.client()
    client.http._timeout = (1.0, 1.0)
    found = list(Insights(client).days(Days(date(2026, 11, 19), date(2026, 11, 22))))
    assert [day.day for day, rows, _ in found if len(rows) == 2] == [19, 20, 21, 22]
    assert [wide(one) for one in meta_alone.graph.asked] == [4, 2, 2]


def test_a_day_that_is_too_much_is_read_by_smaller_pages(meta_alone: Meta) -> None:
    ads = [f"{number:03}" for number in range(130)]
    meta_alone.graph.figures = lambda day: [row(day, ad) for ad in ads]
    meta_alone.graph.between = lambda asked: REDUCE if int(asked.query.get("limit", 0)) > 70 else None
    assert meta_alone.read("2026-11-22", "2026-11-22") == every("2026-11-22", "2026-11-22", ads)
    limits = [one.query["limit"] for one in meta_alone.graph.asked]
    assert limits == ["500", "250", "125", "62", "62", "62"]


def test_the_last_way_of_a_day_that_is_too_much_is_a_report(meta_alone: Meta) -> None:
    meta_alone.graph.between = lambda asked: (
        error(100, 1504018) if asked.method == "GET" and wide(asked) else None
    )
    assert meta_alone.read("2026-11-22", "2026-11-22") == every("2026-11-22", "2026-11-22", ["1", "2"])
    meta_alone.graph.between = lambda asked: REDUCE if "limit" in asked.query else None
    with pytest.raises(TooMuch, match="too much at once"):
        meta_alone.read("2026-11-22", "2026-11-22")


def test_an_ad_that_moves_between_pages_is_there_once(meta_alone: Meta) -> None:
    def figures(day: date) -> list[dict[str, Any]]:
        pages = len(meta_alone.graph.asked)
        return [row(day, f"{number:03}", spend=str(pages)) for number in range(1 - pages, 600)]

    meta_alone.graph.figures = figures
    (ads,) = meta_alone.read("2026-11-22", "2026-11-22").values()
    assert ads == sorted(set(ads)) and len(ads) == 600


def test_a_lost_cursor_means_that_the_list_is_read_again(meta_alone: Meta) -> None:
    ads = [f"{number:04}" for number in range(1200)]
    meta_alone.graph.figures = lambda day: [row(day, ad) for ad in ads]
    lost = iter([error(2642, message="Invalid cursors values")])
    meta_alone.graph.between = lambda asked: next(lost, None) if asked.query.get("after") == "1000" else None
    assert meta_alone.read("2026-11-22", "2026-11-22") == every("2026-11-22", "2026-11-22", ads)
    assert [one.query.get("after") for one in meta_alone.graph.asked] == [None, "500", "1000"] * 2


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"data": [row(date(2026, 11, 21), "1")]}, "in the insights of other days"),
        ({"data": [{**row(date(2026, 11, 22), "1"), "date_stop": "2026-11-23"}]}, "in the insights of other"),
        ({"data": {}}, "no list of objects"),
        ({"data": [], "paging": {"next": "https://x"}}, "more pages, but not where"),
        ([], "answered HTTP 200 with 2 bytes"),
    ],
)
def test_an_answer_of_another_shape_lands_nothing(meta_alone: Meta, body: Any, says: str) -> None:
    meta_alone.graph.between = lambda _: meta_alone.graph.say(body)
    with pytest.raises(MalformedAnswer, match=says):
        meta_alone.read("2026-11-22", "2026-11-22")
