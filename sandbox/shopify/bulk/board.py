"""The bulk operations of one shop: started, polled, cancelled, kept for seven days."""

import logging
import tempfile
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox.shopify.bulk.lines import Writer
from sandbox.shopify.bulk.plan import Planner
from sandbox.shopify.bulk.rules import NotBulk, check
from sandbox.shopify.bulk.signing import Signer
from sandbox.shopify.connections import Page, Sorted
from sandbox.shopify.engine.selection import Selection
from sandbox.shopify.render.base import gid, when
from sandbox.shopify.scopes import scopes_of
from sandbox.shopify.search import compile_search
from sandbox.shopify.search.match import Field
from sandbox.shopify.spoiling import alteration

log = logging.getLogger(__name__)

AT_ONCE = 5
FORGOTTEN = 30.0  # seconds without a look
KEPT_FOR = timedelta(days=7)
FIRST_ID = 4_200_000_000_000
OVER = ("COMPLETED", "FAILED", "CANCELED", "EXPIRED")
FIELDS = {
    "id": Field("id", lambda operation: operation.id),
    "created_at": Field("time", lambda operation: operation.created_at),
    "status": Field("string", lambda operation: operation.status),
    "operation_type": Field("string", lambda operation: "query"),
}


@dataclass(eq=False)
class Operation:
    """One bulk operation."""

    id: int
    query: str
    grouped: bool
    created_at: datetime
    base_url: str
    file: Path
    polls_left: int = 1  # at least one client sees it RUNNING
    status: str = "CREATED"
    error_code: str | None = None
    completed_at: datetime | None = None
    objects: int = 0
    roots: int = 0
    partial_data: bool = False
    outcome: str | None = None  # what it becomes when it is next looked at
    cancelled: threading.Event = field(default_factory=threading.Event)
    done: threading.Event = field(default_factory=threading.Event)
    looked_at: float = field(default_factory=time.monotonic)


