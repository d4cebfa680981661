"""The reports of wc/v3."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from sandbox.woocommerce.arguments import Argument, Arguments, Choice, Text
from sandbox.woocommerce.dates import wall
from sandbox.woocommerce.errors import WpError
from sandbox.woocommerce.reports.legacy import sales
from sandbox.woocommerce.routes.base import FIELDS, Answer, Call, Route, sent
from sandbox.woocommerce.routes.orders import TRASH, registered

PERIODS = ("week", "month", "last_month", "year")
SALES: Mapping[str, Argument] = {
    **FIELDS,
    "period": Choice(PERIODS),
    "date_min": Text(),
    "date_max": Text(),
}
SLUGS = ("sales", "orders/totals")
EARLIEST = timedelta(days=20 * 365 + 5)  # the report looks no further back


def _reports(call: Call, arguments: Arguments) -> Answer:
    base = f"{call.site.home}/wp-json/wc/v3/reports"
    return sent(
        arguments,
        [
            {
                "slug": slug,
                "description": f"List of {slug.replace('/', ' ')} reports.",
                "_links": {"self": [{"href": f"{base}/{slug}"}], "collection": [{"href": base}]},
            }
            for slug in SLUGS
        ],
    )


def _sales(call: Call, arguments: Arguments) -> Answer:
    site = call.site
    zone = site.settings.zone()
    report = sales(
        (row.source for row in site.orders.rows().values()),
        site.shop.shop_customers.values(),
        span=_days(arguments, wall(site.sandbox.now(), zone).date()),
        day_of=lambda moment: wall(moment, zone).date(),
    )
    about = {"about": [{"href": f"{site.home}/wp-json/wc/v3/reports"}]}
    return sent(arguments, [{**report, "_links": about}])


def _order_totals(call: Call, arguments: Arguments) -> Answer:
    site = call.site
    counts: dict[str, int] = {}
    for row in site.orders.rows().values():
        counts[row.status] = counts.get(row.status, 0) + 1
    names = [name for name in registered(site) if name != TRASH]
    return sent(
        arguments,
        [
            {"slug": name, "name": name.replace("-", " ").title(), "total": counts.get(name, 0)}
            for name in names
        ],
    )


def _days(arguments: Arguments, today: date) -> tuple[date, date]:
    """A period goes before days; without either it is today."""
    match arguments["period"]:
        case "week":
            return today - timedelta(days=6), today
        case "month":
            return today.replace(day=1), today
        case "last_month":
            end = today.replace(day=1) - timedelta(days=1)
            return end.replace(day=1), end
        case "year":
            return today.replace(month=1, day=1), today
    if not (arguments["date_min"] or arguments["date_max"]):
        return today, today
    earliest = today - EARLIEST
    first = max(_day(arguments, "date_min", earliest), earliest)
    return first, max(first, _day(arguments, "date_max", today))


def _day(arguments: Arguments, name: str, otherwise: date) -> date:
    text = arguments[name]
    if not text:
        return otherwise
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as the 30th of February
    message = "The date you provided is invalid."
    raise WpError(
        400,
        "rest_invalid_param",
        message=f"Invalid parameter(s): {name}",
        data={"params": {name: message}, "details": {}},
    )


ROUTES = (
    Route("/wc/v3/reports", FIELDS, _reports, needs="reports"),
    Route("/wc/v3/reports/sales", SALES, _sales, needs="reports"),
    Route("/wc/v3/reports/orders/totals", FIELDS, _order_totals, needs="reports"),
)
