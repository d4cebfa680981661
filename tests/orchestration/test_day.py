"""The day: 05:00 in London, a run per account, one build when all of them have ended, well or badly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import dagster as dg
import pytest
from dagster._utils.schedules import schedule_execution_time_iterator

from orchestration import schedules
from orchestration.definitions import of_models, of_platform
from orchestration.platforms import Platform, platforms
from tests.orchestration.practice import STORES, Practice, running
from warehouse import Settings, get_settings

# One practice shop serves them all.
pytestmark = pytest.mark.xdist_group("orchestration-day")

LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    with running(tmp_path_factory.mktemp("practice"), orders=60) as practice:
        yield practice


@pytest.fixture
def shopify(practice: Practice, database: Settings, monkeypatch: pytest.MonkeyPatch) -> Platform:
    """The practice shop's accounts and one whose token nobody set."""
    monkeypatch.setenv("ACCOUNTS_FILE", str(practice.accounts_file("closed")))
    for name, secret in practice.secrets.items():
        monkeypatch.setenv(name, secret)
    monkeypatch.delenv("SHOPIFY_CLOSED_TOKEN", raising=False)
    get_settings.cache_clear()
    return next(one for one in platforms() if one.name == "shopify")


def tick(definitions: dg.Definitions, at: datetime) -> list[dg.RunRequest]:
    schedule = definitions.resolve_schedule_def("daily_shopify")
    context = dg.build_schedule_context(
        scheduled_execution_time=at, repository_def=definitions.get_repository_def()
    )
    return list(schedule.evaluate_tick(context).run_requests or [])


def evaluate(instance: dg.DagsterInstance) -> list[dg.RunRequest]:
    definitions = of_models()
    context = dg.build_sensor_context(instance=instance, repository_def=definitions.get_repository_def())
    return list(definitions.resolve_sensor_def("build_after_loads").evaluate_tick(context).run_requests or [])


@pytest.mark.parametrize("day", [(2026, 1, 15), (2026, 7, 15)], ids=["winter", "summer"])
def test_the_schedule_ticks_at_five_in_london(shopify: Platform, day: tuple[int, int, int]) -> None:
    schedule = of_platform(shopify).resolve_schedule_def("daily_shopify")
    assert (schedule.cron_schedule, schedule.execution_timezone) == ("0 5 * * *", "Europe/London")
    assert schedule.default_status is dg.DefaultScheduleStatus.RUNNING
    midnight = datetime(*day, tzinfo=LONDON)
    ticks = schedule_execution_time_iterator(
        midnight.timestamp(), str(schedule.cron_schedule), schedule.execution_timezone, ascending=True
    )
    assert next(ticks) == midnight + timedelta(hours=5)


def test_one_run_per_account_with_the_day_in_london_on_it(shopify: Platform) -> None:
    requests = tick(of_platform(shopify), datetime(2026, 7, 15, 5, tzinfo=LONDON))
    assert [request.partition_key for request in requests] == [*STORES, "closed"]
    assert {request.tags[schedules.DAY_TAG] for request in requests} == {"2026-07-15"}
    assert len({request.run_key for request in requests}) == len(requests)


