"""What a click on an ad carries, and what a tracker makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from sandbox.business.marketing.slots import Slot

TEMPLATES = {
    "google_ads": "utm_source=google&utm_medium=cpc&utm_campaign={slug}",
    "meta_ads": "utm_source=facebook&utm_medium=paid_social&utm_campaign={{{{campaign.name}}}}"
    "&utm_id={{{{campaign.id}}}}&utm_content={{{{ad.name}}}}",
    "tiktok_ads": "utm_source=tiktok&utm_medium=paid&utm_campaign=__CAMPAIGN_NAME__&utm_id=__CAMPAIGN_ID__",
}


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


def link_of(platform: str, slot: Slot, *, name: str, placement: str, click_id: str) -> Link:
    """A click on an ad of a campaign of that name; `placement` is facebook or instagram."""
    plan = slot.plan
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
        host = "l.instagram.com" if placement == "instagram" else "m.facebook.com"
        return Link(host, "referral", None, None, None, f"fbclid={click_id}")
    utm = {
        "source": placement,
        "medium": "paid_social",
        "campaign": name,
        "id": slot.campaign_id,
        "content": slot.ad_name,
    }
    return Link(placement, "paid_social", name, slot.campaign_id, utm, f"fbclid={click_id}")
