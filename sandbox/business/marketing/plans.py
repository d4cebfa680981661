"""What is advertised and when: the campaigns of every platform, as somebody planned them once.

Days count from the business's opening. Names change, seasons end, things are paused and removed; what was
delivered before stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sandbox.business.marketing.types import Status

Tagging = Literal["click_id", "tags", "none", "broken"]
Groups = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(slots=True, frozen=True)
class CampaignPlan:
    """One campaign. `weight` is its part of the account's clicks, `price` what a click costs on average.

    `ctr` is clicks by impressions, `tagging` what the links carry: the vendor's click id alone, tags as well,
    nothing a tracker understands, or tags whose placeholders nobody filled in.
    """

    name: str
    kind: str
    channel_group: str
    ad_kind: str
    weight: float
    price: float
    ctr: float
    groups: Groups
    tagging: Tagging = "tags"
    starts: int = 0
    ends: int | None = None
    afterwards: Status = "PAUSED"
    renamed: tuple[int, str] | None = None
    months: tuple[int, ...] = ()  # where it runs in its season alone

    def runs(self, age: int, day: date) -> bool:
        """Whether it delivers on a day, so many days after the opening."""
        in_time = self.starts <= age and (self.ends is None or age < self.ends)
        return in_time and (not self.months or day.month in self.months)

    def called(self, age: int) -> str:
        """Its name that many days after the opening."""
        return self.renamed[1] if self.renamed is not None and age >= self.renamed[0] else self.name

    def status(self, age: int, day: date) -> Status:
        """Its status that many days after the opening."""
        if self.ends is not None and age >= self.ends:
            return self.afterwards
        return "ENABLED" if self.runs(age, day) else "PAUSED"


GOOGLE = (
    CampaignPlan(
        "Brand | Search",
        "SEARCH",
        "Paid Search",
        "RESPONSIVE_SEARCH_AD",
        0.26,
        0.34,
        0.14,
        (("Brand exact", ("Brand A", "Brand B")), ("Brand + product", ("Brand products",))),
    ),
    CampaignPlan(
        "Generic | Search",
        "SEARCH",
        "Paid Search",
        "RESPONSIVE_SEARCH_AD",
        0.20,
        1.15,
        0.041,
        (
            ("Gifts", ("Gifts A", "Gifts B")),
            ("Home", ("Home A", "Home B")),
            ("Sale", ("Sale A",)),
        ),
        renamed=(190, "Generic | Search | tCPA"),
    ),
    CampaignPlan(
        "Shopping - All products",
        "SHOPPING",
        "Paid Shopping",
        "SHOPPING_PRODUCT_AD",
        0.28,
        0.52,
        0.011,
        (("Bestsellers", ("Product ad 1",)), ("Everything else", ("Product ad 2",))),
        "click_id",
        ends=150,
        afterwards="REMOVED",
    ),
    CampaignPlan(
        "PMax - Bestsellers",
        "PERFORMANCE_MAX",
        "Cross-network",
        "",
        0.34,
        0.61,
        0.013,
        (),
        "click_id",
        starts=120,
    ),
    CampaignPlan(
        "YouTube - In the making",
        "VIDEO",
        "Paid Video",
        "VIDEO_RESPONSIVE_AD",
        0.07,
        0.22,
        0.004,
        (("Viewers 25-54", ("Making of, 15 s", "Making of, 30 s")),),
        "click_id",
        starts=60,
        ends=320,
    ),
)

META = (
    CampaignPlan(
        "Prospecting | Broad",
        "prospecting",
        "Paid Social",
        "video",
        0.50,
        0.74,
        0.012,
        (
            ("Broad 25+", ("Reel kitchen", "Reel hands", "Static logo")),
            ("Lookalike 2 %", ("Carousel new in", "Reel hands (LAL)", "UGC Aroha")),
        ),
        renamed=(230, "Prospecting | Advantage+"),
    ),
    CampaignPlan(
        "Retargeting | 30 days",
        "retargeting",
        "Paid Social",
        "carousel",
        0.24,
        0.92,
        0.019,
        (("Visitors 30 d", ("Catalogue A", "Catalogue B", "10 % off")),),
    ),
    CampaignPlan(
        "Boosted posts",
        "prospecting",
        "Organic Social",
        "post",
        0.12,
        0.41,
        0.009,
        (("Followers and friends", ("Post: harvest", "Post: our people")),),
        "none",
        starts=30,
        ends=270,
    ),
    CampaignPlan(
        "Black Friday",
        "prospecting",
        "Paid Social",
        "image",
        0.45,
        1.10,
        0.016,
        (("Everybody", ("Countdown", "25 % off")),),
        months=(11,),
    ),
    CampaignPlan(
        "Test - do not touch",
        "prospecting",
        "Paid Social",
        "image",
        0.03,
        1.60,
        0.006,
        (("test adset - Copy", ("test ad - Copy",)),),
        ends=75,
        afterwards="REMOVED",
    ),
)

TIKTOK = (
    CampaignPlan(
        "Spark | Creators",
        "prospecting",
        "Paid Social",
        "SINGLE_VIDEO",
        0.55,
        0.36,
        0.010,
        (
            ("Creators 18-34", ("@ngaio unboxing", "@sam in the rain", "@zoe day 3")),
            ("Interest: outdoors", ("Trail loop", "Trail loop (cut)", "Before and after")),
        ),
    ),
    CampaignPlan(
        "Catalogue | Retargeting",
        "retargeting",
        "Paid Social",
        "CATALOG_CAROUSEL",
        0.28,
        0.55,
        0.013,
        (("Viewed or carted", ("Carousel", "Carousel square")),),
        "broken",
        renamed=(170, "Catalogue | Retargeting | VSA"),
    ),
    CampaignPlan(
        "Awareness | Reach",
        "prospecting",
        "Paid Social",
        "SINGLE_VIDEO",
        0.17,
        0.28,
        0.005,
        (("Reach", ("Brand film", "Brand film short")),),
        starts=45,
        ends=240,
        afterwards="REMOVED",
    ),
)

PLANS = {"google_ads": GOOGLE, "meta_ads": META, "tiktok_ads": TIKTOK}
