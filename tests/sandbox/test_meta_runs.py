"""Meta's report runs, its batches, and what is too much for it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

from sandbox.running import Running
from tests.sandbox.ads_world import (
    BROAD,
    NOW,
    TODAY,
    YESTERDAY,
    FixedMarketing,
    advertising,
    control,
    delivery,
    tidied,
)
from tests.sandbox.meta import ACT, Meta

DAYS = 40
LONG = f'{{"since":"{TODAY - timedelta(days=DAYS)}","until":"{YESTERDAY}"}}'
SHORT = f'{{"since":"{TODAY - timedelta(days=3)}","until":"{YESTERDAY}"}}'
DAILY: dict[str, Any] = {"level": "ad", "time_increment": "1", "fields": "ad_id,spend"}


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    days = [TODAY - timedelta(days=number) for number in range(1, DAYS + 1)]
    deliveries = {
        ("meta_ads", "harbour", day): [delivery(BROAD, 0), delivery(BROAD, 1, cost="1.25")] for day in days
    }
    with advertising(FixedMarketing(deliveries)) as running:
        yield running


@pytest.fixture
def here(shared: Running) -> Iterator[Running]:
    yield from tidied(shared)


@pytest.fixture
def meta(here: Running) -> Meta:
    return Meta(here, "harbour")


def fault(here: Running, kind: str, **options: Any) -> None:
    control(here, "faults", kind=kind, platform="meta_ads", store="harbour", **options)


def start(meta: Meta, range_: str = SHORT, **more: str) -> str:
    identity: str = meta.get(f"{ACT}/insights", post=True, time_range=range_, **DAILY, **more)[
        "report_run_id"
    ]
    return identity


def seen(meta: Meta, identity: str, most: int = 12) -> list[tuple[str, int]]:
    """What a run shows until it is over."""
    states = []
    for _ in range(most):
        run = meta.get(identity)
        states.append((run["async_status"], run["async_percent_completion"]))
        if not run["is_running"]:
            break
    return states


def test_a_hundred_percent_is_not_the_end(meta: Meta) -> None:
    identity = start(meta)
    unfinished = meta.error(f"{identity}/insights")
    assert (unfinished["code"], unfinished["error_subcode"]) == (2601, 1815107)
    assert seen(meta, identity) == [("Job Running", 100), ("Job Completed", 100)]
    run = meta.get(identity)
    assert (run["id"], run["account_id"], run["date_start"]) == (identity, "550000000000001", "2026-11-19")
    assert run["time_ref"] == run["time_completed"] == int(NOW.timestamp())
    assert "error_code" not in run
    assert len(meta.get(f"{identity}/insights")["data"]) == 6
    assert meta.get(identity, fields="async_status") == {"async_status": "Job Completed", "id": identity}


def test_a_long_run_takes_its_time_and_is_read_by_pages(meta: Meta) -> None:
    identity = start(meta, LONG)
    assert [status for status, _ in seen(meta, identity)] == [
        "Job Not Started", "Job Started", "Job Running", "Job Running", "Job Completed",
    ]  # fmt: skip
    address: str | None = f"{meta.base}/{identity}/insights?limit=30&access_token={meta.token}"
    rows = []
    while address is not None:
        body = requests.get(address, timeout=20).json()
        rows += body["data"]
        address = body["paging"].get("next")
    assert len(rows) == 2 * DAYS
    assert rows == meta.get(f"{ACT}/insights", time_range=LONG, limit="500", **DAILY)["data"]


def test_a_finished_report_stays_what_it_was(
    here: Running, meta: Meta, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = start(meta)
    seen(meta, identity)
    before = meta.get(f"{identity}/insights")["data"]
    restated = ("meta_ads", "harbour", YESTERDAY)
    monkeypatch.setitem(here.sandbox.world.marketing.deliveries, restated, [])
    here.sandbox.advance(NOW + timedelta(days=1))
    assert meta.get(f"{identity}/insights")["data"] == before
    assert len(meta.get(f"{ACT}/insights", time_range=SHORT, **DAILY)["data"]) == len(before) - 2
    here.sandbox.advance(NOW + timedelta(days=31))
    assert meta.error(identity)["error_subcode"] == 33


def test_runs_fail_take_longer_and_are_skipped(here: Running, meta: Meta) -> None:
    fault(here, "failed_run", percent=100)
    failed = start(meta)
    assert seen(meta, failed)[-1] == ("Job Failed", 100)
    run = meta.get(failed)
    assert (run["error_code"], run["error_subcode"]) == (-2, 2490547)
    assert run["error_message"] == "Generating the report failed. Try again later."
    assert meta.error(f"{failed}/insights")["code"] == 2601
    fault(here, "slow_run", polls=2)
    assert seen(meta, start(meta))[:2] == [("Job Running", 99)] * 2
    fault(here, "skipped_run")
    assert seen(meta, start(meta)) == [("Job Skipped", 0)]
    fault(here, "failed_run", match='"since":"2026-11-19"')
    assert seen(meta, start(meta, LONG))[-1][0] == "Job Completed"
    assert seen(meta, start(meta))[-1][0] == "Job Failed"


def test_too_much_is_said_in_three_ways(here: Running, meta: Meta) -> None:
    control(here, "accounts/meta_ads/harbour", sync_rows=50, async_rows=70, page_cells=80)
    slow = meta.error(f"{ACT}/insights", time_range=LONG, **DAILY)
    assert (slow["code"], slow["error_subcode"]) == (100, 1504018)
    week = f'{{"since":"{TODAY - timedelta(days=14)}","until":"{YESTERDAY}"}}'
    assert meta.error(f"{ACT}/insights", status=500, time_range=week, limit="28", **DAILY)["code"] == 1
    assert len(meta.get(f"{ACT}/insights", time_range=week, limit="14", **DAILY)["data"]) == 14
    assert seen(meta, start(meta, LONG))[-1] == ("Job Failed", 100)


def test_a_run_belongs_to_its_account(here: Running, meta: Meta) -> None:
    assert Meta(here, "alpine").error(start(meta))["error_subcode"] == 33


def test_runs_of_a_campaign_see_that_campaign(meta: Meta) -> None:
    node = f"{BROAD.groups[0].ads[1].id}/insights"
    identity = meta.get(node, post=True, time_range=SHORT, **DAILY)["report_run_id"]
    seen(meta, identity)
    assert {row["spend"] for row in meta.get(f"{identity}/insights")["data"]} == {"1.25"}


def test_a_batch_answers_entry_by_entry(here: Running, meta: Meta) -> None:
    runs = [start(meta), start(meta)]
    fault(here, "lost_entry", entry=1)
    polls = [{"method": "GET", "relative_url": f"v26.0/{identity}"} for identity in runs]
    answers = meta.batch(*polls, {"method": "GET", "relative_url": "v26.0/act_1"})
    assert answers[1] is None
    assert json.loads(answers[0]["body"])["async_status"] == "Job Running"
    assert {"name", "value"} == set(answers[0]["headers"][0])
    assert (answers[2]["code"], json.loads(answers[2]["body"])["error"]["error_subcode"]) == (400, 33)
    assert json.loads(meta.batch(polls[0])[0]["body"])["async_status"] == "Job Completed"


def test_a_batch_has_fifty_entries_at_most(meta: Meta) -> None:
    many = json.dumps([{"method": "GET", "relative_url": "v26.0/me"}] * 51)
    answer = requests.post(meta.root, {"access_token": meta.token, "batch": many}, timeout=20)
    assert answer.status_code == 400
    assert answer.json()["error"]["type"] == "GraphBatchException"
