"""What was spent and sold of late, as the marts have it; ROAS and CAC are of days of which both are known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import warehouse

MONTH, WEEK = 30, 7

# Days back from each store's last day: their local days differ. Spend of accounts of no store has a row too.
# A day counts for ROAS and CAC where all of its spend and sales is known: spend that is not would flatter
# them. Where nobody advertises, nothing was spent.
COSTS = """
with days as (
    select
        agg.store_key, agg.date_day, agg.reporting_currency_code, agg.reporting_total_sales as sales,
        agg.new_customers, agg.is_provisional and agg.ad_accounts > 0 as is_provisional,
        agg.reporting_ad_spend as spend,
        agg.ad_accounts > 0 and agg.reporting_ad_spend is null as is_unpriced,
        agg.is_spend_partial or (ads.is_advertised and agg.ad_accounts = 0) as is_unread,
        agg.reporting_total_sales is not null and not agg.is_spend_partial
        and (agg.reporting_ad_spend is not null or not ads.is_advertised) as is_counted
    from marts.agg_daily_summary as agg
    cross join lateral (
        select count(*) > 0 as is_advertised from marts.dim_ad_account as accounts
        where
            accounts.store_key = agg.store_key
            and agg.date_day <= coalesce(accounts.ended_on, agg.date_day)
    ) as ads

    union all

    select
        null, date_day, max(reporting_currency_code), null, 0, bool_or(is_provisional),
        case when count(*) = count(reporting_ad_spend) then sum(reporting_ad_spend) end,
        count(*) > count(reporting_ad_spend), false, count(*) = count(reporting_ad_spend)
    from marts.agg_daily_channel
    where store_key is null and ad_accounts > 0
    group by date_day
),

recent as (
    select * from (
        select
            *,
            max(date_day) over (partition by store_key) - date_day as back,
            min(date_day) filter (where is_provisional) over (partition by store_key) as open_since
        from days
    ) as counted_back
    where back < {month}
),

unread as (
    select
        recent.store_key,
        string_agg(distinct accounts.platform || '/' || accounts.account_id, ', ') as names
    from recent
    inner join marts.dim_ad_account as accounts
        on
            recent.store_key = accounts.store_key
            and recent.date_day between accounts.first_day and coalesce(accounts.ended_on, recent.date_day)
    left join marts.fct_ad_restatements as told
        on
            accounts.account_key = told.account_key
            and recent.date_day = told.date_day
            and told.is_latest
            and told.spend_amount is not null
    where recent.is_unread and told.account_key is null
    group by recent.store_key
)

select
    store.store_name,
    max(recent.reporting_currency_code),
    {figures},
    min(recent.open_since),
    coalesce(array_agg(recent.date_day order by recent.date_day) filter (where recent.is_unpriced), '{}'),
    coalesce(array_agg(recent.date_day order by recent.date_day) filter (where recent.is_unread), '{}'),
    max(unread.names)
from recent
left join marts.dim_store as store on recent.store_key = store.store_key
left join unread on recent.store_key = unread.store_key
group by recent.store_key, store.store_name
order by sum(recent.sales) desc nulls last
"""
FIGURES = """
    coalesce(sum(sales) filter (where back < {days}), 0), sum(spend) filter (where back < {days}),
    coalesce(bool_or(is_provisional) filter (where back < {days}), false),
    sum(sales) filter (where back < {days} and is_counted),
    sum(spend) filter (where back < {days} and is_counted),
    coalesce(sum(new_customers) filter (where back < {days} and is_counted), 0),
    coalesce(bool_or(recent.store_key is null and is_unpriced) filter (where back < {days}), false)
"""


@dataclass(frozen=True)
class Cost:
    """Sales and what was spent to get them, in one currency; `spend` is None where none is known of.

    `counted_*` and `new_customers` are of the days whose spend and sales are known, all of both: ROAS and CAC
    are made of them. What accounts of no store sold is nowhere to be found: None. `is_open`: spend of theirs
    is not known, and no sales could be left out with it.
    """

    sales: Decimal
    spend: Decimal | None
    is_provisional: bool
    counted_sales: Decimal | None
    counted_spend: Decimal | None
    new_customers: int
    is_open: bool = False

    @property
    def roas(self) -> Decimal | None:
        """Total sales per unit of spend."""
        if self.counted_sales is None or not self.counted_spend or self.is_open:
            return None
        return self.counted_sales / self.counted_spend

    @property
    def cac(self) -> Decimal | None:
        """Spend per new customer."""
        if self.counted_spend is None or not self.new_customers or self.is_open:
            return None
        return self.counted_spend / self.new_customers


@dataclass(frozen=True)
class Line:
    """One store (None: accounts of no store) over its last month and week."""

    store: str | None
    currency: str
    month: Cost
    week: Cost
    open_since: date | None
    unpriced: list[date]
    unread: list[date] = field(default_factory=list)
    unread_accounts: str | None = None


def read() -> list[Line]:
    """A line per store; raises a database error where the marts have not been built."""
    figures = ",".join(FIGURES.replace("{days}", str(days)) for days in (MONTH, WEEK))
    statement = COSTS.replace("{figures}", figures).replace("{month}", str(MONTH))
    connection = warehouse.connect("reader")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return [
                Line(row[0], row[1], Cost(*row[2:9]), Cost(*row[9:16]), *row[16:])
                for row in cursor.fetchall()
            ]
    finally:
        connection.close()


def together(costs: Sequence[Cost]) -> Cost:
    """All stores as one: all they sold, against all that was spent."""
    return Cost(
        sales=sum((one.sales for one in costs), Decimal(0)),
        spend=_sum(one.spend for one in costs),
        is_provisional=any(one.is_provisional for one in costs),
        counted_sales=_sum(one.counted_sales for one in costs),
        counted_spend=_sum(one.counted_spend for one in costs),
        new_customers=sum(one.new_customers for one in costs),
        is_open=any(one.is_open for one in costs),
    )


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None
