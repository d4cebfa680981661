"""What a person wants to see after the main job: each store's orders, net sales and last seven days."""

from __future__ import annotations

from decimal import Decimal

import psycopg2
import warehouse
from orchestration.cli.console import console, say, step
from rich.table import Table

STORES = """
select
    store.store_name,
    agg.currency_code,
    sum(agg.orders) as orders,
    sum(agg.net_sales) as net_sales,
    sum(agg.net_sales) filter (where agg.date_day > last.day - 7) as net_sales_7,
    sum(agg.orders) filter (where agg.date_day > last.day - 7) as orders_7,
    array_agg(agg.net_sales order by agg.date_day) filter (where agg.date_day > last.day - 7) as days,
    min(agg.date_day) as first_day,
    max(agg.date_day) as last_day
from marts.agg_daily_summary as agg
inner join marts.dim_store as store on agg.store_key = store.store_key
cross join lateral (
    select max(date_day) as day from marts.agg_daily_summary as own where own.store_key = agg.store_key
) as last
group by store.store_name, agg.currency_code
order by net_sales desc
"""

BARS = " ▁▂▃▄▅▆▇█"


def show() -> None:
    """Print the table of stores; says so where nothing has been built yet."""
    step("summary", "read from the marts, as the role that can read nothing else")
    try:
        stores = _rows()
    except psycopg2.Error:
        say("  nothing to show: the marts have not been built")
        return
    if not stores:
        say("  nothing to show: the marts hold no sales yet")
        return
    table = Table(show_edge=False, header_style="bold", pad_edge=False, box=None)
    for heading in ("store", "", "orders", "net sales", "last 7 days", "orders", "by day"):
        justify = "left" if heading in ("store", "", "by day") else "right"
        table.add_column(heading, justify=justify, no_wrap=True)  # type: ignore[arg-type]
    for name, currency, orders, net, net_7, orders_7, days, _, _ in stores:
        table.add_row(
            f"[bold]{name}[/]",
            currency,
            f"{orders:,}",
            f"{net:,.2f}",
            f"{net_7:,.2f}",
            f"{orders_7:,}",
            f"[cyan]{sparkline(days)}[/]",
        )
    console.print(table)
    first, last = min(row[7] for row in stores), max(row[8] for row in stores)
    say(f"  [dim]{first} to {last}, each store in its own currency and local days, as booked[/]")


def sparkline(values: list[Decimal]) -> str:
    """One bar per value, from zero to the greatest; negative values are shown as none."""
    greatest = max([*values, Decimal(0)])
    if greatest <= 0:
        return " " * len(values)
    top = len(BARS) - 1
    return "".join(BARS[max(0, round(value / greatest * top))] for value in values)


def _rows() -> list[tuple]:  # type: ignore[type-arg]
    connection = warehouse.connect("reader")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(STORES)
            return cursor.fetchall()
    finally:
        connection.close()
