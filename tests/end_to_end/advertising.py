"""What ads did and cost, and what their platforms claim for them by the windows that they state."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from sandbox.business.marketing.types import Campaign, Claim
from tests.end_to_end.figures import Figures, Key, read
from tests.end_to_end.happened import Happened

# Google tells the kind of a campaign; ads of the others are social.
CHANNELS = {
    "SEARCH": "Paid Search",
    "SHOPPING": "Paid Shopping",
    "PERFORMANCE_MAX": "Cross-network",
    "VIDEO": "Paid Video",
}
SPEND = """
select platform, account_id, date_day, campaign_id, ad_group_id, ad_id, currency_code, channel_group,
    spend_amount, impressions, clicks
from marts.fct_ad_spend where spend_amount <> 0 or impressions <> 0 or clicks <> 0
"""
# The primary type of purchase, on every clock and by every window; types that repeat it would double it.
CLAIMS = """
select platform, account_id, date_day, campaign_id, ad_group_id, ad_id, attribution_window, booked_by,
    sum(claimed_count) as claimed_count, sum(claimed_value) as claimed_value
from marts.fct_ad_claims
where
    action_group = 'purchase'
    and (is_primary or action_type in ('PURCHASE', 'omni_purchase'))
group by 1, 2, 3, 4, 5, 6, 7, 8
"""
DAY, WEEK, MONTH = timedelta(days=1), timedelta(days=7), timedelta(days=28)
Booked = Literal["touch", "conversion"]
# Platform, window and clock -> how old a click, a view and a film may be that it counts.
WINDOWS: dict[tuple[str, str, Booked], tuple[timedelta | None, timedelta | None, timedelta | None]] = {
    ("google_ads", "default", "touch"): (timedelta.max, None, timedelta.max),
    ("google_ads", "default", "conversion"): (timedelta.max, None, timedelta.max),
    ("google_ads", "all", "touch"): (timedelta.max, None, timedelta.max),
    ("google_ads", "view_through", "touch"): (None, timedelta.max, None),
    ("meta_ads", "default", "conversion"): (WEEK, DAY, None),
    ("meta_ads", "1d_click", "conversion"): (DAY, None, None),
    ("meta_ads", "7d_click", "conversion"): (WEEK, None, None),
    ("meta_ads", "28d_click", "conversion"): (MONTH, None, None),
    ("meta_ads", "1d_view", "conversion"): (None, DAY, None),
    ("tiktok_ads", "default", "touch"): (WEEK, DAY, DAY),
}


def compared(happened: Happened) -> Iterator[tuple[str, Figures, Figures]]:
    """Each kind of figure with what it has to be and what marts say."""
    yield "spend", _spent(happened), read(SPEND, key=8)
    yield "claims", _claimed(happened), read(CLAIMS, key=8)


def channel_of(campaign: Campaign) -> str:
    """What an ad's spend is counted in."""
    return CHANNELS.get(campaign.kind, "Paid Social")


def _spent(happened: Happened) -> Figures:
    """What each ad's platform charges for it; campaigns without ads have a row of their own."""
    found: Figures = {}
    for account in happened.marketing.accounts:
        for day in happened.days(account.zone):
            for row in happened.marketing.delivery(account, day):
                group, ad = (part.id if part else None for part in (row.group, row.ad))
                channel = channel_of(row.campaign)
                key = (account.platform, account.name, day, row.campaign.id, group, ad)
                found[*key, account.currency, channel] = (row.cost, row.impressions, row.clicks)
    return found


def _claimed(happened: Happened) -> Figures:
    """Purchases that each ad is credited with."""
    found: dict[Key, tuple[Decimal, Decimal | None]] = {}
    for account in happened.marketing.accounts:
        for (platform, window, booked), ages in WINDOWS.items():
            for day in happened.days(account.zone) if platform == account.platform else ():
                for claim in happened.marketing.claims(account, day, booked):
                    if claim.action == "purchase" and _is_in(claim, ages):
                        group, ad = (part.id if part else None for part in (claim.group, claim.ad))
                        of = (platform, account.name, day, claim.campaign.id, group, ad, window, booked)
                        count, value = found.get(of, (Decimal(0), Decimal(0)))
                        # what Google tells of those who merely saw an ad has no value
                        is_worth = value is not None and window != "view_through"
                        found[of] = (count + claim.share, value + claim.value if is_worth else None)
    return dict(found)


def _is_in(claim: Claim, ages: tuple[timedelta | None, ...]) -> bool:
    most = ages[("click", "view", "engaged_view").index(claim.touch)]
    return most is not None and claim.converted_at - claim.touched_at <= most
