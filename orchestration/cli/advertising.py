"""What a person wants to know of advertising after the main job: what was spent, and what a sale cost.

Shown where anybody advertises. All money is in the reporting currency: accounts and stores differ in theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import warehouse
from orchestration.cli.console import console, say
from rich.markup import escape
from rich.table import Table

MONTH, WEEK = 30, 7
PROVISIONAL = "~"
NOTHING = "-"
OF_NO_STORE = "(no store)"

# Days back from each store's last day: their local days differ. Spend of accounts of no store has a row too.
COSTS = """
with advertised as (
    select store_key, date_day, bool_or(reporting_spend_amount is null) as is_unpriced
    from marts.fct_ad_spend
    group by store_key, date_day
),

days as (
    select
        agg.store_key, agg.date_day, agg.reporting_currency_code, agg.reporting_total_sales as sales,
        agg.new_customers, coalesce(agg.is_provisional, false) as is_provisional,
        advertised.store_key is not null as is_advertised,
        case when advertised.store_key is not null then agg.reporting_ad_spend end as spend,
        coalesce(advertised.is_unpriced, false) as is_unpriced
    from marts.agg_daily_summary as agg
    left join advertised on agg.store_key = advertised.store_key and agg.date_day = advertised.date_day

    union all

    select
        null, date_day, max(reporting_currency_code), 0, 0, bool_or(is_provisional), true,
        sum(reporting_spend_amount), bool_or(reporting_spend_amount is null)
    from marts.fct_ad_spend
    where store_key is null
    group by date_day
),

recent as (
    select
        *,
        max(date_day) over (partition by store_key) - date_day as back,
        min(date_day) filter (where is_advertised and is_provisional) over (partition by store_key)
            as open_since
    from days
)

select
    store.store_name,
    max(recent.reporting_currency_code),
    {figures},
    min(recent.open_since),
    coalesce(array_agg(recent.date_day order by recent.date_day) filter (where recent.is_unpriced), '{}')
from recent
left join marts.dim_store as store on recent.store_key = store.store_key
where recent.back < {month}
group by recent.store_key, store.store_name
order by sum(recent.sales) desc nulls last
"""
FIGURES = """
    coalesce(sum(sales) filter (where back < {days}), 0), sum(spend) filter (where back < {days}),
    coalesce(sum(new_customers) filter (where back < {days}), 0),
    coalesce(bool_or(is_provisional and is_advertised) filter (where back < {days}), false)
"""


@dataclass(frozen=True)
class Cost:
    """Sales and what was spent to get them, in one currency; `spend` is None where nobody advertised."""

    sales: Decimal
    spend: Decimal | None
    new_customers: int
    is_provisional: bool

    @property
    def roas(self) -> Decimal | None:
        """Total sales per unit of spend."""
        return self.sales / self.spend if self.spend else None

    @property
    def cac(self) -> Decimal | None:
        """Spend per new customer."""
        return self.spend / self.new_customers if self.spend is not None and self.new_customers else None


@dataclass(frozen=True)
class Line:
    """One store (None: accounts of no store) over its last month and week."""

    store: str | None
    currency: str
    month: Cost
    week: Cost
    open_since: date | None
    unpriced: list[date]


def show() -> None:
    """Print what advertising cost; nothing where there is none."""
    lines = read()
    if all(line.month.spend is None for line in lines):
        return
    say(f"\n[bold]what a sale cost[/]  [dim]the last {MONTH} days, and the last {WEEK}[/]")
    console.print(table(lines))
    for note in notes(lines):
        say(f"  [dim]{note}[/]")


def table(lines: Sequence[Line]) -> Table:
    """A row per store, and one for all of them."""
    made = Table(show_edge=False, header_style="bold", pad_edge=False, box=None)
    headings = ("store", "", "total sales", "ad spend", "ROAS", "CAC", "7 days", "ROAS", "CAC")
    for number, heading in enumerate(headings):
        made.add_column(heading, justify="left" if number < 2 else "right", no_wrap=True)
    for line in lines:
        made.add_row(
            f"[bold]{escape(line.store or OF_NO_STORE)}[/]", line.currency, *_figures(line.month, line.week)
        )
    made.add_section()
    figures = _figures(together([line.month for line in lines]), together([line.week for line in lines]))
    made.add_row("[bold]all together[/]", lines[0].currency, *(f"[bold]{one}[/]" for one in figures))
    return made


def together(costs: Sequence[Cost]) -> Cost:
    """All stores as one: all they sold, against all that was spent."""
    spent = [one.spend for one in costs if one.spend is not None]
    return Cost(
        sum((one.sales for one in costs), Decimal(0)),
        sum(spent, Decimal(0)) if spent else None,
        sum(one.new_customers for one in costs),
        any(one.is_provisional for one in costs),
    )


def notes(lines: Sequence[Line]) -> list[str]:
    """What the marks mean, and what the figures lack."""
    found = []
    since = [line.open_since for line in lines if line.open_since]
    if since:
        found.append(f"{PROVISIONAL} provisional: the platforms still restate days from {min(since)} on")
    found += [
        f"{escape(line.store or OF_NO_STORE)}: {len(line.unpriced)} days of spend have no rate to "
        f"{line.currency} and are left out, the last is {line.unpriced[-1]}"
        for line in lines
        if line.unpriced
    ]
    return found


def _figures(month: Cost, week: Cost) -> list[str]:
    return [f"{month.sales:,.0f}", *_cost(month), *_cost(week)]


def _cost(cost: Cost) -> list[str]:
    if cost.spend is None:
        return [NOTHING] * 3
    mark = PROVISIONAL if cost.is_provisional else ""
    roas = f"{mark}{cost.roas:,.2f}" if cost.roas else NOTHING
    return [f"{mark}{cost.spend:,.0f}", roas, f"{mark}{cost.cac:,.2f}" if cost.cac is not None else NOTHING]


def read() -> list[Line]:
    """A line per store; raises a database error where the marts have not been built."""
    figures = ",".join(FIGURES.replace("{days}", str(days)) for days in (MONTH, WEEK))
    statement = COSTS.replace("{figures}", figures).replace("{month}", str(MONTH))
    connection = warehouse.connect("reader")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [
                Line(row[0], row[1], Cost(*row[2:6]), Cost(*row[6:10]), row[10], list(row[11]))
                for row in cursor.fetchall()
            ]
    finally:
        connection.close()
