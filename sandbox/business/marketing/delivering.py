"""What an account's ads did on a day, as the platform shows it now: today grows, the last days move."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from sandbox.business.marketing.books import Book
from sandbox.business.marketing.draws import Draws, spread
from sandbox.business.marketing.outlets import PRICE_LEVEL
from sandbox.business.marketing.slots import Slot
from sandbox.business.marketing.traffic import Click, day_passed
from sandbox.business.marketing.types import Delivery
from sandbox.business.seasons import local

MICRO, CENT = Decimal("0.000001"), Decimal("0.01")
BACKGROUND = 0.8  # clicks that an account's impressions are worth on a day on which nobody clicks
UNREAL = 0.3  # of an ad's days on Meta, those on which some of what was shown was not seen by people
SLOW = timedelta(hours=11)  # after its day TikTok still counts


def delivered(book: Book, day: date, now: datetime, clicks: Iterable[Click]) -> list[Delivery]:
    """The day's rows; what ran and was never shown has none."""
    running = book.running(day)
    if running is None:
        return []
    counted: Counter[Slot] = Counter()
    spent: defaultdict[Slot, Decimal] = defaultdict(Decimal)
    for click in clicks:
        if click.at <= now and (click.credited_at is None or now < click.credited_at):
            counted[click.slot] += 1
            spent[click.slot] += _price(book, click)
    rows = []
    for slot in running.things:
        row = _row(book, slot, day, now, clicks=counted[slot])
        if row is None:
            continue
        impressions, all_clicks = row
        cost = (
            spent[slot] if book.account.platform == "google_ads" else _by_impression(book, slot, impressions)
        )
        rows.append(Delivery(*book.shown(slot, now), impressions, all_clicks, counted[slot], cost))
    return rows


def _row(book: Book, slot: Slot, day: date, now: datetime, *, clicks: int) -> tuple[int, int] | None:
    """Impressions and clicks of all kinds."""
    draws = Draws(f"{book.key}:{slot.id}:{day}")
    quality = spread(0.7, 1.3, f"{book.key}:{slot.id}")
    usual = BACKGROUND * slot.weight / slot.plan.ctr * draws.between(0.5, 1.5)
    passed = day_passed(day, book.account.zone, now)
    impressions = int(usual * passed) + int(clicks / (slot.plan.ctr * quality))
    other = int(clicks * draws.between(0.2, 0.9)) if book.account.platform == "meta_ads" else 0
    impressions -= _taken_back(book, day, now, impressions, draws)
    return (impressions, clicks + other) if impressions > 0 else None


def _taken_back(book: Book, day: date, now: datetime, impressions: int, draws: Draws) -> int:
    """How many impressions are not there at this moment: found unreal since, or not counted yet."""
    over = local(day + timedelta(days=1), book.account.zone, 0)
    if book.account.platform == "meta_ads" and draws.chance(UNREAL):
        found = over + timedelta(hours=draws.between(20, 70))
        return int(impressions * draws.between(0.002, 0.03)) if now >= found else 0
    if book.account.platform == "tiktok_ads" and now < over + SLOW:
        return int(impressions * draws.between(0.02, 0.14))
    return 0


def _price(book: Book, click: Click) -> Decimal:
    """What one click costs: bids in whole cents in search, anything down to the micro elsewhere."""
    draws = Draws(f"{book.key}:{click.slot.id}:{click.at.timestamp():.0f}:{click.key}")
    amount = Decimal(click.slot.plan.price * draws.between(0.45, 1.75)) * _level(book)
    unit = CENT if click.slot.plan.kind == "SEARCH" else MICRO
    return amount.quantize(unit, rounding=ROUND_HALF_UP)


def _by_impression(book: Book, slot: Slot, impressions: int) -> Decimal:
    """Paid by the thousand impressions."""
    amount = Decimal(slot.plan.price * slot.plan.ctr) * _level(book) * impressions
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def _level(book: Book) -> Decimal:
    return PRICE_LEVEL[book.account.platform, book.account.name]
