"""Accounts, campaigns, ad sets and ads as nodes of the graph; without `fields` little but the id is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.business.marketing.types import AdAccount
from sandbox.meta_ads import errors
from sandbox.tallies import Place

STATUS = {"ENABLED": "ACTIVE", "PAUSED": "PAUSED", "REMOVED": "DELETED"}
# The states that things can be in, by kind of thing.
CAMPAIGN_STATES = ("ACTIVE", "PAUSED", "ARCHIVED", "DELETED", "IN_PROCESS", "WITH_ISSUES")
ADSET_STATES = (*CAMPAIGN_STATES, "CAMPAIGN_PAUSED")
STATES = {
    "campaign": CAMPAIGN_STATES,
    "group": ADSET_STATES,
    "ad": (
        *ADSET_STATES, "ADSET_PAUSED", "DISAPPROVED", "PENDING_BILLING_INFO", "PENDING_REVIEW", "PREAPPROVED",
    ),
}  # fmt: skip
HIDDEN = ("ARCHIVED", "DELETED")  # from an edge, unless asked for


@dataclass(frozen=True)
class Thing:
    """A node before anybody chose fields of it."""

    account: AdAccount
    status: int  # of the account
    now: datetime
    place: Place

    @property
    def part(self) -> Any:
        """The campaign, ad set or ad it is."""
        return self.place.ad or self.place.group or self.place.campaign

    @property
    def created(self) -> str:
        """When its campaign was made, in the account's zone; ads are made with it here."""
        return written_time(self.place.campaign.created, self.account.zone) if self.place.campaign else ""

    @property
    def updated(self) -> str:
        """When it changed last. What is in a campaign changes when it is removed with it, not by its name."""
        campaign = self.place.campaign
        if campaign is None or campaign.updated is None:
            return self.created
        moved = campaign is self.part or self.part.status == "REMOVED"
        return written_time(campaign.updated, self.account.zone) if moved else self.created


Field = Callable[[Thing], Any]


