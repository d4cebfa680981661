"""GA4 against the practice shop's stand-in: what lands is what analytics got, day by day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from loaders.common import LoadFailed
from loaders.common.errors import ThrottledTooLong
from loaders.common.google_problems import NoAccess
from loaders.ga4 import settings
from tests.loaders.practice_google import GooglePractice, practising
from tests.loaders.scripted_google import QUICK
from warehouse import Settings

SINCE = "2026-11-08"


@pytest.fixture
def practice_ga4(
    database: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[GooglePractice]:
    monkeypatch.setattr(settings, "PATIENCE", QUICK)
    with practising("ga4", "harbour", monkeypatch, tmp_path, property_id="411000001", since=SINCE) as found:
        yield found


def summed(report: dict[str, Any], metric: str) -> Decimal:
    place = [one["name"] for one in report["metricHeaders"]].index(metric)
    return sum((Decimal(row["metricValues"][place]["value"]) for row in report.get("rows", [])), Decimal())


def test_every_day_is_what_analytics_got(practice_ga4: GooglePractice) -> None:
    report = practice_ga4.load()
    assert not report.warnings
    truth = {one["day"]: one for one in practice_ga4.truth(f"harbour/analytics?since={SINCE}")}
    sessions = practice_ga4.documents("session_reports")
    purchases = practice_ga4.documents("purchase_reports")
    assert sorted(sessions) == sorted(purchases)
    assert len(sessions) == 15
    assert set(truth) <= set(sessions)
    for day, body in sessions.items():
        got = truth.get(day, {"sessions": 0, "purchases": 0, "revenue": "0"})
        bought = purchases[day]["report"]
        assert summed(body["report"], "sessions") == got["sessions"]
        assert summed(bought, "ecommercePurchases") == got["purchases"]
        assert round(summed(bought, "purchaseRevenue"), 2) == Decimal(got["revenue"])
        assert body["is_final"] == (day < "2026-11-15")
    assert sum(one["purchases"] for one in truth.values()) > 0


def test_days_move_while_they_are_open_and_stand_still_afterwards(practice_ga4: GooglePractice) -> None:
    practice_ga4.load()
    before = practice_ga4.documents("session_reports")
    assert practice_ga4.load().rows == 0
    practice_ga4.advance(days=1)
    later = practice_ga4.load().resources["session_reports"]
    after = practice_ga4.documents("session_reports")
    assert after["2026-11-22"] != before["2026-11-22"]
    assert before["2026-11-14"] == after["2026-11-14"]
    assert after["2026-11-15"]["is_final"]
    assert later.rows + later.unchanged == 9


def test_daily_runs_and_an_absence_end_where_one_load_would(practice_ga4: GooglePractice) -> None:
    practice_ga4.load()
    for days in (1, 1, 12):
        practice_ga4.advance(days=days, hours=1)
        assert practice_ga4.load().rows > 0
    everything = practice_ga4.load(full=True)
    assert (everything.rows, everything.resources["session_reports"].unchanged) == (0, 29)


def test_several_pages_are_the_same_day(
    practice_ga4: GooglePractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice_ga4.load("session_reports")
    whole = practice_ga4.documents("session_reports")
    monkeypatch.setattr(settings, "ROWS_PER_PAGE", 3)
    assert practice_ga4.load("session_reports").rows == 0
    assert max(len(one["report"].get("rows", [])) for one in whole.values()) > 6


@pytest.mark.parametrize(
    ("given", "flag"),
    [
        ({"row_limit": 3}, "dataLossFromOtherRow"),
        ({"threshold": 3}, "subjectToThresholding"),
        ({"sample_percent": 50}, "samplingMetadatas"),
    ],
)
def test_what_is_folded_withheld_or_estimated_says_so(
    practice_ga4: GooglePractice, given: dict[str, int], flag: str
) -> None:
    practice_ga4.configure(**given)
    practice_ga4.load("session_reports")
    reports = [one["report"] for one in practice_ga4.documents("session_reports").values()]
    assert {key for one in reports for key in one["metadata"]} == {"currencyCode", "timeZone", flag}


def test_a_users_refresh_token_gets_in_too(practice_ga4: GooglePractice) -> None:
    practice_ga4.monkeypatch.delenv("GA4_HARBOUR_CREDENTIALS")
    practice_ga4.configure(by_user=True)
    assert practice_ga4.load("properties").rows == 1


def test_a_token_that_expires_midway_is_renewed(practice_ga4: GooglePractice) -> None:
    practice_ga4.fault("expired_token", times=1, skip=3)
    practice_ga4.load()
    assert len(practice_ga4.documents("purchase_reports")) == 15


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"can_read": False}, "does not exist, or the service account"),
        ({"api_enabled": False}, "not enabled"),
    ],
)
def test_without_access_nothing_lands(
    practice_ga4: GooglePractice, given: dict[str, bool], says: str
) -> None:
    practice_ga4.configure(**given)
    with pytest.raises(NoAccess, match=says):
        practice_ga4.load()


def test_a_used_up_quota_is_told_and_the_next_hour_reads_the_rest(practice_ga4: GooglePractice) -> None:
    practice_ga4.fault("quota_exhausted", skip=3, bucket="tokensPerHour")
    with pytest.raises(LoadFailed, match="the quota of property 411000001 is used up") as caught:
        practice_ga4.load()
    assert {type(one) for one in caught.value.report.errors} == {ThrottledTooLong}
    practice_ga4.advance(hours=1)
    practice_ga4.load()
    assert len(practice_ga4.documents("purchase_reports")) == 15
