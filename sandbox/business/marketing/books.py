"""An advertising account's campaigns: what exists, what runs on a day, and what a click on it carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from sandbox.business.marketing.draws import Weighted
from sandbox.business.marketing.plans import PLANS, CampaignPlan
from sandbox.business.marketing.types import Ad, AdAccount, AdGroup, Campaign, Status
from sandbox.business.seasons import local, local_day

SETUP_DAYS, MORNING = 3, 9 * 3600
RETIRED_AT = 260  # days after the opening somebody tires of one ad
PAGES = ("/collections/new", "/collections/sale", "/products/bestseller", "/", "/collections/gifts")
TEMPLATES = {
    "google_ads": "utm_source=google&utm_medium=cpc&utm_campaign={slug}",
    "meta_ads": "utm_source=facebook&utm_medium=paid_social&utm_campaign={{{{campaign.name}}}}"
    "&utm_id={{{{campaign.id}}}}&utm_content={{{{ad.name}}}}",
    "tiktok_ads": "utm_source=tiktok&utm_medium=paid&utm_campaign=__CAMPAIGN_NAME__&utm_id=__CAMPAIGN_ID__",
}


@dataclass(slots=True, frozen=True, eq=False)
class Slot:
    """Where clicks come from: an ad, or a campaign that has none (`group` and `ad` are positions).

    A book has each of its slots once.
    """

    plan: CampaignPlan
    campaign: int
    group: int | None
    ad: int | None
    campaign_id: str
    group_id: str | None
    ad_id: str | None
    page: str
    weight: float
    retires: int | None = None

    @property
    def id(self) -> str:
        """The ad's id, or the campaign's where it has no ads."""
        return self.ad_id or self.campaign_id

    def runs(self, age: int, day: date) -> bool:
        """Whether it delivers on that day."""
        return self.plan.runs(age, day) and (self.retires is None or age < self.retires)


class Book:
    """The campaigns of one account over time; `opening` is the business's first day."""

    def __init__(self, account: AdAccount, opening: date, site: str) -> None:
        self.account, self._opening, self._site = account, opening, site
        self._plans = PLANS[account.platform]
        self.slots = tuple(
            slot for position, plan in enumerate(self._plans) for slot in _slots(account, position, plan)
        )
        self._running: dict[date, Weighted[Slot] | None] = {}
        self._shown: tuple[date, dict[str, Campaign]] | None = None

    def running(self, day: date) -> Weighted[Slot] | None:
        """What delivers on a day, by its part of the clicks; none where nothing does."""
        if day not in self._running:
            age = self.age(day)
            slots = [(slot, slot.weight) for slot in self.slots if slot.runs(age, day)]
            self._running[day] = Weighted(slots) if slots else None
        return self._running[day]

    def age(self, day: date) -> int:
        """Days since the opening."""
        return (day - self._opening).days

    def campaigns(self, now: datetime) -> tuple[Campaign, ...]:
        """The campaigns that exist, as they are called and stand now."""
        return tuple(one for one in self._today(now).values() if one.created <= now)

    def shown(self, slot: Slot, now: datetime) -> tuple[Campaign, AdGroup | None, Ad | None]:
        """A slot's campaign, group and ad as they are now."""
        campaign = self._today(now)[slot.campaign_id]
        group = campaign.groups[slot.group] if slot.group is not None else None
        return campaign, group, group.ads[slot.ad] if group is not None and slot.ad is not None else None

    def _today(self, now: datetime) -> dict[str, Campaign]:
        today = local_day(now, self.account.zone)
        known = self._shown
        if known is None or known[0] != today:
            age = self.age(today)
            everything = [self._campaign(n, plan, age, today) for n, plan in enumerate(self._plans)]
            known = self._shown = today, {one.id: one for one in everything}
        return known[1]

    def _campaign(self, position: int, plan: CampaignPlan, age: int, today: date) -> Campaign:
        status = plan.status(age, today)
        kept: Status = "REMOVED" if status == "REMOVED" else "ENABLED"
        groups = []
        for number, (name, ads) in enumerate(plan.groups):
            mine = [slot for slot in self.slots if (slot.campaign, slot.group) == (position, number)]
            shown = tuple(self._ad(slot, ad, kept, age) for slot, ad in zip(mine, ads, strict=True))
            groups.append(AdGroup(_native(self.account, 1, position, number), name, kept, shown))
        created = local(
            self._opening + timedelta(days=plan.starts - SETUP_DAYS), self.account.zone, MORNING + position
        )
        native = _native(self.account, 0, position)
        return Campaign(native, plan.called(age), plan.kind, status, tuple(groups), created)

    def _ad(self, slot: Slot, name: str, kept: Status, age: int) -> Ad:
        retired = slot.retires is not None and age >= slot.retires
        template = TEMPLATES[self.account.platform].format(slug=slug(slot.plan.name))
        tags = f"?{template}" if slot.plan.tagging in {"tags", "broken"} else ""
        url = f"{self._site}{slot.page}{tags}"
        return Ad(
            slot.ad_id or "",
            name,
            slot.plan.ad_kind,
            url,
            "PAUSED" if retired and kept == "ENABLED" else kept,
        )

    def link(self, slot: Slot, day: date, placement: str, click_id: str) -> Link:
        """What a click on that day carries; `placement` is facebook or instagram."""
        plan, platform = slot.plan, self.account.platform
        name = plan.called(self.age(day))
        if platform == "google_ads":
            utm = {"source": "google", "medium": "cpc", "campaign": slug(plan.name)}
            tagged = utm if plan.tagging == "tags" else None
            return Link("google", "cpc", name, slot.campaign_id, tagged, f"gclid={click_id}")
        if platform == "tiktok_ads":
            broken = plan.tagging == "broken"
            called, native = ("__CAMPAIGN_NAME__", "__CAMPAIGN_ID__") if broken else (name, slot.campaign_id)
            utm = {"source": "tiktok", "medium": "paid", "campaign": called, "id": native}
            return Link("tiktok", "paid", called, native, utm, f"ttclid={click_id}")
        if plan.tagging == "none":
            return Link("m.facebook.com", "referral", None, None, None, f"fbclid={click_id}")
        utm = {
            "source": placement,
            "medium": "paid_social",
            "campaign": name,
            "id": slot.campaign_id,
            "content": _ad_name(slot),
        }
        return Link(placement, "paid_social", name, slot.campaign_id, utm, f"fbclid={click_id}")


