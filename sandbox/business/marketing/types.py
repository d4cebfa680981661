"""What marketing is made of: accounts with their campaigns, what they delivered and claim, and who came.

Times are aware UTC datetimes; a `day` is local: of the store with visits, of the account with ads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

Status = Literal["ENABLED", "PAUSED", "REMOVED"]
Touch = Literal["click", "view", "engaged_view"]


@dataclass(slots=True, frozen=True)
class AdAccount:
    """An account at an advertising platform, run for one store; `manager` is the account above it."""

    platform: str  # google_ads, meta_ads, tiktok_ads
    name: str
    id: str  # the vendor's, as the vendor writes it
    title: str
    currency: str
    zone: ZoneInfo
    store: str
    manager: str | None = None


@dataclass(slots=True, frozen=True)
class Ad:
    """An ad; `kind` is in the platform's words, `url` is where a click lands, with its parameters."""

    id: str
    name: str
    kind: str
    url: str
    status: Status


@dataclass(slots=True, frozen=True)
class AdGroup:
    """Ads that share an audience: Google's and TikTok's ad group, Meta's ad set."""

    id: str
    name: str
    status: Status
    ads: tuple[Ad, ...]


@dataclass(slots=True, frozen=True)
class Campaign:
    """A campaign as it is named now. Performance Max has groups of nothing: its deliveries have no ad.

    `kind` is SEARCH, SHOPPING, PERFORMANCE_MAX, VIDEO at Google, prospecting or retargeting elsewhere.
    """

    id: str
    name: str
    kind: str
    status: Status
    groups: tuple[AdGroup, ...]
    created: datetime
    updated: datetime | None = None  # started, stopped, renamed or removed last; none: never since


@dataclass(slots=True, frozen=True)
class Delivery:
    """What one ad did in one day as the platform shows it now. `clicks` are of all kinds.

    `cost` is in the account's currency: to the micro at Google, to the cent elsewhere.
    """

    campaign: Campaign
    group: AdGroup | None
    ad: Ad | None
    impressions: int
    clicks: int
    link_clicks: int
    cost: Decimal


@dataclass(slots=True, frozen=True)
class Claim:
    """A conversion that a platform claims for an ad. `share` is its part of it: 1 but for Google's fractions.

    `touched_at` is when the ad was clicked or seen, `touched_on` its day; `value` is the share of what the
    conversion is worth, to the cent. `order` is the store and the order's id, none where the platform guesses
    (modelled conversions) and for what is no purchase.
    """

    campaign: Campaign
    group: AdGroup | None
    ad: Ad | None
    action: str  # purchase, add_to_cart, initiate_checkout, lead, or a name of the advertiser's own
    touch: Touch
    touched_at: datetime
    touched_on: date
    converted_at: datetime
    order: tuple[str, int] | None
    share: Decimal
    value: Decimal
    currency: str


@dataclass(slots=True, frozen=True)
class Visit:
    """Somebody came to a store's site.

    `source`, `medium`, `campaign` are what a tracker that sees everything would call it, in Google's words:
    "google" / "cpc", "(direct)" / "(none)". `landing_page` is a path, `query` what followed it after "?".
    `channel_group` is Google's default group for it.
    """

    store: str
    at: datetime
    day: date
    visitor: str
    source: str
    medium: str
    campaign: str | None
    campaign_id: str | None
    channel_group: str
    referrer: str | None
    utm: Mapping[str, str] | None  # utm_source … without the prefix: source, medium, campaign, content, term
    landing_page: str
    query: str
    device: str  # desktop, mobile, tablet, smart tv
    country: str  # its English name
    engaged: bool
    is_new: bool
    consented: bool
    views_item: bool
    adds_to_cart: bool
    begins_checkout: bool
    order: int | None = None
    ad_click: tuple[str, str, str] | None = None  # platform, account's name, id of the ad or of the campaign


@dataclass(slots=True, frozen=True)
class Purchase:
    """A purchase as the shop's tag reported it; without an id `transaction_id` is empty."""

    transaction_id: str
    revenue: Decimal
    tax: Decimal
    shipping: Decimal
    at: datetime


@dataclass(slots=True, frozen=True)
class Hit:
    """A session as Google Analytics has it since `received_at`.

    Its `purchases` came then or later and may repeat an id.
    """

    visit: Visit
    received_at: datetime
    purchases: tuple[Purchase, ...] = ()
    is_bot: bool = False
