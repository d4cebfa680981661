"""The day's last step: after a build the vendors are asked about what is off, and the tie-out is judged."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import dagster as dg
import pytest

from loaders.common import errors
from orchestration import manifest, raw_assets, schedules, tie_out
from orchestration.definitions import defs, of_models
from orchestration.platforms import platforms
from orchestration.tie_out.check import NAME, TIE_OUT

DAY = date(2026, 11, 1)


def selected(name: str) -> tuple[set[tuple[str, ...]], set[dg.AssetCheckKey]]:
    """The assets and the checks of a job."""
    (job,) = [one for one in defs.jobs or [] if one.name == name]
    selection, graph = job.selection, defs.resolve_asset_graph()  # type: ignore[union-attr]
    return {tuple(key.path) for key in selection.resolve(graph)}, set(selection.resolve_checks(graph))


def evaluate(instance: dg.DagsterInstance) -> list[dg.RunRequest]:
    definitions = of_models()
    context = dg.build_sensor_context(instance=instance, repository_def=definitions.get_repository_def())
    sensor = definitions.resolve_sensor_def("tie_out_after_build")
    return list(sensor.evaluate_tick(context).run_requests or [])


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


def test_it_asks_builds_what_follows_from_the_answers_and_judges() -> None:
    assets, checks = selected(schedules.TIE_OUT)
    asked = {(one.dataset, resource.name) for one in platforms() for resource in one.on_demand}
    assert asked
    assert asked == {path for path in assets if path[0].startswith("raw_")}
    assert {("staging", "stg_shopify__order_reports"), ("staging", "stg_shopify__sales_reports")} <= assets
    assert {("marts", "fct_tie_out"), ("marts", "fct_tie_out_orders")} <= assets
    assert ("marts", "fct_sales") not in assets
    assert dg.AssetCheckKey(TIE_OUT, NAME) in checks


def test_every_check_it_promises_is_one_that_dbt_runs_there() -> None:
    # `buildable`: a test of a model that is neither built nor before one that is stays out, silently
    assets, checks = selected(schedules.TIE_OUT)
    nodes = json.loads(manifest.manifest().read_text())["nodes"]
    built = {key for key, node in nodes.items() if (node["schema"], node["name"]) in assets}
    reach = built | {parent for key in built for parent in before(key, nodes)}
    tests = {node["name"]: node for node in nodes.values() if node["resource_type"] == "test"}
    promised = {check.name for check in checks if check.name in tests}
    assert {"assert_no_day_is_unexplained", "assert_every_day_is_compared_with_the_report"} <= promised
    out_of_reach = {name: set(tests[name]["depends_on"]["nodes"]) - reach for name in promised}
    assert not {name: parents for name, parents in out_of_reach.items() if parents}


def before(key: str, nodes: dict[str, Any]) -> set[str]:
    """Everything that a node is made of, however far up."""
    parents = set(nodes[key]["depends_on"]["nodes"]) if key in nodes else set()
    return parents.union(*(before(parent, nodes) for parent in parents))


def test_the_build_before_it_does_not_judge() -> None:
    assets, checks = selected(schedules.BUILD)
    assert dg.AssetCheckKey(TIE_OUT, NAME) not in checks
    assert not any(path[0].startswith("raw_") for path in assets)


@pytest.mark.parametrize("succeeds", [True, False])
def test_it_follows_a_build_that_has_ended_well_or_badly(
    instance: dg.DagsterInstance, succeeds: bool
) -> None:
    @dg.op
    def build() -> None:
        if not succeeds:
            raise RuntimeError("a model fails")

    @dg.job(name=schedules.BUILD)
    def job() -> None:
        build()

    assert evaluate(instance) == []
    tags = {schedules.DAY_TAG: "2026-11-22"}
    run = job.execute_in_process(instance=instance, tags=tags, raise_on_error=False)
    (request,) = evaluate(instance)
    assert (request.run_key, request.tags[schedules.DAY_TAG]) == (run.run_id, "2026-11-22")


def test_asking_is_told_beside_the_asset_and_one_that_fails_stops_no_model(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = tie_out.Question("shopify", "kiwi", ("order_reports",), DAY, DAY)
    shut = tie_out.Asked(question, error=errors.LoaderError("shopify/kiwi", "no key.", "Set it."))
    monkeypatch.setattr(raw_assets, "questions", lambda _: [question])
    monkeypatch.setattr(raw_assets, "ask", lambda _: iter([shut]))
    (shopify,) = [one for one in platforms() if one.name == "shopify"]
    assets = raw_assets.on_demand_assets(shopify)
    assert assets is not None
    result = dg.materialize([assets], selection=dg.AssetSelection.assets(*assets.keys))
    assert result.success
    (event,) = result.asset_materializations_for_node("raw_shopify_on_demand")
    assert event.metadata["asked about"].value == "shopify/kiwi 2026-11-01"
    assert "no key. Remedy: Set it." in str(event.metadata["could not be asked"].value)
