"""Documents that are already there, one JSON object a line: for replays and for measuring the landing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import orjson
from warehouse import Settings, get_settings

from loaders.common import pipeline as dlt_pipeline
from loaders.common import tables
from loaders.common.accounts import Account
from loaders.common.context import Run
from loaders.common.errors import MalformedAnswer
from loaders.common.landing import Document
from loaders.common.platforms import is_platform, platform_module
from loaders.common.report import LoadFailed, LoadReport
from loaders.common.resources import Resource
from loaders.common.run import account_lock, land
from loaders.common.windows import Request, State


def land_documents(
    platform: str,
    account_name: str,
    resource: str,
    lines: Iterable[bytes],
    *,
    id_key: str | Callable[[Any], str] = "id",
    updated_at_key: str = "updatedAt",
    observed_at: datetime | None = None,
    settings: Settings | None = None,
) -> LoadReport:
    """Land JSON lines as documents of `raw_<platform>.<resource>`, through the same door as every load.

    Each line is kept as it is. `id_key` is the key that holds its id, or what finds the id in the object. A
    line that is no object, or has no id, stops the load before it; what was read until then is landed.
    """
    settings = settings or get_settings()
    account = Account(platform, account_name)
    report = LoadReport(platform, account_name)
    at = observed_at or datetime.now(UTC)

    def documents(_: State) -> Iterator[Document]:
        for number, line in enumerate(lines, 1):
            body = line.rstrip(b"\r\n")
            if not body:
                continue
            try:
                found = orjson.loads(body)
                updated = found.get(updated_at_key)
                identity = id_key(found) if callable(id_key) else found[id_key]
                document = Document(str(identity), body, _moment(updated), at)
            except (ValueError, AttributeError, KeyError, TypeError) as error:
                raise MalformedAnswer(
                    account.label,
                    f"line {number} is no document ({type(error).__name__}).",
                    "Correct the file.",
                ) from None
            yield document

    # All of the platform's tables, as any load makes them: the models look for every one.
    known = {one.name for one in platform_module(platform).RESOURCES} if is_platform(platform) else set()
    names = sorted(known | {resource})
    with account_lock(platform, account_name, settings=settings) as connection:
        tables.ensure(connection, platform, names)
        pipeline, report.finished_earlier = dlt_pipeline.settle(
            platform, account_name, connection=connection, resources=names, settings=settings
        )
        run = Run(
            account=account,
            request=Request(),
            settings=settings,
            connection=connection,
            folder=dlt_pipeline.work_folder(platform, account_name, settings=settings),
            report=report,
        )
        described = Resource(resource, "documents from lines", "whole")
        land(run, pipeline, [run.resource(described, documents)])
    if report.errors:
        raise LoadFailed(report)
    return report


def _moment(written: str | None) -> datetime | None:
    """A vendor's time; one without an offset is UTC."""
    found = datetime.fromisoformat(written) if written else None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found
