"""What is chosen, and why: version, fields, windows, sizes, patience."""

from __future__ import annotations

from loaders.common.http import RETRIED, Patience

BASE_URL = "https://graph.facebook.com"
# Pinned: a version lives about two years, and a change of shape has to be read before it is taken.
API_VERSION = "v26.0"

# Meta lets a day's figures move for 28 days (its longest click window) and no longer.
RESTATED_DAYS = 28
# The vendor shows 37 months, counted back from today; a few days less, so that no month's length matters.
REACH_DAYS = 1_123

# One setting for everybody, spelled out: the vendor's default, an account's and an ad set's differ.
ATTRIBUTION_WINDOWS = ("1d_click", "7d_click", "28d_click", "1d_view")

# Windows up to a month, as of every daily run, are asked for while we wait, a week at a time; longer ones are
# reports that the vendor makes by itself. Both keep each answer far from its limits for most accounts.
DIRECT_DAYS = 31
DAYS_PER_REQUEST = 7
DAYS_PER_RUN = 30

# Requests and reports side by side. The limits of an account are shared with everybody who works in it.
CONCURRENCY = 4
MOST_CONCURRENCY = 16

# Rows of a page; halved where the vendor finds it too much, down to one that no account can be too big for.
ROWS_PER_PAGE = 500
LEAST_PER_PAGE = 10
THINGS_PER_PAGE = 200
# A list whose next page the vendor cannot find any more is read again from its start.
READS_OF_A_LIST = 3

# A report that fails is asked for once more, then its days in halves.
ATTEMPTS_OF_A_RUN = 2
# The vendor says that a report can take an hour. One that takes longer is asked for in halves, which have
# another hour in all: an account that is stuck must not keep the day's build waiting.
RUN_POLL = Patience(first=0.5, longest=30.0)
RUN_PATIENCE_SECONDS = 3_600.0
WINDOW_PATIENCE_SECONDS = 2 * RUN_PATIENCE_SECONDS

# Limits are counted over an hour that rolls, and the vendor says in minutes when it is over.
THROTTLE_PATIENCE_SECONDS = 3_900.0
# Where it does not say: the shortest block is a minute, that of an account's score five.
THROTTLE_WAIT = Patience(first=60.0, longest=300.0)
# Others work with the account as well: the last tenth of every limit is left to them.
NEAR_LIMIT_PERCENT = 90.0
NEAR_LIMIT_SECONDS = 60.0

# 500 and 503 say in their body whether they pass.
RETRIED_STATUSES = frozenset(RETRIED) - {500, 503}
PATIENCE = Patience()

ACCOUNT_FIELDS = (
    *("id", "account_id", "name", "currency", "timezone_name", "timezone_id", "account_status"),
    *("created_time", "business_name"),
)
_OF_ALL = ("id", "account_id", "name", "status", "effective_status", "created_time", "updated_time")
CAMPAIGN_FIELDS = (
    *_OF_ALL,
    *("objective", "buying_type", "bid_strategy", "daily_budget", "lifetime_budget"),
    *("start_time", "stop_time", "special_ad_categories"),
)
AD_SET_FIELDS = (
    *_OF_ALL,
    *("campaign_id", "optimization_goal", "billing_event", "attribution_spec", "destination_type"),
    *("daily_budget", "lifetime_budget", "start_time", "end_time"),
)
AD_FIELDS = (*_OF_ALL, "campaign_id", "adset_id", "conversion_domain")
INSIGHT_FIELDS = (
    *("account_id", "account_name", "account_currency"),
    *("campaign_id", "campaign_name", "adset_id", "adset_name", "ad_id", "ad_name"),
    *("objective", "buying_type", "optimization_goal", "attribution_setting", "date_start", "date_stop"),
    *("spend", "impressions", "clicks", "inline_link_clicks", "outbound_clicks"),
    *("actions", "action_values"),
)

# Lists hide what was archived or deleted unless it is asked for; its days are in the reports all the same.
_STATUSES = ("ACTIVE", "PAUSED", "ARCHIVED", "DELETED", "IN_PROCESS", "WITH_ISSUES")
CAMPAIGN_STATUSES = _STATUSES
AD_SET_STATUSES = (*_STATUSES, "CAMPAIGN_PAUSED")
AD_STATUSES = (
    *_STATUSES,
    *("CAMPAIGN_PAUSED", "ADSET_PAUSED", "DISAPPROVED", "PENDING_BILLING_INFO", "PENDING_REVIEW"),
    "PREAPPROVED",
)
