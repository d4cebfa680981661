"""The claims of an account on one of its days: purchases as they become known, and what is less than one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

from sandbox.business.marketing.books import Book
from sandbox.business.marketing.claiming import WHOLE, Promise
from sandbox.business.marketing.desk import Desk
from sandbox.business.marketing.draws import Draws
from sandbox.business.marketing.facts import bought_at, worth
from sandbox.business.marketing.traffic import Click
from sandbox.business.marketing.types import Claim
from sandbox.business.money import money, round_money
from sandbox.business.seasons import local, local_day

# Smaller steps that a click leads to, how often, and from which day after the opening on. Buyers take
# those on the way to the till.
ON_THE_WAY = frozenset({"add_to_cart", "initiate_checkout"})
STEPS = (
    ("add_to_cart", 0.085, 0),
    ("initiate_checkout", 0.035, 0),
    ("lead", 0.02, 0),
    ("stock_alert", 0.02, 200),  # an action of the advertiser's own, of which no documentation knows
)
SECOND = timedelta(seconds=1)


def claims_of(
    book: Book, desk: Desk, day: date, now: datetime, *, by_touch: bool, clicks: Iterable[Click]
) -> list[Claim]:
    """What is claimed by `now`, in order of time."""
    found = [
        claim
        for promise in desk.promises(book, day, by_touch=by_touch)
        for claim in _kept(promise, book, desk, now)
    ]
    for click in clicks:
        if click.arrives and click.at <= now:
            found += _steps(click, now)
    return sorted(found, key=lambda one: (one.converted_at, one.touched_at, one.action))


def _kept(promise: Promise, book: Book, desk: Desk, now: datetime) -> Iterator[Claim]:
    done = bought_at(desk.store, promise.order_id)
    if done is None or done + promise.delay > now:
        return
    value = round_money(worth(desk.store, promise.order_id).total * promise.share)
    yield Claim(
        *book.shown(promise.slot, now),
        "purchase",
        promise.touch,
        promise.touched_at,
        local_day(promise.touched_at, book.account.zone),
        promise.converted_at,
        None if promise.modelled else (desk.store.name, promise.order_id),
        promise.share,
        value,
        book.account.currency,
    )


def _steps(click: Click, now: datetime) -> Iterator[Claim]:
    """Steps happen within minutes and on the day of the click."""
    book, account = click.book, click.book.account
    draws = Draws(f"{book.key}:steps:{click.slot.id}:{click.at.timestamp():.0f}:{click.key}")
    midnight = local(click.day + timedelta(days=1), account.zone, 0)
    for action, likelihood, since in STEPS:
        happens, minutes = draws.chance(likelihood), 1 + draws.below(20)
        happens = happens or (click.buys and action in ON_THE_WAY)
        at = min(click.at + timedelta(minutes=minutes), midnight - SECOND)
        value = money(900 + draws.below(8000)) if action == "add_to_cart" else Decimal("0.00")
        if happens and at <= now and book.age(click.day) >= since:
            yield Claim(
                *book.shown(click.slot, now),
                action,
                "click",
                click.at,
                click.day,
                at,
                None,
                WHOLE,
                value,
                account.currency,
            )
