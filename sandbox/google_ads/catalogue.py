"""Fields that can be asked for: their types, and which resource knows which of them.

Known are the resources, segments and metrics that the practice accounts have something to say about.
"""

from dataclasses import dataclass

INT64, INT32, DOUBLE, STRING, BOOL, ENUM, TEXTS = (
    "int64",
    "int32",
    "double",
    "string",
    "bool",
    "enum",
    "[string]",
)


@dataclass(frozen=True)
class Field:
    """A field by its path in the query language. `values` are those of an enum."""

    path: str
    kind: str
    values: tuple[str, ...] = ()

    @property
    def resource(self) -> str:
        """What it belongs to: a resource, `segments` or `metrics`."""
        return self.path.partition(".")[0]

    @property
    def is_number(self) -> bool:
        """Whether values are compared as numbers."""
        return self.kind in (INT64, INT32, DOUBLE)


STATUSES = ("ENABLED", "PAUSED", "REMOVED")
CUSTOMER_STATUSES = ("ENABLED", "CANCELED", "SUSPENDED", "CLOSED")
CHANNELS = (
    *("SEARCH", "DISPLAY", "SHOPPING", "HOTEL", "VIDEO", "MULTI_CHANNEL", "LOCAL", "SMART"),
    *("PERFORMANCE_MAX", "LOCAL_SERVICES", "TRAVEL", "DEMAND_GEN"),
)
SUB_CHANNELS = (
    "SEARCH_EXPRESS",
    "SHOPPING_SMART_ADS",
    "VIDEO_ACTION",
    "VIDEO_NON_SKIPPABLE",
)
GROUP_TYPES = ("SEARCH_STANDARD", "DISPLAY_STANDARD", "SHOPPING_PRODUCT_ADS", "VIDEO_RESPONSIVE")
AD_TYPES = (
    "RESPONSIVE_SEARCH_AD",
    "SHOPPING_PRODUCT_AD",
    "VIDEO_RESPONSIVE_AD",
    "EXPANDED_TEXT_AD",
    "IMAGE_AD",
)
CATEGORIES = (
    *("DEFAULT", "PAGE_VIEW", "PURCHASE", "SIGNUP", "DOWNLOAD", "ADD_TO_CART", "BEGIN_CHECKOUT"),
    *("SUBSCRIBE_PAID", "PHONE_CALL_LEAD", "IMPORTED_LEAD", "SUBMIT_LEAD_FORM", "CONTACT", "ENGAGEMENT"),
)
DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
COUNTING = ("ONE_PER_CLICK", "MANY_PER_CLICK")
ORIGINS = ("WEBSITE", "GOOGLE_HOSTED", "APP", "CALL_FROM_ADS", "STORE", "YOUTUBE_HOSTED")
ACTION_STATUSES = ("ENABLED", "REMOVED", "HIDDEN")

_KINDS: dict[str, dict[str, str | tuple[str, ...]]] = {
    "customer": {
        "resource_name": STRING,
        "id": INT64,
        "descriptive_name": STRING,
        "currency_code": STRING,
        "time_zone": STRING,
        "manager": BOOL,
        "test_account": BOOL,
        "auto_tagging_enabled": BOOL,
        "status": CUSTOMER_STATUSES,
    },
    "customer_client": {
        "resource_name": STRING,
        "client_customer": STRING,
        "id": INT64,
        "descriptive_name": STRING,
        "currency_code": STRING,
        "time_zone": STRING,
        "manager": BOOL,
        "test_account": BOOL,
        "hidden": BOOL,
        "level": INT64,
        "status": CUSTOMER_STATUSES,
    },
    "campaign": {
        "resource_name": STRING,
        "id": INT64,
        "name": STRING,
        "status": STATUSES,
        "advertising_channel_type": CHANNELS,
        "advertising_channel_sub_type": SUB_CHANNELS,
        "start_date_time": STRING,
        "end_date_time": STRING,
    },
    "ad_group": {
        "resource_name": STRING,
        "id": INT64,
        "name": STRING,
        "status": STATUSES,
        "type": GROUP_TYPES,
        "campaign": STRING,
    },
    "ad_group_ad": {
        "resource_name": STRING,
        "status": STATUSES,
        "ad_group": STRING,
        "ad.resource_name": STRING,
        "ad.id": INT64,
        "ad.name": STRING,
        "ad.type": AD_TYPES,
        "ad.final_urls": TEXTS,
    },
    "conversion_action": {
        "resource_name": STRING,
        "id": INT64,
        "name": STRING,
        "status": ACTION_STATUSES,
        "type": ("WEBPAGE", "UPLOAD_CLICKS", "GOOGLE_ANALYTICS_4_CUSTOM", "GOOGLE_ANALYTICS_4_PURCHASE"),
        "category": CATEGORIES,
        "origin": ORIGINS,
        "counting_type": COUNTING,
        "primary_for_goal": BOOL,
        "include_in_conversions_metric": BOOL,
        "click_through_lookback_window_days": INT64,
        "view_through_lookback_window_days": INT64,
    },
    "segments": {
        "date": STRING,
        "week": STRING,
        "month": STRING,
        "quarter": STRING,
        "year": INT32,
        "day_of_week": DAYS,
        "conversion_action": STRING,
        "conversion_action_name": STRING,
        "conversion_action_category": CATEGORIES,
    },
    "metrics": {
        "cost_micros": INT64,
        "impressions": INT64,
        "clicks": INT64,
        "interactions": INT64,
        "engagements": INT64,
        "view_through_conversions": INT64,
        "conversions": DOUBLE,
        "conversions_value": DOUBLE,
        "all_conversions": DOUBLE,
        "all_conversions_value": DOUBLE,
        "conversions_by_conversion_date": DOUBLE,
        "conversions_value_by_conversion_date": DOUBLE,
        "all_conversions_by_conversion_date": DOUBLE,
        "all_conversions_value_by_conversion_date": DOUBLE,
        "ctr": DOUBLE,
        "average_cpc": DOUBLE,
        "cost_per_conversion": DOUBLE,
    },
}


def _field(path: str, kind: str | tuple[str, ...]) -> Field:
    return Field(path, kind) if isinstance(kind, str) else Field(path, ENUM, kind)


FIELDS = {
    f"{owner}.{name}": _field(f"{owner}.{name}", kind)
    for owner, named in _KINDS.items()
    for name, kind in named.items()
}
# What can be selected from a resource beside its own fields.
ABOVE = {
    "customer": (),
    "customer_client": ("customer",),
    "campaign": ("customer",),
    "ad_group": ("campaign", "customer"),
    "ad_group_ad": ("ad_group", "campaign", "customer"),
    "conversion_action": ("customer",),
}
WITHOUT_FIGURES = ("customer_client", "conversion_action")
DATES = ("segments.date", "segments.week", "segments.month", "segments.quarter", "segments.year")
BY_ACTION = tuple(path for path in FIELDS if path.startswith("segments.conversion_action"))
OF_DELIVERY = tuple(
    f"metrics.{name}"
    for name in (
        *("cost_micros", "impressions", "clicks", "interactions", "engagements"),
        *("ctr", "average_cpc", "cost_per_conversion"),
    )
)
