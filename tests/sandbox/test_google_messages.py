"""What the stand-ins take and say is held against the packages that Google publishes."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from google.ads.googleads.v26.services.types.google_ads_service import (
    GoogleAdsRow,
    SearchGoogleAdsRequest,
    SearchGoogleAdsStreamRequest,
)
from google.analytics.data_v1beta import types
from google.protobuf.descriptor import Descriptor, FieldDescriptor  # type: ignore[import-untyped]

import sandbox.google_ads
from sandbox.ga4.fields import METRICS
from sandbox.ga4.schema import SCHEMA
from sandbox.google.errors import RpcError
from sandbox.google_ads.catalogue import ENUM, FIELDS, TEXTS
from sandbox.google_ads.schema import schema

SCALARS = {1: "double", 3: "int64", 5: "int32", 8: "bool", 9: "string"}
ERRORS = (
    *("authentication_error", "authorization_error", "date_range_error", "header_error", "internal_error"),
    *("query_error", "quota_error", "request_error"),
)


def shape(message: Descriptor, package: str, found: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """The fields of a message and of all below it, in the words of the stand-in's schema."""
    name = message.full_name.removeprefix(f"{package}.")
    if name not in found:
        found[name] = {one.name: kind(one, package) for one in message.fields}
        for one in message.fields:
            if one.message_type is not None:
                shape(one.message_type, package, found)
    return found


def kind(one: FieldDescriptor, package: str) -> str:
    below = one.message_type or one.enum_type
    name = below.full_name.removeprefix(f"{package}.").rpartition("enums.")[2] if below else SCALARS[one.type]
    return f"[{name}]" if one.is_repeated else name


def test_the_data_api_takes_googles_messages() -> None:
    found: dict[str, dict[str, str]] = {}
    for one in (types.RunReportRequest, types.BatchRunReportsRequest, types.CheckCompatibilityRequest):
        shape(one.pb().DESCRIPTOR, SCHEMA.package, found)
    assert found == SCHEMA.messages


def test_the_data_apis_enums_have_googles_values() -> None:
    for name, values in SCHEMA.enums.items():
        place: Any = types
        for part in name.split("."):
            place = getattr(place, part)
        assert set(values) == set(place.__members__), name
    assert {one.type for one in METRICS.values()} <= set(types.MetricType.__members__)


def test_google_ads_takes_googles_messages() -> None:
    here = schema("v26")
    found: dict[str, dict[str, str]] = {}
    for one in (SearchGoogleAdsRequest, SearchGoogleAdsStreamRequest):
        shape(one.pb().DESCRIPTOR, here.package, found)
    assert found == here.messages


@pytest.mark.parametrize("path", FIELDS)
def test_every_field_of_a_query_is_one_of_googles(path: str) -> None:
    message: Descriptor = GoogleAdsRow.pb().DESCRIPTOR
    *parts, last = path.split(".")
    for part in parts:
        message = message.fields_by_name[part].message_type
    known = {one.name.removesuffix("_"): one for one in message.fields}
    one = known[last]
    if FIELDS[path].kind == ENUM:
        assert set(FIELDS[path].values) <= {value.name for value in one.enum_type.values}
    else:
        assert (f"[{SCALARS[one.type]}]" if one.is_repeated else SCALARS[one.type]) == FIELDS[path].kind
    assert (FIELDS[path].kind == TEXTS) == one.is_repeated


def test_every_code_of_a_refusal_is_one_of_googles() -> None:
    known: set[str] = set()
    for name in ERRORS:
        module = import_module(f"google.ads.googleads.v26.errors.types.{name}")
        title = "".join(part.capitalize() for part in name.split("_"))
        known |= set(getattr(getattr(module, f"{title}Enum"), title).__members__)
    folder = Path(sandbox.google_ads.__file__).parent
    calls = re.compile(r'(?:query_error|request_error|denied|nobody)\(\s*"([A-Z_]+)"')
    used = {code for page in folder.glob("*.py") for code in calls.findall(page.read_text())}
    used |= {f"PROHIBITED_{what}_IN_SELECT_OR_WHERE_CLAUSE" for what in ("METRIC", "SEGMENT")}
    assert len(used) > 25
    assert used <= known


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"x": 1}', 'Invalid JSON payload received. Unknown name "x": Cannot find field.'),
        (
            b'{"dateRanges": [{"startdate": ""}]}',
            'Invalid JSON payload received. Unknown name "startdate" '
            "at 'date_ranges[0]': Cannot find field.",
        ),
        (b'{"limit": "ten"}', "Invalid value at 'limit' (TYPE_INT64), \"ten\""),
        (b'{"limit": 1.5}', "Invalid value at 'limit' (TYPE_INT64), 1.5"),
        (b'{"keepEmptyRows": "maybe"}', "Invalid value at 'keep_empty_rows' (TYPE_BOOL), \"maybe\""),
        (
            b'{"dimensions": ["date"]}',
            "Invalid value at 'dimensions[0]' "
            '(type.googleapis.com/google.analytics.data.v1beta.Dimension), "date"',
        ),
        (
            b'{"currencyCode": ["EUR"]}',
            'Invalid JSON payload received. Unknown name "currencyCode": '
            "Proto field is not repeating, cannot start list.",
        ),
        (b"[]", 'Invalid JSON payload received. Unknown name "": Root element must be a message.'),
    ],
)
def test_json_that_is_no_message(body: bytes, message: str) -> None:
    with pytest.raises(RpcError) as refused:
        SCHEMA.read(body, "RunReportRequest")
    assert refused.value.message == message
    (details,) = refused.value.details or []
    assert [one["description"] for one in details["fieldViolations"]] == [message]


def test_json_that_is_a_message() -> None:
    sent = (
        b'{"limit": "5", "offset": 2, "date_ranges": [{"startDate": "today", "name": null}], "metrics": null}'
    )
    assert SCHEMA.read(sent, "RunReportRequest") == {
        "limit": 5,
        "offset": 2,
        "date_ranges": [{"start_date": "today"}],
    }
    assert SCHEMA.read(b"", "RunReportRequest") == {}
