"""Reading an account's open days again: landing and models together, against the same rows first seen.

An ad platform restates its days for weeks, so a daily run reads all of them again. The worst case is that
every row of every open day has changed. It is measured on a short and on a long history as well, which end
on the same day.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta

from benchmarks import google_ads, shopify
from benchmarks.databases import checkpoint, database
from benchmarks.dbt import dbt
from benchmarks.harness import Ratio, console, stopwatch

LAST = date(2025, 6, 30)
WINDOW = 90  # days that Google Ads restates
SHORT, LONG = WINDOW, 10 * WINDOW  # days before those
BEFORE, AFTER, WORK = "bench_restated_short", "bench_restated_long", "bench_restated"
BUILD = ("build", "--vars", "{test_scope: touched}")


def run(*, ads: int, repeat: int) -> list[Ratio]:
    """The two ratios of reading `WINDOW` days of so many ads again."""
    took: dict[str, list[float]] = {"first": [], "again": [], "again on a long history": []}
    open_days = google_ads.days_until(LAST, WINDOW)
    with ExitStack() as stack:
        for name, history, seen in ((BEFORE, SHORT, 0), (AFTER, LONG, WINDOW)):
            console.print(f"google_ads: {history + seen:,} days of {ads:,} ads: landing and building")
            stack.enter_context(database(name))
            shopify.SHOP.fill(range(1, 2))
            google_ads.fill(ads)
            _read(google_ads.days_until(LAST - timedelta(days=WINDOW - seen), history + seen), ads, 0)
            dbt(*BUILD)
        for number in range(repeat + 1):  # the first round warms up and is not counted
            with database(WORK, template=BEFORE):
                first, again = _timed(open_days, ads, 0), _timed(open_days, ads, 1)
            with database(WORK, template=AFTER):
                long = _timed(open_days, ads, 1)
            console.print(f"  [dim]round {number}/{repeat}[/] {first:.2f}, {again:.2f}, {long:.2f} s")
            if number:
                for name, seconds in zip(took, (first, again, long), strict=True):
                    took[name].append(seconds)
    rows = f"{WINDOW} days of {ads:,} ads"
    return [
        Ratio(
            f"google_ads: {rows} read again / first seen",
            took["again"],
            took["first"],
            "the same rows first seen",
            at_most=1.3,
            notes=["landing and build with tests; every row of cost and of conversions has changed"],
        ),
        Ratio(
            f"google_ads: {rows} read again: {LONG:,} / {SHORT:,} days before them",
            took["again on a long history"],
            took["again"],
            f"{SHORT:,} days before them",
            at_most=1.3,
        ),
    ]


def _timed(days: Sequence[date], ads: int, reading: int) -> float:
    checkpoint()
    with stopwatch() as landing:
        landed = _read(days, ads, reading)
    if landed != 2 * len(days):
        raise RuntimeError(f"{landed} of {2 * len(days)} documents landed: the benchmark measures nothing")
    return landing() + dbt(*BUILD)


def _read(days: Sequence[date], ads: int, reading: int) -> int:
    """Land the days as the `reading`th reading finds them, a day after the one before."""
    read_on = LAST + timedelta(days=1 + reading)
    return google_ads.land_days(days, ads=ads, reading=reading, read_on=read_on)
