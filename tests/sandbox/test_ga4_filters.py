"""Filters of the Data API, one kind at a time, and dimensions that are made of others."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.ga4.filters import test_of as passes
from sandbox.google.errors import RpcError
from tests.sandbox.google_callers import Ga4Caller, named, table


def text(kind: str, value: str, **more: Any) -> dict[str, Any]:
    return {"filter": {"field_name": "x", "string_filter": {"match_type": kind, "value": value, **more}}}


def number(operation: str, **value: Any) -> dict[str, Any]:
    return {"filter": {"field_name": "x", "numeric_filter": {"operation": operation, "value": value}}}


def between(low: int, high: float) -> dict[str, Any]:
    ends = {"from_value": {"int64_value": low}, "to_value": {"double_value": high}}
    return {"filter": {"field_name": "x", "between_filter": ends}}


def one_of(*values: str, **more: Any) -> dict[str, Any]:
    return {"filter": {"field_name": "x", "in_list_filter": {"values": list(values), **more}}}


YES, NO = text("EXACT", "Paid Search"), text("EXACT", "Email")


@pytest.mark.parametrize(
    ("expression", "kept"),
    [
        ({}, True),
        (text("EXACT", "paid search"), True),
        (text("EXACT", "paid search", case_sensitive=True), False),
        (text("BEGINS_WITH", "PAID"), True),
        (text("ENDS_WITH", "paid"), False),
        (text("CONTAINS", "d s"), True),
        (text("FULL_REGEXP", "paid.*"), True),
        (text("FULL_REGEXP", "paid"), False),
        (text("PARTIAL_REGEXP", "^p.*h$"), True),
        (text("PARTIAL_REGEXP", "^p", case_sensitive=True), False),
        (one_of("email", "paid search"), True),
        (one_of("paid search", case_sensitive=True), False),
        ({"filter": {"field_name": "x", "empty_filter": {}}}, False),
        ({"and_group": {"expressions": [YES, NO]}}, False),
        ({"or_group": {"expressions": [YES, NO]}}, True),
        ({"not_expression": NO}, True),
        (number("EQUAL", int64_value=3), False),
    ],
)
def test_filters_of_texts(expression: dict[str, Any], kept: bool) -> None:
    assert passes(expression)(lambda name: {"x": "Paid Search"}[name]) is kept


@pytest.mark.parametrize(
    ("expression", "kept"),
    [
        (number("EQUAL", int64_value=3), True),
        (number("LESS_THAN", int64_value=3), False),
        (number("LESS_THAN_OR_EQUAL", double_value=3.0), True),
        (number("GREATER_THAN", double_value=2.9), True),
        (number("GREATER_THAN_OR_EQUAL", int64_value=4), False),
        (between(3, 4.5), True),
        (between(0, 3.0), True),
        (between(4, 9), False),
    ],
)
def test_filters_of_numbers(expression: dict[str, Any], kept: bool) -> None:
    assert passes(expression)(lambda _: 3) is kept
    assert passes(expression)(lambda _: "3") is kept


@pytest.mark.parametrize(
    "expression",
    [text("FULL_REGEXP", "("), number("OPERATION_UNSPECIFIED"), {"filter": {"field_name": "x"}}],
)
def test_filters_that_make_no_sense(expression: dict[str, Any]) -> None:
    with pytest.raises(RpcError) as refused:
        passes(expression)
    assert refused.value.code == 400


def test_dimensions_made_of_others(ga4: Ga4Caller) -> None:
    lower = {"lowerCase": {"dimensionName": "sessionDefaultChannelGroup"}}
    upper = {"upperCase": {"dimensionName": "country"}}
    both = {"concatenate": {"dimensionNames": ["sessionSource", "sessionMedium"], "delimiter": " / "}}
    dimensions = [
        {"name": "group", "dimensionExpression": lower},
        {"name": "land", "dimensionExpression": upper},
        {"name": "way", "dimensionExpression": both},
        {"name": "sessionSourceMedium"},
    ]
    days = [{"startDate": "7daysAgo", "endDate": "yesterday"}]
    rows = table(ga4.ask(dimensions=dimensions, metrics=named("sessions"), dateRanges=days).json())
    assert {"direct", "organic search"} <= {row["group"] for row in rows}
    assert "UNITED KINGDOM" in {row["land"] for row in rows}
    assert all(row["way"] == row["sessionSourceMedium"] for row in rows)
    wrong = {"name": "x", "dimensionExpression": {"lowerCase": {"dimensionName": "town"}}}
    assert ga4.ask(dimensions=[wrong], dateRanges=days).status_code == 400


def test_invisible_metrics_order_and_filter_but_are_not_shown(ga4: Ga4Caller) -> None:
    days = [{"startDate": "28daysAgo", "endDate": "yesterday"}]
    metrics = [{"name": "sessions"}, {"name": "checkouts", "invisible": True}]
    report = ga4.ask(
        dimensions=named("sessionSource"),
        metrics=metrics,
        dateRanges=days,
        orderBys=[{"metric": {"metricName": "checkouts"}, "desc": True}],
    ).json()
    assert [one["name"] for one in report["metricHeaders"]] == ["sessions"]
    shown = [row["sessionSource"] for row in table(report)]
    by_checkouts = ga4.report(dimensions="sessionSource", metrics="checkouts sessions")
    assert shown[0] == table(by_checkouts)[0]["sessionSource"]
