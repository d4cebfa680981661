"""TikTok's resources: the advertiser, and which days of its ads' figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from loaders.common.context import Run
from loaders.common.days import AccountDays, Days, days_were_read, zone_of
from loaders.common.landing import Document
from loaders.common.resources import Resource
from loaders.common.texts import canonical
from loaders.common.windows import State
from loaders.tiktok_ads import settings
from loaders.tiktok_ads.client import Answer, Client
from loaders.tiktok_ads.reports import Reports

RESOURCES = (
    Resource("advertisers", "the advertiser: currency, time zone, status", "whole", identity=True),
    Resource("ad_reports", "what each ad did, one document per day of the advertiser", "days"),
)


@dataclass
class TikTokAds:
    """The resources of one advertiser in one run; `probed` is what the vendor says of it."""

    run: Run
    client: Client
    probed: Answer
    calendar: AccountDays = field(init=False)

    def __post_init__(self) -> None:
        account, advertiser = self.run.account, self.probed.data
        # `timezone` may be an offset that stands still all year; days follow the place.
        zone = advertiser.get("display_timezone") or advertiser["timezone"]
        self.calendar = AccountDays(
            account,
            zone_of(account, zone),
            self.probed.at,
            restated=settings.RESTATED_DAYS,
            warn=self.run.report.warn,
        )

    def resources(self) -> list[Any]:
        """The dlt resources that this run wants; the advertiser always comes along."""
        read: dict[str, Callable[[State], Iterable[Document]]] = {
            "advertisers": lambda _: [self.advertiser()],
            "ad_reports": self.ad_reports,
        }
        wanted = [one for one in RESOURCES if one.identity or one.name in self.run.wanted]
        return [self.run.resource(one, read[one.name]) for one in wanted]

    def advertiser(self) -> Document:
        """The advertiser as sent."""
        return Document(self.client.advertiser_id, canonical(self.probed.data), None, self.probed.at)

    def ad_reports(self, state: State) -> Iterator[Document]:
        """The days that are new or may still move; one without any delivery is a document too."""
        days = self.calendar.asked(state, self.run.request)
        for day, rows, at in Reports(self.client).days(days):
            yield self.calendar.document(day, {"rows": rows}, at)
            days_were_read(state, self.run.request, Days(days.first, day))
