"""Bulk operations: start, wait, download. A result is used whole or not at all."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import requests

from loaders.common.errors import BulkFailed, MissingScope, NoNetwork, QueryRejected
from loaders.shopify import queries, settings
from loaders.shopify.client import Client
from loaders.shopify.documents import moment

log = logging.getLogger(__name__)

BUSY = frozenset({"OPERATION_IN_PROGRESS", "LIMIT_REACHED"})
CHUNK = 2**20


class _Again(Exception):
    """The operation, or its file, has to be made anew."""


@dataclass(frozen=True)
class Operation:
    """A running operation: its query, its id, and the moment its answer describes."""

    query: str
    id: str
    created_at: datetime


@dataclass(frozen=True)
class Result:
    """A complete result on disk, one JSON object a line."""

    path: Path
    created_at: datetime
    lines: int
    roots: int


@dataclass
class Bulk:
    """Bulk operations of one shop; results go to `folder`."""

    client: Client
    folder: Path
    waiting: Callable[[int], None] = lambda _objects: None
    clock: Callable[[], float] = time.monotonic
    _files: int = 0

    def run(self, *texts: str) -> list[Result]:
        """The results of one or more queries that are started together, so that they show the same state."""
        operations = [self._start(text) for text in texts]
        return [self._finish(operation) for operation in operations]

    def _start(self, text: str) -> Operation:
        """Start one operation, waiting for a free place where others of the same app are running."""
        deadline = self.clock() + settings.BULK_SLOT_PATIENCE.total_seconds()
        attempt = 0
        while True:
            answer = self.client.ask(queries.START_BULK, {"query": text})
            payload = answer.data.get("bulkOperationRunQuery") or {}
            operation = payload.get("bulkOperation")
            if operation and not payload.get("userErrors"):
                return Operation(text, operation["id"], moment(operation.get("createdAt")) or answer.at)
            errors = payload.get("userErrors") or [{}]
            said = "; ".join(str(one.get("message")) for one in errors)
            if not any(one.get("code") in BUSY for one in errors):
                raise QueryRejected(
                    self.client.label,
                    f"the vendor refuses a bulk query: {said}",
                    "This is a defect of Countinghouse: please report it.",
                )
            if self.clock() > deadline:
                raise BulkFailed(
                    self.client.label,
                    f"no place for a bulk operation became free: {said}",
                    "Wait for, or cancel, the shop's other bulk operations.",
                )
            self._pause(attempt, said)
            attempt += 1

    def _finish(self, operation: Operation) -> Result:
        reason = ""
        for attempt in range(settings.BULK_ATTEMPTS):
            if attempt:
                log.info("%s: %s; asking for it anew", self.client.label, reason)
                operation = self._start(operation.query)
            try:
                return self._download(operation, self._wait(operation))
            except _Again as again:
                reason = str(again)
        raise BulkFailed(
            self.client.label,
            f"a bulk operation failed {settings.BULK_ATTEMPTS} times: {reason}; partial data was not used.",
            "Load again later; smaller windows (--since, --until) are read by pages.",
        )

    def _wait(self, operation: Operation) -> dict[str, Any]:
        """Poll until the operation completed."""
        deadline = self.clock() + settings.BULK_PATIENCE.total_seconds()
        attempt = 0
        while True:
            state = self.client.ask(queries.POLL_BULK, {"id": operation.id}).data.get("bulkOperation")
            status = (state or {}).get("status")
            if state and status == "COMPLETED":
                return dict(state)
            if not state or status in ("FAILED", "CANCELED", "EXPIRED"):
                self._failed(state)
            if self.clock() > deadline:
                self.client.ask(queries.CANCEL_BULK, {"id": operation.id})
                raise BulkFailed(
                    self.client.label,
                    f"a bulk operation did not end within {settings.BULK_PATIENCE}.",
                    "Load again later.",
                )
            self.waiting(int((state or {}).get("objectCount") or 0))
            self.client.sleep(settings.BULK_POLL.wait(attempt))
            attempt += 1

    def _failed(self, state: dict[str, Any] | None) -> None:
        if not state:
            raise _Again("the vendor does not know the bulk operation any more")
        code = state.get("errorCode") or "no code"
        if code == "ACCESS_DENIED":
            raise MissingScope(
                self.client.label,
                "the token may not read everything that the bulk operation asks for.",
                "Grant the missing access scopes to the app in the shop's admin and install it again.",
            )
        raise _Again(f"the bulk operation ended as {state['status']} ({code})")

    def _download(self, operation: Operation, state: dict[str, Any]) -> Result:
        """The file of a completed operation; fewer lines than promised is no result."""
        self._files += 1
        path = self.folder / f"bulk-{self._files}.jsonl"
        path.touch()
        promised = int(state.get("objectCount") or 0)
        size = int(state["fileSize"]) if state.get("fileSize") else None
        for _ in range(settings.BULK_ATTEMPTS):
            if not state.get("url"):
                if promised:
                    raise _Again("the bulk operation has no file")
                break
            self._fetch(operation, state, path, size)
            if _lines(path) == promised:
                break
            log.info("%s: a bulk file is shorter than promised; fetching it again", self.client.label)
            path.write_bytes(b"")
        else:
            raise _Again(f"its file never held the promised {promised} lines")
        return Result(path, operation.created_at, promised, int(state.get("rootObjectCount") or 0))

    def _fetch(self, operation: Operation, state: dict[str, Any], path: Path, size: int | None) -> None:
        """Append to `path` what it lacks; a dropped connection goes on where it stopped."""
        patience = self.client.http.patience
        for attempt in range(patience.attempts):
            have = path.stat().st_size
            headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={have}-"} if have else {})
            answer = self.client.http.send("GET", state["url"], headers=headers, private=False, stream=True)
            with answer:
                if answer.status_code == 416:
                    return
                if answer.status_code not in (200, 206):
                    self._renew(operation, state, answer.status_code)
                    continue
                try:
                    with path.open("ab" if answer.status_code == 206 else "wb") as file:
                        for chunk in answer.iter_content(CHUNK):
                            file.write(chunk)
                except requests.RequestException as error:
                    log.info("%s: a download stopped (%s)", self.client.label, type(error).__name__)
                else:
                    if size is None or path.stat().st_size >= size:
                        return
            self.client.sleep(patience.wait(attempt))
        raise NoNetwork(
            self.client.label,
            "the file of a bulk operation cannot be downloaded: the connection keeps dropping.",
            "Check this machine's network (the files come from the vendor's storage, not from the shop).",
        )

    def _renew(self, operation: Operation, state: dict[str, Any], status: int) -> None:
        """A signed address that no longer works: ask for the operation's address of now."""
        fresh = self.client.ask(queries.POLL_BULK, {"id": operation.id}).data.get("bulkOperation") or {}
        if fresh.get("status") != "COMPLETED" or fresh.get("url") in (None, state["url"]):
            raise _Again(f"the address of its file has expired (HTTP {status})")
        state["url"] = fresh["url"]

    def _pause(self, attempt: int, said: str) -> None:
        pause = settings.BULK_POLL.wait(attempt)
        log.info("%s: %s; waiting %.1f s", self.client.label, said, pause)
        self.client.sleep(pause)


def _lines(path: Path) -> int:
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            count += chunk.count(b"\n")
            last = chunk[-1:]
    return count + (last != b"\n")
