"""Reports that are refused: exact texts, and which reason comes first."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.google_callers import Ga4Caller, named

DAYS = [{"startDate": "2026-11-01", "endDate": "2026-11-07"}]
LIST = (
    "For a list of valid dimensions and metrics, see "
    "https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema "
)
EIGHT = (
    "date sessionDefaultChannelGroup sessionSource sessionMedium sessionCampaignName landingPage "
    "deviceCategory country"
)
METRICS = (
    "sessions engagedSessions totalUsers newUsers itemViewEvents addToCarts checkouts ecommercePurchases "
    "purchaseRevenue taxAmount"
)


def between(start: str, end: str) -> list[dict[str, str]]:
    return [{"startDate": start, "endDate": end}]


def only(name: str) -> dict[str, Any]:
    return {"filter": {"fieldName": name, "stringFilter": {"value": "x"}}}


REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        {"dimensions": named("town")},
        f"Field town is not a valid dimension. {LIST}",
    ),
    (
        {"metrics": named("session")},
        f"Did you mean sessions? Field session is not a valid metric.  {LIST}",
    ),
    (
        {"metrics": named("sessions"), "dimensionFilter": {"notExpression": only("cheese")}},
        f"Field cheese is not a valid dimension. {LIST}",
    ),
    ({"limit": -1}, "limit must be positive. The API received limit = -1"),
    ({"offset": "-2"}, "offset must be positive. The API received offset = -2"),
    ({"dateRanges": []}, "A dateRange is required."),
    (
        {"dateRanges": DAYS * 5},
        "Requests are limited to 4 dateRanges.\n  This request contains 5 dateRanges.",
    ),
    (
        {"dateRanges": between("2026-06-07", "2026-06-01")},
        "start_date must be less than or equal to end_date. "
        "start_date = 2026-06-07 and end_date = 2026-06-01",
    ),
    (
        {"dateRanges": between("01/06/2026", "today")},
        "Invalid startDate : 01/06/2026. startDate must be YYYY-MM-DD, NdaysAgo, yesterday, or today.",
    ),
    (
        {"dateRanges": between("2026-06-01", "2026-02-30")},
        "Invalid endDate : 2026-02-30. endDate must be YYYY-MM-DD, NdaysAgo, yesterday, or today.",
    ),
    (
        {"dimensions": named(f"{EIGHT} transactionId hour"), "metrics": named("sessions")},
        "Requests are limited to 9 dimensions within a nested request. This request is for 10 dimensions.",
    ),
    (
        {
            "dimensions": named(f"{EIGHT} transactionId"),
            "metrics": named("sessions"),
            "dimensionFilter": only("hour"),
        },
        "Requests are limited to 9 dimensions within a nested request. This request is for 10 dimensions.",
    ),
    (
        {"metrics": named(f"{METRICS} shippingAmount")},
        "Requests are limited to 10 metrics within a nested request. This request is for 11 metrics.",
    ),
    ({}, "Requests require dimensions and/or metrics. Most requests include both."),
    ({"dimensions": named("date date")}, "Found duplicate dimensions: date"),
    (
        {"metrics": named("sessions sessions")},
        "Duplicate metrics are not allowed. Found duplicate metrics: sessions",
    ),
    (
        {"metrics": named("sessions"), "orderBys": [{"dimension": {"dimensionName": "date"}}]},
        "Field date exists in OrderBy but is not defined in input Dimensions/Metrics list",
    ),
    (
        {"dimensions": named("source"), "metrics": named("checkouts")},
        "Please remove source to make the request compatible. The request's dimensions & metrics are "
        "incompatible. To learn more, see https://ga-dev-tools.google/ga4/dimensions-metrics-explorer/",
    ),
]


@pytest.mark.parametrize(("request_", "message"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_is_refused(ga4: Ga4Caller, request_: dict[str, Any], message: str) -> None:
    answer = ga4.ask(**{"dateRanges": DAYS, **request_})
    error = answer.json()["error"]
    assert (answer.status_code, error["status"], error["message"]) == (400, "INVALID_ARGUMENT", message)


def test_the_order_of_reasons(ga4: Ga4Caller) -> None:
    request: dict[str, Any] = {"x": 1, "metrics": named("nothing"), "limit": -1, "dateRanges": []}
    reasons = []
    for mend in (
        lambda: request.pop("x"),
        lambda: request.update(metrics=named(f"{METRICS} shippingAmount")),
        lambda: request.pop("limit"),
        lambda: request.update(dateRanges=DAYS),
        lambda: request.update(metrics=[]),
        lambda: request.update(metrics=named("sessions")),
    ):
        reasons.append(ga4.ask(**request).json()["error"]["message"])
        mend()
    assert [reason.split()[0:2] for reason in reasons] == [
        ["Invalid", "JSON"],
        ["Field", "nothing"],
        ["limit", "must"],
        ["A", "dateRange"],
        ["Requests", "are"],
        ["Requests", "require"],
    ]
    assert ga4.ask(**request).ok


@pytest.mark.parametrize(
    ("dimensions", "metrics"),
    [
        (f"{EIGHT} transactionId", METRICS),
        ("itemName", "sessions totalUsers bounceRate"),
        ("itemName", "itemsViewed itemRevenue"),
        ("source", "purchaseRevenue keyEvents"),
        ("transactionId landingPage", "itemRevenue"),
    ],
)
def test_what_goes_together(ga4: Ga4Caller, dimensions: str, metrics: str) -> None:
    assert "rows" not in ga4.report(dimensions=dimensions, metrics=metrics, dateRanges=DAYS, offset=9999)


@pytest.mark.parametrize(
    ("dimensions", "metrics"),
    [
        ("medium", "addToCarts"),
        ("itemName", "purchaseRevenue"),
        ("itemId", "taxAmount"),
        ("campaignName", "itemsPurchased"),
        ("date", "itemRevenue transactions"),
    ],
)
def test_what_does_not(ga4: Ga4Caller, dimensions: str, metrics: str) -> None:
    answer = ga4.ask(dimensions=named(dimensions), metrics=named(metrics), dateRanges=DAYS)
    assert "to make the request compatible" in answer.json()["error"]["message"]


def test_batches(ga4: Ga4Caller) -> None:
    sound = {"dateRanges": DAYS, "metrics": named("sessions")}
    assert ga4.ask("batchRunReports", requests=[]).json()["error"]["message"] == (
        "The batchRunReportsRequest must contain at least one runReportRequest."
    )
    assert ga4.ask("batchRunReports", requests=[sound] * 6).json()["error"]["message"] == (
        "Batch requests are limited to 5 requests.\n  This batch request contains 6 requests."
    )
    other = {**sound, "property": "properties/411000002"}
    assert ga4.ask("batchRunReports", requests=[sound, other]).status_code == 400
    same = {**sound, "property": "properties/411000001"}
    answer = ga4.ask("batchRunReports", requests=[sound, same]).json()
    assert answer["kind"] == "analyticsData#batchRunReports"
    assert answer["reports"][0] == answer["reports"][1] == ga4.ask(**sound).json()
