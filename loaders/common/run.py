"""One load of one account, from its lock to its report."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import dlt
import warehouse
from dlt.pipeline.exceptions import PipelineStepFailed
from psycopg2.extensions import connection as Connection
from warehouse import Settings, get_settings

from loaders.common import pipeline as dlt_pipeline
from loaders.common import tables, windows
from loaders.common.accounts import Account
from loaders.common.accounts import account as find_account
from loaders.common.context import IDENTITY, Run
from loaders.common.errors import AccountMisconfigured
from loaders.common.locks import held
from loaders.common.platforms import platform_module
from loaders.common.progress import Progress, Step, silent
from loaders.common.report import LoadFailed, LoadReport
from loaders.common.resources import Resource
from loaders.common.windows import Request

log = logging.getLogger(__name__)


def load(
    platform: str,
    account_name: str,
    *,
    resources: Sequence[str] | None = None,
    since: date | datetime | str | None = None,
    until: date | datetime | str | None = None,
    full: bool = False,
    progress: Progress | None = None,
    settings: Settings | None = None,
) -> LoadReport:
    """Load one account: what changed since the last time, or the window given, or (`full`) everything.

    Without `resources` all but those on demand, which are read for given days (`since`, `until`) only.
    Waits while another run of the same account is under way. Raises an error of `loaders.common.errors`
    where nothing can be read, and `LoadFailed` where some resources failed; what the others read is landed
    then. Loading the same window again lands nothing new.
    """
    settings = settings or get_settings()
    module = platform_module(platform)
    account = find_account(platform, account_name, settings=settings)
    known = [one.name for one in module.RESOURCES]
    unknown = sorted(set(resources or ()) - set(known))
    if unknown:
        raise AccountMisconfigured(
            account.label, f"there is no resource {', '.join(unknown)}.", f"Known are {', '.join(known)}."
        )
    request = _request(account, since, until, full=full)
    wanted = _wanted(account, module.RESOURCES, resources, request)
    report = LoadReport(platform, account_name)
    started = time.monotonic()
    with account_lock(platform, account_name, settings=settings) as connection:
        pipeline, identities = _prepare(module.RESOURCES, account, connection, settings, report)
        run = Run(
            account=account,
            request=request,
            settings=settings,
            connection=connection,
            folder=dlt_pipeline.work_folder(platform, account_name, settings=settings),
            report=report,
            progress=progress or silent,
            wanted=wanted,
            known_identities=identities,
        )
        with run.closing:
            land(run, pipeline, module.source(run))
    report.seconds = time.monotonic() - started
    if report.errors:
        raise LoadFailed(report)
    return report


def _wanted(
    account: Account, known: Sequence[Resource], named: Sequence[str] | None, request: Request
) -> tuple[str, ...]:
    """What this load reads; resources on demand are named, and for days that the caller knows."""
    if not named:
        return tuple(one.name for one in known if not one.on_demand)
    on_demand = [one.name for one in known if one.on_demand and one.name in named]
    if on_demand and not (request.since and request.until):
        raise AccountMisconfigured(
            account.label,
            f"{', '.join(on_demand)} is read for given days only.",
            "Name the days, both included: --since 2026-10-01 --until 2026-10-03.",
        )
    return tuple(named)


def _request(
    account: Account,
    since: date | datetime | str | None,
    until: date | datetime | str | None,
    *,
    full: bool,
) -> Request:
    try:
        request = Request(windows.as_moment(since), windows.as_moment(until, end=True), full)
    except ValueError as error:
        raise AccountMisconfigured(
            account.label, f"a date cannot be read: {error}.", "Write dates as 2026-10-01."
        ) from None
    if request.since and request.until and request.since > request.until:
        raise AccountMisconfigured(
            account.label, "the window ends before it begins.", "Let --since be before --until."
        )
    return request


@contextmanager
def account_lock(platform: str, account_name: str, *, settings: Settings) -> Iterator[Connection]:
    """A connection that holds the account's lock: one run of an account at a time, the others wait."""
    connection = warehouse.connect("loader", settings=settings)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("set idle_session_timeout = 0")
    label = f"{platform}/{account_name}"
    try:
        with held(
            connection,
            f"countinghouse:load:{label}",
            waiting=f"{label}: another run is under way; waiting for it to end",
        ):
            yield connection
    finally:
        connection.close()


def _prepare(
    resources: Sequence[Resource],
    account: Account,
    connection: Connection,
    settings: Settings,
    report: LoadReport,
) -> tuple[dlt.Pipeline, frozenset[str]]:
    """Tables there, an earlier run's remains settled; the pipeline and the shops this name ever meant."""
    names = [one.name for one in resources]
    tables.ensure(connection, account.platform, names)
    pipeline, report.finished_earlier = dlt_pipeline.settle(
        account.platform, account.name, connection=connection, resources=names, settings=settings
    )
    known = set()
    state = pipeline.state.get("sources", {}).get(account.platform, {})
    if state.get(IDENTITY):
        known.add(str(state[IDENTITY]))
    for one in resources:
        if one.identity:
            known |= set(tables.WarehouseHistory(connection, account.platform, account.name, one.name).ids())
    return pipeline, frozenset(known)


def land(run: Run, pipeline: dlt.Pipeline, resources: Sequence[Any]) -> None:
    """Extract, normalize and load as one package: rows and cursors become visible together."""
    platform = run.account.platform
    source = dlt.source(lambda: list(resources), name=platform, max_table_nesting=0)()
    try:
        pipeline.extract(source, loader_file_format="parquet")
        run.progress(Step(run.account.label, "", "loading", run.report.rows))
        pipeline.normalize()
        run.report.load_ids += dlt_pipeline.load_packages(pipeline, platform, connection=run.connection)
    except PipelineStepFailed as error:
        if isinstance(error.exception, KeyboardInterrupt):
            raise KeyboardInterrupt from error
        raise
    for name, entry in run.report.resources.items():
        if not entry.error and not entry.skipped:
            run.meter(name).tell("done")
