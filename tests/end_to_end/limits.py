"""What analytics makes of a property's days when it folds rows, holds some back, or counts a sample alone.

Such a day is not what happened, and says so; its sums follow from what happened and from the limit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from tests.end_to_end.analytics import place_of
from tests.end_to_end.causes import number
from tests.end_to_end.figures import differences
from tests.end_to_end.happened import Happened, StoreDay
from tests.end_to_end.house import query, query_raw

MOST_ROWS, FEWEST_USERS, SAMPLED = 10, 2, 50
LIMITED = {
    "harbour": {"row_limit": MOST_ROWS},
    "alpine": {"threshold": FEWEST_USERS},
    "kiwi": {"sample_percent": SAMPLED},
}
SESSIONS = """
select account_id, date_day, sum(sessions) as sessions,
    count(*) filter (where source = '(other)') as folded,
    bool_or(has_other_row) as has_other_row, bool_or(is_thresholded) as is_thresholded,
    bool_or(is_sampled) as is_sampled
from marts.fct_sessions group by 1, 2
"""
LABELS = """
select account_id, date_day, array_agg(distinct (day.is_thresholded, day.is_sampled)::text) as said
from marts.{table} as day inner join marts.dim_store as store on day.store_key = store.store_key
group by 1, 2
"""
SAMPLES = """
select distinct on (account_id, id) account_id, cast(id as date),
    cast(cast(document as jsonb) #>> '{report,metadata,samplingMetadatas,0,samplesReadCount}' as int)
from raw_ga4.session_reports order by account_id, id, observed_at desc
"""
MISSED = """
select store.account_id as store, orders.order_id
from marts.fct_order_match as match
inner join marts.fct_orders as orders on match.order_key = orders.order_key
inner join marts.dim_store as store on orders.store_key = store.store_key
where match.status = 'order_only'
"""


def unlike(happened: Happened, since: Mapping[str, date]) -> list[str]:
    """Every day whose sums or labels are others than they have to be; `since` is read with the limits."""
    days = {(row["account_id"], row["date_day"]): tuple(row.values())[2:] for row in query(SESSIONS)}
    expected = dict(_expected(happened, since))
    # a day without rows has labels alone, on the row of what else happened on it
    shown = {day: told for day, told in expected.items() if told[0]}
    found = differences("limited", shown, days)
    for table in ("agg_daily_summary", "agg_daily_channel"):
        said = {
            (row["account_id"], row["date_day"]): row["said"] for row in query(LABELS.format(table=table))
        }
        labels = {day: [_label(*expected.get(day, (False, False))[-2:])] for day in said.keys() | shown}
        found += differences(table, labels, said)
    return found


def _label(*flags: bool) -> str:
    """As the database writes a row of them."""
    return f"({','.join('t' if flag else 'f' for flag in flags)})"


def held_back(happened: Happened, since: Mapping[str, date]) -> tuple[int, int]:
    """Orders whose purchase analytics has and marts have not, because of the limits; and for no reason."""
    found: Counter[bool] = Counter()
    for row in query(MISSED):
        reports = happened.reports_of(row["store"], number(row["order_id"]))
        if reports:
            is_limited = LIMITED.get(row["store"], {}).keys() & {"threshold", "sample_percent"}
            found[bool(is_limited) and all(one.day >= since[row["store"]] for one in reports)] += 1
    return found[True], found[False]


def _expected(happened: Happened, since: Mapping[str, date]) -> Iterator[tuple[StoreDay, tuple[Any, ...]]]:
    """Sessions, rows that are several, and what is said of the day."""
    samples = {(account, day): read for account, day, read in query_raw(SAMPLES)}
    for (store, day), hits in happened.hits.items():
        rows = Counter(place_of(hit.visit) for hit in hits)
        limit = LIMITED.get(store, {}) if day >= since[store] else {}
        if "threshold" in limit:
            users = Counter(place for place, _ in {(place_of(hit.visit), hit.visit.visitor) for hit in hits})
            shown = [count for row, count in rows.items() if users[row] >= FEWEST_USERS]
            yield (store, day), (sum(shown), 0, False, True, False)
        elif "sample_percent" in limit:
            sessions = samples.get((store, day), 0) * 100 // SAMPLED
            yield (store, day), (sessions, 0, False, False, True)
        elif "row_limit" in limit and len(rows) > MOST_ROWS:
            yield (store, day), (len(hits), 1, True, False, False)
        elif hits:
            yield (store, day), (len(hits), 0, False, False, False)
