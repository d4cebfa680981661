"""What is asked of Google, held against the packages that Google publishes for the same versions."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from google.ads.googleads.v26.services.types.google_ads_service import GoogleAdsRow, SearchGoogleAdsRequest
from google.analytics.data_v1beta.types import BatchRunReportsRequest
from google.protobuf import json_format  # type: ignore[import-untyped]
from google.protobuf.descriptor import (  # type: ignore[import-untyped]
    Descriptor,
    FieldDescriptor,
)

from loaders.common.days import Days
from loaders.ga4 import settings as ga4_settings
from loaders.ga4.reports import PROBE
from loaders.ga4.reports import REPORTS as GA4_REPORTS
from loaders.google_ads import queries
from loaders.google_ads import settings as ads_settings
from loaders.google_ads.queries import REPORTS

DAYS = Days(date(2026, 11, 1), date(2026, 11, 10))
QUERY = re.compile(r"SELECT (?P<fields>[a-z0-9_., ]+) FROM (?P<resource>[a-z_]+)(?: WHERE (?P<where>.+))?")


def sent() -> dict[str, str]:
    """Every query there is, by a name."""
    names = ("CUSTOMER", "CLIENTS", "CAMPAIGNS", "AD_GROUPS", "ADS", "CONVERSION_ACTIONS")
    found = {name: str(getattr(queries, name)) for name in names}
    for report in REPORTS:
        found |= {f"{report.resource} by ad": report.by_ad(DAYS)}
        found |= {f"{report.resource} by campaign": report.by_campaign(DAYS)}
    return found


def field(message: Descriptor, path: str) -> FieldDescriptor:
    """The field of a row at a path of the query language, in which no name ends in an underscore."""
    head, _, rest = path.partition(".")
    known = {one.name.removesuffix("_"): one for one in message.fields}
    assert head in known, f"{message.name} has no {head}"
    assert known[head].json_name.rstrip("_") == _camel(head)
    return field(known[head].message_type, rest) if rest else known[head]


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(one.capitalize() for one in others)


def test_the_pinned_version_of_google_ads_is_the_packages() -> None:
    client = import_module("google.ads.googleads.client")
    assert client._DEFAULT_VERSION == ads_settings.API_VERSION


@pytest.mark.parametrize("name", sent())
def test_every_field_of_a_query_is_one_of_a_row(name: str) -> None:
    query = QUERY.fullmatch(sent()[name])
    assert query
    row: Descriptor = GoogleAdsRow.pb().DESCRIPTOR
    assert query["resource"] in row.fields_by_name
    asked = query["fields"].split(", ")
    assert len(asked) == len(set(asked))
    for one in asked:
        assert field(row, one).message_type is None, f"{one} is no single value"
    if query["where"]:
        assert query["where"] == "segments.date BETWEEN '2026-11-01' AND '2026-11-10'"
        assert "segments.date" in asked


@pytest.mark.parametrize("name", sent())
def test_figures_are_of_what_the_query_is_about_or_above_it(name: str) -> None:
    query = QUERY.fullmatch(sent()[name])
    assert query
    above = {"ad_group_ad": {"ad_group", "campaign"}, "ad_group": {"campaign"}}.get(query["resource"], set())
    asked = {one.partition(".")[0] for one in query["fields"].split(", ")}
    assert asked <= {query["resource"], "segments", "metrics"} | above


@pytest.mark.parametrize("body", [{"query": queries.CUSTOMER}, {"query": queries.ADS, "pageToken": "x"}])
def test_a_question_to_google_ads_is_read_strictly(body: dict[str, Any]) -> None:
    read = json_format.ParseDict(body, SearchGoogleAdsRequest.pb()())
    assert json_format.MessageToDict(read) == body


@pytest.mark.parametrize(
    "requests",
    [[PROBE], *([one.request(date(2026, 11, 1)), one.request(date(2026, 11, 2))] for one in GA4_REPORTS)],
)
def test_a_batch_of_reports_is_read_strictly(requests: list[dict[str, Any]]) -> None:
    assert len(requests) <= ga4_settings.REPORTS_PER_BATCH
    read = json_format.ParseDict({"requests": requests}, BatchRunReportsRequest.pb()())
    sent_again = json_format.MessageToDict(read)["requests"]
    # What stands at its default is not written again.
    assert sent_again == [
        {key: value for key, value in one.items() if (key, value) != ("offset", "0")} for one in requests
    ]


@pytest.mark.parametrize("report", GA4_REPORTS, ids=lambda one: one.resource)
def test_reports_stay_within_the_vendors_limits(report: Any) -> None:
    assert len(set(report.dimensions)) == len(report.dimensions) <= ga4_settings.MOST_DIMENSIONS
    assert len(set(report.metrics)) == len(report.metrics) <= ga4_settings.MOST_METRICS
    # Fields of another scope than the session's are not compatible with these metrics.
    event_scoped = {"source", "medium", "campaignName", "defaultChannelGroup", "itemId", "itemName"}
    assert not event_scoped & set(report.dimensions)
    assert not {one for one in report.metrics if one.startswith("item") and one != "itemViewEvents"}