class Board:
    """The operations of one shop. `shop` is the shop they read."""

    def __init__(self, shop: Any) -> None:
        self.shop = shop
        self.operations: dict[int, Operation] = {}
        self._folder = tempfile.TemporaryDirectory(prefix="sandbox-bulk-")
        self._signer = Signer(shop.name)

    def start(self, query: str, runtime: Any, *, grouped: bool) -> dict[str, Any]:
        """bulkOperationRunQuery."""
        running = [one for one in self.operations.values() if self._settled(one).status not in OVER]
        if len(running) >= AT_ONCE:
            listed = ", ".join(gid("BulkOperation", one.id) for one in running)
            message = f"A bulk query operation for this app and shop is already in progress: {listed}."
            return _refused([(None, message, "OPERATION_IN_PROGRESS")])
        try:
            selection = check(query)
        except NotBulk as error:
            return _refused([(["query"], message, "INVALID") for message in error.messages])
        operation = self._new(query, runtime, grouped=grouped)
        slow = self.shop.fault("slow_bulk", text=query)
        operation.polls_left += slow["polls"] if slow else 0
        if scopes_of(selection.root) - runtime.scopes:
            operation.outcome, operation.error_code = "FAILED", "ACCESS_DENIED"
            operation.done.set()
        else:
            self._launch(operation, selection, runtime)
        return {"bulkOperation": self.shown(operation), "userErrors": []}

    def poll(self, number: int) -> dict[str, Any] | None:
        """An operation as a client sees it now."""
        operation = self.operations.get(number)
        return None if operation is None else self.shown(self._advance(operation))

    def latest(self, _: Any) -> dict[str, Any] | None:
        """currentBulkOperation: the most recent one, finished or not."""
        return self.poll(max(self.operations)) if self.operations else None

    def listing(self, arguments: dict[str, Any], runtime: Any) -> Page:
        """bulkOperations: the newest first."""
        search = compile_search(
            arguments.get("query"), FIELDS, zone=self.shop.store.zone, now=self.shop.now()
        )
        runtime.warn("bulkOperations", arguments.get("query"), search=search)
        rows = [self._advance(operation) for operation in self.operations.values()]
        # Ids are given out in time: the newest first is the highest id first.
        ordered = Sorted(rows, lambda row: -row.id, None)
        found, keys, forward, backward = ordered.page(arguments, search, seen=lambda _: True)
        return Page([self.shown(row) for row in found], keys, forward=forward, backward=backward)

    def cancel(self, identity: str, _: Any) -> dict[str, Any]:
        """bulkOperationCancel."""
        operation = self.operations.get(int(identity.rsplit("/", 1)[-1]))
        if operation is None:
            return _refused([(["id"], "Bulk operation does not exist", None)])
        if self._seen(operation).status in OVER:
            message = f"A bulk operation cannot be canceled when it is {operation.status.lower()}"
            return {"bulkOperation": self.shown(operation), "userErrors": [_user_error(None, message, None)]}
        operation.cancelled.set()
        operation.status, operation.outcome = "CANCELING", "CANCELED"
        return {"bulkOperation": self.shown(operation), "userErrors": []}

    def shown(self, operation: Operation) -> dict[str, Any]:
        """The BulkOperation object."""
        complete = operation.status == "COMPLETED" and operation.objects > 0
        partial = operation.status == "FAILED" and operation.partial_data and operation.objects > 0
        url = self._url(operation) if complete or partial else None
        return {
            "__typename": "BulkOperation",
            "id": gid("BulkOperation", operation.id),
            "status": operation.status,
            "type": "QUERY",
            "errorCode": operation.error_code if operation.status == "FAILED" else None,
            "createdAt": when(operation.created_at),
            "completedAt": when(operation.completed_at),
            "objectCount": str(operation.objects),
            "rootObjectCount": str(operation.roots),
            "fileSize": str(operation.file.stat().st_size) if url else None,
            "url": url if complete else None,
            "partialDataUrl": url if partial else None,
            "query": operation.query,
        }

    def file_of(self, name: str, *, expires: str, signature: str) -> tuple[Path | None, str]:
        """The file behind a signed address, or None and the storage's error code."""
        operation = next((one for one in self.operations.values() if one.file.name == name), None)
        if operation is None or not operation.file.exists():
            return None, "NoSuchKey"
        refusal = self._signer.refusal(name, expires=expires, signature=signature, now=self.shop.now())
        return (None, refusal) if refusal else (operation.file, "")

    def _new(self, query: str, runtime: Any, *, grouped: bool) -> Operation:
        number = FIRST_ID + len(self.operations) + 1
        path = Path(self._folder.name) / f"bulk-{number}.jsonl"
        operation = Operation(number, query, grouped, self.shop.now(), runtime.base_url, path)
        self.operations[number] = operation
        return operation

    def _launch(self, operation: Operation, selection: Selection, runtime: Any) -> None:
        """Read on another thread; the gate is entered here, so that the state is that of the creation."""
        self.shop.gate.enter()
        failure = self.shop.fault("failed_bulk", text=operation.query)
        worker = threading.Thread(
            target=self._work,
            args=(operation, selection, runtime, failure),
            name=operation.file.stem,
            daemon=True,
        )
        worker.start()

    def _work(
        self, operation: Operation, selection: Selection, runtime: Any, failure: dict[str, Any] | None
    ) -> None:
        try:
            self._write(operation, selection, runtime.for_bulk(selection), failure)
            operation.outcome = operation.outcome or "COMPLETED"
        except Exception:
            log.exception("bulk operation %s", operation.id)
            operation.outcome, operation.error_code = "FAILED", "INTERNAL_SERVER_ERROR"
        finally:
            self.shop.gate.leave()
            operation.done.set()

    def _write(
        self, operation: Operation, selection: Selection, runtime: Any, failure: dict[str, Any] | None
    ) -> None:
        writer = Writer(runtime, grouped=operation.grouped, alter=alteration(self.shop, operation.query))
        with operation.file.open("wb") as file:
            for level in Planner().plan(selection):
                rows = self.shop.bulk_rows(level, runtime)
                limit = int(len(rows) * failure["share"]) if failure else len(rows)
                for block in writer.blocks(level, map(self.shop.node_maker(level.name), rows[:limit])):
                    file.write(self._spoiled(block, operation, writer))
                    operation.objects, operation.roots = writer.objects, writer.roots
                    if operation.cancelled.is_set():
                        return
        if failure:
            operation.outcome, operation.error_code = "FAILED", failure["error_code"]
            operation.partial_data = failure["partial_data"]

    def _spoiled(self, block: bytes, operation: Operation, writer: Writer) -> bytes:
        if operation.objects:
            return block
        fault = self.shop.fault("malformed_document", text=operation.query) if block else None
        if not fault:
            return block
        lines = block.split(b"\n")
        place = min(fault["line"], len(lines) - 1) - 1
        lines[place] = lines[place][: len(lines[place]) // 2]
        return b"\n".join(lines)

    def _advance(self, operation: Operation) -> Operation:
        """A look at the operation moves it on, as time does at the vendor."""
        operation.looked_at = time.monotonic()
        if operation.status in ("CREATED", "RUNNING") and operation.polls_left > 0:
            operation.polls_left -= 1
            operation.status = "RUNNING"
        elif operation.status not in OVER and operation.done.is_set() and operation.outcome:
            operation.status = operation.outcome
            operation.completed_at = self.shop.now()
        return self._seen(operation)

    def _settled(self, operation: Operation) -> Operation:
        """One that nobody asks about any more ends all the same: its client may have died."""
        if operation.done.is_set() and time.monotonic() - operation.looked_at > FORGOTTEN:
            operation.polls_left = 0
            return self._advance(operation)
        return self._seen(operation)

    def _seen(self, operation: Operation) -> Operation:
        born = operation.completed_at
        if operation.status == "COMPLETED" and born and self.shop.now() > born + KEPT_FOR:
            operation.status = "EXPIRED"
        return operation

    def _url(self, operation: Operation) -> str:
        until = (operation.completed_at or self.shop.now()) + KEPT_FOR
        return f"{operation.base_url}{self._signer.path(operation.file.name, until)}"


def _user_error(path: list[str] | None, message: str, code: str | None) -> dict[str, Any]:
    return {"__typename": "BulkOperationUserError", "field": path, "message": message, "code": code}


def _refused(errors: list[tuple[list[str] | None, str, str | None]]) -> dict[str, Any]:
    return {"bulkOperation": None, "userErrors": [_user_error(*error) for error in errors]}
