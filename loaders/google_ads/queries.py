"""What is asked for, in the vendor's query language: things whole, figures for days."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.common.days import Days


def select(fields: tuple[str, ...], resource: str, where: str = "") -> str:
    """One query."""
    return f"SELECT {', '.join(fields)} FROM {resource}" + (f" WHERE {where}" if where else "")


CUSTOMER = select(
    (
        *("customer.id", "customer.descriptive_name", "customer.currency_code", "customer.time_zone"),
        *("customer.manager", "customer.test_account", "customer.status", "customer.auto_tagging_enabled"),
    ),
    "customer",
)
CLIENTS = select(
    (
        *("customer_client.id", "customer_client.descriptive_name", "customer_client.manager"),
        *("customer_client.status", "customer_client.level", "customer_client.hidden"),
    ),
    "customer_client",
)
# Things that were removed stay in these lists, with a status that says so: their figures stay as well.
CAMPAIGNS = select(
    (
        *("campaign.id", "campaign.name", "campaign.status", "campaign.advertising_channel_type"),
        *("campaign.advertising_channel_sub_type", "campaign.start_date_time", "campaign.end_date_time"),
    ),
    "campaign",
)
AD_GROUPS = select(
    ("campaign.id", "ad_group.id", "ad_group.name", "ad_group.status", "ad_group.type"), "ad_group"
)
ADS = select(
    (
        *("campaign.id", "ad_group.id", "ad_group_ad.ad.id", "ad_group_ad.ad.name", "ad_group_ad.ad.type"),
        *("ad_group_ad.ad.final_urls", "ad_group_ad.status"),
    ),
    "ad_group_ad",
)
CONVERSION_ACTIONS = select(
    tuple(
        f"conversion_action.{name}"
        for name in (
            *("id", "name", "status", "type", "category", "origin", "counting_type", "primary_for_goal"),
            *("click_through_lookback_window_days", "view_through_lookback_window_days"),
        )
    ),
    "conversion_action",
)

BY_AD = ("campaign.id", "ad_group.id", "ad_group_ad.ad.id")
BY_CAMPAIGN = ("campaign.id",)


@dataclass(frozen=True)
class Report:
    """Figures by day: of every ad, and of every campaign, as some campaigns have no ads of their own."""

    resource: str
    segments: tuple[str, ...]
    metrics: tuple[str, ...]

    def by_ad(self, days: Days) -> str:
        """The query for the ads' figures."""
        return self._query(BY_AD, "ad_group_ad", days)

    def by_campaign(self, days: Days) -> str:
        """The query for the campaigns' figures."""
        return self._query(BY_CAMPAIGN, "campaign", days)

    def _query(self, keys: tuple[str, ...], resource: str, days: Days) -> str:
        where = f"segments.date BETWEEN '{days.first}' AND '{days.last}'"
        return select((*keys, *self.segments, *self.metrics), resource, where)


DELIVERY = Report(
    "ad_reports",
    ("segments.date",),
    ("metrics.cost_micros", "metrics.impressions", "metrics.clicks", "metrics.interactions"),
)
# With these segments the vendor refuses figures of delivery: an impression has no conversion action.
CONVERSIONS = Report(
    "conversion_reports",
    (
        *("segments.date", "segments.conversion_action", "segments.conversion_action_name"),
        "segments.conversion_action_category",
    ),
    (
        *("metrics.conversions", "metrics.conversions_value"),
        *("metrics.all_conversions", "metrics.all_conversions_value"),
        *("metrics.conversions_by_conversion_date", "metrics.conversions_value_by_conversion_date"),
        "metrics.view_through_conversions",  # in none of the others, and of no value
    ),
)
REPORTS = (DELIVERY, CONVERSIONS)
