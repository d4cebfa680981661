"""GA4's days: which are asked for, how pages become one report, and what is a new version of a day."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from loaders.common import LoadFailed
from loaders.ga4 import settings
from tests.loaders.scripted import Answer, Asked, Json
from tests.loaders.scripted_ga4 import ID, Property

DAYS = ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22"]


def values(report: Json, name: str) -> list[str]:
    """One column of a report's rows."""
    place = [one["name"] for one in report["dimensionHeaders"] + report["metricHeaders"]].index(name)
    rows = [[*one["dimensionValues"], *one["metricValues"]] for one in report.get("rows", [])]
    return [row[place]["value"] for row in rows]


def test_the_property_says_whose_days_these_are(ga4: Property) -> None:
    ga4.load()
    body = ga4.documents("properties")[ID]
    assert (body["property"], body["currencyCode"], body["timeZone"]) == (ID, "GBP", "Europe/London")
    assert body["metadata"]["name"] == f"properties/{ID}/metadata"


def test_every_day_has_a_document_also_one_without_anything(ga4: Property) -> None:
    ga4.session("2026-11-20", "google", 3)
    ga4.session("2026-11-20", "(other)", 2, date="(other)")
    ga4.load()
    found = ga4.documents("session_reports")
    assert sorted(found) == DAYS
    assert values(found["2026-11-20"]["report"], "sessions") == ["2", "3"]
    assert "rows" not in found["2026-11-19"]["report"]
    assert found["2026-11-19"]["report"]["metadata"] == {"currencyCode": "GBP", "timeZone": "Europe/London"}
    assert "remaining" in found["2026-11-19"]["report"]["propertyQuota"]["tokensPerDay"]
    assert sorted(ga4.documents("purchase_reports")) == DAYS


@pytest.mark.parametrize(
    ("zone", "newest"), [("Pacific/Auckland", "2026-11-22"), ("America/Los_Angeles", "2026-11-21")]
)
def test_today_is_the_propertys_own_by_the_vendors_clock(ga4: Property, zone: str, newest: str) -> None:
    ga4.zone = zone
    ga4.load()
    assert max(ga4.days_asked()) == newest


def test_a_day_lands_again_when_it_moved_or_is_over_and_not_for_its_quota(ga4: Property) -> None:
    ga4.session("2026-11-20", "google", 3)
    ga4.load()
    again = ga4.load()
    assert again.rows == 0
    assert again.resources["session_reports"].unchanged == 5
    ga4.sessions["2026-11-20"][0]["sessions"] = "4"
    assert ga4.load().resources["session_reports"].rows == 1
    ga4.now += timedelta(days=7)
    ga4.asked.clear()
    later = ga4.load("session_reports").resources["session_reports"]
    # Everything that was open when it was last read, and the days since: four are final now, seven are new.
    assert ga4.days_asked()[0] == "2026-11-18"
    assert (later.rows, later.unchanged) == (4 + 7, 1)
    finals = {day: body["is_final"] for day, body in ga4.documents("session_reports").items()}
    assert [day for day, final in finals.items() if final] == DAYS[:4]


def test_days_that_are_final_are_not_asked_for_again(ga4: Property) -> None:
    ga4.load()
    ga4.now += timedelta(days=30)
    ga4.load()
    ga4.asked.clear()
    ga4.load("session_reports")
    assert min(ga4.days_asked()) == "2026-12-15"


