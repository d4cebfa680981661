"""Random weeks of a few accounts: days read again and again, moved, emptied, late, twice, unreadable."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from psycopg2.extensions import connection as Connection

from tests.dbt.marketing_documents import (
    Row,
    account_of,
    bought,
    campaign_of,
    google_days,
    google_row,
    meta_row,
    purchase_day,
    rows_day,
    session_day,
    stat,
    tiktok_row,
    visited,
)
from tests.dbt.rawlog import Version, finish, land
from tests.dbt.story import distinct

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
# One belongs to a shop of the other stories once that has settings, the other to nobody.
ACCOUNTS = ("harbour", "nobody")
BROKEN = '{"day": "2026-03-01", "rows": ['


class MarketingStory:
    """What the platforms say now, and how to land some of it."""

    def __init__(self, seed: int, raw: Connection) -> None:
        self.random, self.raw = random.Random(seed), raw
        self.clock, self.late = START, list[str]()
        self.history: list[Version] = []

    def day(self) -> None:
        """Some days are read, in two loads; one may become complete later."""
        self.clock += timedelta(hours=self.random.randrange(14, 60))
        versions = [self.reading() for _ in range(14)]
        if self.random.random() < 0.5:
            versions += self.random.sample(self.history, k=min(4, len(self.history)))
        if self.random.random() < 0.5:
            versions += self.settings()
        self.random.shuffle(versions)
        cut = self.random.randrange(len(versions))
        self.land(versions[:cut], complete=self.random.random() < 0.6)
        self.land(versions[cut:])
        if self.late and self.random.random() < 0.6:
            finish(self.raw, self.late.pop(0))

    def settle(self) -> None:
        """All loads complete, and every account has said its currency, one of which there are rates."""
        while self.late:
            finish(self.raw, self.late.pop())
        self.land(self.settings(["GBP", "USD"]))

    def land(self, versions: list[Version], *, complete: bool = True) -> None:
        self.history += versions
        load = land(self.raw, distinct_documents(versions), complete=complete)
        if not complete:
            self.late.append(load)

    def settings(self, currencies: Sequence[str] = ("GBP", "USD", "JPY")) -> list[Version]:
        """Accounts, whose zones and currencies change, and campaigns under new names."""
        zone = self.random.choice(["UTC", "America/Los_Angeles", "Mars/Olympus"])
        money = self.random.choice(currencies)
        accounts = [
            account_of(platform, account, self.clock, currency=money, zone=zone)
            for platform in ("ga4", "google_ads", "meta_ads", "tiktok_ads")
            for account in ACCOUNTS
        ]
        kind = self.random.choice(["SEARCH", "PERFORMANCE_MAX", "NEVER_SEEN"])
        named = [
            campaign_of(platform, "harbour", number, self.clock, name=f"At {self.clock:%d %H}", kind=kind)
            for platform in ("google_ads", "meta_ads")
            for number in (1, 2)
        ]
        return accounts + named

    def reading(self) -> Version:
        """One document of one account-day, which may be empty, or lack what it had."""
        account = self.random.choice(ACCOUNTS)
        on = (self.clock - timedelta(days=self.random.randrange(9))).date()
        seen = self.clock + timedelta(seconds=self.random.randrange(100))
        match self.random.randrange(6):
            case 0:
                return self.ads(account, on, seen)
            case 1:
                return self.conversions(account, on, seen)
            case 2:
                rows = [self.insight() for _ in range(self.random.randrange(3))]
                return rows_day("meta_ads", account, on, seen, rows)
            case 3:
                rows = [self.video() for _ in range(self.random.randrange(3))]
                broken = Version(account, "ad_reports", on.isoformat(), BROKEN, None, seen, "tiktok_ads")
                return (
                    broken if self.random.random() < 0.2 else rows_day("tiktok_ads", account, on, seen, rows)
                )
            case 4:
                days = [on.strftime("%Y%m%d"), "(other)"]
                visits = [
                    visited(self.random.choice(days), source, self.random.randrange(9), revenue="12.5")
                    for source in self.random.sample(["google", "meta", "(not set)"], k=2)
                ]
                return session_day(account, on, seen, visits, subjectToThresholding=True)
        ids = self.random.sample(["1", "2", "3", "4", "", "(not set)"], k=self.random.randrange(4))
        sold = [bought(id, "24.00", times=self.random.randrange(1, 3)) for id in ids]
        return purchase_day(account, on, seen, sold)

    def ads(self, account: str, on: date, seen: datetime) -> Version:
        dice = self.random
        rows = [google_row(1, dice.randrange(3), cost=f"{dice.randrange(99)}", clicks=1) for _ in range(2)]
        totals = [google_row(2, None, cost=f"{dice.randrange(9)}", shown=dice.randrange(9))]
        return google_days(
            account, on, seen, ads=rows[: dice.randrange(3)], campaigns=totals[: dice.randrange(2)]
        )

    def conversions(self, account: str, on: date, seen: datetime) -> Version:
        dice = self.random
        kinds = ["PURCHASE", "ADD_TO_CART", "INVENTED"]
        rows = [
            google_row(1, 1, action=kind, category=kind, conversions=dice.randrange(9) / 4, allConversions=2)
            for kind in dice.sample(kinds, k=2)
        ]
        seen_only = str(dice.randrange(3))
        totals = [google_row(2, None, conversions=1.5, conversionsValue=20, viewThroughConversions=seen_only)]
        chosen = {"ads": rows[: dice.randrange(3)], "campaigns": totals[: dice.randrange(2)]}
        return google_days(account, on, seen, resource="conversion_reports", **chosen)

    def insight(self) -> Row:
        dice = self.random
        names = dice.sample(
            ["omni_purchase", "purchase", "lead", "link_click", "brand_new"], k=dice.randrange(4)
        )
        return meta_row(
            dice.choice([1, 3]),
            dice.randrange(3),
            f"{dice.randrange(99)}.5",
            currency=dice.choice([None, "GBP"]),
            clicks=dice.choice(["3", "many"]),
            actions=[stat(name, dice.choice(["1", None]), click7="1") for name in names],
        )

    def video(self) -> Row:
        dice = self.random
        return tiktok_row(
            4, dice.randrange(3), dice.choice(["1.25", "-"]), complete_payment="2", conversion="2"
        )


def distinct_documents(versions: list[Version]) -> list[Version]:
    """One version per thing: a load does not carry the same thing twice."""
    by_platform: dict[str, list[Version]] = {}
    for version in versions:
        by_platform.setdefault(version.platform, []).append(version)
    return [one for group in by_platform.values() for one in distinct(group)]
