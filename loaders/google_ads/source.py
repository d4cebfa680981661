"""The resources of a Google Ads account: things whole, and the days of its reports in spans side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from loaders.common.context import Run
from loaders.common.days import AccountDays, Days, days_were_read
from loaders.common.google import Json
from loaders.common.landing import Document
from loaders.common.resources import Resource
from loaders.common.texts import canonical
from loaders.common.windows import State
from loaders.google_ads import queries, settings
from loaders.google_ads.client import Client, Customer
from loaders.google_ads.queries import CONVERSIONS, DELIVERY, REPORTS, Report

RESOURCES = (
    Resource("customers", "the account itself: name, currency, time zone", "whole", identity=True),
    Resource("campaigns", "campaigns, also those that were removed", "whole"),
    Resource("ad_groups", "ad groups, also those that were removed", "whole"),
    Resource("ads", "ads of ad groups, also those that were removed", "whole"),
    Resource("conversion_actions", "what the account counts as a conversion, and how", "whole"),
    Resource(
        DELIVERY.resource, "cost, impressions and clicks by ad and by campaign; one document per day", "days"
    ),
    Resource(
        CONVERSIONS.resource,
        "conversions by action, by ad and by campaign, on the day of the click; one document per day",
        "days",
    ),
)


@dataclass(frozen=True)
class Thing:
    """A list that is read whole: its query, and the parts of a row whose numbers are a document's id."""

    query: str
    keys: tuple[tuple[str, ...], ...]

    def id(self, row: Json) -> str:
        """The id of a row. Raises KeyError where it has none."""
        return "~".join(str(_within(row, path)) for path in self.keys)


THINGS = {
    "campaigns": Thing(queries.CAMPAIGNS, (("campaign", "id"),)),
    "ad_groups": Thing(queries.AD_GROUPS, (("adGroup", "id"),)),
    "ads": Thing(queries.ADS, (("adGroup", "id"), ("adGroupAd", "ad", "id"))),
    "conversion_actions": Thing(queries.CONVERSION_ACTIONS, (("conversionAction", "id"),)),
}


@dataclass(frozen=True)
class Span:
    """The rows of some days, by day and by what they are figures of; and the moment they describe."""

    days: Days
    ads: dict[date, list[Json]]
    campaigns: dict[date, list[Json]]
    at: datetime


@dataclass
class GoogleAds:
    """The resources of one customer in one run."""

    run: Run
    client: Client
    customer: Customer

    def resources(self) -> list[object]:
        """The dlt resources that this run wants; the customer itself always comes along."""
        read: dict[str, Callable[[State], Iterable[Document]]] = {
            "customers": lambda _: [self._customer()],
            **{name: partial(self.things, thing) for name, thing in THINGS.items()},
            **{one.resource: partial(self.reports, one) for one in REPORTS},
        }
        return [
            self.run.resource(one, read[one.name])
            for one in RESOURCES
            if one.name in self.run.wanted or one.identity
        ]

    def things(self, thing: Thing, _: State) -> Iterator[Document]:
        """Every row of a list as a document of its own."""
        for rows, at in self.client.pages(thing.query):
            for row in rows:
                yield Document(thing.id(row), canonical(row), None, at)

    def reports(self, report: Report, state: State) -> Iterator[Document]:
        """A document for each day that is new or may have moved, also for those without delivery."""
        account_days = AccountDays(
            self.run.account,
            self.customer.zone,
            self.customer.at,
            settings.RESTATED_DAYS,
            settings.REACH_DAYS,
            self.run.report.warn,
        )
        days = account_days.asked(state, self.run.request)
        spans = days.spans(settings.DAYS_PER_QUERY)
        for span in self.client.crew.in_order(partial(self._read, report), spans):
            for day in span.days:
                content = {"ads": span.ads.get(day, []), "campaigns": span.campaigns.get(day, [])}
                yield account_days.document(day, content, span.at)
                days_were_read(state, self.run.request, Days(days.first, day))

    def _customer(self) -> Document:
        return Document(self.customer.id, canonical(self.customer.row), None, self.customer.at)

    def _read(self, report: Report, days: Days) -> Span:
        ads, first = self.client.rows(report.by_ad(days))
        campaigns, second = self.client.rows(report.by_campaign(days))
        return Span(days, self._by_day(ads, days), self._by_day(campaigns, days), min(first, second))

    def _by_day(self, rows: list[Json], days: Days) -> dict[date, list[Json]]:
        """The rows of each day, in an order of their own: the vendor's says nothing and may differ."""
        found: dict[date, list[Json]] = defaultdict(list)
        for row in rows:
            day = date.fromisoformat(_within(row, ("segments", "date")))
            if not days.first <= day <= days.last:
                raise self.client.google.odd(f"a report of {days.first} to {days.last} has a row of {day}")
            found[day].append(row)
        return {day: sorted(some, key=canonical) for day, some in found.items()}


def _within(row: Json, path: tuple[str, ...]) -> str:
    """The text at a path of a row. Raises KeyError or TypeError where there is none."""
    found = row
    for key in path:
        found = found[key]
    return str(found)
