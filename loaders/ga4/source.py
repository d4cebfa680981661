"""The resources of a property: which days are asked for, and how their reports are read side by side."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from loaders.common.context import Run
from loaders.common.days import AccountDays, Days, days_were_read
from loaders.common.errors import VendorTrouble
from loaders.common.google import Answer
from loaders.common.landing import Document
from loaders.common.resources import Resource
from loaders.common.texts import canonical
from loaders.common.windows import State
from loaders.ga4 import settings
from loaders.ga4.client import Client, Property
from loaders.ga4.reports import PURCHASES, REPORTS, SESSIONS, Reading, Report

# Kept with each day, and no news by itself: it differs at every reading.
VOLATILE = ("report.propertyQuota",)
RESOURCES = (
    Resource("properties", "the property itself: currency, time zone, fields", "whole", identity=True),
    Resource(
        SESSIONS.resource,
        "sessions by channel, source, campaign, landing page, device and country; one document per day",
        "days",
    ),
    Resource(
        PURCHASES.resource,
        "purchases by transaction id with the session they came from; one document per day",
        "days",
    ),
)


@dataclass
class Ga4:
    """The resources of one property in one run."""

    run: Run
    client: Client
    property: Property

    def resources(self) -> list[object]:
        """The dlt resources that this run wants; the property itself always comes along."""
        read: dict[str, Callable[[State], Iterable[Document]]] = {
            "properties": lambda _: self.properties(),
            **{one.resource: partial(self.reports, one) for one in REPORTS},
        }
        return [
            self.run.resource(one, read[one.name])
            for one in RESOURCES
            if one.name in self.run.wanted or one.identity
        ]

    def properties(self) -> Iterator[Document]:
        """The property as one document."""
        found = self.property
        for name, why in found.blocked().items():
            self.run.report.warn(
                f"{name} is always 0 for these credentials ({why}): take the restriction away in Admin > "
                "Property access management"
            )
        body = {
            "property": found.id,
            "metadata": found.metadata,
            "currencyCode": found.currency,
            "timeZone": found.zone.key,
        }
        yield Document(found.id, canonical(body), None, found.at)

    def reports(self, report: Report, state: State) -> Iterator[Document]:
        """A document for each day that is new or may have moved."""
        account_days = AccountDays(
            self.run.account,
            self.property.zone,
            self.property.at,
            settings.RESTATED_DAYS,
            reach=(self.property.at.date() - settings.FIRST_DAY).days,
            warn=self.run.report.warn,
        )
        days = account_days.asked(state, self.run.request)
        for one in self._read(report, days):
            if one.at:
                yield account_days.document(one.day, {"report": one.joined()}, one.at, volatile=VOLATILE)
            days_were_read(state, self.run.request, Days(days.first, one.day))

    def _read(self, report: Report, days: Days) -> Iterator[Reading]:
        """The days in their order, each as soon as all of its rows and of those before it are there."""
        left = deque(Reading(day) for day in days)
        waiting = left.copy()
        running: deque[tuple[list[Reading], Future[Answer]]] = deque()
        crew = self.client.crew
        try:
            while waiting or running:
                while waiting and len(running) < crew.size:
                    batch = [waiting.popleft() for _ in range(min(len(waiting), settings.REPORTS_PER_BATCH))]
                    running.append((batch, crew.submit(partial(self._ask, report, batch))))
                batch, future = running.popleft()
                waiting.extendleft(reversed(self._taken(batch, future.result())))
                while left and left[0].is_whole:
                    yield left.popleft()
        finally:
            for _, future in running:
                future.cancel()

    def _ask(self, report: Report, batch: Sequence[Reading]) -> Answer:
        return self.client.reports([report.request(one.day, offset=one.rows) for one in batch])

    def _taken(self, batch: Sequence[Reading], answer: Answer) -> list[Reading]:
        """Hand the pages of an answer out; those days of the batch that need another one."""
        for one, page in zip(batch, answer.body["reports"], strict=True):
            if not one.take(page, answer.at) and one.attempts > settings.READS_OF_ONE_REPORT:
                raise VendorTrouble(
                    self.client.account.label,
                    f"the report of {one.day} keeps changing while it is read.",
                    "Load it again later.",
                )
        return [one for one in batch if not one.is_whole]
