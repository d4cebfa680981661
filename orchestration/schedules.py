"""The day: at 05:00 in London every account is loaded, then everything is built and tested once.

Each platform has a job `load_<platform>` of which the schedule starts one run per account, so that a shop
that fails or is slow is a run of its own. When the last of the day's loads has ended, well or badly, the
sensor `build_after_loads` starts the job `build`: what has landed is modelled, what failed stays red and
comes with the next load. One that takes hours is not waited for: it gets a build of its own. When a build
has ended, `tie_out_after_build` starts the job `tie_out`: it asks the vendors about the days that do not tie
out, models what they say, and judges. All runs of a day carry the tag `countinghouse/day`. Once a week the
build tests every row instead of the touched ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import dagster as dg
from orchestration.dbt_assets import OP
from orchestration.platforms import Platform

if TYPE_CHECKING:
    from dagster._core.definitions.unresolved_asset_job_definition import UnresolvedAssetJobDefinition

ZONE = "Europe/London"
DAILY = "0 5 * * *"
DAY_TAG = "countinghouse/day"
ACCOUNTS_TAG = "countinghouse/accounts_of_platform"
WEEKDAY_OF_FULL_TESTS = 6  # Sunday

# The schedules of several platforms tick one after the other: the build waits for the last of them.
GRACE = timedelta(seconds=60)
# Loads take minutes. What takes longer than this is a first load, or a vendor in trouble: the figures of the
# others have to be there by eight all the same (see `policies`).
LONGEST = timedelta(hours=2)
BUILD = "build"
TIE_OUT = "tie_out"
LOAD = "load_"


def load_job(raw: dg.AssetsDefinition, platform: Platform) -> UnresolvedAssetJobDefinition:
    """The job that loads one account of a platform, with its gates on arrival."""
    return dg.define_asset_job(
        f"{LOAD}{platform.name}",
        selection=dg.AssetSelection.assets(raw),
        description=f"Load one account of {platform.name}: what changed since the last load.",
    )


def build_job(models: dg.AssetsDefinition, verdict: dg.AssetChecksDefinition) -> UnresolvedAssetJobDefinition:
    """The job that builds and tests every model, with the gates on publication but for the tie-out."""
    return dg.define_asset_job(
        BUILD,
        selection=dg.AssetSelection.assets(models) - dg.AssetSelection.checks(verdict),
        config=_build_config(),
        description="Build every model from what has landed, and test it.",
    )


def tie_out_job(models: dg.AssetsDefinition, known: Sequence[Platform]) -> UnresolvedAssetJobDefinition:
    """The job that asks about the days that are off, builds what follows from the answers, and judges."""
    asked = _assets(one.dataset + "/" + resource.name for one in known for resource in one.on_demand)
    answers = _assets(one.dataset + "/" + resource.name for one in known for resource in one.asked_again)
    followers = answers.downstream() & dg.AssetSelection.assets(models)
    return dg.define_asset_job(
        TIE_OUT,
        selection=asked | followers,
        description="Ask the vendors about the days that do not tie out, order by order, and judge again.",
    )


def daily(job: UnresolvedAssetJobDefinition, platform: Platform) -> dg.ScheduleDefinition:
    """05:00 in London: one run per account."""
    account_names = platform.account_names()

    @dg.schedule(
        name=f"daily_{platform.name}",
        job=job,
        cron_schedule=DAILY,
        execution_timezone=ZONE,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description=f"Every day at 05:00 in London, one run per account of {platform.name}.",
    )
    def requests(context: dg.ScheduleEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        if not account_names:
            yield dg.SkipReason(f"No account of {platform.name} in the accounts file (docs/runbook.md).")
        day = context.scheduled_execution_time.astimezone(ZoneInfo(ZONE)).date().isoformat()
        tags = {DAY_TAG: day, ACCOUNTS_TAG: str(len(account_names))}
        for name in account_names:
            yield dg.RunRequest(run_key=f"{day}/{platform.name}/{name}", partition_key=name, tags=tags)

    return requests


def build_after_loads(job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """Build when the last load of the day has ended, whether all of them succeeded or not.

    After `LONGEST` with those that have; each of the others is followed by another build.
    """

    @dg.sensor(
        name="build_after_loads",
        job=job,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts the build when the day's loads have ended, well or badly, or take too long.",
    )
    def requests(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        now = datetime.now(UTC)
        records = context.instance.get_run_records(dg.RunsFilter(created_after=now - timedelta(days=2)))
        loads = [record for record in records if _is_daily_load(record.dagster_run)]
        if not loads:
            yield dg.SkipReason("no load of a daily run in the last two days")
            return
        day = max(record.dagster_run.tags[DAY_TAG] for record in loads)
        of_day = [record for record in loads if record.dagster_run.tags[DAY_TAG] == day]
        ended = [record for record in of_day if record.dagster_run.is_finished]
        if not _can_be_built(of_day, len(ended), now):
            yield dg.SkipReason(f"loads of {day} are under way")
            return
        if any(one.dagster_run.job_name == BUILD and not one.dagster_run.is_finished for one in records):
            yield dg.SkipReason("a build is under way: what has come since is built next")
            return
        scope = "all" if date.fromisoformat(day).weekday() == WEEKDAY_OF_FULL_TESTS else "touched"
        yield dg.RunRequest(
            # A load of the day that is late, or repeated by hand, is followed by another build.
            run_key=f"{day}/{len(ended)}",
            tags={DAY_TAG: day},
            run_config=_build_config(scope),
        )

    return requests


def tie_out_after_build(job: UnresolvedAssetJobDefinition) -> dg.SensorDefinition:
    """Ask and judge when a build has ended, well or badly."""

    @dg.sensor(
        name="tie_out_after_build",
        job=job,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Starts the tie-out when a build has ended, well or badly.",
    )
    def requests(context: dg.SensorEvaluationContext) -> Iterator[dg.RunRequest | dg.SkipReason]:
        lately = dg.RunsFilter(job_name=BUILD, created_after=datetime.now(UTC) - timedelta(days=2))
        records = context.instance.get_run_records(lately, limit=1)
        if not records:
            yield dg.SkipReason("no build in the last two days")
        elif not records[0].dagster_run.is_finished:
            yield dg.SkipReason("a build is under way")
        else:
            build = records[0].dagster_run
            day = {DAY_TAG: build.tags[DAY_TAG]} if DAY_TAG in build.tags else {}
            yield dg.RunRequest(run_key=build.run_id, tags=day)

    return requests


def _assets(paths: Iterable[str]) -> dg.AssetSelection:
    return dg.AssetSelection.assets(*(dg.AssetKey(path.split("/")) for path in paths))


def _build_config(test_scope: str = "touched") -> dict[str, Any]:
    """The tie-out is judged by the job that follows, once the vendors were asked."""
    return {"ops": {OP: {"config": {"test_scope": test_scope, "tie_out": False}}}}


def _is_daily_load(run: dg.DagsterRun) -> bool:
    return run.job_name.startswith(LOAD) and DAY_TAG in run.tags


def _can_be_built(records: Sequence[dg.RunRecord], ended: int, now: datetime) -> bool:
    """Whether every load of the day was started and has ended, or those that have wait no longer."""
    accounts_of: defaultdict[str, set[str | None]] = defaultdict(set)
    expected: dict[str, int] = {}
    for record in records:
        run = record.dagster_run
        accounts_of[run.job_name].add(run.tags.get("dagster/partition"))
        expected[run.job_name] = int(run.tags[ACCOUNTS_TAG])
    began = [record.create_timestamp.astimezone(UTC) for record in records]
    if ended and now - min(began) >= LONGEST:
        return True
    return (
        ended == len(records)
        and all(len(accounts_of[job]) >= count for job, count in expected.items())
        and now - max(began) >= GRACE
    )
