"""A daily run: 1,000 changed orders on a short and on a long history, load and build each.

Both histories are the same shop with the same orders a day, ending on the same day; one began ten times
earlier. Of the changed orders nine in ten are of the last thirty days, as in a real shop, and one in ten is
of any age: those touch days all over the history.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import warehouse
from benchmarks.databases import checkpoint, database
from benchmarks.dbt import dbt
from benchmarks.harness import Ratio, console, stopwatch
from benchmarks.history import PER_DAY, moment
from benchmarks.shops import Shop
from warehouse import get_settings

# At most; a short history has fewer.
CHANGED = 1_000
RECENT = 30 * PER_DAY
SHORT, LONG = "bench_short", "bench_long"

# Rows that were read from tables, by scan or by index, since the statistics were reset.
ROWS_READ = "select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) from pg_stat_user_tables"


def run(shop: Shop, *, short: int, long: int, repeat: int) -> list[Ratio]:
    """The two ratios (load, build) of a daily run on `long` against `short` orders of history."""
    took: dict[tuple[str, str], list[float]] = {}
    rows: dict[str, list[int]] = {SHORT: [], LONG: []}
    count, window = min(CHANGED, short // 10), min(RECENT, short // 2)
    with ExitStack() as stack:
        for name, orders in ((SHORT, short), (LONG, long)):
            console.print(f"{shop.platform}: history of {orders:,} orders: landing and building")
            stack.enter_context(database(name))
            shop.fill(range(long - orders + 1, long + 1))
            dbt("build", "--vars", "{test_scope: touched}")
        for number in range(repeat + 1):  # the first round warms up and is not counted
            for name in (SHORT, LONG):
                history = short if name == SHORT else long
                numbers = _changed(number, last=long, history=history, count=count, window=window)
                at = moment(long) + timedelta(days=1 + number)
                changed = [shop.order(n, returned_at=at) for n in numbers]
                load, build, read = _daily_run(shop, name, changed)
                console.print(
                    f"  [dim]round {number}/{repeat}[/] {name}: {load:.2f} + {build:.2f} s, {read:,} rows"
                )
                if number:
                    took.setdefault((name, "load"), []).append(load)
                    took.setdefault((name, "build"), []).append(build)
                    rows[name].append(read)
    return [
        Ratio(
            f"{shop.platform}: daily {part}, {count:,} changed: {long:,} / {short:,} of history",
            took[LONG, part],
            took[SHORT, part],
            f"{short:,} orders of history",
            at_most=1.3,
            notes=[f"rows read by the build: {rows[LONG]} against {rows[SHORT]}"] if part == "build" else [],
        )
        for part in ("load", "build")
    ]


def _changed(number: int, *, last: int, history: int, count: int, window: int) -> list[int]:
    """The orders that change on the `number`th day after the last order; never the same twice."""
    old = count // 10
    recent = [last - i * (window // (count - old)) - number for i in range(count - old)]
    step = (history - window) // old
    return recent + [last - window - 1 - i * step - number for i in range(old)]


def _daily_run(shop: Shop, name: str, changed: list[bytes]) -> tuple[float, float, int]:
    with database(name, keep=True):
        checkpoint()
        with stopwatch() as load:
            report = shop.land(changed)
        if report.rows != len(changed):
            raise RuntimeError(f"{report.rows} of {len(changed)} changed orders landed")
        _one("select pg_stat_reset()")
        build = dbt("build", "--vars", "{test_scope: touched}")
        _one("select pg_stat_force_next_flush()")
        return load(), build, int(str(_one(ROWS_READ)))


def _one(statement: str) -> object:
    connection = warehouse.connect("owner", get_settings().warehouse_database)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            ((value,),) = cursor.fetchall()
            return value
    finally:
        connection.close()
