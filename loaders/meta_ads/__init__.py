"""Meta Ads: an ad account, its campaigns, ad sets, ads and daily figures, from the Marketing API.

What: the resources in `RESOURCES`; the figures are one document per day of the ad account, with a row per ad
that delivered, under one attribution setting. Why loading twice is harmless: the log is append-only and a
document equal to its latest landed version is not landed again; the days of the last 28 are read again every
time because Meta restates them.

    ad account (currency, time zone) ─► days ─► weeks asked directly, or months as reports, side by side
                                             ─► rows by day ─► dlt ─► raw_meta_ads.insights
    campaigns, ad sets, ads, whole ─────────────────────────► dlt ─► raw_meta_ads.<resource>
"""

from __future__ import annotations

from typing import Any

from loaders.common.context import Run
from loaders.meta_ads.client import Client
from loaders.meta_ads.expectations import EXPECTATIONS
from loaders.meta_ads.source import RESOURCES, MetaAds

__all__ = ["EXPECTATIONS", "RESOURCES", "source"]


def source(run: Run) -> list[Any]:
    """The dlt resources of one run; asks the vendor which ad account it is."""
    client = Client.of(run.account)
    run.at_end(client.close)
    probed = client.probe()
    run.identify(str(probed.body["id"]))
    return MetaAds(run, client, probed).resources()
