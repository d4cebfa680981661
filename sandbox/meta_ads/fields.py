"""The fields of an insights row. Numbers are texts; a field without a value is not in the row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sandbox.business.marketing.types import AdAccount
from sandbox.meta_ads.actions import Actions
from sandbox.tallies import Tally, number

SIX = Decimal("0.000001")
SEEN_TWICE = 7  # one impression in so many goes to somebody who saw the ad before
ALWAYS = ("date_start", "date_stop")
DEFAULT = ("account_id", "campaign_id", "adset_id", "ad_id", "impressions", "spend")


@dataclass(frozen=True)
class Row:
    """One row before anybody chose fields of it."""

    account: AdAccount
    tally: Tally
    since: date
    until: date
    actions: Actions

    @property
    def reach(self) -> int:
        """How many people; people are not additive, neither over days nor over ads."""
        shown = self.tally.impressions
        return shown - shown // SEEN_TWICE


def share(part: Decimal | int, whole: Decimal | int, factor: int = 1) -> str | None:
    """A ratio to six places, None where there is nothing to divide by."""
    if not whole:
        return None
    return number((Decimal(part) * factor / Decimal(whole)).quantize(SIX, ROUND_HALF_UP))


def _of(part: str, name: str) -> Callable[[Row], Any]:
    def found(row: Row) -> Any:
        return getattr(getattr(row.tally.place, part), name, None)

    return found


def _count(value: int) -> str | None:
    return str(value) if value else None


# Field -> its value, or None where the row does not have it.
KNOWN: dict[str, Callable[[Row], Any]] = {
    "account_id": lambda row: row.account.id.removeprefix("act_"),
    "account_name": lambda row: row.account.title,
    "account_currency": lambda row: row.account.currency,
    "campaign_id": _of("campaign", "id"),
    "campaign_name": _of("campaign", "name"),
    "adset_id": _of("group", "id"),
    "adset_name": _of("group", "name"),
    "ad_id": _of("ad", "id"),
    "ad_name": _of("ad", "name"),
    "date_start": lambda row: row.since.isoformat(),
    "date_stop": lambda row: row.until.isoformat(),
    "objective": lambda row: "OUTCOME_SALES" if row.tally.place.campaign else None,
    "optimization_goal": lambda row: "OFFSITE_CONVERSIONS" if row.tally.place.group else None,
    "buying_type": lambda row: "AUCTION" if row.tally.place.campaign else None,
    "attribution_setting": lambda row: "7d_click_1d_view",
    "spend": lambda row: number(row.tally.cost),
    "impressions": lambda row: str(row.tally.impressions),
    "clicks": lambda row: str(row.tally.clicks),
    "reach": lambda row: str(row.reach),
    "frequency": lambda row: share(row.tally.impressions, row.reach),
    "cpc": lambda row: share(row.tally.cost, row.tally.clicks),
    "cpm": lambda row: share(row.tally.cost, row.tally.impressions, 1000),
    "cpp": lambda row: share(row.tally.cost, row.reach, 1000),
    "ctr": lambda row: share(row.tally.clicks, row.tally.impressions, 100),
    "inline_link_clicks": lambda row: _count(row.tally.link_clicks),
    "inline_link_click_ctr": lambda row: (
        share(row.tally.link_clicks, row.tally.impressions, 100) if row.tally.link_clicks else None
    ),
    "cost_per_inline_link_click": lambda row: share(row.tally.cost, row.tally.link_clicks),
    "outbound_clicks": lambda row: row.actions.outbound(),
    "actions": lambda row: row.actions.counts(),
    "action_values": lambda row: row.actions.values(),
    "cost_per_action_type": lambda row: row.actions.costs(),
    "purchase_roas": lambda row: row.actions.returns("omni_purchase"),
    "website_purchase_roas": lambda row: row.actions.returns("offsite_conversion.fb_pixel_purchase"),
}
# Fields that exist and that nothing in this business has a value for.
EMPTY = frozenset(
    (
        "conversions", "conversion_values", "cost_per_conversion", "conversion_rate_ranking",
        "quality_ranking", "engagement_rate_ranking", "mobile_app_purchase_roas", "social_spend",
        "created_time", "updated_time", "results", "cost_per_result", "result_rate", "unique_clicks",
        "unique_ctr", "unique_actions", "unique_inline_link_clicks", "cost_per_unique_click",
        "inline_post_engagement", "cost_per_inline_post_engagement", "website_ctr", "outbound_clicks_ctr",
        "cost_per_outbound_click", "canvas_avg_view_time", "estimated_ad_recallers", "video_play_actions",
        "video_p25_watched_actions", "video_p50_watched_actions", "video_p75_watched_actions",
        "video_p95_watched_actions", "video_p100_watched_actions", "video_30_sec_watched_actions",
        "video_avg_time_watched_actions", "video_thruplay_watched_actions", "catalog_segment_actions",
        "catalog_segment_value", "full_view_impressions", "full_view_reach", "dda_results", "location",
        "labels", "ad_click_actions", "ad_impression_actions",
    )
)  # fmt: skip


def written(row: Row, wanted: tuple[str, ...]) -> dict[str, Any]:
    """A row as it is sent."""
    shown = {}
    for name in dict.fromkeys((*wanted, *ALWAYS)):
        value = KNOWN[name](row) if name in KNOWN else None
        if value is not None and value != []:
            shown[name] = value
    return shown
