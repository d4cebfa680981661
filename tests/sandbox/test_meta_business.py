"""Meta's stand-in in front of the business: its truth to the cent, and how its numbers move with time."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sandbox.running import Running
from tests.sandbox.ads_world import truth
from tests.sandbox.meta import ACT, Meta

ACCOUNTS = {"harbour": ACT, "alpine": "act_550000000000002"}
FIRST, LAST = date(2026, 8, 1), date(2026, 11, 22)
WEEK, YEAR = timedelta(days=7), timedelta(days=365)
WINDOWS = '["1d_click","7d_click","28d_click","1d_view"]'


def report(meta: Meta, act: str, first: date, last: date, level: str = "ad") -> list[dict[str, Any]]:
    """The whole daily report of an account."""
    body = meta.get(
        f"{act}/insights",
        level=level,
        time_increment="1",
        time_range=json.dumps({"since": first.isoformat(), "until": last.isoformat()}),
        fields="ad_id,spend,impressions,clicks,actions,account_currency",
        action_attribution_windows=WINDOWS,
        limit="5000",
    )
    assert "next" not in body.get("paging", {})
    return list(body["data"])


def purchases(rows: list[dict[str, Any]], window: str = "value") -> int:
    """How many purchases rows claim, by one type of action; a fraction of one is an error."""
    return sum(
        int(one.get(window, 0))
        for row in rows
        for one in row.get("actions", ())
        if one["action_type"] == "omni_purchase"
    )


@pytest.mark.parametrize("account", ["harbour", "alpine"])
def test_a_report_is_the_truth_day_by_day(practice: Running, account: str) -> None:
    act = ACCOUNTS[account]
    shown: dict[str, list[Decimal]] = {}
    for row in report(Meta(practice, account), act, FIRST, LAST):
        sums = shown.setdefault(row["date_start"], [Decimal(0)] * 3)
        for position, name in enumerate(("spend", "impressions", "clicks")):
            sums[position] += Decimal(row[name])
    days = {
        day: [Decimal(str(one["spend"])), Decimal(one["impressions"]), Decimal(one["clicks"])]
        for day, one in truth(practice, "meta_ads", account).items()
        if FIRST.isoformat() <= day <= LAST.isoformat()
    }
    assert len(days) > 90
    assert {day: sums for day, sums in shown.items() if any(sums)} == {
        day: sums for day, sums in days.items() if any(sums)
    }


def test_levels_agree_in_what_was_spent(practice: Running) -> None:
    meta = Meta(practice, "harbour")
    spent = [
        sum(Decimal(row["spend"]) for row in report(meta, ACT, LAST - timedelta(days=20), LAST, level))
        for level in ("ad", "adset", "campaign", "account")
    ]
    assert len(set(spent)) == 1
    assert spent[0] > 0


def test_purchases_are_whole_where_many_refuse_to_be_measured(practice: Running) -> None:
    rows = report(Meta(practice, "harbour"), ACT, LAST - YEAR, LAST)
    marketing = practice.sandbox.world.marketing
    account = marketing.account("meta_ads", "harbour")
    days = [LAST - timedelta(days=age) for age in range(YEAR.days + 1)]
    claims = [
        one
        for day in days
        for one in marketing.claims(account, day, "conversion")
        if one.action == "purchase" and (one.touch == "view" or one.converted_at - one.touched_at <= WEEK)
    ]
    assert any(one.order is None for one in claims)
    assert purchases(rows) == len(claims)


def test_wider_windows_hold_narrower_ones(practice: Running) -> None:
    rows = report(Meta(practice, "alpine"), ACCOUNTS["alpine"], FIRST, LAST)
    counts = [purchases(rows, window) for window in ("1d_click", "7d_click", "28d_click")]
    assert 0 < counts[0] < counts[1] < counts[2]
    assert purchases(rows) == counts[1] + purchases(rows, "1d_view")


def test_days_move_until_they_are_old(own_practice: Running) -> None:
    meta = Meta(own_practice, "alpine")
    first = LAST - timedelta(days=45)

    def shown() -> dict[tuple[str, str], dict[str, Any]]:
        rows = report(meta, ACCOUNTS["alpine"], first, LAST)
        return {(row["date_start"], row["ad_id"]): row for row in rows}

    before = shown()
    own_practice.sandbox.advance(own_practice.sandbox.now() + timedelta(days=3))
    moved = {key[0] for key, row in shown().items() if before.get(key) != row}
    assert LAST.isoformat() in moved
    assert len(moved) > 1
    assert min(moved) >= (LAST - timedelta(days=28)).isoformat()