def test_without_accounts_nothing_runs_and_the_tick_says_why(
    database: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCOUNTS_FILE", str(tmp_path / "none.toml"))
    get_settings.cache_clear()
    (shopify,) = [one for one in platforms() if one.name == "shopify"]
    definitions = of_platform(shopify)
    schedule = definitions.resolve_schedule_def("daily_shopify")
    data = schedule.evaluate_tick(
        dg.build_schedule_context(scheduled_execution_time=datetime(2026, 7, 15, 5, tzinfo=LONDON))
    )
    assert not data.run_requests
    assert "accounts file" in (data.skip_message or "")


def test_an_account_that_fails_is_red_by_itself_and_the_build_still_comes(
    shopify: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = dg.DagsterInstance.ephemeral()
    definitions = of_platform(shopify)
    job = definitions.resolve_job_def("load_shopify")
    requests = tick(definitions, datetime(2026, 11, 21, 5, tzinfo=LONDON))
    results = {}
    for number, request in enumerate(requests):
        assert evaluate(instance) == [], f"{number} of {len(requests)} loads have ended: too early to build"
        assert request.partition_key is not None
        results[request.partition_key] = job.execute_in_process(
            partition_key=request.partition_key, tags=request.tags, instance=instance, raise_on_error=False
        )
    assert {name: result.success for name, result in results.items()} == {
        **dict.fromkeys(STORES, True),
        "closed": False,
    }
    orders = dg.AssetKey(["raw_shopify", "orders"])
    assert instance.get_materialized_partitions(orders) == set(STORES)
    (failure,) = results["closed"].filter_events(lambda event: event.is_step_failure)
    message = str(failure.step_failure_data.user_failure_data)
    assert "shopify/closed" in message
    assert "SHOPIFY_CLOSED_TOKEN" in message, "the remedy names what to set"

    assert evaluate(instance) == [], "the last load has only just begun: another platform may follow"
    monkeypatch.setattr(schedules, "GRACE", timedelta(0))
    (request,) = evaluate(instance)
    assert request.tags[schedules.DAY_TAG] == "2026-11-21"
    assert request.run_config["ops"]["dbt_build"]["config"] == {"test_scope": "touched", "tie_out": False}

    job.execute_in_process(
        partition_key="closed", tags=requests[-1].tags, instance=instance, raise_on_error=False
    )
    (again,) = evaluate(instance)
    assert again.run_key != request.run_key, "a load repeated by hand is followed by another build"


def started(
    instance: dg.DagsterInstance, definitions: dg.Definitions, job: str, **tags: str
) -> dg.DagsterRun:
    """A run that is under way."""
    return instance.create_run_for_job(
        definitions.resolve_job_def(job), status=dg.DagsterRunStatus.STARTED, tags=tags
    )


def test_a_load_that_takes_hours_holds_no_other_store_up(
    shopify: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    instance = dg.DagsterInstance.ephemeral()
    loads = of_platform(shopify)
    tags = {schedules.DAY_TAG: "2026-11-21", schedules.ACCOUNTS_TAG: "3"}
    quick, slow = (
        started(instance, loads, "load_shopify", **tags, **{"dagster/partition": name})
        for name in ("kiwi", "harbour")
    )
    monkeypatch.setattr(schedules, "LONGEST", timedelta(0))
    assert evaluate(instance) == [], "nothing has ended that could be built"
    instance.report_run_failed(quick)
    monkeypatch.undo()
    assert evaluate(instance) == [], "two hours have not passed"
    monkeypatch.setattr(schedules, "LONGEST", timedelta(0))
    (early,) = evaluate(instance)
    build = started(instance, of_models(), schedules.BUILD, **{schedules.DAY_TAG: "2026-11-21"})
    instance.report_run_failed(slow)
    assert evaluate(instance) == [], "one build after the other"
    instance.report_run_failed(build)
    (late,) = evaluate(instance)
    assert (early.run_key, late.run_key) == ("2026-11-21/1", "2026-11-21/2")


def test_on_sundays_every_row_is_tested(shopify: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "GRACE", timedelta(0))
    instance = dg.DagsterInstance.ephemeral()
    tags = {schedules.DAY_TAG: "2026-11-22", schedules.ACCOUNTS_TAG: "1"}
    of_platform(shopify).resolve_job_def("load_shopify").execute_in_process(
        partition_key="closed", tags=tags, instance=instance, raise_on_error=False
    )
    (request,) = evaluate(instance)
    assert request.run_config["ops"]["dbt_build"]["config"] == {"test_scope": "all", "tie_out": False}


def test_what_landed_is_told_beside_each_asset(shopify: Platform) -> None:
    instance = dg.DagsterInstance.ephemeral()
    job = of_platform(shopify).resolve_job_def("load_shopify")
    told = []
    for _ in range(2):
        result = job.execute_in_process(partition_key="kiwi", instance=instance)
        by_key = {
            tuple(event.asset_key.path): event.metadata
            for event in result.asset_materializations_for_node("raw_shopify")
        }
        told.append(by_key[("raw_shopify", "products")])
        checks = result.get_asset_check_evaluations()
        assert checks
        assert all(check.passed for check in checks), [
            check.description for check in checks if not check.passed
        ]
    landed = [int(str(metadata["rows landed"].value)) for metadata in told]
    assert landed[0] > 0
    assert landed[1] == 0, "the second load finds nothing new"
