"""What a person wants to see after the main job: each store in its own currency, and all of them in one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import psycopg2
import warehouse
from orchestration.cli import advertising
from orchestration.cli.console import console, say, step
from rich.markup import escape
from rich.table import Table

# Each store's last week is its own: their local days differ.
STORES = """
with stores as (
    select store_key, min(date_day) as first_day, max(date_day) as last_day
    from marts.agg_daily_summary
    where has_sales
    group by store_key
),

-- every day of the week, also those without sales
weeks as (
    select
        stores.store_key,
        sum(agg.orders) as orders,
        coalesce(sum(agg.net_sales), 0) as net_sales,
        coalesce(sum(agg.reporting_net_sales), 0) as total,
        array_agg(coalesce(agg.net_sales, 0) order by week.back desc) as days,
        array_agg(coalesce(agg.reporting_net_sales, 0) order by week.back desc) as total_days
    from stores
    cross join generate_series(0, 6) as week (back)
    left join marts.agg_daily_summary as agg
        on agg.store_key = stores.store_key and agg.date_day = stores.last_day - week.back
    group by stores.store_key
)

select
    store.store_name, agg.currency_code, sum(agg.orders), sum(agg.net_sales),
    weeks.orders, weeks.net_sales, weeks.days,
    agg.reporting_currency_code, coalesce(sum(agg.reporting_net_sales), 0),
    weeks.total, weeks.total_days,
    array_remove(
        array_agg(case when agg.reporting_net_sales is null then agg.date_day end order by agg.date_day), null
    ),
    stores.first_day, stores.last_day
from marts.agg_daily_summary as agg
inner join marts.dim_store as store on agg.store_key = store.store_key
inner join stores on agg.store_key = stores.store_key
inner join weeks on agg.store_key = weeks.store_key
group by store.store_name, agg.currency_code, agg.reporting_currency_code, weeks.orders, weeks.net_sales,
    weeks.days, weeks.total, weeks.total_days, stores.first_day, stores.last_day
order by sum(agg.reporting_net_sales) desc nulls last
"""

BARS = " ▁▂▃▄▅▆▇█"
UNPRICED_SHOWN = 3


@dataclass(frozen=True)
class Line:
    """One store: its figures in its own currency, and the money again in the reporting currency."""

    store: str
    currency: str
    orders: int
    net: Decimal
    orders_7: int
    net_7: Decimal
    days: list[Decimal]
    reporting_currency: str
    total: Decimal
    total_7: Decimal
    total_days: list[Decimal]
    unpriced: list[date]
    first_day: date
    last_day: date


def show() -> None:
    """Print the table of stores with its total; says so where nothing has been built yet."""
    step("summary", "read from the marts, as the role that can read nothing else")
    try:
        lines = read()
    except psycopg2.errors.UndefinedTable:
        say("  nothing to show: the marts have not been built")
        return
    if not lines:
        say("  nothing to show: the marts hold no sales yet")
        return
    console.print(table(lines))
    first, last = min(line.first_day for line in lines), max(line.last_day for line in lines)
    say(f"  [dim]{first} to {last}, as booked, each in its own currency and local days[/]")
    for note in notes(lines):
        say(f"  [yellow]![/] {note}")
    advertising.show()


def table(lines: Sequence[Line]) -> Table:
    """A row per store, and one for all of them in the reporting currency."""
    made = Table(show_edge=False, header_style="bold", pad_edge=False, box=None)
    for heading in ("store", "", "orders", "net sales", "last 7 days", "orders", "by day"):
        justify = "left" if heading in ("store", "", "by day") else "right"
        made.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for line in lines:
        figures = _figures(line.orders, line.net, line.net_7, line.orders_7, line.days)
        made.add_row(f"[bold]{escape(line.store)}[/]", line.currency, *figures)
    by_day = [sum(day, Decimal(0)) for day in zip(*(line.total_days for line in lines), strict=True)]
    figures = _figures(
        sum(line.orders for line in lines),
        sum((line.total for line in lines), Decimal(0)),
        sum((line.total_7 for line in lines), Decimal(0)),
        sum(line.orders_7 for line in lines),
        by_day,
    )
    made.add_section()
    made.add_row(
        "[bold]all together[/]", lines[0].reporting_currency, *(f"[bold]{one}[/]" for one in figures)
    )
    return made


def notes(lines: Sequence[Line]) -> list[str]:
    """What the total lacks: days of sales that no exchange rate is known for."""
    found = []
    for line in lines:
        if line.unpriced:
            listed = ", ".join(str(day) for day in line.unpriced[-UNPRICED_SHOWN:])
            more = "" if len(line.unpriced) <= UNPRICED_SHOWN else " and earlier"
            found.append(
                f"the total lacks {len(line.unpriced):,} days of {escape(line.store)} that have no rate from "
                f"{line.currency} to {line.reporting_currency}: {listed}{more}"
            )
    return found


def sparkline(values: Sequence[Decimal]) -> str:
    """One bar per value, from zero to the greatest; negative values are shown as none."""
    greatest = max([*values, Decimal(0)])
    if greatest <= 0:
        return " " * len(values)
    top = len(BARS) - 1
    return "".join(BARS[max(0, round(value / greatest * top))] for value in values)


def _figures(orders: int, net: Decimal, net_7: Decimal, orders_7: int, days: Sequence[Decimal]) -> list[str]:
    bars = f"[cyan]{sparkline(days)}[/]"
    return [f"{orders:,}", f"{net:,.2f}", f"{net_7:,.2f}", f"{orders_7:,}", bars]


def read() -> list[Line]:
    """A line per store; raises a database error where the marts have not been built."""
    connection = warehouse.connect("reader")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(STORES)
            return [Line(*row) for row in cursor.fetchall()]
    finally:
        connection.close()
