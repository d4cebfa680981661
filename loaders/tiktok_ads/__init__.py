"""TikTok Ads: an advertiser and the daily figures of its ads, from the API for Business.

What: the resources in `RESOURCES`; the figures are one document per day of the advertiser, with a row per ad
that delivered. Why loading twice is harmless: the log is append-only and a document equal to its latest
landed version is not landed again; the days of the last 30 are read again every time because TikTok restates
them.

    advertiser (currency, time zone) ─► days ─► windows of 30 days, side by side, page by page
                                             ─► rows by day ─► dlt ─► raw_tiktok_ads.ad_reports
"""

from __future__ import annotations

from typing import Any

from loaders.common.context import Run
from loaders.tiktok_ads.client import Client
from loaders.tiktok_ads.expectations import EXPECTATIONS
from loaders.tiktok_ads.source import RESOURCES, TikTokAds

__all__ = ["EXPECTATIONS", "RESOURCES", "source"]


def source(run: Run) -> list[Any]:
    """The dlt resources of one run; asks the vendor which advertiser it is."""
    client = Client.of(run.account)
    run.at_end(client.close)
    probed = client.probe()
    run.identify(client.advertiser_id)
    return TikTokAds(run, client, probed).resources()
