"""Policies of the whole graph, set once."""

from __future__ import annotations

from datetime import timedelta

import dagster as dg
from orchestration.schedules import ZONE

# The daily run starts at 05:00; what is not there by 08:00 is late. A load by hand in the day before counts.
BY_EIGHT = dg.FreshnessPolicy.cron(
    deadline_cron="0 8 * * *", lower_bound_delta=timedelta(hours=24), timezone=ZONE
)
FRESH = ("raw_", "marts")


def fresh(assets: dg.AssetsDefinition) -> dg.AssetsDefinition:
    """Give raw assets and marts, what comes in and what goes out, the freshness of the daily run."""
    return assets.map_asset_specs(
        lambda spec: (
            spec.replace_attributes(freshness_policy=BY_EIGHT) if spec.key.path[0].startswith(FRESH) else spec
        )
    )
