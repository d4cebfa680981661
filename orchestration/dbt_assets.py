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
from dagster_dbt import DbtCliResource, dbt_assets

import warehouse
from orchestration.manifest import DBT, PROJECT, manifest, state_folder

OP = "dbt_build"


class BuildConfig(dg.Config):
    """What a run of the models can be told."""

    test_scope: str = "touched"
    """Row-level tests look at the rows of the last runs (`touched`) or at everything (`all`)."""
    full_refresh: bool = False
    """Build incremental models from the whole raw log again."""

    def arguments(self) -> list[str]:
        """The words of the dbt command."""
        words = ["build", "--vars", json.dumps({"test_scope": self.test_scope})]
        return [*words, "--full-refresh"] if self.full_refresh else words


def resource() -> DbtCliResource:
    """The dbt of this Python environment, in the project's folder."""
    return DbtCliResource(project_dir=str(PROJECT), profiles_dir=str(PROJECT), dbt_executable=str(DBT))


def models() -> dg.AssetsDefinition:
    """Every model of the project in one step; makes the manifest where it is missing or out of date."""

    @dbt_assets(manifest=manifest(), name=OP, pool="dbt")
    def build(context: dg.AssetExecutionContext, config: BuildConfig, dbt: DbtCliResource) -> Iterator[Any]:
        with _environment(warehouse.environment()):
            invocation = dbt.cli(config.arguments(), context=context, target_path=_artifacts())
        yield from invocation.stream()

    return build


def _artifacts() -> Path:
    """One folder for the artifacts of every run: builds follow one another, and dbt parses what changed only."""
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
