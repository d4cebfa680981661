"""An advertising account's campaigns: what exists, what runs on a day, and what a click on it carries."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sandbox.business.marketing.draws import Weighted
from sandbox.business.marketing.links import TEMPLATES, Link, link_of, slug
from sandbox.business.marketing.plans import PLANS, CampaignPlan
from sandbox.business.marketing.slots import Slot, native_id, slots_of
from sandbox.business.marketing.types import Ad, AdAccount, AdGroup, Campaign, Status
from sandbox.business.seasons import local, local_day

SETUP_DAYS, MORNING = 3, 9 * 3600


class Book:
    """The campaigns of one account over time, from the first day on; `key` is chance's name of it."""

    def __init__(self, account: AdAccount, opening: date, *, site: str, seed: str) -> None:
        self.account, self._opening, self._site = account, opening, site
        self.key = f"{seed}:{account.platform}:{account.id}"
        self._plans = PLANS[account.platform]
        self.slots = tuple(
            slot for position, plan in enumerate(self._plans) for slot in slots_of(account, position, plan)
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
            groups.append(AdGroup(native_id(self.account, 1, position, number), name, kept, shown))
        created = local(
            self._opening + timedelta(days=plan.starts - SETUP_DAYS), self.account.zone, MORNING + position
        )
        native = native_id(self.account, 0, position)
        updated = self._updated(plan, age, created)
        return Campaign(native, plan.called(age), plan.kind, status, tuple(groups), created, updated)

    def _updated(self, plan: CampaignPlan, age: int, created: datetime) -> datetime:
        """When it was started, stopped, renamed or removed last."""
        seen = [
            (plan.called(n), plan.status(n, self._opening + timedelta(days=n)))
            for n in range(max(age, 0) + 1)
        ]
        changed = [n for n in range(1, len(seen)) if seen[n] != seen[n - 1]]
        if not changed:
            return created
        return local(self._opening + timedelta(days=changed[-1]), self.account.zone, 0)

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
        name = slot.plan.called(self.age(day))
        return link_of(self.account.platform, slot, name=name, placement=placement, click_id=click_id)
