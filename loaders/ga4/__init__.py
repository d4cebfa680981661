"""Google Analytics 4: what a property saw of sessions and purchases, day by day, into `raw_ga4`.

What: the property itself, and two reports per day of the property's own time zone. Why loading twice is
harmless: the log is append-only, a day equal to its latest landed version is not landed again (what it cost
of the property's quota does not count), and days are asked for again for as long as Google restates them.

    metadata, a report of today (currency, time zone) ─► days still open, and those since ─► batches of five
    reports of one day each, side by side ─► pages until every row is there ─► raw_ga4.<resource>
"""

from __future__ import annotations

from typing import Any

from loaders.common.context import Run
from loaders.ga4.client import Client
from loaders.ga4.expectations import EXPECTATIONS
from loaders.ga4.source import RESOURCES, Ga4

__all__ = ["EXPECTATIONS", "RESOURCES", "source"]


def source(run: Run) -> list[Any]:
    """The dlt resources of one run; asks Google which property this is and on whose days it lives."""
    client = Client.of(run.account)
    run.at_end(client.close)
    found = client.property()
    run.identify(found.id)
    return Ga4(run, client, found).resources()
