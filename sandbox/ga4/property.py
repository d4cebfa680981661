"""One Google Analytics property: a store's site, what it measured, and what may be asked of it."""

import threading
from collections import OrderedDict
from datetime import date, timedelta
from typing import Any

from sandbox.business.model import Store
from sandbox.ga4 import quota as quotas
from sandbox.ga4.dates import DateRange
from sandbox.ga4.report import Report
from sandbox.ga4.sessions import Slice, slices
from sandbox.ga4.settings import Settings
from sandbox.ga4.validate import plan
from sandbox.google.transcoding import Message
from sandbox.state import Sandbox

KEPT_DAYS = 40


class Property:
    """A property, by its number and by the name of its store."""

    def __init__(self, number: str, store: Store, sandbox: Sandbox) -> None:
        self.number = number
        self.store = store
        self.sandbox = sandbox
        self._days: OrderedDict[date, list[Slice]] = OrderedDict()
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Settings as at the start, and nothing of the quota used."""
        self.settings = Settings()
        self.quota = quotas.Quota(self.sandbox.now, premium=lambda: self.settings.premium)

    def moved(self) -> None:
        """The world has changed: what was measured may have, too."""
        with self._lock:
            self._days.clear()

    def report(self, message: Message) -> dict[str, Any]:
        """RunReportResponse, or `RpcError`."""
        today = self.sandbox.now().astimezone(self.store.zone).date()
        wanted = plan(message, today=today, currency=self.store.currency)
        report = Report(wanted, self.settings, lambda days: self._slices(days, today))
        answer = report.answer(self.store.currency, self.store.timezone)
        self.quota.spend(wanted.cost)
        if message.get("return_property_quota"):
            kind = answer.pop("kind")
            answer |= {"propertyQuota": self.quota.shown(wanted.cost), "kind": kind}
        return answer

    def fault(self, kind: str, *, route: str, text: str = "") -> dict[str, Any] | None:
        """Use up a fault that is switched on for this property."""
        return self.sandbox.faults.take(kind, "ga4", store=self.store.name, route=route, text=text)

    def _slices(self, days: DateRange, today: date) -> list[Slice]:
        first = max(days.start, self.store.created_at.astimezone(self.store.zone).date())
        last = min(days.end, today)
        wanted = (first + timedelta(days=step) for step in range((last - first).days + 1))
        return [one for day in wanted for one in self._day(day)]

    def _day(self, day: date) -> list[Slice]:
        with self._lock:
            if day not in self._days:
                hits = self.sandbox.world.marketing.hits(self.store.name, day)
                self._days[day] = slices(hits, self.store.zone)
            self._days.move_to_end(day)
            while len(self._days) > KEPT_DAYS:
                self._days.popitem(last=False)
            return self._days.get(day, [])
