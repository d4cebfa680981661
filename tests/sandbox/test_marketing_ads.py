"""Ads: what exists and when, what was delivered, how days move, who claims which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from sandbox.business.marketing.types import AdAccount, Delivery
from sandbox.business.world import World, build_world

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
ORDERS, SEED = 900, 7


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(ORDERS, SEED, AS_OF)


def days(world: World) -> Iterator[date]:
    for n in range((world.clock.date() - world.opening).days + 1):
        yield world.opening + timedelta(days=n)


def deliveries(world: World, account: AdAccount) -> dict[date, list[Delivery]]:
    return {day: world.marketing.delivery(account, day) for day in days(world)}


def numbers(row: Delivery) -> tuple[str, int, int, Decimal]:
    return row.ad.id if row.ad else row.campaign.id, row.impressions, row.clicks, row.cost


def test_accounts_and_campaigns_are_of_modest_size(world: World) -> None:
    assert len(world.marketing.accounts) == 6
    for account in world.marketing.accounts:
        campaigns = world.marketing.campaigns(account)
        ads = [ad for one in campaigns for group in one.groups for ad in group.ads]
        assert 3 <= len(campaigns) <= 5
        assert 10 <= len(ads) <= 25
        ids = [one.id for one in campaigns] + [one.id for one in ads]
        ids += [group.id for one in campaigns for group in one.groups]
        assert len(set(ids)) == len(ids)


def test_ids_of_different_accounts_never_meet(world: World) -> None:
    ids = Counter(
        ad.id
        for account in world.marketing.accounts
        for campaign in world.marketing.campaigns(account)
        for group in campaign.groups
        for ad in group.ads
    )
    assert max(ids.values()) == 1


def test_campaigns_are_renamed_paused_and_removed_and_keep_their_days(world: World) -> None:
    marketing = world.marketing
    google = marketing.account("google_ads", "harbour")
    by_kind = {one.kind: one for one in marketing.campaigns(google) if one.kind != "SEARCH"}
    assert by_kind["SHOPPING"].status == "REMOVED"
    assert by_kind["VIDEO"].status == "PAUSED"
    rows = [row for some in deliveries(world, google).values() for row in some]
    assert any(row.campaign.status == "REMOVED" and row.clicks for row in rows)
    assert all(row.ad is None and row.group is None for row in rows if row.campaign.kind == "PERFORMANCE_MAX")
    assert all(row.ad is not None for row in rows if row.campaign.kind == "SEARCH")


def test_names_change_on_their_day() -> None:
    opening = date(2026, 1, 1)
    world = build_world(60, SEED, datetime(2026, 7, 5, tzinfo=UTC), opening=opening)
    account = world.marketing.account("google_ads", "linden")
    before = {one.id: one.name for one in world.marketing.campaigns(account)}
    world.advance(datetime(2026, 7, 15, tzinfo=UTC))
    after = {one.id: one.name for one in world.marketing.campaigns(account)}
    changed = {number for number, name in after.items() if before[number] != name}
    assert len(changed) == 1
    old = [row for n in range(1, 31) for row in world.marketing.delivery(account, date(2026, 6, n))]
    assert {row.campaign.name for row in old if row.campaign.id in changed} == {after[changed.pop()]}


def test_numbers_of_a_day_go_together(world: World) -> None:
    for account in world.marketing.accounts:
        places = Decimal("0.000001") if account.platform == "google_ads" else Decimal("0.01")
        seen = deliveries(world, account)
        rows = [row for some in seen.values() for row in some]
        assert all(row.impressions > 0 and 0 <= row.link_clicks <= row.clicks for row in rows)
        assert all(row.cost >= 0 and row.cost == row.cost.quantize(places) for row in rows)
        assert sum(row.cost for row in rows) > 100
        assert sum(not some for some in seen.values()) >= 1  # a day without delivery
        keys = Counter(
            (day, row.ad.id if row.ad else row.campaign.id) for day, x in seen.items() for row in x
        )
        assert max(keys.values()) == 1


def test_clicks_that_became_visits_were_delivered(world: World) -> None:
    for account in world.marketing.accounts:
        zone = world.stores[account.store].zone
        if account.zone != zone:
            continue
        for n in range(5, 25):
            day = world.clock.date() - timedelta(days=n)
            arrived = Counter(
                one.ad_click[2]
                for one in world.marketing.visits(account.store, day)
                if one.ad_click is not None and one.ad_click[0] == account.platform
            )
            delivered = {
                row.ad.id if row.ad else row.campaign.id: row.link_clicks
                for row in world.marketing.delivery(account, day)
            }
            assert all(delivered.get(ad, 0) >= number for ad, number in arrived.items())


def test_today_grows_and_the_last_days_move() -> None:
    world = build_world(3000, SEED, AS_OF, opening=date(2026, 9, 1))
    marketing, accounts = world.marketing, world.marketing.accounts
    day = date(2026, 11, 22)
    impressions = []
    for hours in (0, 8, 12):
        world.advance(world.clock + timedelta(hours=hours))
        impressions.append(sum(row.impressions for one in accounts for row in marketing.delivery(one, day)))
    assert impressions == sorted(set(impressions))
    last = [day - timedelta(days=n) for n in range(4)]
    world.advance(world.clock + timedelta(hours=8))  # the day is over in Los Angeles too
    young = {one: [marketing.delivery(one, each) for each in last] for one in accounts}
    world.advance(world.clock + timedelta(days=6))
    old = {one: [marketing.delivery(one, each) for each in last] for one in accounts}
    moved = dict.fromkeys(("google_ads", "meta_ads", "tiktok_ads"), Decimal(0))
    for one in accounts:
        before, after = (sum(row.cost for some in then[one] for row in some) for then in (young, old))
        moved[one.platform] += after - before
    # Invalid clicks are credited; TikTok counts on for hours after its day.
    assert moved["google_ads"] < 0 and moved["meta_ads"] < 0 and moved["tiktok_ads"] > 0
    world.advance(world.clock + timedelta(days=30))
    for one in accounts:
        final = [[numbers(row) for row in marketing.delivery(one, each)] for each in last]
        assert final == [[numbers(row) for row in some] for some in old[one]]


def test_a_campaign_was_updated_when_it_last_changed(world: World) -> None:
    account = world.marketing.account("meta_ads", "harbour")
    campaigns = {one.name: one for one in world.marketing.campaigns(account)}
    renamed = campaigns["Prospecting | Advantage+"]
    assert renamed.updated is not None
    assert renamed.updated.astimezone(account.zone).date() == world.opening + timedelta(days=230)
    never = campaigns["Retargeting | 30 days"]
    assert never.updated == never.created
    season = campaigns["Black Friday"]
    assert season.updated is not None
    assert season.updated.astimezone(account.zone).date() == date(2026, 11, 1)
