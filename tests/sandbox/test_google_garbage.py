"""Whatever is sent to Google's stand-ins is answered or refused; nothing breaks them."""

from __future__ import annotations

from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.ga4 import Ga4
from sandbox.ga4.fields import DIMENSIONS, METRICS
from sandbox.ga4.schema import ENUMS, MESSAGES, SCHEMA
from sandbox.google.errors import RpcError
from sandbox.google_ads import GoogleAds
from sandbox.google_ads.catalogue import ABOVE, FIELDS
from sandbox.google_ads.errors import AdsFailure
from sandbox.google_ads.pages import Pages
from sandbox.google_ads.search import Asked, search
from sandbox.running import Running

USUAL = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXTS = st.sampled_from(
    [*DIMENSIONS, *METRICS, "2026-11-20", "yesterday", "3daysAgo", "", "USD", "GBP", "(", "mobile", "x"]
)
SCALARS: dict[str, st.SearchStrategy[Any]] = {
    "string": TEXTS,
    "bool": st.booleans(),
    "int64": st.integers(-2, 12) | st.integers(-2, 12).map(str),
    "int32": st.integers(-2, 12),
    "double": st.floats(allow_nan=False, allow_infinity=False),
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


def value(kind: str, depth: int) -> st.SearchStrategy[Any]:
    """Something for a field of this kind, at times of another."""
    if kind.startswith("["):
        return st.lists(value(kind[1:-1], depth), max_size=3)
    if kind in ENUMS:
        return st.sampled_from(ENUMS[kind])
    if kind in SCALARS:
        return SCALARS[kind] | ANYTHING if depth % 5 == 4 else SCALARS[kind]
    if depth > 3:
        return st.just({})
    fields = MESSAGES[kind]
    return st.fixed_dictionaries(
        {}, optional={name: value(below, depth + 1) for name, below in fields.items()}
    )


def named(known: Any, most: int) -> st.SearchStrategy[Any]:
    return st.lists(st.sampled_from(sorted(known)).map(lambda name: {"name": name}), max_size=most)


FILTERS = value("FilterExpression", 2)
LIKELY = st.fixed_dictionaries(
    {
        "dimensions": named(DIMENSIONS, 3),
        "metrics": named(METRICS, 3),
        "dateRanges": st.just([{"startDate": "10daysAgo", "endDate": "today"}]),
    },
    optional={
        "dimensionFilter": FILTERS,
        "metricFilter": FILTERS,
        "limit": SCALARS["int64"],
        "offset": SCALARS["int64"],
        "metricAggregations": value("[MetricAggregation]", 1),
        "keepEmptyRows": st.booleans(),
        "returnPropertyQuota": st.booleans(),
    },
)


@USUAL
@given(request=LIKELY | value("RunReportRequest", 0))
def test_reports_of_anything(shared_practice: Running, request: Any) -> None:
    vendor = shared_practice.server.vendors["ga4"]
    assert isinstance(vendor, Ga4)
    try:
        answer = vendor.properties["harbour"].report(SCHEMA.read(orjson.dumps(request), "RunReportRequest"))
    except RpcError as refused:
        assert (refused.code, refused.status) == (400, "INVALID_ARGUMENT")
    else:
        assert answer["kind"] == "analyticsData#runReport"


@USUAL
@given(body=ANYTHING.map(orjson.dumps) | st.binary(max_size=20))
def test_messages_of_anything(body: bytes) -> None:
    try:
        assert isinstance(SCHEMA.read(body, "BatchRunReportsRequest"), dict)
    except RpcError as refused:
        assert refused.code == 400


WORDS = st.sampled_from(
    [
        *(
            "SELECT",
            "FROM",
            "WHERE",
            "AND",
            "ORDER BY",
            "LIMIT",
            "PARAMETERS",
            "DURING",
            "BETWEEN",
            "IN",
            "NOT IN",
        ),
        *(
            "LIKE",
            "REGEXP_MATCH",
            "IS NULL",
            "CONTAINS ANY",
            "=",
            "!=",
            "<",
            ">=",
            ",",
            "(",
            ")",
            "'",
            '"',
            ";",
        ),
        *("LAST_7_DAYS", "'2026-11-01'", "'x'", "3", "-1", "1.5", "include_drafts=true", "DESC", "\\", "é"),
        *FIELDS,
        *ABOVE,
    ]
)
OPERATORS = st.sampled_from(
    ["=", "!=", ">", "<=", "IN", "LIKE", "BETWEEN", "DURING", "IS NULL", "CONTAINS ALL"]
)
VALUES = st.sampled_from(
    ["'2026-11-01'", "'2026-11-01' AND '2026-11-20'", "LAST_7_DAYS", "3", "('ENABLED')", "'%a'", "TRUE", ""]
)


@st.composite
def queries(draw: st.DrawFn) -> str:
    """Queries that look like some, built from fields that there are."""
    resource = draw(st.sampled_from(sorted(ABOVE)))
    near = [
        path for path in FIELDS if path.startswith((f"{resource}.", "segments.", "metrics.", "customer."))
    ]
    fields = draw(st.lists(st.sampled_from(near), min_size=1, max_size=5))
    text = f"SELECT {', '.join(fields)} FROM {resource}"
    conditions = draw(st.lists(st.tuples(st.sampled_from(near), OPERATORS, VALUES).map(" ".join), max_size=3))
    if draw(st.booleans()):
        conditions.append("segments.date BETWEEN '2026-11-01' AND '2026-11-20'")
    if conditions:
        text += f" WHERE {' AND '.join(conditions)}"
    if draw(st.booleans()):
        text += f" ORDER BY {draw(st.sampled_from(near))} DESC"
    return text


@USUAL
@given(text=queries() | st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=30))
def test_queries_of_anything(shared_practice: Running, text: str) -> None:
    vendor = shared_practice.server.vendors["google_ads"]
    assert isinstance(vendor, GoogleAds)
    one = vendor.customers["harbour"]
    try:
        answer = search(Asked(one, one, "v26", "x", {"query": text}), Pages())
    except AdsFailure as refused:
        assert refused.outer[0] == 400
    else:
        assert answer["fieldMask"]