@dataclass(slots=True, frozen=True)
class Link:
    """What a tracker makes of a click, and what stands behind the "?"."""

    source: str
    medium: str
    campaign: str | None
    campaign_id: str | None
    utm: dict[str, str] | None
    click_id: str

    @property
    def query(self) -> str:
        """Tags first, then the vendor's own parameter."""
        tags = query_of(self.utm)
        return f"{tags}&{self.click_id}" if tags else self.click_id


def query_of(utm: dict[str, str] | None) -> str:
    """Tags as they stand in an address."""
    return "&".join(f"utm_{key}={_quoted(value)}" for key, value in (utm or {}).items())


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote(value, safe="")


def slug(name: str) -> str:
    """A name as people write it into an address by hand."""
    return "_".join("".join(letter if letter.isalnum() else " " for letter in name.lower()).split())


def _ad_name(slot: Slot) -> str:
    if slot.group is None or slot.ad is None:
        return ""
    return slot.plan.groups[slot.group][1][slot.ad]


def _slots(account: AdAccount, position: int, plan: CampaignPlan) -> list[Slot]:
    campaign = _native(account, 0, position)
    if not plan.groups:
        return [Slot(plan, position, None, None, campaign, None, None, "/", plan.weight)]
    ads = [(group, ad) for group, (_, names) in enumerate(plan.groups) for ad in range(len(names))]
    parts = [1 / (1 + group + ad) for group, ad in ads]
    found = []
    for (group, ad), part in zip(ads, parts, strict=True):
        last = position == 0 and group == 0 and ad == len(plan.groups[0][1]) - 1
        found.append(
            Slot(
                plan,
                position,
                group,
                ad,
                campaign,
                _native(account, 1, position, group),
                _native(account, 2, position, group, ad),
                PAGES[(position + group + ad) % len(PAGES)],
                plan.weight * part / sum(parts),
                RETIRED_AT if last else None,
            )
        )
    return found


def _native(account: AdAccount, level: int, *positions: int) -> str:
    """An id as the platform's are long: campaigns 0, groups 1, ads 2."""
    number = 0
    for position in positions:
        number = number * 10 + position + 1
    tail = int(account.id[-1])
    if account.platform == "google_ads":
        return f"{(21, 15, 73)[level]}{tail}{number:08d}"
    if account.platform == "meta_ads":
        return f"12021{tail:03d}{level + 1:02d}{number:08d}"
    return f"179{tail}{level + 1}{number:011d}"
