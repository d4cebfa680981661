"""What a platform's source is given, and how its documents reach the log."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import dlt
import pyarrow as pa
from psycopg2.extensions import connection as Connection
from warehouse import Settings

from loaders.common import tables
from loaders.common.accounts import Account
from loaders.common.days import REPORTED
from loaders.common.errors import AccountSwitched, LoaderError, MalformedAnswer
from loaders.common.landing import FLUSH, Batcher, Document
from loaders.common.progress import Meter, Progress, silent
from loaders.common.report import LoadReport, ResourceReport
from loaders.common.resources import Resource
from loaders.common.windows import PARTLY, Request, State

log = logging.getLogger(__name__)
IDENTITY = "identity"
LIVING = "living"
UNEXPECTED_SHAPE = (AttributeError, LookupError, TypeError, ValueError)
Documents = Callable[[State], Iterable[Document]]


@dataclass
class Run:
    """What a platform's source is given: the account, what to read, and where it goes."""

    account: Account
    request: Request
    settings: Settings
    connection: Connection
    folder: Path
    report: LoadReport
    progress: Progress = silent
    wanted: tuple[str, ...] = ()
    known_identities: frozenset[str] = frozenset()
    identity: str | None = None
    meters: dict[str, Meter] = field(default_factory=dict)
    stopped: LoaderError | None = None
    closing: ExitStack = field(default_factory=ExitStack)

    def identify(self, identity: str) -> None:
        """Refuse an account whose name is already another shop's."""
        others = self.known_identities - {identity}
        if others:
            raise AccountSwitched(
                self.account.label,
                f"the documents landed under this name are of {', '.join(sorted(others))}, but the address "
                f"now belongs to {identity}.",
                "Give the new shop a name of its own in the accounts file; a name never changes its shop.",
            )
        self.identity = identity

    def history(self, resource: str) -> tables.WarehouseHistory:
        """What is already landed of a resource."""
        return tables.WarehouseHistory(self.connection, self.account.platform, self.account.name, resource)

    def resource(self, resource: Resource, documents: Documents) -> Any:
        """A dlt resource that lands `documents(state)`.

        An error stops this resource only: what it read before are whole documents, which land, and its
        state stays as it was, so that the next run asks for the same window again; or, where days are read
        one after the other, for those from the last one on.
        """
        name = resource.name

        def tables_of_resource() -> Iterator[pa.Table]:
            state = dlt.current.resource_state()
            if self.identity:
                dlt.current.source_state()[IDENTITY] = self.identity
            kept = dict(state)
            try:
                yield from self._read(name, documents, state)
            except LoaderError as error:
                landed = {key: state[key] for key in (REPORTED, PARTLY) if key in state}
                state.clear()
                state.update(kept | landed)
                self._failed(name, error)
            if name in self.report.resources:
                state[LIVING] = self.living(name, state)

        return dlt.resource(tables_of_resource, name=name, write_disposition="append")

    def living(self, name: str, state: State) -> int:
        """How many things of a resource live in the log, with what this run has landed so far."""
        landed = self._entry(name).landed
        return int(state.get(LIVING, 0)) + landed.born - landed.died

    def recount(self, name: str, state: State, before: int) -> None:
        """Note how many there really were in the log before this run."""
        state[LIVING] = before

    def skip(self, resource: Resource, why: str) -> None:
        """Leave a resource out, visibly."""
        self._entry(resource.name).skipped = why
        self.report.warn(f"{resource.name} skipped: {why}")
        self.meter(resource.name).tell("skipped")

    def at_end(self, close: Callable[[], None]) -> None:
        """Have something closed when the run is over, however it ends."""
        self.closing.callback(close)

    def fail(self, resource: Resource, error: LoaderError) -> None:
        """A resource that cannot even be asked for."""
        self._failed(resource.name, error)

    def meter(self, name: str) -> Meter:
        """The meter of a resource."""
        return self.meters.setdefault(name, Meter(self.account.label, name, self.progress))

    def _read(self, name: str, documents: Documents, state: State) -> Iterator[pa.Table]:
        entry, meter = self._entry(name), self.meter(name)
        if self.stopped:
            raise self.stopped
        started = time.monotonic()
        meter.started = started
        meter.tell("reading")
        batcher = Batcher(self.account.name, self.history(name), entry.landed)
        trouble: list[LoaderError] = []
        read = _until(_metered(documents(state), meter), trouble, account=self.account.label)
        yield from batcher.tables(read)
        if trouble:
            raise trouble[0]
        entry.seconds = time.monotonic() - started
        if not entry.skipped:
            meter.tell("read")

    def _failed(self, name: str, error: LoaderError) -> None:
        self._entry(name).error = error
        if error.stops_account:
            self.stopped = error
        log.debug("%s", error)
        self.meter(name).tell("failed")

    def _entry(self, name: str) -> ResourceReport:
        return self.report.resources.setdefault(name, ResourceReport())


def _until(documents: Iterable[Document], trouble: list[LoaderError], *, account: str) -> Iterator[Document]:
    """The documents up to an error, which is kept for later: what was read before it lands first.

    Sources take answers apart as the vendor documents them: where that fails, the answer was another one.
    """
    try:
        yield from documents
    except LoaderError as error:
        trouble.append(error)
    except UNEXPECTED_SHAPE as error:
        log.warning("%s: an answer could not be taken apart", account, exc_info=error)
        trouble.append(
            MalformedAnswer(
                account,
                f"an answer has another shape than the vendor documents ({type(error).__name__}, see the "
                "log); nothing of it was landed.",
                "Load again; if it stays, report it with the lines of the log.",
            )
        )


def _metered(documents: Iterable[Document], meter: Meter) -> Iterator[Document]:
    for document in documents:
        if document is not FLUSH:
            meter.add()
        yield document
