"""Meta's resources: what is read whole on every run, and which days of the figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from loaders.common.context import Run
from loaders.common.days import AccountDays, Days, days_were_read, zone_of
from loaders.common.landing import Document
from loaders.common.resources import Resource
from loaders.common.texts import canonical
from loaders.common.windows import State
from loaders.meta_ads import settings
from loaders.meta_ads.client import Answer, Client
from loaders.meta_ads.insights import Insights

SCOPES = ("ads_read",)
RESOURCES = (
    Resource("ad_accounts", "the ad account: currency, time zone, status", "whole", SCOPES, identity=True),
    Resource("campaigns", "campaigns, archived and deleted ones included", "whole", SCOPES),
    Resource("ad_sets", "ad sets, archived and deleted ones included", "whole", SCOPES),
    Resource("ads", "ads, archived and deleted ones included", "whole", SCOPES),
    Resource("insights", "what each ad did, one document per day of the ad account", "days", SCOPES),
)


@dataclass
class MetaAds:
    """The resources of one ad account in one run; `probed` is what it says of itself."""

    run: Run
    client: Client
    probed: Answer
    calendar: AccountDays = field(init=False)

    def __post_init__(self) -> None:
        account = self.run.account
        self.calendar = AccountDays(
            account,
            zone_of(account, self.probed.body["timezone_name"]),
            self.probed.at,
            restated=settings.RESTATED_DAYS,
            reach=settings.REACH_DAYS,
            warn=self.run.report.warn,
        )

    def resources(self) -> list[Any]:
        """The dlt resources that this run wants; the ad account always comes along."""
        read: dict[str, Callable[[State], Iterable[Document]]] = {
            "ad_accounts": lambda _: [_landed(self.probed.body, self.probed.at)],
            "campaigns": self._whole("campaigns", settings.CAMPAIGN_FIELDS, settings.CAMPAIGN_STATUSES),
            "ad_sets": self._whole("adsets", settings.AD_SET_FIELDS, settings.AD_SET_STATUSES),
            "ads": self._whole("ads", settings.AD_FIELDS, settings.AD_STATUSES),
            "insights": self.insights,
        }
        wanted = [one for one in RESOURCES if one.identity or one.name in self.run.wanted]
        return [self.run.resource(one, read[one.name]) for one in wanted]

    def insights(self, state: State) -> Iterator[Document]:
        """The days that are new or may still move; one without any delivery is a document too."""
        days = self.calendar.asked(state, self.run.request)
        for day, rows, at in Insights(self.client).days(days):
            yield self.calendar.document(day, {"rows": rows}, at)
            days_were_read(state, self.run.request, Days(days.first, day))

    def _whole(
        self, edge: str, fields: Sequence[str], statuses: Sequence[str]
    ) -> Callable[[State], Iterable[Document]]:
        """What reads all things of one kind."""
        asked = {"fields": ",".join(fields), "effective_status": orjson.dumps(statuses).decode()}

        def documents(_: State) -> Iterator[Document]:
            path = f"{self.client.node}/{edge}"
            rows, at = self.client.rows(path, asked, size=settings.THINGS_PER_PAGE)
            yield from (_landed(row, at) for row in rows)

        return documents


def _landed(row: dict[str, Any], at: datetime) -> Document:
    """A thing as sent; the account has no time of change."""
    changed = row.get("updated_time")
    return Document(str(row["id"]), canonical(row), datetime.fromisoformat(changed) if changed else None, at)
