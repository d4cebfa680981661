"""What is not to be taken for a GA4 property's answer, and what is not to be asked."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from loaders.common.errors import AccountMisconfigured, AccountSwitched, MalformedAnswer
from loaders.ga4.reports import SESSIONS
from tests.loaders.scripted_ga4 import ID, Property

REPORT = [SESSIONS.request(date(2026, 11, 20))]


@pytest.mark.parametrize("body", [b"<html>hotel</html>", b"[1]", b'{"reports": []}', b'{"reports": 7}'])
def test_what_is_no_report_is_refused(ga4_alone: Property, body: bytes) -> None:
    ga4_alone.between = lambda _: (200, {}, body)
    with pytest.raises(MalformedAnswer, match="ga4/harbour"):
        ga4_alone.client().reports(REPORT)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"property_id": "G-ABC123"}, "is no property: 'G-ABC123'"),
        ({}, "`property_id` is missing"),
        ({"property_id": int(ID)}, f'`property_id` .* is a number.*in quotes, property_id = "{ID}"'),
        ({"property_id": ID, "base_url": "analytics"}, "is no address"),
        ({"property_id": ID, "concurrency": 20}, "is no usable number"),
    ],
)
def test_an_accounts_file_that_is_wrong_says_what_to_write(
    ga4_alone: Property, options: dict[str, Any], says: str
) -> None:
    ga4_alone.configured.account(**options)
    with pytest.raises(AccountMisconfigured, match=says):
        ga4_alone.client()


def test_a_name_that_points_at_another_property_is_refused(ga4: Property) -> None:
    ga4.load("properties")
    ga4.configured.account(property_id=f"properties/{ID}", base_url=ga4.url)
    assert ga4.load("properties").rows == 0
    ga4.between = lambda asked: ga4.api(
        type(asked)(asked.method, asked.path.replace("999", ID), asked.query, asked.headers, asked.body)
    )
    ga4.configured.account(property_id="999", base_url=ga4.url)
    with pytest.raises(AccountSwitched, match=f"{ID}.*999"):
        ga4.load()


def test_a_property_without_a_time_zone_is_no_answer(ga4_alone: Property) -> None:
    ga4_alone.zone = ""
    with pytest.raises(MalformedAnswer, match="names no time zone"):
        ga4_alone.client().property()


def test_the_body_is_what_was_meant(ga4_alone: Property) -> None:
    ga4_alone.client().reports(REPORT)
    (asked,) = (json.loads(one.body)["requests"][0] for one in ga4_alone.asked)
    assert asked == REPORT[0]
