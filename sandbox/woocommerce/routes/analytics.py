"""WooCommerce Analytics: computed behind the orders' back, now and then late. Both ends of a span count."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sandbox.woocommerce.arguments import Argument, Arguments, Choice, Flag, Integer, Many, Moment, Text
from sandbox.woocommerce.dates import read, wall
from sandbox.woocommerce.listing import Page
from sandbox.woocommerce.reports import desk, intervals
from sandbox.woocommerce.reports.order_rows import order_row
from sandbox.woocommerce.reports.revenue import products, revenue
from sandbox.woocommerce.reports.stats import Stat
from sandbox.woocommerce.routes.base import FIELDS, Answer, Call, Route, paging_headers, sent
from sandbox.woocommerce.settings import DATE_TYPES
from sandbox.woocommerce.site import Site

SPAN: Mapping[str, Argument] = {
    **FIELDS,
    "page": Integer(1, 1),
    "after": Moment(),
    "before": Moment(),
    "order": Choice(("asc", "desc"), "desc"),
    "force_cache_refresh": Flag(),
}
STATS: Mapping[str, Argument] = {
    **SPAN,
    "per_page": Integer(10, 1, 100),
    "interval": Choice(intervals.NAMES, "week"),
    "orderby": Choice(("date",), "date"),
    "date_type": Choice(DATE_TYPES),
}
ORDERS: Mapping[str, Argument] = {
    **SPAN,
    "per_page": Integer(10, 0, 100),
    "orderby": Choice(("date", "num_items_sold", "net_total"), "date"),
    "status_is": Many(Text()),
    "status_is_not": Many(Text()),
    "order_includes": Many(Integer()),
    "order_excludes": Many(Integer()),
    "refunds": Choice(("", "all", "partial", "full", "none"), ""),
    "extended_info": Flag(),
}
WEEK = timedelta(days=7)


def _revenue(call: Call, arguments: Arguments) -> Answer:
    return _stats(call, arguments, extended=False)


def _orders_stats(call: Call, arguments: Arguments) -> Answer:
    return _stats(call, arguments, extended=True)


def _stats(call: Call, arguments: Arguments, *, extended: bool) -> Answer:
    site, name = call.site, arguments["interval"]
    zone = site.settings.zone()
    after, before = _span(site, arguments)
    by_interval: dict[str, list[Stat]] = {}
    for at, row in desk.counted(site, arguments.get("date_type")).between(after, before):
        by_interval.setdefault(intervals.name_of(at, name), []).append(row)
    inside = [row for rows in by_interval.values() for row in rows]
    spans = intervals.Intervals(after, before, name)
    numbers = range(len(spans))
    if arguments["order"] == "desc":
        numbers = numbers[::-1]
    page = Page.of(numbers, arguments, total=spans.counted(zone))
    body: dict[str, Any] = {
        "totals": {**revenue(inside, extended=extended), "products": products(inside), "segments": []},
        "intervals": [
            {
                **one.shown(zone),
                "subtotals": {**revenue(by_interval.get(one.id, []), extended=extended), "segments": []},
            }
            for one in (spans[number] for number in page.rows)
        ],
    }
    return sent(arguments, body, paging_headers(call, page))


def _orders(call: Call, arguments: Arguments) -> Answer:
    site = call.site
    after, before = _span(site, arguments)
    rows = _chosen(site, arguments, after, before)
    if arguments["orderby"] != "date":
        rows.sort(key=lambda row: row.items if arguments["orderby"] == "num_items_sold" else row.net)
    if arguments["order"] == "desc":
        rows.reverse()
    page = Page.of(rows, arguments)
    extended = arguments["extended_info"]
    people = desk.people(site)
    body = [order_row(row, site, people=people, extended=extended) for row in page.rows]
    return sent(arguments, body, paging_headers(call, page))


def _chosen(site: Site, arguments: Arguments, after: datetime, before: datetime) -> list[Stat]:
    """The rows that the report's own filters mean; naming statuses brings the excluded ones back."""
    wanted, unwanted = arguments["status_is"], arguments["status_is_not"]
    known = desk.all_rows(site) if wanted or unwanted else desk.counted(site)
    rows = [row for _, row in known.between(after, before)]
    if wanted:
        rows = [row for row in rows if row.status in wanted]
    rows = [row for row in rows if row.status not in unwanted]
    if arguments["order_includes"]:
        rows = [row for row in rows if row.order_id in arguments["order_includes"]]
    if arguments["refunds"] == "none":
        rows = [row for row in rows if row.parent_id == 0]
    elif arguments["refunds"]:
        rows = [row for row in rows if row.parent_id != 0]
    return [row for row in rows if row.order_id not in arguments["order_excludes"]]


def _span(site: Site, arguments: Arguments) -> tuple[datetime, datetime]:
    """Both ends by the site's wall clock; a week up to now where nobody says."""
    zone, now = site.settings.zone(), wall(site.sandbox.now(), site.settings.zone())
    before = wall(read(arguments["before"], zone), zone) if arguments["before"] else now
    after = wall(read(arguments["after"], zone), zone) if arguments["after"] else before - WEEK
    return after, before


ROUTES = (
    Route("/wc-analytics/reports/revenue/stats", STATS, _revenue, needs="reports"),
    Route("/wc-analytics/reports/orders/stats", STATS, _orders_stats, needs="reports"),
    Route("/wc-analytics/reports/orders", ORDERS, _orders, needs="reports"),
)
