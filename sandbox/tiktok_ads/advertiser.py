"""One advertiser as the API knows it: who it is, its days, how many requests it may still get."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sandbox.business.marketing.types import AdAccount
from sandbox.installation import replaced
from sandbox.state import Sandbox
from sandbox.tallies import Days, accounts_at
from sandbox.tiktok_ads import errors
from sandbox.tiktok_ads.limits import MINUTE, SECOND, Settings, Window
from sandbox.tiktok_ads.metrics import by_conversion, by_touch

FIELDS = (
    "advertiser_id", "name", "currency", "timezone", "display_timezone", "status", "country", "company",
    "role", "create_time",
)  # fmt: skip


class Advertiser:
    """An advertiser and what is derived from it."""

    def __init__(self, info: AdAccount, sandbox: Sandbox) -> None:
        self.info = info
        self.sandbox = sandbox
        buckets = {"touch": by_touch, "conversion": by_conversion}
        self.days = Days(lambda: sandbox.world.marketing, info, buckets)
        self.reset()

    def reset(self) -> None:
        """As it was at the start."""
        self.settings = Settings()
        self._minute = Window(MINUTE)
        self._seconds: dict[str, Window] = {}

    def configure(self, given: dict[str, Any]) -> None:
        """Change settings, or raise `WrongSetting`."""
        self.settings = replaced(self.settings, given)

    def shown(self) -> dict[str, Any]:
        """The settings."""
        return asdict(self.settings)

    def today(self) -> date:
        """The advertiser's own day."""
        return self.sandbox.now().astimezone(self.info.zone).date()

    def lifetime(self) -> tuple[date, date]:
        """From the first campaign to today."""
        created = [one.created for one in self.sandbox.world.marketing.campaigns(self.info)]
        first = min(created, default=self.sandbox.now())
        return first.astimezone(self.info.zone).date(), self.today()

    def allow(self, path: str) -> None:
        """Count a request, or raise `TikTokError` where it is one too many."""
        qps, qpm = self.settings.qps, self.settings.qpm
        rate = self._seconds.setdefault(path, Window(SECOND)).count(qps)
        if qps and rate > qps:
            raise errors.advertiser_throttled(self.info.id, rate, qps)
        if qpm and self._minute.count(qpm) > qpm:
            raise errors.app_throttled()

    def described(self) -> dict[str, Any]:
        """As `advertiser/info/` shows it: the zone twice, as an offset that stands still and as a place."""
        standing = self.sandbox.now().replace(month=1, day=1).astimezone(self.info.zone)
        other = standing.replace(month=7)
        return {
            "advertiser_id": self.info.id,
            "name": self.info.title,
            "currency": self.info.currency,
            "timezone": offset_zone(min(standing, other, key=_offset)),
            "display_timezone": self.info.zone.key,
            "status": "STATUS_ENABLE",
            "country": None,
            "company": self.info.title,
            "role": "ROLE_ADVERTISER",
            "create_time": int(self._opened().timestamp()),
        }

    def _opened(self) -> datetime:
        created = [one.created for one in self.sandbox.world.marketing.campaigns(self.info)]
        return min(created, default=self.sandbox.now())


class Advertisers:
    """The advertisers of the business at this vendor, made when somebody asks for them first."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self._known: dict[str, Advertiser] | None = None
        self._lock = threading.Lock()

    def by_name(self) -> dict[str, Advertiser]:
        """Every advertiser."""
        with self._lock:
            if self._known is None:
                infos = accounts_at("tiktok_ads", self.sandbox.world)
                self._known = {one.name: Advertiser(one, self.sandbox) for one in infos}
            return self._known

    def all(self) -> Collection[Advertiser]:
        """Every advertiser."""
        return self.by_name().values()

    def moved(self) -> None:
        """The world has moved on: forget what was derived from it."""
        with self._lock:
            for one in (self._known or {}).values():
                one.days.forget()


def offset_zone(moment: datetime) -> str:
    """The zone of a fixed offset, its sign turned as in the database of zones."""
    hours = round(_offset(moment) / 3600)
    return f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"


def _offset(moment: datetime) -> float:
    offset = moment.utcoffset()
    return offset.total_seconds() if offset else 0.0