def test_pages_are_read_until_every_row_is_there(ga4: Property, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ROWS_PER_PAGE", 3)
    for number in range(8):
        ga4.session("2026-11-19", f"site{number}")
        ga4.session("2026-11-21", f"site{number % 4}", landingPage=str(number))
    # What a later page says of the whole must not be lost.
    ga4.flags["2026-11-19"] = {"subjectToThresholding": True}
    ga4.load("session_reports")
    found = ga4.documents("session_reports")
    assert values(found["2026-11-19"]["report"], "sessionSource") == [f"site{one}" for one in range(8)]
    assert found["2026-11-19"]["report"]["rowCount"] == 8
    assert found["2026-11-19"]["report"]["metadata"]["subjectToThresholding"] is True
    assert len(values(found["2026-11-21"]["report"], "sessions")) == 8
    asked = [json.loads(one.body)["requests"] for one in ga4.asked if one.path.endswith("Reports")]
    assert max(len(one) for one in asked) == settings.REPORTS_PER_BATCH


def test_rows_that_come_while_pages_are_read_begin_the_day_anew(
    ga4: Property, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ROWS_PER_PAGE", 3)
    for number in range(5):
        ga4.session("2026-11-22", f"site{number}")
    late = iter(["late1", "late2"])

    def between(asked: Asked) -> Answer | None:
        if b'"offset":"3"' in asked.body.replace(b" ", b""):
            for source in (next(late, None),):
                if source:
                    ga4.session("2026-11-22", source)
        return None

    ga4.between = between
    ga4.load("session_reports")
    found = values(ga4.documents("session_reports")["2026-11-22"]["report"], "sessionSource")
    assert found == ["late1", "late2", *(f"site{number}" for number in range(5))]


def test_a_row_that_is_pushed_to_the_next_page_is_not_counted_twice(
    ga4: Property, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ROWS_PER_PAGE", 3)
    for number in range(6):
        ga4.session("2026-11-22", f"site{number}")
    late = iter(["late"])

    def between(asked: Asked) -> Answer | None:
        if b'"offset":"3"' in asked.body.replace(b" ", b"") and next(late, None):
            # As many rows as before: one is new, one went into another.
            ga4.session("2026-11-22", "late")
            rows = ga4.sessions["2026-11-22"]
            rows.insert(0, rows.pop())
            rows.pop()
        return None

    ga4.between = between
    ga4.load("session_reports")
    found = values(ga4.documents("session_reports")["2026-11-22"]["report"], "sessionSource")
    assert found == ["late", *(f"site{number}" for number in range(5))]


def test_a_day_that_never_keeps_still_is_left_to_the_next_run(
    ga4: Property, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ROWS_PER_PAGE", 1)
    for number in range(3):
        ga4.session("2026-11-22", f"site{number}")

    def between(asked: Asked) -> Answer | None:
        ga4.session("2026-11-22", f"more{len(ga4.asked)}")
        return None

    ga4.between = between
    with pytest.raises(LoadFailed, match="2026-11-22 keeps changing"):
        ga4.load("session_reports")


def test_given_days_are_read_and_the_next_run_goes_on_where_it_was(ga4: Property) -> None:
    ga4.load()
    ga4.asked.clear()
    ga4.load("session_reports", since="2026-08-01", until="2026-08-02")
    assert ga4.days_asked() == ["2026-08-01", "2026-08-02"]
    ga4.asked.clear()
    ga4.load("session_reports")
    assert ga4.days_asked() == DAYS


def test_days_before_the_vendors_first_are_left_out_and_said(ga4: Property) -> None:
    report = ga4.load("session_reports", since="2015-01-01", until="2015-08-16")
    assert ga4.days_asked() == ["2015-08-15", "2015-08-16"]
    assert "days before 2015-08-15 are out of the vendor's reach" in report.warnings[0]


def test_metrics_that_are_hidden_from_the_credentials_are_warned_of(ga4: Property) -> None:
    ga4.blocked = ["purchaseRevenue", "advertiserAdCost"]
    (warning,) = ga4.load().warnings
    assert "purchaseRevenue is always 0 for these credentials (NO_REVENUE_METRICS)" in warning


def test_no_more_requests_at_once_than_is_courteous(ga4: Property) -> None:
    ga4.latency = 0.02
    ga4.configured.account(property_id=ID, base_url=ga4.url, since="2026-10-01")
    ga4.load()
    assert ga4.most_busy == settings.CONCURRENCY
