"""Dimensions and metrics that the practice properties know, what they are, and which go together.

The shop's tag sends no items with its events, as many do not: dimensions of items are "(not set)" and
metrics of items nothing but zeros.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.google.errors import RpcError, invalid_argument

LIST = (
    "For a list of valid dimensions and metrics, see "
    "https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema"
)
EXPLORER = "https://ga-dev-tools.google/ga4/dimensions-metrics-explorer/"
NOT_SET = "(not set)"


@dataclass(frozen=True)
class Dimension:
    """A dimension; `scope` decides what it can be combined with."""

    name: str
    title: str
    scope: str  # time, session, tech, purchase, item, event: attribution of the single event
    category: str
    old_name: str | None = None


@dataclass(frozen=True)
class Metric:
    """A metric; `family` decides what it can be combined with."""

    name: str
    title: str
    type: str
    family: str  # session, event, revenue, item
    category: str
    old_name: str | None = None


def _dimensions(scope: str, category: str, **named: str) -> list[Dimension]:
    return [Dimension(name, title, scope, category) for name, title in named.items()]


def _metrics(family: str, kind: str, category: str, **named: str) -> list[Metric]:
    return [Metric(name, title, f"TYPE_{kind}", family, category) for name, title in named.items()]


DIMENSIONS = {
    one.name: one
    for one in [
        *_dimensions(
            "time",
            "Time",
            date="Date",
            dateHour="Date + hour (YYYYMMDDHH)",
            dateHourMinute="Date hour and minute",
            dayOfWeek="Day of week",
            hour="Hour",
            month="Month",
            week="Week",
            year="Year",
            yearMonth="Year month",
        ),
        Dimension(
            "sessionDefaultChannelGroup",
            "Session default channel group",
            "session",
            "Traffic source",
            "sessionDefaultChannelGrouping",
        ),
        *_dimensions(
            "session",
            "Traffic source",
            sessionSource="Session source",
            sessionMedium="Session medium",
            sessionSourceMedium="Session source / medium",
            sessionCampaignName="Session campaign",
            sessionCampaignId="Session campaign ID",
        ),
        *_dimensions(
            "session",
            "Page / screen",
            landingPage="Landing page",
            landingPagePlusQueryString="Landing page + query string",
        ),
        *_dimensions("tech", "Platform / device", deviceCategory="Device category"),
        *_dimensions("tech", "Geography", country="Country"),
        *_dimensions("purchase", "Ecommerce", transactionId="Transaction ID"),
        *_dimensions(
            "item", "Ecommerce", itemId="Item ID", itemName="Item name", itemCategory="Item category"
        ),
        *_dimensions(
            "event",
            "Attribution",
            defaultChannelGroup="Default channel group",
            source="Source",
            medium="Medium",
            campaignName="Campaign",
        ),
    ]
}
METRICS = {
    one.name: one
    for one in [
        *_metrics("session", "INTEGER", "Session", sessions="Sessions", engagedSessions="Engaged sessions"),
        *_metrics("session", "FLOAT", "Session", engagementRate="Engagement rate", bounceRate="Bounce rate"),
        *_metrics("session", "INTEGER", "User", totalUsers="Total users", activeUsers="Active users"),
        *_metrics("event", "INTEGER", "User", newUsers="New users"),
        *_metrics("event", "INTEGER", "Event", eventCount="Event count"),
        *_metrics("event", "INTEGER", "Page / screen", screenPageViews="Views"),
        *_metrics(
            "event",
            "INTEGER",
            "Ecommerce",
            itemViewEvents="Item view events",
            addToCarts="Add to carts",
            checkouts="Checkouts",
            ecommercePurchases="Ecommerce purchases",
            transactions="Transactions",
        ),
        *_metrics("event", "CURRENCY", "Ecommerce", taxAmount="Tax amount", shippingAmount="Shipping amount"),
        *_metrics(
            "revenue",
            "CURRENCY",
            "Revenue",
            purchaseRevenue="Purchase revenue",
            grossPurchaseRevenue="Gross purchase revenue",
            totalRevenue="Total revenue",
            refundAmount="Refund amount",
        ),
        Metric("keyEvents", "Key events", "TYPE_FLOAT", "revenue", "Event", "conversions"),
        *_metrics(
            "item",
            "INTEGER",
            "Ecommerce",
            itemsViewed="Items viewed",
            itemsAddedToCart="Items added to cart",
            itemsCheckedOut="Items checked out",
            itemsPurchased="Items purchased",
        ),
        *_metrics("item", "CURRENCY", "Ecommerce", itemRevenue="Item revenue"),
    ]
}
EVERYTHING: list[Dimension | Metric] = [*DIMENSIONS.values(), *METRICS.values()]
OLD_NAMES = {one.old_name: one.name for one in EVERYTHING if one.old_name}
# family of a metric -> scopes of dimensions that it cannot stand beside
APART = {"session": (), "event": ("event", "item"), "revenue": ("item",), "item": ("event",)}


def current(name: str) -> str:
    """A field's name of today, whatever it was called in the request."""
    return OLD_NAMES.get(name, name)


def unknown_dimension(name: str) -> RpcError:
    """There is no such dimension."""
    hint = _hint(name, DIMENSIONS)
    return invalid_argument(f"{hint}Field {name} is not a valid dimension. {LIST} ")


def unknown_metric(name: str) -> RpcError:
    """There is no such metric; Google writes two spaces here."""
    hint = _hint(name, METRICS)
    return invalid_argument(f"{hint}Field {name} is not a valid metric.  {LIST} ")


def _hint(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.8)
    return f"Did you mean {close[0]}? " if close else ""


def clash(dimensions: Iterable[str], metrics: Iterable[str]) -> str | None:
    """The field whose removal brings a combination nearer to being possible; None of one that is."""
    dimensions, metrics = [current(one) for one in dimensions], [current(one) for one in metrics]
    for metric in metrics:
        for dimension in dimensions:
            if DIMENSIONS[dimension].scope in APART[METRICS[metric].family]:
                return dimension
    if "itemRevenue" in metrics:
        return next((one for one in metrics if METRICS[one].family in ("event", "revenue")), None)
    return None


def check_compatible(dimensions: Iterable[str], metrics: Iterable[str]) -> None:
    """Refuse fields that cannot be asked for together."""
    name = clash(dimensions, metrics)
    if name is not None:
        raise invalid_argument(
            f"Please remove {name} to make the request compatible. The request's dimensions & metrics are "
            f"incompatible. To learn more, see {EXPLORER}"
        )
