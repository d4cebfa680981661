"""A world of ad accounts whose every number is written down, for tests of what vendors make of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import requests

from sandbox.business.marketing.types import Ad, AdAccount, AdGroup, Campaign, Claim, Delivery, Touch
from sandbox.running import Running, running
from sandbox.state import MarketingPlatform

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
TODAY = date(2026, 11, 22)
YESTERDAY = TODAY - timedelta(days=1)
LONDON, ANGELES = ZoneInfo("Europe/London"), ZoneInfo("America/Los_Angeles")
META = AdAccount("meta_ads", "harbour", "act_550000000000001", "Harbour", "GBP", LONDON, "harbour")
OTHER = AdAccount("meta_ads", "alpine", "act_550000000000002", "Alpine", "USD", ANGELES, "alpine")
TIKTOK = AdAccount("tiktok_ads", "alpine", "7100000000000000002", "Alpine", "USD", ANGELES, "alpine")
KIWI = AdAccount(
    "tiktok_ads", "kiwi", "7100000000000000003", "Kiwi", "NZD", ZoneInfo("Pacific/Auckland"), "kiwi"
)
CREATED = datetime(2025, 10, 1, 9, tzinfo=UTC)
UPDATED = datetime(2026, 10, 1, 9, tzinfo=UTC)


def campaign(number: int, name: str, *, status: Any = "ENABLED", ads: int = 1, paused: int = 0) -> Campaign:
    """A campaign of one group; its last `paused` ads are switched off."""
    made = tuple(
        Ad(
            f"12021000000003{number:02}{position:02}",
            f"{name} {position}",
            "IMAGE",
            "https://harbour.example/",
            "PAUSED" if position >= ads - paused else "ENABLED",
        )
        for position in range(ads)
    )
    group = AdGroup(f"12021000000002{number:02}00", f"{name} group", "ENABLED", made)
    return Campaign(f"12021000000001{number:02}00", name, "prospecting", status, (group,), CREATED, UPDATED)


BROAD = campaign(1, "Prospecting", ads=3, paused=1)
RETARGETING = campaign(2, "Retargeting", status="PAUSED")
GONE = campaign(3, "Summer", status="REMOVED")


def delivery(of: Campaign, ad: int = 0, *, cost: str = "10.00", clicks: int = 20) -> Delivery:
    """What an ad did in a day."""
    group = of.groups[0]
    return Delivery(of, group, group.ads[ad], 1000, clicks, clicks // 2, Decimal(cost))


def claim(
    of: Campaign, *, touch: Touch = "click", hours: float = 2, value: str = "50.00", action: str = "purchase"
) -> Claim:
    """A conversion yesterday at noon in London, so many hours after its ad was clicked or seen."""
    converted = datetime(2026, 11, 21, 12, tzinfo=UTC)
    touched = converted - timedelta(hours=hours)
    return Claim(
        of, of.groups[0], of.groups[0].ads[0], action, touch, touched, touched.date(), converted, None,
        Decimal(1), Decimal(value), "GBP",
    )  # fmt: skip


@dataclass
class FixedMarketing:
    """Deliveries and claims as they were written down, per account's name and platform."""

    deliveries: dict[tuple[str, str, date], list[Delivery]] = field(default_factory=dict)
    claimed: dict[tuple[str, str], list[Claim]] = field(default_factory=dict)
    accounts: tuple[AdAccount, ...] = (META, OTHER, TIKTOK, KIWI)
    existing: tuple[Campaign, ...] = (BROAD, RETARGETING, GONE)

    def campaigns(self, _: AdAccount) -> tuple[Campaign, ...]:
        """The same for everybody."""
        return self.existing

    def delivery(self, account: AdAccount, day: date) -> list[Delivery]:
        """A day of an account."""
        return self.deliveries.get((account.platform, account.name, day), [])

    def claims(self, account: AdAccount, day: date, by: str) -> list[Claim]:
        """The claims that are booked on a day."""
        return [
            one
            for one in self.claimed.get((account.platform, account.name), [])
            if (one.touched_on if by == "touch" else one.converted_at.astimezone(account.zone).date()) == day
        ]


@dataclass
class AdWorld:
    """As much of a world as a stand-in of an advertising vendor looks at."""

    marketing: FixedMarketing
    clock: datetime = NOW
    stores: dict[str, Any] = field(default_factory=dict)

    def advance(self, to: datetime) -> None:
        """Time passes; nothing happens."""
        self.clock = to


@contextmanager
def advertising(marketing: FixedMarketing) -> Iterator[Running]:
    """A sandbox in front of it."""
    with running(AdWorld(marketing)) as here:
        yield here


def tidied(here: Running) -> Iterator[Running]:
    """The sandbox for one test, and as it was at the start after it."""
    yield here
    here.sandbox.faults.clear()
    with here.sandbox.changing():
        here.sandbox.world.clock = NOW
    for vendor in here.server.vendors.values():
        if isinstance(vendor, MarketingPlatform):
            for account in vendor.accounts():
                vendor.reset(account)


def control(here: Running, path: str, **body: Any) -> Any:
    """Post to a control route."""
    answer = requests.post(f"{here.url}/control/{path}", json=body, timeout=20)
    assert answer.ok, answer.text
    return answer.json()


def secrets(here: Running, platform: str, account: str) -> dict[str, str]:
    """What the sandbox says a loader needs."""
    found: dict[str, str] = requests.get(
        f"{here.url}/control/secrets/{platform}/{account}", timeout=20
    ).json()
    return found


def truth(here: Running, platform: str, account: str) -> dict[str, dict[str, Any]]:
    """What an account really spent, by day."""
    answer = requests.get(f"{here.url}/truth/marketing/{platform}/{account}/daily", timeout=60)
    assert answer.ok, answer.text
    return {row["day"]: row for row in answer.json()}
