"""Whatever order days are read and read again in, daily runs end where a full refresh ends."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta

from tests.dbt.conftest import House
from tests.dbt.documents import gid, shop
from tests.dbt.marketing_story import START, MarketingStory
from tests.dbt.rates import USUAL, fixing, publish
from tests.dbt.rawlog import Version, land
from tests.dbt.test_incremental_equals_full import differences

MARTS = (
    "fct_ad_spend",
    "fct_ad_claims",
    "fct_ad_restatements",
    "dim_ad_account",
    "dim_campaign",
    "fct_sessions",
    "fct_web_report_days",
    "fct_web_purchases",
)
ALL = ["--select", *(f"+{mart}" for mart in MARTS), "agg_conversion_lag", "dim_store", "dim_date"]
# A run of some models only is what a kill between two models leaves behind.
PARTS = [
    ALL,
    [
        "--select",
        "path:models/staging/google_ads,config.materialized:incremental",
        "stg_ga4__session_reports",
    ],
    ["--select", "stg_meta_ads__insights", "stg_google_ads__ad_reports", "fct_ad_spend", "fct_ad_claims"],
    ["--select", "stg_ga4__purchase_reports", "fct_web_purchases", "stg_shopify__shops"],
    ["--full-refresh", "--select", "stg_tiktok_ads__ad_reports", "stg_meta_ads__insight_versions"],
]


def contents(house: House) -> dict[str, Counter[str]]:
    tables = [f"marts.{mart}" for mart in MARTS]
    return {
        table: Counter(row for (row,) in house.rows(f"select t::text from {table} as t")) for table in tables
    }


def harbour(at: datetime, zone: str = "Europe/London") -> Version:
    body = shop("harbour", zone=zone, currency="GBP", updated_at=at)
    return Version("harbour", "shop", gid("Shop", 1), body, at, at)


def test_random_weeks(house: House) -> None:
    story, dice = MarketingStory(1, house.raw), random.Random(1)
    story.day()
    house.dbt("run", *ALL)
    for step in range(4):
        story.day()
        if step == 1:  # the store of an account is opened after its advertising began
            land(house.raw, [harbour(story.clock)])
        if step == 2:  # a currency that had no rate gets one, late
            publish(house.raw, fixing((START + timedelta(days=3)).date(), USUAL | {"JPY": "160"}))
        house.dbt("run", *dice.choice(PARTS))
    story.settle()
    house.dbt("run", *ALL)
    daily = contents(house)
    house.dbt("run", "--full-refresh", *ALL)

    assert not differences(daily, contents(house))
    sizes = {table: sum(rows.values()) for table, rows in daily.items()}
    assert min(sizes.values()) > 3, sizes
    assert house.one("select count(distinct store_key) from marts.fct_ad_spend") == 1
    for mart in ("fct_ad_spend", "fct_sessions", "dim_campaign"):
        placed = (
            f"select count(*) from marts.{mart} where (store_key is not null) <> (account_id = 'harbour')"
        )
        assert house.one(placed) == 0, mart
    # yen of days without a fixing have no price, and are meant to have none
    checked = ["--select", *MARTS, "--exclude", "assert_every_ad_cost_is_priced", "agg_daily_summary+"]
    house.dbt("test", *checked, "--vars", "test_scope: all")
