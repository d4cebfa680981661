"""Orders against the purchases of analytics, row by row, as they have to be by what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sandbox.business.marketing.facts import worth
from sandbox.business.marketing.types import Visit
from sandbox.business.model import WebShop
from tests.end_to_end.analytics import campaign_of
from tests.end_to_end.causes import attributed, is_noted, number
from tests.end_to_end.figures import Figures
from tests.end_to_end.happened import Happened, Report, StoreOrder
from tests.end_to_end.house import query

MATCHES = """
select coalesce(store.account_id, purchases.account_id) as store, orders.order_id, purchases.transaction_id,
    match.status, match.date_day, match.channel_group, purchases.source, purchases.medium,
    purchases.campaign_name, purchases.device_category, purchases.country, match.reported_count,
    match.order_date, match.first_seen_date, match.original_total_amount, match.revenue_amount,
    match.difference_amount, match.is_visit_known
from marts.fct_order_match as match
left join marts.fct_orders as orders on match.order_key = orders.order_key
left join marts.fct_web_purchases as purchases on match.web_purchase_key = purchases.web_purchase_key
left join marts.dim_store as store on match.store_key = store.store_key
"""


def compared(happened: Happened) -> Iterator[tuple[str, Figures, Figures]]:
    """Rows of every status with what they have to be and what marts say."""
    yield "match", dict(_expected(happened)), dict(_told())


def _told() -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    for row in query(MATCHES):
        values = list(row.values())
        values[1] = number(row["order_id"]) if row["order_id"] else None
        if row["transaction_id"] is not None:  # what it came by is compared with the purchase itself
            values[6:11] = [None] * 5
        yield tuple(values[:11]), tuple(values[11:])


def _expected(happened: Happened) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    ways = attributed()
    for order, day in happened.placed.items():
        total, way = _total(happened, order), ways[order]
        if happened.reports_of(*order):
            continue
        key = (*order, None, "order_only", day, way["channel_group"], *[None] * 5)
        is_known = happened.journeys[order] is not None and is_noted(happened, order)
        yield key, (0, day, None, total, None, None, is_known)
    for (store, transaction), reports in happened.reports.items():
        if not transaction:
            yield from _unidentified(store, reports)
            continue
        order = (store, happened.orders[store, transaction])
        if order in happened.placed:
            found = (order[1], happened.placed[order], _total(happened, order), ways[order]["channel_group"])
            yield from _purchase((store, transaction), reports, found)
        else:
            yield from _purchase((store, transaction), reports, None)


def _total(happened: Happened, order: StoreOrder) -> Decimal:
    """What an order was placed for; WooCommerce changes orders in place and keeps what they came to be."""
    store = happened.world.stores[order[0]]
    if isinstance(store, WebShop):
        return store.shop_orders[order[1]].total
    return worth(store, order[1]).total


def _purchase(
    of: tuple[str, str], reports: list[Report], order: tuple[int, date, Decimal, str] | None
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """One row for the purchase, and one for all that came of it again."""
    (store, transaction), first = of, reports[0]
    number, placed, total, channel = order or (None, None, None, first.visit.channel_group)
    day, revenue = placed or first.day, first.purchase.revenue
    difference = revenue - total if total is not None else None
    status, rest = "matched" if order else "purchase_only", (channel, *[None] * 5)
    yield (
        (store, number, transaction, status, day, *rest),
        (1, placed, first.day, total, revenue, difference, True),
    )
    if len(reports) > 1:
        yield (
            (store, number, transaction, "duplicate", day, *rest),
            (len(reports) - 1, placed, first.day, total, None, None, True),
        )


def _unidentified(store: str, reports: list[Report]) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Purchases without an id are told apart by nothing but how they came."""
    found: dict[tuple[Any, ...], list[Report]] = {}
    for report in reports:
        found.setdefault((report.day, *_came(report.visit)), []).append(report)
    for (day, *came), those in found.items():
        revenue = sum((one.purchase.revenue for one in those), Decimal(0))
        key = (store, None, None, "purchase_only", day, *came)
        yield key, (len(those), None, day, None, revenue, None, True)


def _came(visit: Visit) -> tuple[str, ...]:
    return (
        visit.channel_group,
        visit.source,
        visit.medium,
        campaign_of(visit),
        visit.device,
        visit.country,
    )
