"""Claims: each platform by rules of its own, overlapping, growing, and some of them guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

import pytest

from loaders.google_ads import settings as google_ads
from loaders.meta_ads import settings as meta_ads
from loaders.tiktok_ads import settings as tiktok_ads
from sandbox.business.marketing.facts import bought_at, worth
from sandbox.business.marketing.scenario import golden_marketing
from sandbox.business.marketing.types import AdAccount, Claim
from sandbox.business.money import round_money
from sandbox.business.seasons import local
from sandbox.business.world import World, build_world
from sandbox.meta_ads.actions import bucket
from sandbox.tiktok_ads.metrics import by_touch

AS_OF = datetime(2026, 11, 22, 6, tzinfo=UTC)
ORDERS, SEED = 900, 7
# For how many days the loaders read a day again, and after how many it rarely moves.
READ_AGAIN = {
    "google_ads": google_ads.RESTATED_DAYS,
    "meta_ads": meta_ads.RESTATED_DAYS,
    "tiktok_ads": tiktok_ads.RESTATED_DAYS,
}
OLD = {"google_ads": 60, "meta_ads": 14, "tiktok_ads": 14}
WINDOW = {"google_ads": timedelta(days=90), "meta_ads": timedelta(days=28), "tiktok_ads": timedelta(days=7)}


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(ORDERS, SEED, AS_OF)


def days(world: World) -> Iterator[date]:
    for n in range((world.clock.date() - world.opening).days + 1):
        yield world.opening + timedelta(days=n)


def purchases(world: World, account: AdAccount) -> list[Claim]:
    by: Literal["touch", "conversion"] = "touch" if account.platform == "google_ads" else "conversion"
    found = (claim for day in days(world) for claim in world.marketing.claims(account, day, by))
    return [one for one in found if one.action == "purchase"]


def test_claims_overlap_and_are_valued_by_the_order(world: World) -> None:
    claimants: dict[tuple[str, int], set[str]] = {}
    for account in world.marketing.accounts:
        for claim in purchases(world, account):
            assert 0 < claim.share <= 1
            assert claim.currency == account.currency
            assert claim.touched_at <= claim.converted_at <= world.clock
            assert claim.touched_on == claim.touched_at.astimezone(account.zone).date()
            if claim.order is not None:
                store, number = claim.order
                total = worth(world.stores[store], number).total
                assert claim.value == round_money(total * claim.share)
                claimants.setdefault(claim.order, set()).add(account.platform)
    assert any(len(platforms) > 1 for platforms in claimants.values())


def test_each_platform_claims_by_its_own_rules(world: World) -> None:
    google = [
        c
        for name in ("harbour", "linden")
        for c in purchases(world, world.marketing.account("google_ads", name))
    ]
    assert any(c.share < 1 and c.order for c in google)
    shares: Counter[tuple[str, int]] = Counter()
    for one in google:
        if one.order:
            shares[one.order] += one.share  # type: ignore[assignment]
    assert max(shares.values()) <= 1
    assert any(c.converted_at - c.touched_at > timedelta(days=7) for c in google)
    assert {c.touch for c in google} == {"click", "engaged_view", "view"}
    assert {c.campaign.kind for c in google if c.touch != "click"} <= {"VIDEO", "PERFORMANCE_MAX"}
    views = [c for c in google if c.touch == "view"]
    assert {c.share for c in views} == {Decimal(1)}
    assert all(c.converted_at - c.touched_at <= timedelta(days=1) for c in views)
    assert not {c.order for c in views if c.order} & {c.order for c in google if c.touch != "view"}
    assert any(c.order is None and c.share < 1 for c in google)  # modelled


@pytest.mark.parametrize(
    ("platform", "names"), [("meta_ads", ("harbour", "alpine")), ("tiktok_ads", ("alpine", "kiwi"))]
)
def test_others_claim_whole_purchases_known_or_guessed(
    world: World, platform: str, names: tuple[str, str]
) -> None:
    claims = [c for name in names for c in purchases(world, world.marketing.account(platform, name))]
    assert {c.touch for c in claims} == {"click", "view"}
    assert {c.share for c in claims} == {Decimal(1)}
    assert {c.order is None for c in claims} == {True, False}  # those without an order are modelled
    assert max(Counter(c.order for c in claims if c.order).values()) == 1
    assert all(c.converted_at - c.touched_at <= timedelta(days=1) for c in claims if c.touch == "view")


def test_conversions_of_a_click_day_grow_for_weeks() -> None:
    world = build_world(5000, SEED, datetime(2026, 10, 5, 6, tzinfo=UTC), opening=date(2026, 8, 1))
    account = world.marketing.account("google_ads", "harbour")
    clicked = [date(2026, 10, 4) - timedelta(days=n) for n in range(21)]
    known = []
    for _ in range(5):
        claims = [c for day in clicked for c in world.marketing.claims(account, day, "touch")]
        known.append(sum(c.share for c in claims if c.action == "purchase"))
        world.advance(world.clock + timedelta(days=8))
    assert known == sorted(known)
    assert known[0] < known[1] < known[2]


def test_smaller_steps_are_claimed_too_and_one_of_them_nobody_documented(world: World) -> None:
    account = world.marketing.account("meta_ads", "alpine")
    actions = Counter(
        c.action for day in days(world) for c in world.marketing.claims(account, day, "conversion")
    )
    assert set(actions) == {"purchase", "add_to_cart", "initiate_checkout", "lead", "stock_alert"}


def test_g6_is_one_purchase_of_3102() -> None:
    world, orders = golden_marketing()
    account = world.marketing.account("meta_ads", "harbour")
    claims = world.marketing.claims(account, date(2026, 1, 12), "conversion")
    assert [(c.action, c.value, c.order) for c in claims if c.action == "purchase"] == [
        ("purchase", Decimal("31.02"), ("harbour", orders["G6"]))
    ]


def claimed(world: World, account: AdAccount, day: date) -> list[tuple[object, ...]]:
    """What the account's platform shows of a day of its own: the claims it books there, in its window."""
    by: Literal["touch", "conversion"] = "conversion" if account.platform == "meta_ads" else "touch"
    shown = {"meta_ads": bucket, "tiktok_ads": by_touch}.get(account.platform, lambda one: one.action)
    claims = world.marketing.claims(account, day, by)
    return [(c.action, c.touched_at, c.converted_at, c.share, c.value) for c in claims if shown(c)]


