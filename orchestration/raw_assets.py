"""Raw assets by factory: one per resource of a platform, partitioned by account.

The key of a raw asset is the name of its table and of its dbt source: `raw_shopify/orders`. One run loads
one account (its resources share a pipeline, a lock and the vendor's rate limit), so an account that fails
is red by itself and the others go on. Loading twice is harmless: see `loaders`.

accounts file ──► partitions        loaders.common.load ──► raw_<platform>.<resource>

Resources on demand are assets without partitions: they ask about days that do not tie out, of any account.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from loaders.common import LoadFailed, LoadReport, Resource, ResourceReport, Step, errors, load
from orchestration.platforms import Platform
from orchestration.tie_out import Asked, ask, questions
from pydantic import Field

# A vendor's bad minute passes. What a person must mend is not tried again, nor what was waited for as long as
# its loader is willing to.
RETRIES = dg.RetryPolicy(max_retries=2, delay=30, backoff=dg.Backoff.EXPONENTIAL)
PASSING = (errors.NoNetwork, errors.StillLimited, errors.VendorTrouble, errors.BulkFailed)


class LoadConfig(dg.Config):
    """What a run of the loader can be told; nothing is the daily case."""

    full: bool = Field(False, description="Read everything again instead of what changed.")
    since: str | None = Field(None, description="Read what changed since this day (YYYY-MM-DD).")
    until: str | None = Field(None, description="Read what changed before this day (YYYY-MM-DD).")


def raw_assets(platform: Platform) -> dg.AssetsDefinition:
    """The raw log of a platform: an asset per resource, a partition per account."""
    keys = {resource.name: dg.AssetKey([platform.dataset, resource.name]) for resource in platform.daily}
    specs = [_spec(platform, resource) for resource in platform.daily]

    @dg.multi_asset(
        name=platform.dataset,
        specs=specs,
        partitions_def=dg.StaticPartitionsDefinition(platform.account_names()),
        can_subset=True,
        retry_policy=RETRIES,
    )
    def load_account(
        context: dg.AssetExecutionContext, config: LoadConfig
    ) -> Iterator[dg.MaterializeResult[None]]:
        wanted = [name for name, key in keys.items() if key in context.selected_asset_keys]
        # Models wait for the last of them (see dbt_assets), so that a backfill builds once, after everything.
        wanted.sort(key=lambda name: name == platform.closing_resource)
        done, failure = _load(context, platform.name, wanted, config)
        for warning in done.warnings:
            context.log.warning(warning)
        for name in wanted:
            entry = done.resources.get(name)
            if entry and not entry.error:
                yield dg.MaterializeResult(asset_key=keys[name], metadata=_metadata(entry, done))
        if failure:
            raise failure

    return load_account


def on_demand_assets(platform: Platform) -> dg.AssetsDefinition | None:
    """The platform's resources on demand; none where it has none."""
    if not platform.on_demand:
        return None
    closing = dg.AssetDep(dg.AssetKey([platform.dataset, platform.closing_resource]))
    specs = [_spec(platform, one).merge_attributes(deps=[closing]) for one in platform.on_demand]

    @dg.multi_asset(name=f"{platform.dataset}_on_demand", specs=specs)
    def ask_again(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None]]:
        answers = list(ask(questions([platform])))
        failed = [one.error for one in answers if one.error]
        for error in failed:
            context.log.error(f"{error} The others were asked; the next run asks again.")
        for spec in specs:
            yield dg.MaterializeResult(asset_key=spec.key, metadata=_told(answers, failed))

    return ask_again


def _told(answers: list[Asked], failed: list[errors.LoaderError]) -> dict[str, Any]:
    """What was asked and what came of it; a vendor that could not be asked stops no model."""
    return {
        "asked about": ", ".join(one.question.label for one in answers) or "nothing: every day ties out",
        "rows landed": sum(one.report.rows for one in answers if one.report),
        "could not be asked": "; ".join(str(error) for error in failed) or "none",
    }


def _spec(platform: Platform, resource: Resource) -> dg.AssetSpec:
    return dg.AssetSpec(
        key=dg.AssetKey([platform.dataset, resource.name]),
        group_name=platform.name,
        description=f"{resource.description[:1].upper()}{resource.description[1:]}. One row per version.",
        kinds={"dlt", platform.name},
    )


def _load(
    context: dg.AssetExecutionContext, platform: str, resources: list[str], config: LoadConfig
) -> tuple[LoadReport, dg.Failure | None]:
    """What was landed, and what to raise once that is told."""
    try:
        done = load(
            platform,
            context.partition_key,
            resources=resources,
            since=config.since,
            until=config.until,
            full=config.full,
            progress=lambda step: _tell(context, step),
        )
    except LoadFailed as error:
        return error.report, _failure(error, error.report.errors)
    except errors.LoaderError as error:
        raise _failure(error, [error]) from error
    return done, None


def _failure(error: errors.LoaderError, causes: list[errors.LoaderError]) -> dg.Failure:
    """Red in the UI, with the remedy in its first line."""
    return dg.Failure(
        description=str(error),
        metadata={"account": error.account, "cause": error.cause, "remedy": error.remedy},
        allow_retries=any(isinstance(cause, PASSING) for cause in causes),
    )


def _metadata(entry: ResourceReport, done: LoadReport) -> dict[str, Any]:
    metadata: dict[str, Any] = {
        "rows landed": entry.rows,
        "documents unchanged": entry.unchanged,
        "deletions found": entry.tombstones,
        "seconds": round(entry.seconds, 1),
    }
    if entry.skipped:
        metadata["skipped"] = entry.skipped
    if done.load_ids:
        metadata["load"] = ", ".join(done.load_ids)
    return metadata


def _tell(context: dg.AssetExecutionContext, step: Step) -> None:
    if step.phase in ("read", "failed", "skipped") and step.resource:
        context.log.info(f"{step.account} {step.resource}: {step.phase}, {step.rows:,} documents")
