"""The verdict per store: how many days tie out, and what is known of those that do not.

Read from the marts as `reader`. A day is as good as its worst measure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import warehouse
from psycopg2.extensions import cursor as Cursor
from warehouse import Settings

# From good to bad.
STATUSES = ("not available", "ok", "provisional", "explained", "unexplained")
COMPARED = ("ok", "explained", "unexplained")

EXISTS = "select to_regclass('marts.fct_tie_out') is not null"
DAYS = """
select store_key, worst, count(*)
from (
    select store_key, date_day, max(array_position(%(statuses)s, status)) as worst
    from marts.fct_tie_out
    group by store_key, date_day
) as days
group by store_key, worst
"""
STORES = """
select store_key, platform, account_id, store_name, currency_code
from marts.dim_store
order by platform, account_id
"""
MEASURES = """
select store_key, date_day, status, measure, ours, theirs
from marts.fct_tie_out
where is_off and status in ('explained', 'unexplained')
order by date_day desc, measure
"""
# An order is off in several measures by the same cause: the total tells it best, where there is one.
ORDERS = """
select store_key, date_day, order_name, cause, residual
from (
    select distinct on (store_key, date_day, order_key) *
    from marts.fct_tie_out_orders
    order by store_key, date_day, order_key, measure = 'total_sales' desc, abs(residual) desc nulls last
) as orders
order by date_day desc, abs(residual) desc nulls last
"""


@dataclass(frozen=True)
class Gap:
    """One day that does not tie out: (measure, ours, theirs) and the orders found (name, cause, residual).

    The row without a name is what no order accounts for.
    """

    day: date
    status: str
    measures: tuple[tuple[str, Decimal | None, Decimal | None], ...]
    orders: tuple[tuple[str | None, str, Decimal | None], ...]


@dataclass(frozen=True)
class StoreVerdict:
    """One store: days by status, and its gaps, the newest first."""

    platform: str
    account: str
    name: str
    currency: str
    days: Mapping[str, int]
    gaps: tuple[Gap, ...] = ()

    @property
    def compared(self) -> int:
        """Days of which both sides are known and final."""
        return sum(self.days.get(status, 0) for status in COMPARED)

    @property
    def status(self) -> str:
        """Its worst day's."""
        return next((one for one in reversed(STATUSES) if self.days.get(one)), "not available")


def verdicts(*, settings: Settings | None = None) -> list[StoreVerdict]:
    """The verdict on every store; none where the models have not been built."""
    connection = warehouse.connect("reader", settings=settings)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(EXISTS)
            return _verdicts(cursor) if cursor.fetchall() == [(True,)] else []
    finally:
        connection.close()


def _verdicts(cursor: Cursor) -> list[StoreVerdict]:
    cursor.execute(DAYS, {"statuses": list(STATUSES)})
    days: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for store, worst, count in cursor.fetchall():
        days[store][STATUSES[worst - 1]] = count
    gaps = _gaps(cursor)
    cursor.execute(STORES)
    return [
        StoreVerdict(platform, account, name, currency, days[store], tuple(gaps.get(store, ())))
        for store, platform, account, name, currency in cursor.fetchall()
        if store in days
    ]


def _gaps(cursor: Cursor) -> dict[str, list[Gap]]:
    orders: defaultdict[tuple[str, date], list[tuple[str | None, str, Decimal | None]]] = defaultdict(list)
    cursor.execute(ORDERS)
    for store, day, name, cause, residual in cursor.fetchall():
        orders[store, day].append((name, cause, residual))
    measures: defaultdict[tuple[str, date], list[tuple[str, Decimal | None, Decimal | None]]]
    measures = defaultdict(list)
    worst: dict[tuple[str, date], str] = {}
    cursor.execute(MEASURES)
    for store, day, status, measure, ours, theirs in cursor.fetchall():
        measures[store, day].append((measure, ours, theirs))
        worst[store, day] = max(worst.get((store, day), status), status, key=STATUSES.index)
    gaps: defaultdict[str, list[Gap]] = defaultdict(list)
    for (store, day), found in measures.items():
        gaps[store].append(Gap(day, worst[store, day], tuple(found), tuple(orders[store, day])))
    return dict(gaps)
