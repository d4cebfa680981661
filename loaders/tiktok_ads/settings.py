"""What is chosen, and why: version, metrics, windows, sizes, patience."""

from __future__ import annotations

from loaders.common.http import Patience

BASE_URL = "https://business-api.tiktok.com"
# Pinned: a change of shape has to be read before it is taken.
API_VERSION = "v1.3"

# Conversions stand on the day of the click or view and arrive within the account's window, of at most 28
# days; figures settle a day or two after that.
RESTATED_DAYS = 30
# The vendor's limit of a report by day, and of its page.
DAYS_PER_REQUEST = 30
ROWS_PER_PAGE = 1_000
# A report whose rows change while its pages are read is read again this often.
READS_OF_A_WINDOW = 3

# Requests side by side, and at most so many a second: the smallest tier allows ten for an advertiser.
CONCURRENCY = 4
MOST_CONCURRENCY = 16
REQUESTS_PER_SECOND = 8

# The vendor never says how long to wait: a limit by the second is over in one, that by the minute in five
# minutes, and the day's at midnight UTC, which is not waited for.
THROTTLE_WAIT = Patience(first=2.0, longest=300.0)
THROTTLE_PATIENCE_SECONDS = 1_200.0
# Its own failures pass within five minutes.
TROUBLE = Patience(attempts=7, first=5.0, longest=300.0)
PATIENCE = Patience()

ADVERTISER_FIELDS = (
    *("advertiser_id", "name", "company", "country", "currency", "timezone", "display_timezone"),
    *("status", "create_time"),
)
LEVEL, DIMENSIONS = "AUCTION_AD", ("ad_id", "stat_time_day")
# Without `currency` a row does not say what its money is. A purchase on the website is a `complete_payment`;
# what these were worth is `total_complete_payment_rate`, which is no rate.
METRICS = (
    *("campaign_id", "campaign_name", "adgroup_id", "adgroup_name", "ad_name", "currency"),
    *("spend", "impressions", "clicks", "conversion", "real_time_conversion"),
    *("complete_payment", "total_complete_payment_rate", "web_event_add_to_cart", "initiate_checkout"),
)
# Ads that were deleted are left out of a report, with what they cost, unless every status is asked for.
DELETED_TOO = ({"field_name": "ad_status", "filter_type": "IN", "filter_value": '["STATUS_ALL"]'},)
