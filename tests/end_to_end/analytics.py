"""What analytics got of what happened: sessions and purchases, by everything that it tells of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sandbox.business.marketing.types import Hit, Visit
from tests.end_to_end.figures import Figures, Key, read
from tests.end_to_end.happened import Happened, Report

NOT_SET = "(not set)"
# What it calls the campaign of a visit that no campaign brought.
BY_MEDIUM = {
    "(none)": "(direct)",
    "organic": "(organic)",
    "referral": "(referral)",
    "ai-assistant": "(ai-assistant)",
}
SESSIONS = """
select account_id, date_day, channel_group, source, medium, campaign_name, landing_page, device_category,
    country, sessions, engaged_sessions, users, new_users, item_views, add_to_carts, checkouts, purchases,
    purchase_revenue
from marts.fct_sessions
"""
PURCHASES = """
select account_id, transaction_id, first_seen_date, channel_group, source, medium, campaign_name,
    device_category, country, times_reported, revenue_amount, tax_amount, shipping_amount
from marts.fct_web_purchases where not is_unidentified
"""
UNIDENTIFIED = """
select account_id, first_seen_date, channel_group, source, medium, campaign_name, device_category, country,
    times_reported, revenue_amount, tax_amount, shipping_amount
from marts.fct_web_purchases where is_unidentified
"""


def compared(happened: Happened) -> Iterator[tuple[str, Figures, Figures]]:
    """Each kind of figure with what it has to be and what marts say."""
    yield "sessions", _visited(happened), read(SESSIONS, key=9)
    yield "purchase", _bought(happened), read(PURCHASES, key=2)
    yield "purchases without an id", _unidentified(happened), read(UNIDENTIFIED, key=8)


def campaign_of(visit: Visit) -> str:
    """The campaign as analytics calls it."""
    return visit.campaign or BY_MEDIUM.get(visit.medium, NOT_SET)


def _names(visit: Visit) -> tuple[str, str, str, str]:
    return visit.channel_group, visit.source, visit.medium, campaign_of(visit)


def first_of(reports: list[Report]) -> Report:
    """The one that a purchase is known by: of the first day's rows the one that has it most often."""
    day = min(report.day for report in reports)
    rows = Counter(_row(report.visit) for report in reports if report.day == day)
    found = min(rows, key=lambda row: (-rows[row], row))
    return next(report for report in reports if report.day == day and _row(report.visit) == found)


def _row(visit: Visit) -> tuple[str, ...]:
    return *_names(visit), visit.device, visit.country


def place_of(visit: Visit) -> tuple[str, ...]:
    """The row of a day's sessions that a visit is counted in."""
    return *_names(visit), visit.landing_page or NOT_SET, visit.device, visit.country


def _visited(happened: Happened) -> Figures:
    found: dict[Key, list[Hit]] = defaultdict(list)
    for (store, day), hits in happened.hits.items():
        for hit in hits:
            found[store, day, *place_of(hit.visit)].append(hit)
    return {key: _measures(hits) for key, hits in found.items()}


def _measures(hits: list[Hit]) -> tuple[Any, ...]:
    visits = [hit.visit for hit in hits]
    bought = [purchase for hit in hits for purchase in hit.purchases]
    return (
        len(visits),
        sum(visit.engaged for visit in visits),
        len({visit.visitor for visit in visits}),
        len({visit.visitor for visit in visits if visit.is_new}),
        sum(visit.views_item for visit in visits),
        sum(visit.adds_to_cart for visit in visits),
        sum(visit.begins_checkout for visit in visits),
        len(bought),
        sum((purchase.revenue for purchase in bought), Decimal(0)),
    )


def _bought(happened: Happened) -> Figures:
    """Once, on the day it first came, with whatever that day's report says of the visit."""
    found: Figures = {}
    for (store, transaction), reports in happened.reports.items():
        if not transaction:
            continue
        first = first_of(reports)
        bought = first.purchase
        amounts = bought.revenue, bought.tax, bought.shipping
        found[store, transaction] = (first.day, *_row(first.visit), len(reports), *amounts)
    return found


def _unidentified(happened: Happened) -> Figures:
    """As many as came, by what else is known of them."""
    found: Figures = {}
    for (store, transaction), reports in happened.reports.items():
        for report in reports if not transaction else ():
            key = (store, report.day, *_row(report.visit))
            count, *sums = found.get(key, (0, Decimal(0), Decimal(0), Decimal(0)))
            one = report.purchase
            amounts = one.revenue, one.tax, one.shipping
            found[key] = (count + 1, *(sum_ + more for sum_, more in zip(sums, amounts, strict=True)))
    return found
