"""The bank's one resource: which file is asked for, and which of its days are news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import orjson

from loaders.common.context import Run
from loaders.common.landing import Document
from loaders.common.resources import Resource
from loaders.common.texts import canonical
from loaders.common.windows import State, advance, cursor
from loaders.ecb.client import Client
from loaders.ecb.files import Days, Rates

RESOURCES = (Resource("exchange_rates", "euro reference rates, one document per fixing day", "cursor"),)


@dataclass
class Ecb:
    """The rates of one run."""

    run: Run
    client: Client

    def resources(self) -> list[Any]:
        """The dlt resources that this run wants."""
        wanted = [one for one in RESOURCES if one.name in self.run.wanted]
        return [self.run.resource(one, self.exchange_rates) for one in wanted]

    def exchange_rates(self, state: State) -> Iterator[Document]:
        """The fixings since the last run; all of them where that is longer ago than the short file goes."""
        request = self.run.request
        first = self._first(state)
        days, at = self.client.recent() if first else self.client.history()
        if first and first < min(days):
            days, at = self.client.history()
        if request.is_explicit:
            days = _between(days, request.since, request.until)
        yield from self._documents(days, at)
        if days:
            advance(state, datetime.combine(max(days), time(), UTC), request)

    def _first(self, state: State) -> date | None:
        """The first day that is needed; None for everything."""
        request = self.run.request
        if request.is_explicit:
            return request.since.date() if request.since else None
        known = cursor(state)
        return known.date() if known and not request.full else None

    def _documents(self, days: Days, at: datetime) -> Iterator[Document]:
        history = self.run.history("exchange_rates")
        ordered = sorted(days)
        for start in range(0, len(ordered), 1000):
            some = ordered[start : start + 1000]
            kept = dict(history.documents([day.isoformat() for day in some]))
            for day in some:
                identity = day.isoformat()
                yield Document(identity, _body(identity, days[day], kept.get(identity)), None, at)


def _body(day: str, rates: Rates, kept: str | None) -> bytes:
    """The document of a day; the kept one where the two files write the same rates otherwise."""
    if kept is not None and _values(orjson.loads(kept)["rates"]) == _values(rates):
        return kept.encode()
    return canonical({"date": day, "rates": rates})


def _values(rates: Rates) -> dict[str, Decimal]:
    return {currency: Decimal(rate) for currency, rate in rates.items()}


def _between(days: Days, since: datetime | None, until: datetime | None) -> Days:
    first = since.date() if since else date.min
    last = until.date() if until else date.max
    return {day: rates for day, rates in days.items() if first <= day <= last}
