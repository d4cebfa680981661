"""How much Meta's stand-in takes, what its headers say of it, and how it fails."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import requests

from sandbox.running import Running
from tests.sandbox.ads_world import (
    BROAD,
    NOW,
    YESTERDAY,
    FixedMarketing,
    advertising,
    control,
    delivery,
    tidied,
)
from tests.sandbox.meta import ACT, Meta

USAGE = ("x-business-use-case-usage", "x-ad-account-usage", "x-app-usage", "x-fb-ads-insights-throttle")


@pytest.fixture(scope="module")
def shared() -> Iterator[Running]:
    marketing = FixedMarketing({("meta_ads", "harbour", YESTERDAY): [delivery(BROAD)]})
    with advertising(marketing) as running:
        yield running


@pytest.fixture
def here(shared: Running) -> Iterator[Running]:
    yield from tidied(shared)


@pytest.fixture
def meta(here: Running) -> Meta:
    return Meta(here, "harbour")


def fault(here: Running, kind: str, **options: Any) -> None:
    control(here, "faults", kind=kind, platform="meta_ads", **options)


@pytest.mark.parametrize(
    ("route", "code", "shown"),
    [("insights", None, 80000), ("campaigns", None, 80004), ("insights", 4, 4), ("insights", 613, 613)],
)
def test_throttles_are_400_with_a_code(
    here: Running, meta: Meta, route: str, code: int | None, shown: int
) -> None:
    fault(here, "throttled", store="harbour", route=route, code=code, minutes=7)
    answer = meta.ask(f"{ACT}/{route}")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == shown
    [usage] = json.loads(answer.headers[USAGE[0]])["550000000000001"]
    assert (usage["call_count"], usage["estimated_time_to_regain_access"]) == (100, 7)
    assert json.loads(answer.headers[USAGE[1]])["reset_time_duration"] == 420
    assert "retry-after" not in answer.headers
    assert meta.ask(f"{ACT}/{route}").status_code == 200


def test_an_allowance_is_used_up_until_its_hour_is_over(here: Running, meta: Meta) -> None:
    control(here, "accounts/meta_ads/harbour", calls_per_hour=4)
    used = [
        json.loads(meta.ask(f"{ACT}/insights").headers["x-fb-ads-insights-throttle"])["acc_id_util_pct"]
        for _ in range(4)
    ]
    assert used == [25, 50, 75, 100]
    assert meta.error(f"{ACT}/insights")["error_subcode"] == 2446079
    assert meta.ask(f"{ACT}/campaigns").status_code == 200
    here.sandbox.advance(NOW + timedelta(hours=1))
    assert meta.ask(f"{ACT}/insights").status_code == 200


def test_headers_warn_before(here: Running, meta: Meta) -> None:
    fault(here, "near_limit", store="harbour", percent=97, minutes=3)
    answer = meta.ask(f"{ACT}/insights")
    assert answer.status_code == 200
    assert set(USAGE) <= set(answer.headers)
    assert json.loads(answer.headers["x-app-usage"])["call_count"] == 97
    assert answer.headers["facebook-api-version"] == "v26.0"


def test_the_service_fails_in_its_own_words(here: Running, meta: Meta) -> None:
    fault(here, "server_error", store="harbour")
    down = meta.error(ACT, status=503)
    assert (down["code"], down["is_transient"]) == (2, True)
    fault(here, "reduce_data", store="harbour")
    assert meta.ask(ACT).status_code == 200
    big = meta.error(f"{ACT}/insights", status=500)
    assert (big["code"], big["message"][:33]) == (1, "Please reduce the amount of data ")
    fault(here, "internal_error", store="harbour")
    assert meta.error(ACT, status=200)["message"] == "An unknown error occurred"
    fault(here, "html_error", store="harbour", status=502)
    assert meta.ask(ACT).text.startswith("<!DOCTYPE html>")
    fault(here, "truncated_json", store="harbour")
    with pytest.raises(requests.JSONDecodeError):
        meta.ask(ACT).json()


def test_an_answer_can_wait(here: Running, meta: Meta) -> None:
    fault(here, "latency", store="harbour", seconds=0.2)
    started = time.monotonic()
    meta.get(ACT)
    assert time.monotonic() - started > 0.2
