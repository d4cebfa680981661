"""The graph a newcomer sees: one name in four places, one direction, a group for every asset."""

from __future__ import annotations

import json

import dagster as dg
import pytest
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from orchestration import manifest
from orchestration.checks import ARRIVAL, PUBLICATION
from orchestration.definitions import defs
from orchestration.gates import mart_gates
from orchestration.platforms import platforms
from orchestration.tie_out.check import NAME as TIE_OUT

MARTS = (
    "dim_customer dim_date dim_product dim_store fct_orders fct_order_items fct_sales "
    "agg_daily_summary agg_weekly_trends"
)
LAYERS = {"raw": 0, "staging": 1, "intermediate": 2, "marts": 3}


@pytest.fixture(scope="module")
def graph() -> AssetGraph:
    return defs.resolve_asset_graph()


def on_demand() -> set[dg.AssetKey]:
    """Raw assets that are asked for by day: no account's partition, and never stale."""
    return {
        dg.AssetKey([one.dataset, resource.name])
        for one in platforms()
        for resource in one.resources
        if resource.on_demand
    }


def layer(key: dg.AssetKey) -> str:
    return "raw" if key.path[0].startswith("raw_") else key.path[0]


def test_a_raw_asset_is_its_table_its_dbt_source_and_its_loaders_resource(graph: AssetGraph) -> None:
    raw = {tuple(key.path) for key in graph.get_all_asset_keys() if layer(key) == "raw"}
    sources = json.loads(manifest.manifest().read_text())["sources"].values()
    assert raw == {(source["source_name"], source["name"]) for source in sources}
    assert raw == {(source["schema"], source["identifier"]) for source in sources}
    assert raw == {(one.dataset, resource.name) for one in platforms() for resource in one.resources}


def test_a_model_is_its_table(graph: AssetGraph) -> None:
    nodes = json.loads(manifest.manifest().read_text())["nodes"].values()
    models = {(node["schema"], node["name"]) for node in nodes if node["resource_type"] == "model"}
    assert models == {tuple(key.path) for key in graph.get_all_asset_keys() if layer(key) != "raw"}
    assert {("marts", name) for name in MARTS.split()} <= models


def test_lineage_runs_from_raw_through_staging_to_marts_and_never_back(graph: AssetGraph) -> None:
    for key in graph.get_all_asset_keys():
        for parent in graph.get(key).parent_keys:
            edge = f"{parent.to_user_string()} → {key.to_user_string()}"
            assert LAYERS[layer(parent)] <= LAYERS[layer(key)], edge
            # what is asked on demand waits for the platform's load
            if layer(parent) == "raw" and layer(key) != "raw" and key.path[-1] != "dim_date":
                assert layer(key) == "staging", f"only staging reads raw: {edge}"
    for name in ("fct_sales", "fct_orders", "agg_daily_summary", "agg_weekly_trends"):
        ancestors = graph.get_ancestor_asset_keys(dg.AssetKey(["marts", name]))
        assert dg.AssetKey(["raw_shopify", "orders"]) in ancestors, name
        assert dg.AssetKey(["staging", "stg_shopify__orders"]) in ancestors, name


def test_no_model_can_be_built_before_the_last_load_has_ended(graph: AssetGraph) -> None:
    closing = {one.dataset: dg.AssetKey([one.dataset, one.closing_resource]) for one in platforms()}
    for key in graph.get_all_asset_keys():
        parents = graph.get(key).parent_keys
        datasets = {parent.path[0] for parent in parents if layer(parent) == "raw"}
        if layer(key) != "raw":
            assert parents, f"{key.to_user_string()} would be built before anything is loaded"
        if datasets and layer(key) != "raw":
            assert set(closing.values()) <= set(parents), key.to_user_string()


def test_every_asset_is_in_the_group_of_its_platform_or_mart(graph: AssetGraph) -> None:
    names = {one.name for one in platforms()}
    for key in graph.get_all_asset_keys():
        group = graph.get(key).group_name
        assert group != "default", key.to_user_string()
        assert (group in names) is (layer(key) in ("raw", "staging")), f"{key.to_user_string()} in {group}"


def test_raw_assets_are_partitioned_by_account_and_nothing_else_is(graph: AssetGraph) -> None:
    for key in graph.get_all_asset_keys():
        expected = layer(key) == "raw" and key not in on_demand()
        assert graph.get(key).is_partitioned is expected, key.to_user_string()


def test_gates_stand_at_the_two_borders_and_dbt_tests_between(graph: AssetGraph) -> None:
    checks = {(layer(check.asset_key), check.name) for check in graph.asset_check_keys}
    gates = [check for check in graph.asset_check_keys if check.name in (ARRIVAL, PUBLICATION)]
    guarded = {tuple(check.asset_key.path) for check in gates}
    arriving = {(one.dataset, resource.name) for one in platforms() for resource in one.resources}
    assert guarded == arriving | {(gate.schema, gate.table) for gate in mart_gates()}
    assert {name for place, name in checks if place == "raw"} == {ARRIVAL}
    tested = {check.asset_key for check in graph.asset_check_keys if check.name != PUBLICATION}
    for name in (
        "dim_customer",
        "dim_product",
        "fct_orders",
        "fct_order_items",
        "fct_sales",
        "agg_daily_summary",
    ):
        assert dg.AssetKey(["marts", name]) in tested, f"no dbt test of {name} shows as a check"


def test_every_dbt_test_shows_as_a_check(graph: AssetGraph) -> None:
    nodes = json.loads(manifest.manifest().read_text())["nodes"].values()
    tests = {node["name"] for node in nodes if node["resource_type"] == "test"}
    assert tests == {check.name for check in graph.asset_check_keys} - {ARRIVAL, PUBLICATION, TIE_OUT}


def test_what_comes_in_and_what_goes_out_has_to_be_fresh(graph: AssetGraph) -> None:
    for key in graph.get_all_asset_keys():
        policy = graph.get(key).freshness_policy
        expected = layer(key) in ("raw", "marts") and key not in on_demand()
        assert (policy is not None) is expected, key.to_user_string()
