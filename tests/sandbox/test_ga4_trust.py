"""What makes a report less than the truth: samples, thresholds, folded rows, late hits; and quotas."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sandbox.ga4.quota import Quota
from sandbox.google.errors import RpcError
from sandbox.running import Running
from tests.sandbox.google_callers import Ga4Caller, named, table

TOTAL: dict[str, Any] = {"dimensions": "date", "metrics": "sessions", "metricAggregations": ["TOTAL"]}
LAST_WEEK = [{"startDate": "7daysAgo", "endDate": "yesterday"}]
SOUND: dict[str, Any] = {"dateRanges": LAST_WEEK, "metrics": named("sessions")}
MORE = "To learn more, see https://developers.google.com/analytics/devguides/reporting/data/v1/quotas"


def sessions(report: dict[str, Any]) -> int:
    return sum(int(row["sessions"]) for row in table(report))


def test_a_sample_is_scaled_up_and_says_its_size(ga4: Ga4Caller) -> None:
    whole = sessions(ga4.report(**TOTAL))
    ga4.configure(sample_percent=40)
    report = ga4.report(**TOTAL)
    (sample,) = report["metadata"]["samplingMetadatas"]
    read, space = int(sample["samplesReadCount"]), int(sample["samplingSpaceSize"])
    assert isinstance(sample["samplesReadCount"], str)
    assert space == whole > read
    (total,) = report["totals"]
    assert int(total["metricValues"][0]["value"]) == round(read / 0.4)
    assert ga4.report(**TOTAL) == report


def test_rows_of_few_people_are_withheld(ga4: Ga4Caller) -> None:
    ask: dict[str, Any] = {"dimensions": "date sessionSource", "metrics": "sessions totalUsers"}
    before = ga4.report(**ask)
    ga4.configure(threshold=5)
    after = ga4.report(**ask)
    assert after["metadata"]["subjectToThresholding"] is True
    assert table(after) == [row for row in table(before) if int(row["totalUsers"]) >= 5] != table(before)


def test_what_is_beyond_the_limit_of_a_table_is_one_row(ga4: Ga4Caller) -> None:
    ask: dict[str, Any] = {"dimensions": "date landingPage", "metrics": "sessions"}
    before = ga4.report(**ask)
    assert "dataLossFromOtherRow" not in before["metadata"]
    ga4.configure(row_limit=20)
    after = ga4.report(**ask)
    assert after["metadata"]["dataLossFromOtherRow"] is True
    assert after["rowCount"] == 21
    assert sessions(after) == sessions(before)
    assert sum(row["date"] == row["landingPage"] == "(other)" for row in table(after)) == 1


def test_settings_that_are_none(practice: Running) -> None:
    vendor = practice.server.vendors["ga4"]
    for given in ({"sampling": 1}, {"threshold": -1}, {"premium": "yes"}):
        with pytest.raises(ValueError, match=next(iter(given))):
            vendor.configure("harbour", given)  # type: ignore[attr-defined]


def test_days_grow_until_everything_has_arrived(own_practice: Running) -> None:
    ga4 = Ga4Caller(own_practice, "ga4", "alpine")
    ga4.property_id = "411000002"
    day = own_practice.sandbox.now().date()
    ask: dict[str, Any] = {"dimensions": "date", "metrics": "sessions eventCount"}
    counts = []
    for hours in (0, 12, 24, 72, 72):
        own_practice.sandbox.advance(own_practice.sandbox.now() + timedelta(hours=hours))
        days = [{"startDate": f"{day}", "endDate": f"{day}"}]
        counts.append(sessions(ga4.report(**ask, dateRanges=days)))
    assert counts[0] < counts[1] <= counts[2] <= counts[3] == counts[4]


def test_tokens_are_spent_by_the_width_and_the_length_of_a_report(ga4: Ga4Caller) -> None:
    month, year = ([{"startDate": f"{days}daysAgo", "endDate": "yesterday"}] for days in (30, 365))
    ten = (
        "sessions engagedSessions totalUsers newUsers itemViewEvents addToCarts checkouts "
        "ecommercePurchases purchaseRevenue taxAmount"
    )
    nine = "date hour week sessionSource sessionMedium country deviceCategory landingPage transactionId"
    for dimensions, metrics, days, tokens in (
        ("date", "sessions", month, 1),
        ("date", ten, month, 2),
        (nine, ten, month, 4),
        ("date", "sessions", year, 7),
    ):
        report = ga4.report(dimensions=dimensions, metrics=metrics, dateRanges=days, returnPropertyQuota=True)
        assert report["propertyQuota"]["tokensPerHour"]["consumed"] == tokens
    assert report["propertyQuota"] == {
        "tokensPerDay": {"consumed": 7, "remaining": 200_000 - 14},
        "tokensPerHour": {"consumed": 7, "remaining": 40_000 - 14},
        "concurrentRequests": {"consumed": 0, "remaining": 10},
        "serverErrorsPerProjectPerHour": {"consumed": 0, "remaining": 10},
        "potentiallyThresholdedRequestsPerHour": {"consumed": 0, "remaining": 120},
        "tokensPerProjectPerHour": {"consumed": 7, "remaining": 14_000 - 14},
    }


def test_what_is_used_up_comes_back_with_the_hour(own_practice: Running) -> None:
    ga4 = Ga4Caller(own_practice, "ga4", "harbour")
    ga4.fault("quota_exhausted")
    for _ in range(2):
        answer = ga4.ask(**SOUND)
        assert answer.status_code == 429
        assert answer.json()["error"] == {
            "code": 429,
            "message": "Exhausted property tokens for a project per hour. These quota tokens will return in "
            f"under an hour. {MORE}",
            "status": "RESOURCE_EXHAUSTED",
        }
        assert "Retry-After" not in answer.headers
        own_practice.sandbox.advance(own_practice.sandbox.now() + timedelta(minutes=59))
    own_practice.sandbox.advance(own_practice.sandbox.now() + timedelta(minutes=1))
    assert ga4.ask(**SOUND).ok


def test_other_properties_have_quotas_of_their_own(practice: Running, ga4: Ga4Caller) -> None:
    ga4.fault("quota_exhausted", bucket="tokensPerDay")
    assert ga4.ask(**SOUND).json()["error"]["message"] == (
        f"Exhausted property tokens per day. These quota tokens will return in under 24 hours. {MORE}"
    )
    alpine = Ga4Caller(practice, "ga4", "alpine")
    alpine.property_id = "411000002"
    assert alpine.ask(**SOUND).ok
    assert ga4.ask(**SOUND).status_code == 429


def test_throttles_and_faults_of_the_server(ga4: Ga4Caller) -> None:
    ga4.fault("throttled")
    assert ga4.ask(**SOUND).json()["error"]["message"].startswith("Exhausted concurrent requests quota.")
    ga4.fault("quota_exhausted", bucket="clientErrors")
    message = ga4.ask(**SOUND).json()["error"]["message"]
    assert message.startswith("Exhausted client errors quota. These quota tokens will return in under 15")
    ga4.fault("server_error", status=500, route="runReport")
    assert ga4.ask(**SOUND).json() == {
        "error": {"code": 500, "message": "Internal error encountered.", "status": "INTERNAL"}
    }
    ga4.fault("html_error", status=502, route="runReport")
    assert ga4.ask(**SOUND).headers["Content-Type"] == "text/html; charset=UTF-8"
    report = ga4.report(metrics="sessions", returnPropertyQuota=True)
    assert report["propertyQuota"]["serverErrorsPerProjectPerHour"] == {"consumed": 0, "remaining": 9}


def test_ten_requests_at_once_are_as_many_as_there_may_be() -> None:
    quota = Quota(lambda: datetime(2026, 11, 22, 6, tzinfo=UTC), premium=lambda: False)
    with ExitStack() as under_way:
        for _ in range(10):
            under_way.enter_context(quota.asking())
        with pytest.raises(RpcError, match=r"Exhausted concurrent requests quota\."), quota.asking():
            pass
    with quota.asking():
        assert quota.shown(3)["concurrentRequests"] == {"consumed": 0, "remaining": 10}


def test_ten_errors_of_the_server_in_an_hour_are_too_many(ga4: Ga4Caller) -> None:
    ga4.fault("server_error", status=503, times=10, route="runReport")
    assert [ga4.ask(**SOUND).status_code for _ in range(11)] == [503] * 10 + [429]