def test_days_that_are_old_enough_never_move() -> None:
    """What is read again later would else never end."""
    world = build_world(2000, SEED, AS_OF, opening=date(2026, 8, 1))

    def closed() -> list[tuple[str, date, object]]:
        found: list[tuple[str, date, object]] = []
        for store in world.stores:
            for n in range(4, 20):
                day = AS_OF.date() - timedelta(days=n)
                found.append((store, day, world.marketing.hits(store, day)))
        for account in world.marketing.accounts:
            for n in range(20):
                day = AS_OF.date() - timedelta(days=READ_AGAIN[account.platform] + n)
                found.append((account.name, day, claimed(world, account, day)))
                rows = world.marketing.delivery(account, day)
                found.append(
                    (account.name, day, [(r.campaign.id, r.impressions, r.clicks, r.cost) for r in rows])
                )
        return found

    before = closed()
    world.advance(AS_OF + timedelta(days=45))
    assert closed() == before


def latest(world: World, account: AdAccount) -> tuple[timedelta, date, datetime]:
    """The claim that came latest for its day: how late after the day began, the day, and the moment."""
    desk = world.marketing.desk(account.store)
    [book] = [one for one in desk.books if one.account == account]
    found = []
    for day in world.marketing.days(account.zone):
        for promise in desk.promises(book, day, by_touch=account.platform != "meta_ads"):
            bought = bought_at(desk.store, promise.order_id)
            if bought is not None and promise.converted_at - promise.touched_at <= WINDOW[account.platform]:
                known = bought + promise.delay
                if known <= world.clock:
                    found.append((known - local(day, account.zone, 0), day, known))
    return max(found)


def test_days_move_for_nearly_as_long_as_they_are_read_again() -> None:
    """Whoever reads a shorter time again misses purchases."""
    began, second = datetime(2026, 8, 2, 6, tzinfo=UTC), timedelta(seconds=1)
    world, later = (build_world(5000, SEED, began, opening=date(2026, 8, 1)) for _ in range(2))
    later.advance(AS_OF)
    ages: dict[str, timedelta] = {}
    came = [(*latest(later, account), account) for account in world.marketing.accounts]
    for age, day, known, account in sorted(came, key=lambda one: one[2]):
        ages[account.platform] = max(age, ages.get(account.platform, age))
        world.advance(known - second)
        before = claimed(world, account, day)
        world.advance(known + second)
        assert len(claimed(world, account, day)) == len(before) + 1
    for platform, age in ages.items():
        assert OLD[platform] < age.days < READ_AGAIN[platform]
