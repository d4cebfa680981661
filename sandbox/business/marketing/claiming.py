"""Who claims an order, each platform by rules of its own and without asking the others.

- Google counts the clicks of ninety days, shares the order out between them where there were several, gives
  away a part where others were involved in between, and books on the day of the click. Whoever was
  shown an ad the day before and had to do with no other of its ads is counted apart, whole.
- Meta and TikTok take it whole for their last click, or for an ad that was merely shown the day before, and
  book web purchases on the day of the purchase.
- Where a buyer refused to be measured some of it is guessed: a conversion without an order, and at Google,
  who deals in fractions, a part of one.
- Most purchases are known within days. Google's days go on growing by what old clicks lead to in the end,
  those of Meta and TikTok by the few purchases that take them weeks to match.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sandbox.business.marketing.books import Book
from sandbox.business.marketing.draws import Draws
from sandbox.business.marketing.journeys import Journey
from sandbox.business.marketing.slots import Slot
from sandbox.business.marketing.types import Touch

WHOLE = Decimal(1)
CLICK_DAYS = {"google_ads": 90, "meta_ads": 28, "tiktok_ads": 28}
# Purchases that are matched weeks later, and after how many days at most: Meta's days stand after 28 days,
# TikTok's, which are those of clicks up to a week older, after 30.
SLOW, AFTER = 0.025, {"meta_ads": (5, 26), "tiktok_ads": (5, 21)}
MODELLED = {"google_ads": 0.6, "meta_ads": 0.45, "tiktok_ads": 0.3}
PERCENT, PART = Decimal("0.01"), Decimal("0.0001")


@dataclass(slots=True, frozen=True)
class Promise:
    """A claim to an order, made once the purchase is `delay` old; `modelled` ones do not say whose it is."""

    order_id: int
    slot: Slot
    touch: Touch
    touched_at: datetime
    converted_at: datetime
    share: Decimal
    delay: timedelta
    modelled: bool = False


def promises(book: Book, journey: Journey) -> Iterator[Promise]:
    """What an account will claim of one order."""
    platform, order = book.account.platform, journey.order
    draws = Draws(f"{book.key}:claim:{order.id}:{order.at.timestamp():.0f}")
    modelled = not journey.visit.consented
    if modelled and not draws.chance(MODELLED[platform]):
        return
    delay = _much_later(book, journey) or _delay(draws, modelled=modelled)
    touches = _clicks(book, journey) or _views(book, journey)
    shared = platform == "google_ads" and any(touch != "view" for _, _, touch in touches)
    touches = touches if shared else touches[-1:]
    shares = _credit(touches, journey, draws) if shared else [WHOLE] * len(touches)
    in_parts = modelled and shared
    for (slot, at, touch), share in zip(touches, shares, strict=True):
        part = (share * PERCENT * (60 + draws.below(36))).quantize(PART) if in_parts else share
        yield Promise(order.id, slot, touch, at, order.at, part, delay, modelled)


def _clicks(book: Book, journey: Journey) -> list[tuple[Slot, datetime, Touch]]:
    """The account's clicks of that person within its window, in order; other devices count for it too."""
    window = timedelta(days=CLICK_DAYS[book.account.platform])
    clicks = [journey.long_ago, *(one.click for one in journey.earlier), journey.click]
    return [
        (click.slot, click.at, "click")
        for click in clicks
        if click is not None and click.book is book and journey.order.at - click.at <= window
    ]


def _views(book: Book, journey: Journey) -> list[tuple[Slot, datetime, Touch]]:
    """The account's ads that were seen the day before; those merely shown where none was watched."""
    day = timedelta(days=1)
    seen = [one for one in journey.seen if one.book is book and journey.order.at - one.at <= day]
    watched = [one for one in seen if one.touch == "engaged_view"]
    return [(one.slot, one.at, one.touch) for one in watched or seen]


def _credit(touches: list[tuple[Slot, datetime, Touch]], journey: Journey, draws: Draws) -> list[Decimal]:
    """Shares of the order: later clicks get more, and others who came in between take some."""
    if not touches:
        return []
    visits = len(journey.earlier) + 1 + (journey.long_ago is not None)
    others = visits > len(touches)
    whole = WHOLE - PERCENT * draws.below(46) if others and draws.chance(0.6) else WHOLE
    weights = [position + 1 for position in range(len(touches))]
    parts = [(whole * weight / sum(weights)).quantize(PERCENT) for weight in weights]
    parts[-1] += whole - sum(parts)
    return parts


def _much_later(book: Book, journey: Journey) -> timedelta | None:
    draws = Draws(f"{book.key}:late:{journey.order.id}")
    days = AFTER.get(book.account.platform)
    return timedelta(days=draws.between(*days)) if days is not None and draws.chance(SLOW) else None


def _delay(draws: Draws, *, modelled: bool) -> timedelta:
    """How long it takes until a platform knows of a purchase, or believes in one."""
    if modelled:
        return timedelta(hours=draws.between(24, 120))
    return timedelta(hours=draws.between(24, 72) if draws.chance(0.2) else draws.between(0.5, 9))
