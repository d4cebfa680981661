"""Whatever order loads arrive in and wherever a run dies, daily runs end where a full refresh ends."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.dbt.conftest import House
from tests.dbt.marketing_story import MarketingStory
from tests.dbt.story import Story
from tests.dbt.web_story import WebStory

MODELLED = """
select table_schema || '.' || table_name from information_schema.tables
where table_schema in ('staging', 'marts') and (table_type = 'BASE TABLE' or table_name = 'fct_tie_out')
order by 1
"""
STAGING = ["--select", "staging"]
PARTS = [
    [],
    STAGING,
    ["--select", "stg_shopify__orders", "stg_shopify__order_sales"],
    ["--select", "stg_shopify__orders", "intermediate", "fct_sales"],
    ["--exclude", "agg_daily_summary", "dim_customer"],
    ["--select", "intermediate", "marts"],
    ["--select", "stg_woocommerce__orders", "stg_woocommerce__refunds", "intermediate", "fct_sales"],
    ["--full-refresh", "--select", "stg_woocommerce__refund_lines", "stg_woocommerce__settings"],
    ["--full-refresh", "--select", "stg_shopify__order_lines"],
    ["--full-refresh", "--select", "stg_shopify__orders", "stg_shopify__raw_counts", "intermediate"],
    ["--exclude", "fct_order_attribution", "agg_daily_channel"],
    ["--select", "staging", "fct_web_purchases", "fct_ad_spend", "fct_order_match"],
    ["--full-refresh", "--select", "fct_web_purchases", "agg_daily_channel"],
]


def contents(house: House) -> dict[str, Counter[str]]:
    """Every row of every table, and of the verdict on every day, as text."""
    return {
        table: Counter(row for (row,) in house.rows(f"select t::text from {table} as t"))
        for (table,) in house.rows(MODELLED)
    }


def differences(daily: dict[str, Counter[str]], full: dict[str, Counter[str]]) -> dict[str, object]:
    """Tables that differ, with a few rows that only one side has."""
    return {
        table: {
            "daily only": list(daily[table] - full[table])[:2],
            "full only": list(full[table] - daily[table])[:2],
        }
        for table in full
        if daily[table] != full[table]
    }


def everybody(seed: int, house: House) -> list[Story | WebStory | MarketingStory]:
    return [Story(seed, house.raw), WebStory(seed, house.raw), MarketingStory(seed, house.raw)]


@pytest.mark.parametrize("seed", range(3))
def test_random_histories(house: House, seed: int) -> None:
    stories = everybody(seed, house)
    dice = random.Random(seed)
    for story in stories:
        story.day()
    house.dbt("run")
    for _ in range(3):
        for story in stories:
            story.day()
        # a run of some models only is what a kill between two models leaves behind
        house.dbt("run", *dice.choice(PARTS))
    for story in stories:
        story.settle()
    house.dbt("run")
    daily = contents(house)
    house.dbt("run", "--full-refresh")

    assert not differences(daily, contents(house))
    assert sum(daily["marts.fct_sales"].values()) > 20
    assert sum(daily["marts.agg_daily_channel"].values()) > 20
    assert house.one("select count(*) from marts.fct_order_match where status = 'matched'") > 0
    compared = "select count(*) from marts.fct_tie_out where theirs is not null"
    assert house.one(compared) > 20
    # the reports are invented: what they say of our figures is nobody's fault
    house.dbt("test", "--vars", "test_scope: all", "--exclude", "tag:tie_out")


def test_a_run_without_news_changes_nothing(house: House) -> None:
    stories = everybody(11, house)
    for story in stories:
        for _ in range(2):
            story.day()
        story.settle()
    house.dbt("run")
    before = contents(house)
    touched = house.one("select count(*) from bookkeeping.touched")
    house.dbt("run")

    assert not differences(before, contents(house))
    assert house.one("select count(*) from bookkeeping.touched") == touched
