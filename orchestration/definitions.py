"""Everything Dagster knows of the house; `dagster dev -m orchestration.definitions` shows it.

Loading this needs no secret, no network, no warehouse and no accounts file.
"""

from __future__ import annotations

import dagster as dg
from orchestration import checks, dbt_assets, policies, schedules
from orchestration.gates import mart_gates, raw_gates
from orchestration.platforms import Platform, platforms
from orchestration.raw_assets import on_demand_assets, raw_assets
from orchestration.tie_out.check import tie_out_check


def of_platform(platform: Platform) -> dg.Definitions:
    """A platform's raw assets, gates on arrival, job and schedule."""
    raw, on_demand = raw_assets(platform), on_demand_assets(platform)
    load = schedules.load_job(raw, platform)
    return dg.Definitions(
        assets=[policies.fresh(raw), *([on_demand] if on_demand else [])],
        asset_checks=[checks.arrival(platform, raw_gates(platform))],
        jobs=[load],
        schedules=[schedules.daily(load, platform)],
    )


def of_models() -> dg.Definitions:
    """The models with their tests, gates on publication, jobs and sensors."""
    models, verdict = dbt_assets.models(), tie_out_check()
    build, tie_out = schedules.build_job(models, verdict), schedules.tie_out_job(models, platforms())
    return dg.Definitions(
        assets=[policies.fresh(models)],
        asset_checks=[checks.publication(mart_gates()), verdict],
        jobs=[build, tie_out],
        sensors=[schedules.build_after_loads(build), schedules.tie_out_after_build(tie_out)],
        resources={"dbt": dbt_assets.resource()},
        # A run is a process already: its steps follow one another there, and imports are paid once.
        executor=dg.in_process_executor,
    )


defs = dg.Definitions.merge(*(of_platform(platform) for platform in platforms()), of_models())
