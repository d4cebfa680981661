"""Google Ads: an account's campaigns, ads, delivery and conversions, from its API into `raw_google_ads`.

What: the account, its campaigns, ad groups, ads and conversion actions whole, and two reports per day of the
account's own time zone. Why loading twice is harmless: the log is append-only, a thing or a day equal to its
latest landed version is not landed again, and days are asked for again for as long as conversions arrive.

    the account (currency, time zone, no manager) ─► days still open, and those since ─► spans side by side,
    by ad and by campaign, page by page ─► one document per day, also for days without delivery ─►
    raw_google_ads.<resource>
"""

from __future__ import annotations

from typing import Any

from loaders.common.context import Run
from loaders.google_ads.client import Client
from loaders.google_ads.expectations import EXPECTATIONS
from loaders.google_ads.source import RESOURCES, GoogleAds

__all__ = ["EXPECTATIONS", "RESOURCES", "source"]


def source(run: Run) -> list[Any]:
    """The dlt resources of one run; asks Google which account this is and on whose days it lives."""
    client = Client.of(run.account)
    run.at_end(client.close)
    customer = client.customer()
    run.identify(customer.id)
    return GoogleAds(run, client, customer).resources()