def written_time(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as the vendor writes it, its offset without a colon."""
    return moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S%z")


def effective_status(place: Place, part: str) -> str:
    """What a status comes to under those above: an ad of a paused campaign is not running."""
    above = [(place.campaign, "CAMPAIGN_PAUSED"), (place.group, "ADSET_PAUSED")]
    own = getattr(place, part)
    if own.status == "REMOVED" or any(one and one is not own and one.status == "REMOVED" for one, _ in above):
        return "DELETED"
    for one, word in above:
        if one is not None and one is not own and one.status == "PAUSED":
            return word
        if one is own:
            break
    return STATUS[own.status]


def _parent(name: str) -> Field:
    return lambda thing: getattr(getattr(thing.place, name), "id", None)


def _effective(part: str) -> Field:
    return lambda thing: effective_status(thing.place, part)


COMMON: dict[str, Field] = {
    "id": lambda thing: thing.part.id,
    "account_id": lambda thing: thing.account.id.removeprefix("act_"),
    "name": lambda thing: thing.part.name,
    "status": lambda thing: STATUS[thing.part.status],
    "configured_status": lambda thing: STATUS[thing.part.status],
    "created_time": lambda thing: thing.created,
    "updated_time": lambda thing: thing.updated,
}
ACCOUNT: dict[str, Field] = {
    "id": lambda thing: thing.account.id,
    "account_id": lambda thing: thing.account.id.removeprefix("act_"),
    "name": lambda thing: thing.account.title,
    "account_status": lambda thing: thing.status,
    "currency": lambda thing: thing.account.currency,
    "timezone_name": lambda thing: thing.account.zone.key,
    "timezone_offset_hours_utc": lambda thing: _hours(thing.now.astimezone(thing.account.zone)),
}
CAMPAIGN: dict[str, Field] = {
    **COMMON,
    "effective_status": _effective("campaign"),
    "objective": lambda thing: "OUTCOME_SALES",
    "buying_type": lambda thing: "AUCTION",
    "bid_strategy": lambda thing: "LOWEST_COST_WITHOUT_CAP",
    "special_ad_categories": lambda thing: [],
    "start_time": lambda thing: thing.created,
}
ADSET: dict[str, Field] = {
    **COMMON,
    "campaign_id": _parent("campaign"),
    "effective_status": _effective("group"),
    "optimization_goal": lambda thing: "OFFSITE_CONVERSIONS",
    "billing_event": lambda thing: "IMPRESSIONS",
    "attribution_spec": lambda thing: [
        {"event_type": "CLICK_THROUGH", "window_days": 7},
        {"event_type": "VIEW_THROUGH", "window_days": 1},
    ],
    "start_time": lambda thing: thing.created,
}
AD: dict[str, Field] = {
    **COMMON,
    "campaign_id": _parent("campaign"),
    "adset_id": _parent("group"),
    "effective_status": _effective("ad"),
    "creative": lambda thing: {"id": f"9{thing.part.id[1:]}"},
}
# Kind of node -> the vendor's older name of it, its fields, and those sent when nobody chose any.
KINDS: dict[str, tuple[str, dict[str, Field], tuple[str, ...]]] = {
    "account": ("AdAccount", ACCOUNT, ("account_id", "id")),
    "campaign": ("AdCampaignGroup", CAMPAIGN, ("id",)),
    "group": ("AdCampaign", ADSET, ("id",)),
    "ad": ("AdGroup", AD, ("id",)),
}
# Fields that exist and have no value in this business.
BUDGETS = ("daily_budget", "lifetime_budget", "budget_remaining", "pacing_type", "issues_info", "adlabels")
EMPTY: dict[str, tuple[str, ...]] = {
    "account": (
        "age", "amount_spent", "balance", "business", "business_city", "business_country_code",
        "business_name", "created_time", "disable_reason", "end_advertiser", "funding_source", "is_personal",
        "is_prepay_account", "media_agency", "min_daily_budget", "owner", "partner", "spend_cap", "tax_id",
        "tax_id_status", "timezone_id", "user_tasks",
    ),
    "campaign": (
        *BUDGETS, "spend_cap", "stop_time", "boosted_object_id", "promoted_object", "smart_promotion_type",
        "source_campaign_id", "special_ad_category", "special_ad_category_country", "primary_attribution",
        "is_skadnetwork_attribution", "last_budget_toggling_time", "topline_id",
    ),
    "group": (
        *BUDGETS, "end_time", "bid_amount", "bid_strategy", "bid_info", "daily_min_spend_target",
        "daily_spend_cap", "destination_type", "is_dynamic_creative", "learning_stage_info",
        "lifetime_imps", "lifetime_min_spend_target", "lifetime_spend_cap", "promoted_object",
        "source_adset_id", "targeting", "instagram_user_id", "multi_optimization_goal_weight",
    ),
    "ad": (
        "adlabels", "ad_active_time", "ad_review_feedback", "bid_amount", "bid_type", "conversion_domain",
        "conversion_specs", "display_sequence", "engagement_audience", "issues_info",
        "last_updated_by_app_id", "preview_shareable_link", "recommendations", "source_ad_id", "targeting",
        "tracking_specs",
    ),
}  # fmt: skip


def chosen(kind: str, names: Sequence[str]) -> tuple[str, ...]:
    """The fields to send, the id always among them, or `GraphError` for one that does not exist."""
    node_type, known, usual = KINDS[kind]
    for name in names:
        if name not in known and name not in EMPTY[kind]:
            raise errors.bad_node_field(name, node_type)
    return tuple(dict.fromkeys((*names, "id"))) if names else usual


def written(kind: str, thing: Thing, names: Sequence[str]) -> dict[str, Any]:
    """A node with the chosen fields; what has no value is not there."""
    known = KINDS[kind][1]
    values = {name: known[name](thing) for name in names if name in known}
    return {name: value for name, value in values.items() if value is not None}


def _hours(moment: datetime) -> float:
    offset = moment.utcoffset()
    return offset.total_seconds() / 3600 if offset else 0.0
