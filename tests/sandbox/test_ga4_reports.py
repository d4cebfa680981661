"""Reports of the Data API: their form, and that they say what the business's analytics got."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from google.analytics.data_v1beta import types
from google.protobuf import json_format  # type: ignore[import-untyped]

from sandbox.business.marketing.types import Hit
from sandbox.ga4.report import number_text
from tests.sandbox.google_callers import Ga4Caller, named, table

FIRST, LAST = date(2026, 10, 1), date(2026, 11, 20)
DAYS = [{"startDate": f"{FIRST}", "endDate": f"{LAST}"}]
EIGHT = (
    "date sessionDefaultChannelGroup sessionSource sessionMedium sessionCampaignName landingPage "
    "deviceCategory country"
)
FUNNEL = (
    "sessions engagedSessions totalUsers newUsers itemViewEvents addToCarts checkouts ecommercePurchases "
    "purchaseRevenue"
)


def got(ga4: Ga4Caller) -> list[Hit]:
    """What the property got of the days."""
    marketing = ga4.here.sandbox.world.marketing
    span = range((LAST - FIRST).days + 1)
    return [hit for step in span for hit in marketing.hits("harbour", FIRST + timedelta(days=step))]


def test_the_funnel_is_what_was_received(ga4: Ga4Caller) -> None:
    hits = got(ga4)
    rows = table(ga4.report(dimensions=EIGHT, metrics=FUNNEL, dateRanges=DAYS))
    assert {key: sum(float(row[key]) for row in rows) for key in FUNNEL.split() if key[:5] != "total"} == {
        "sessions": len(hits),
        "engagedSessions": sum(one.visit.engaged for one in hits),
        "newUsers": sum(one.visit.is_new for one in hits),
        "itemViewEvents": sum(one.visit.views_item for one in hits),
        "addToCarts": sum(one.visit.adds_to_cart for one in hits),
        "checkouts": sum(one.visit.begins_checkout for one in hits),
        "ecommercePurchases": sum(len(one.purchases) for one in hits),
        "purchaseRevenue": pytest.approx(float(sum(p.revenue for one in hits for p in one.purchases))),
    }
    by_group = Counter[str]()
    for row in rows:
        by_group[row["sessionDefaultChannelGroup"]] += int(row["sessions"])
    assert by_group == Counter(one.visit.channel_group for one in hits)
    assert {row["date"] for row in rows} == {f"{one.visit.day:%Y%m%d}" for one in hits}
    assert {"(direct)", "(organic)"} <= {row["sessionCampaignName"] for row in rows}


def test_purchases_by_id_with_repeated_ones_and_those_without(ga4: Ga4Caller) -> None:
    purchases = [(one, hit.visit) for hit in got(ga4) for one in hit.purchases]
    metrics = "ecommercePurchases purchaseRevenue taxAmount shippingAmount refundAmount"
    rows = table(ga4.report(dimensions="date transactionId", metrics=metrics, dateRanges=DAYS))
    counted = Counter({(row["date"], row["transactionId"]): int(row["ecommercePurchases"]) for row in rows})
    missing = {"mobile": ""}
    assert counted == Counter(
        (f"{visit.day:%Y%m%d}", one.transaction_id or missing.get(visit.device, "(not set)"))
        for one, visit in purchases
    )
    for name, part in (("taxAmount", "tax"), ("shippingAmount", "shipping")):
        wanted = sum((getattr(one, part) for one, _ in purchases), Decimal(0))
        assert sum(Decimal(row[name]) for row in rows) == wanted
    assert {row["refundAmount"] for row in rows} == {"0"}


def test_users_of_days_add_up_to_more_than_there_are(ga4: Ga4Caller) -> None:
    report = ga4.report(
        dimensions="date", metrics="totalUsers", dateRanges=DAYS, metricAggregations=["TOTAL", "MAXIMUM"]
    )
    by_day = [int(row["totalUsers"]) for row in table(report)]
    (total,), (most,) = report["totals"], report["maximums"]
    assert total["dimensionValues"] == [{"value": "RESERVED_TOTAL"}]
    assert most["dimensionValues"] == [{"value": "RESERVED_MAX"}]
    assert int(total["metricValues"][0]["value"]) == len({one.visit.visitor for one in got(ga4)})
    assert sum(by_day) > int(total["metricValues"][0]["value"]) > max(by_day)
    assert int(most["metricValues"][0]["value"]) == max(by_day) == by_day[0]


def test_an_answer_is_googles_message(ga4: Ga4Caller) -> None:
    request = {"dimensions": named(EIGHT), "metrics": named(FUNNEL), "dateRanges": DAYS, "limit": 20}
    answer = ga4.ask(returnPropertyQuota=True, metricAggregations=["TOTAL"], **request)
    message = types.RunReportResponse.pb()()
    json_format.Parse(answer.text, message)
    assert len(message.rows) == 20 < message.row_count
    assert message.metadata.time_zone == "Europe/London"
    batch = types.BatchRunReportsResponse.pb()()
    json_format.Parse(ga4.ask("batchRunReports", requests=[request]).text, batch)
    assert len(batch.reports[0].rows) == 20
    # Nothing that stands at its default is written.
    again = json_format.MessageToDict(message)
    quota = again["propertyQuota"]["concurrentRequests"]
    assert {"consumed": 0, **quota} == answer.json()["propertyQuota"]["concurrentRequests"]
    assert {**again, "propertyQuota": 0} == {**answer.json(), "propertyQuota": 0}


def test_an_empty_answer_has_neither_rows_nor_their_number(ga4: Ga4Caller) -> None:
    future = [{"startDate": "2027-01-01", "endDate": "2027-01-05"}]
    assert ga4.report(dimensions="date", metrics="sessions", dateRanges=future) == {
        "dimensionHeaders": [{"name": "date"}],
        "metricHeaders": [{"name": "sessions", "type": "TYPE_INTEGER"}],
        "metadata": {"currencyCode": "GBP", "timeZone": "Europe/London"},
        "kind": "analyticsData#runReport",
    }


def test_rows_of_nothing_but_zeros_come_when_asked_for(ga4: Ga4Caller) -> None:
    ask: dict[str, Any] = {"dimensions": "date deviceCategory country", "metrics": "checkouts"}
    without, with_ = ga4.report(**ask), ga4.report(**ask, keepEmptyRows=True)
    assert 0 < without["rowCount"] < with_["rowCount"]
    assert {row["checkouts"] for row in table(without)} - {"0"} == {
        row["checkouts"] for row in table(without)
    }


def test_rows_come_in_order_and_in_pages(ga4: Ga4Caller) -> None:
    ask: dict[str, Any] = {"dimensions": "date sessionSource", "metrics": "sessions", "dateRanges": DAYS}
    usual = [int(row["sessions"]) for row in table(ga4.report(**ask))]
    assert usual == sorted(usual, reverse=True)
    orders = [{"dimension": {"dimensionName": name}} for name in ("date", "sessionSource")]
    everything = ga4.report(**ask, orderBys=orders)
    ordered = [(row["date"], row["sessionSource"]) for row in table(everything)]
    assert ordered == sorted(ordered)
    size, paged = 50, []
    for offset in range(0, everything["rowCount"], size):
        page = ga4.report(**ask, orderBys=orders, limit=str(size), offset=str(offset))
        assert page["rowCount"] == everything["rowCount"]
        paged += page["rows"]
    assert paged == everything["rows"]


def test_filters_before_and_after_counting(ga4: Ga4Caller) -> None:
    phones = {"filter": {"fieldName": "deviceCategory", "stringFilter": {"value": "MOBILE"}}}
    many = {"operation": "GREATER_THAN", "value": {"int64Value": "3"}}
    rows = table(
        ga4.report(
            dimensions="date",
            metrics="sessions",
            dateRanges=DAYS,
            dimensionFilter=phones,
            metricFilter={"filter": {"fieldName": "sessions", "numericFilter": many}},
        )
    )
    by_day = Counter(f"{one.visit.day:%Y%m%d}" for one in got(ga4) if one.visit.device == "mobile")
    expected = {day: count for day, count in by_day.items() if count > 3}
    assert {row["date"]: int(row["sessions"]) for row in rows} == expected


def test_several_ranges_are_told_apart_by_a_dimension_of_their_own(ga4: Ga4Caller) -> None:
    ranges = [{"startDate": "7daysAgo", "endDate": "yesterday", "name": "week"}, *DAYS]
    report = ga4.report(dimensions="deviceCategory", metrics="sessions", dateRanges=ranges)
    assert [one["name"] for one in report["dimensionHeaders"]] == ["deviceCategory", "dateRange"]
    assert {row["dateRange"] for row in table(report)} == {"week", "date_range_1"}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (3, "3"),
        (Decimal("541.90"), "541.9"),
        (9.0, "9"),
        (0.1 + 0.2, "0.30000000000000004"),
        (257 / 264, "0.97348484848484851"),
        (Decimal(0), "0"),
    ],
)
def test_numbers_are_written_with_15_digits_or_17(number: Any, text: str) -> None:
    assert number_text(number) == text
    assert json.loads(text) == float(number)


def test_metadata_and_compatibility(ga4: Ga4Caller) -> None:
    known = ga4.call("/ga4/v1beta/properties/411000001/metadata", method="GET").json()
    json_format.ParseDict(known, types.Metadata.pb()())
    assert known["name"] == "properties/411000001/metadata"
    assert (
        ga4.call("/ga4/v1beta/properties/0/metadata", method="GET").json()["name"] == "properties/0/metadata"
    )
    old = {
        one["apiName"]: one["deprecatedApiNames"] for one in known["metrics"] if "deprecatedApiNames" in one
    }
    assert old == {"keyEvents": ["conversions"]}
    answer = ga4.ask("checkCompatibility", dimensions=named("source"), compatibilityFilter="INCOMPATIBLE")
    json_format.ParseDict(answer.json(), types.CheckCompatibilityResponse.pb()())
    names = {one["metricMetadata"]["apiName"] for one in answer.json()["metricCompatibilities"]}
    assert {"checkouts", "taxAmount", "itemRevenue"} <= names
    assert not {"sessions", "purchaseRevenue"} & names
    clash = ga4.ask("checkCompatibility", dimensions=named("source"), metrics=named("checkouts"))
    assert clash.status_code == 400
