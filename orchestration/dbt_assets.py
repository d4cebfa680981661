"""dbt's models as assets, with its tests as their checks.

Keys, lineage and groups are dagster-dbt's own reading of the manifest: `source('raw_shopify', 'orders')` is
the asset `raw_shopify/orders`, the model `marts.fct_orders` is `marts/fct_orders`. The whole project builds
in one step and one transaction log of dbt's; a pool keeps two builds apart.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dagster as dg
import warehouse
from dagster_dbt import DbtCliResource, dbt_assets
from orchestration.manifest import DBT, PROJECT, manifest, state_folder
from orchestration.platforms import platforms

OP = "dbt_build"

# Where some of the models are built, only tests that look at those and at what they are made of can hold.
SELECTION = {"DBT_INDIRECT_SELECTION": "buildable"}


class BuildConfig(dg.Config):
    """What a run of the models can be told."""

    test_scope: str = "touched"
    """Row-level tests look at the rows of the last runs (`touched`) or at everything (`all`)."""
    full_refresh: bool = False
    """Build incremental models from the whole raw log again."""
    tie_out: bool = True
    """Run the tests of the tie-out too; the daily build leaves them to the job that asks vendors first."""

    def arguments(self) -> list[str]:
        """The words of the dbt command."""
        # Unit tests judge the code, not the data: they belong to `make test`.
        words = ["build", "--exclude-resource-type", "unit_test"]
        words += ["--vars", json.dumps({"test_scope": self.test_scope})]
        words += [] if self.tie_out else ["--exclude", "tag:tie_out"]
        return [*words, "--full-refresh"] if self.full_refresh else words


def resource() -> DbtCliResource:
    """The dbt of this Python environment, in the project's folder."""
    return DbtCliResource(project_dir=str(PROJECT), profiles_dir=str(PROJECT), dbt_executable=str(DBT))


def models() -> dg.AssetsDefinition:
    """Every model of the project in one step; makes the manifest where it is missing or out of date."""

    @dbt_assets(manifest=manifest(), name=OP, pool="dbt")
    def build(context: dg.AssetExecutionContext, config: BuildConfig, dbt: DbtCliResource) -> Iterator[Any]:
        with _environment({**warehouse.environment(), **SELECTION}):
            invocation = dbt.cli(config.arguments(), context=context, target_path=_artifacts())
        yield from invocation.stream()

    return build.map_asset_specs(_after_the_loads)


def _after_the_loads(spec: dg.AssetSpec) -> dg.AssetSpec:
    """Let a model that reads raw data, or nothing, wait for the assets that all platforms' loads report last.

    A backfill starts a model as soon as its own parents are there. With loads of several accounts and
    platforms under way that would be several builds of parts, whose tests look at what is not there yet.
    """
    parents = {dep.asset_key for dep in spec.deps}
    known = platforms()
    if parents and not any(parent.path[0] == one.dataset for parent in parents for one in known):
        return spec
    closing = [dg.AssetKey([one.dataset, one.closing_resource]) for one in known]
    return spec.merge_attributes(deps=[key for key in closing if key not in parents])


def _artifacts() -> Path:
    """One folder for every run's artifacts: builds follow one another, and dbt parses what changed only."""
    folder = state_folder() / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    """The process environment that dbt is started in: its profile reads the warehouse's address there.

    Only while it starts: in a loader these variables would mean another role.
    """
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
