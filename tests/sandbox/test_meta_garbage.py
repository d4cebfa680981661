"""Whatever is sent to Meta's and TikTok's stand-ins is refused in their words; nothing breaks them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from sandbox.running import Running
from tests.sandbox.ads_world import BROAD, YESTERDAY, FixedMarketing, advertising, claim, control, delivery
from tests.sandbox.meta import ACT, Meta
from tests.sandbox.tiktok import ALPINE, REPORT, TikTok

NASTY = (
    "", "0", "-1", "1e9", "99999999999999999999", "null", "true", "[]", "{}", '[""]', "[null]", '["x"]',
    "[[]]", '[{"field":"ad.spend","operator":"GREATER_THAN","value":"x"}]',
    '[{"field":"ad.name","operator":"CONTAIN","value":5}]', '[{"field":"ad.id","operator":"IN"}]',
    '[{"field":"effective_status","operator":"IN","value":7}]', '{"since":1,"until":2}',
    '{"since":"2026-11-01"}', '[{"since":"2026-11-01","until":"2026-11-02"}]', '{"since":null}', "ü\x00",
    "2026-11-01", "2026-13-41", "spend", "ad", "é" * 50, "²", '["ad_id"]', '[{"field_name":"ad_status"}]',
)  # fmt: skip
OF_META = (
    "fields", "level", "time_range", "time_ranges", "time_increment", "date_preset", "filtering", "limit",
    "after", "before", "sort", "action_attribution_windows", "breakdowns", "action_breakdowns",
    "effective_status",
)  # fmt: skip
OF_TIKTOK = (
    "report_type", "data_level", "dimensions", "metrics", "start_date", "end_date", "page", "page_size",
    "filtering", "query_lifetime", "order_field", "order_type", "service_type", "advertiser_id",
)  # fmt: skip


@pytest.fixture(scope="module")
def here() -> Iterator[Running]:
    deliveries = {(platform, name, YESTERDAY): [delivery(BROAD)] for platform, name in (
        ("meta_ads", "harbour"), ("tiktok_ads", "alpine"))}  # fmt: skip
    claims = {("meta_ads", "harbour"): [claim(BROAD)], ("tiktok_ads", "alpine"): [claim(BROAD)]}
    with advertising(FixedMarketing(deliveries, claims)) as running:
        control(running, "accounts/tiktok_ads/alpine", qps=0, qpm=0)
        yield running


def garbage(rng: random.Random, names: tuple[str, ...]) -> dict[str, Any]:
    """One or two parameters that are wrong."""
    return {name: rng.choice(NASTY) for name in rng.sample(names, rng.choice((1, 1, 2)))}


@pytest.mark.parametrize("edge", ["insights", "ads"])
def test_meta_refuses_garbage(here: Running, edge: str) -> None:
    meta, rng = Meta(here, "harbour"), random.Random(7)
    for _ in range(90):
        sent = garbage(rng, OF_META)
        answer = meta.ask(f"{ACT}/{edge}", **sent)
        assert answer.status_code in (200, 400), (sent, answer.text)


@pytest.mark.parametrize("path", ["²", "9" * 5000, "act_", "act_²/insights", "a/b/c/d", "6023920000000000"])
def test_meta_knows_no_such_path(here: Running, path: str) -> None:
    assert Meta(here, "harbour").error(path)["code"] in (100, 2500)


def test_tiktok_refuses_garbage(here: Running) -> None:
    tiktok, rng = TikTok(here, "alpine", ALPINE), random.Random(7)
    for _ in range(110):
        sent = garbage(rng, OF_TIKTOK)
        assert tiktok.report(**sent)["code"] in (0, 40001, 40002), sent


@pytest.mark.parametrize("body", [b"[1]", b"not json", b'{"batch": 5}', b"batch=%5B1%5D", b"\xff\xfe"])
@pytest.mark.parametrize(
    "kind", ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_bodies_that_are_none_are_refused(here: Running, body: bytes, kind: str) -> None:
    answer = requests.post(f"{here.url}/meta_ads/", data=body, headers={"Content-Type": kind}, timeout=20)
    assert answer.status_code == 400, answer.text
    assert requests.get(f"{here.url}/tiktok_ads/open_api/v1.3/{REPORT}", data=body, timeout=20).ok
