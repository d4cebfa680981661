"""What really happened in marketing, to compare marts with: spend, what analytics got, how orders came."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.end_to_end.house import House, query

READ = 400  # days that a first load reads
SPEND = """
select platform, account_id, date_day, currency_code, sum(spend_amount) as spend,
    sum(impressions) as impressions, sum(clicks) as clicks
from marts.fct_ad_spend group by 1, 2, 3, 4 having sum(spend_amount + impressions + clicks) > 0
"""
SESSIONS = """
select account_id, date_day, source, medium, sum(sessions) as sessions, sum(add_to_carts) as carts
from marts.fct_sessions group by 1, 2, 3, 4
"""
PURCHASES = """
select account_id, transaction_id, first_seen_date, times_reported,
    revenue_amount, tax_amount, shipping_amount
from marts.fct_web_purchases where not is_unidentified
"""


def differences(house: House) -> list[str]:
    """Every figure that is not what happened, as far as the platforms show what happened."""
    return [
        f"{what} {key}: truth {truth.get(key)}, marts {ours.get(key)}"
        for what, truth, ours in (
            ("spend", dict(_spent(house)), {_key(row, 4): _values(row, 4) for row in query(SPEND)}),
            ("sessions", _visited(house), {_key(row, 4): _values(row, 4) for row in query(SESSIONS)}),
            ("purchase", _bought(house), {_key(row, 2): _values(row, 2) for row in query(PURCHASES)}),
        )
        for key in sorted(truth.keys() | ours.keys())
        if truth.get(key) != ours.get(key)
    ]


def _spent(house: House) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """By account, day and currency: what its platform charges for it, impressions, clicks."""
    marketing = house.world.marketing
    for account in marketing.accounts:
        for day in _days(house, account.zone):
            if rows := marketing.delivery(account, day):
                cost = sum((row.cost for row in rows), Decimal(0))
                shown, clicked = sum(row.impressions for row in rows), sum(row.clicks for row in rows)
                yield (account.platform, account.name, day, account.currency), (cost, shown, clicked)


def _visited(house: House) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """By store, day, source and medium: sessions that analytics got."""
    found: Counter[tuple[Any, ...]] = Counter()
    carts: Counter[tuple[Any, ...]] = Counter()
    for store, day in store_days(house):
        for hit in house.world.marketing.hits(store, day):
            key = (store, day, hit.visit.source, hit.visit.medium)
            found[key] += 1
            carts[key] += hit.visit.adds_to_cart
    return {key: (sessions, carts[key]) for key, sessions in found.items()}


def _bought(house: House) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """By store and transaction id: the day it first came, how often, and what it was worth."""
    found: dict[tuple[Any, ...], list[Any]] = defaultdict(list)
    for store, day in store_days(house):
        for hit in house.world.marketing.hits(store, day):
            for purchase in hit.purchases:
                if purchase.transaction_id:
                    found[store, purchase.transaction_id].append((day, purchase))
    return {
        key: (min(day for day, _ in each), len(each), each[0][1].revenue, each[0][1].tax, each[0][1].shipping)
        for key, each in found.items()
    }


def store_days(house: House) -> Iterator[tuple[str, date]]:
    """Every store with each of its days that was loaded."""
    for name, store in house.world.stores.items():
        for day in _days(house, store.zone):
            yield name, day


def first_day(house: House, zone: ZoneInfo) -> date:
    """The first local day that the first load read."""
    return house.began.astimezone(zone).date() - timedelta(days=READ)


def _days(house: House, zone: ZoneInfo) -> Iterable[date]:
    first, today = first_day(house, zone), house.world.clock.astimezone(zone).date()
    return (first + timedelta(days=number) for number in range((today - first).days + 1))


def _key(row: Mapping[str, Any], size: int) -> tuple[Any, ...]:
    return tuple(row.values())[:size]


def _values(row: Mapping[str, Any], size: int) -> tuple[Any, ...]:
    return tuple(row.values())[size:]
