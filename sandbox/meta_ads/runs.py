"""Report runs: a report that is made while nobody waits. A run goes on whenever somebody looks at it."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sandbox.business.marketing.types import AdAccount
from sandbox.meta_ads.fields import Row
from sandbox.meta_ads.parameters import Query
from sandbox.meta_ads.sent import is_number

EXPIRES = timedelta(days=30)
QUICK = timedelta(days=31)
FIRST, PER_ACCOUNT = 6_023_920_000_000_000, 1_000_000
COMPLETED, FAILED, SKIPPED, RUNNING = "Job Completed", "Job Failed", "Job Skipped", "Job Running"
# What a run shows, one step a look; a hundred percent is no sign of being complete.
SHORT = ((RUNNING, 100), (COMPLETED, 100))
LONG = (("Job Not Started", 0), ("Job Started", 0), (RUNNING, 54), *SHORT)
FAILURE = {
    "error_message": "Generating the report failed. Try again later.",
    "error_user_title": "Generating the Report Failed",
    "error_user_msg": "Generating the report failed. Try again later.",
}


@dataclass
class Run:
    """One run; `steps` are the states still to come, the last one stays."""

    id: str
    query: Query
    within: tuple[str, str] | None
    created: datetime
    steps: list[tuple[str, int]]
    extra: str | None = None
    failure: dict[str, Any] = field(default_factory=dict)
    rows: list[Row] | None = None
    finished: datetime | None = None

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day asked for."""
        return min(since for since, _ in self.query.ranges), max(until for _, until in self.query.ranges)

    @property
    def is_complete(self) -> bool:
        """Whether its report can be read."""
        return self.steps[0][0] == COMPLETED

    def fail(self, *, percent: int, code: int, subcode: int) -> None:
        """Let it come to nothing."""
        self.steps[-1] = (FAILED, percent)
        self.failure = {"error_code": code, "error_subcode": subcode, **FAILURE}

    def look(self, now: datetime) -> None:
        """Somebody looks: on to the next state."""
        if len(self.steps) > 1:
            self.steps.pop(0)
        if len(self.steps) == 1 and self.finished is None:
            self.finished = now

    def shown(self, account: AdAccount) -> dict[str, Any]:
        """The run as its node shows it."""
        status, percent = self.steps[0]
        since, until = self.days
        node: dict[str, Any] = {
            "id": self.id,
            "account_id": account.id.removeprefix("act_"),
            "time_ref": int(self.created.timestamp()),
            "async_status": status,
            "async_percent_completion": percent,
            "is_running": status not in (COMPLETED, FAILED, SKIPPED),
            "date_start": since.isoformat(),
            "date_stop": until.isoformat(),
        }
        if self.finished is not None:
            node["time_completed"] = int(self.finished.timestamp())
        return {**node, **(self.failure if status == FAILED else {})}


def is_run(identity: str) -> bool:
    """Whether an id can be a run's, by its range of numbers."""
    return is_number(identity) and FIRST <= int(identity) < FIRST + 1000 * PER_ACCOUNT


class Runs:
    """The runs of one account."""

    def __init__(self, account: AdAccount) -> None:
        own = int(account.id.removeprefix("act_")) % 1000
        self._numbers = itertools.count(FIRST + own * PER_ACCOUNT)
        self._runs: dict[str, Run] = {}
        self._lock = threading.Lock()

    def start(self, query: Query, now: datetime, within: tuple[str, str] | None = None) -> Run:
        """Begin a run. The first state is the one before anybody looked."""
        with self._lock:
            number = str(next(self._numbers))
            since, until = query.ranges[0]
            steps = LONG if until - since >= QUICK else SHORT
            run = Run(number, query, within, now, [("Job Not Started", 0), *steps])
            self._runs[number] = run
            return run

    def get(self, identity: str, now: datetime) -> Run | None:
        """A run that has not expired."""
        run = self._runs.get(identity)
        return run if run is not None and now - run.created <= EXPIRES else None
