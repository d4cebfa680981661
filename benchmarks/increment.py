"""A daily run: 1,000 changed orders on a short and on a long history, load and build each.

Both histories are the same shop with the same orders a day, ending on the same day; one began ten times
earlier. Of the changed orders nine in ten are of the last thirty days, as in a real shop, and one in ten is
of any age: those touch days all over the history.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import warehouse
from benchmarks import documents
from benchmarks.databases import checkpoint, database
from benchmarks.dbt import dbt
from benchmarks.harness import Ratio, console, stopwatch
from benchmarks.models import fill
from loaders.common import land_documents
from warehouse import get_settings

CHANGED = 1_000
RECENT = 30 * documents.PER_DAY
LAST = 500_000  # the number of the newest order
SHORT, LONG = "bench_short", "bench_long"

# Rows that were read from tables, by scan or by index, since the statistics were reset.
ROWS_READ = "select coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) from pg_stat_user_tables"


def run(*, short: int, long: int, repeat: int) -> list[Ratio]:
    """The two ratios (load, build) of a daily run on `long` against `short` orders of history."""
    took: dict[tuple[str, str], list[float]] = {}
    rows: dict[str, list[int]] = {SHORT: [], LONG: []}
    with ExitStack() as stack:
        for name, orders in ((SHORT, short), (LONG, long)):
            console.print(f"history of {orders:,} orders: landing and building")
            stack.enter_context(database(name))
            fill(range(LAST - orders + 1, LAST + 1))
            dbt("build", "--vars", "{test_scope: touched}")
        for number in range(repeat + 1):  # the first round warms up and is not counted
            for name in (SHORT, LONG):
                load, build, read = _daily_run(name, number, history=short if name == SHORT else long)
                console.print(
                    f"  [dim]round {number}/{repeat}[/] {name}: {load:.2f} + {build:.2f} s, {read:,} rows"
                )
                if number:
                    took.setdefault((name, "load"), []).append(load)
                    took.setdefault((name, "build"), []).append(build)
                    rows[name].append(read)
    return [
        Ratio(
            f"daily {part}, {CHANGED:,} changed: {long:,} / {short:,} of history",
            took[LONG, part],
            took[SHORT, part],
            f"{short:,} orders of history",
            at_most=1.3,
            notes=[f"rows read by the build: {rows[LONG]} against {rows[SHORT]}"] if part == "build" else [],
        )
        for part in ("load", "build")
    ]


def _changed(number: int, history: int) -> list[bytes]:
    """Orders to which a unit came back on the `number`th day after the last order; never the same twice."""
    at = documents.moment(LAST) + timedelta(days=1 + number)
    old = CHANGED // 10
    recent = [LAST - i * (RECENT // (CHANGED - old)) - number for i in range(CHANGED - old)]
    step = (history - RECENT) // old
    aged = [LAST - RECENT - 1 - i * step - number for i in range(old)]
    return [documents.order(n, returned_at=at) for n in recent + aged]


def _daily_run(name: str, number: int, *, history: int) -> tuple[float, float, int]:
    with database(name, keep=True):
        changed = _changed(number, history)
        checkpoint()
        with stopwatch() as load:
            report = land_documents("shopify", "bench", "orders", changed)
        if report.rows != CHANGED:
            raise RuntimeError(f"{report.rows} of {CHANGED} changed orders landed")
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
