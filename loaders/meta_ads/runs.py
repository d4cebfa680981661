"""Reports that the vendor makes by itself: asked for, waited for, read; one that fails is asked for again.

One that is not made in time is not: whoever wants it asks for less, as long as there is time left.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from loaders.common.errors import VendorTrouble
from loaders.meta_ads import settings
from loaders.meta_ads.client import Client
from loaders.meta_ads.refusals import TooMuch

log = logging.getLogger(__name__)
Json = dict[str, Any]

COMPLETED, FAILED, SKIPPED = "Job Completed", "Job Failed", "Job Skipped"
# The whole of a report that is done; a run says so too while it still writes, and when it has failed.
WHOLE = 100
REMEDY = "Look at the vendor's status page (metastatus.com); load again later."


class RunFailed(VendorTrouble):
    """The vendor could not make a report."""


class TooLate(TooMuch):
    """The vendor did not make a report in time; whether less would be made sooner, nobody knows."""


@dataclass
class TimeLeft:
    """Seconds for which the reports of one window are waited for, those of its parts included."""

    seconds: float = field(default_factory=lambda: settings.WINDOW_PATIENCE_SECONDS)


@dataclass
class ReportRuns:
    """The reports of one ad account."""

    client: Client

    def rows(self, params: Mapping[str, str], left: TimeLeft) -> tuple[list[Json], datetime]:
        """All rows of a report, and the moment it was asked for; what is waited is taken from `left`.

        Raises RunFailed where none is made, TooLate where none is made in time.
        """
        trouble: RunFailed | None = None
        for _ in range(settings.ATTEMPTS_OF_A_RUN):
            made = self.client.post(f"{self.client.node}/insights", params)
            run = str(made.body.get("report_run_id") or "")
            if not run.isdigit():
                raise self.client.refusals.malformed("a report was asked for and has no id")
            try:
                self._finish(run, left)
            except RunFailed as error:
                trouble = error
                log.info("%s", error.cause)
                continue
            rows, _ = self.client.rows(f"{run}/insights", {}, size=settings.ROWS_PER_PAGE)
            return rows, made.at
        raise trouble or AssertionError

    def _finish(self, run: str, left: TimeLeft) -> None:
        """Wait until a report is whole."""
        patience, waited = min(settings.RUN_PATIENCE_SECONDS, left.seconds), 0.0
        polls = 0
        while True:
            state = self.client.get(run, {}).body
            status, percent = state.get("async_status"), state.get("async_percent_completion")
            if status in (FAILED, SKIPPED):
                raise self._failed(f"the vendor ended a report: {status}{self._why(state)}")
            if status == COMPLETED and percent == WHOLE:
                return
            if not isinstance(status, str):
                raise self.client.refusals.malformed("a report does not say how far it is")
            if waited > patience:
                raise TooLate(
                    self.client.account.label,
                    f"a report is not made after {waited / 60:.0f} minutes ({status}).",
                    REMEDY,
                )
            pause = settings.RUN_POLL.wait(polls)
            waited, polls = waited + pause, polls + 1
            left.seconds -= pause
            self.client.sleep(pause)

    def _why(self, state: Json) -> str:
        said = state.get("error_user_msg") or state.get("error_message")
        code, subcode = state.get("error_code"), state.get("error_subcode")
        return f" ({self.client.http.redact(said)}, code {code}/{subcode})" if said or code else ""

    def _failed(self, what: str) -> RunFailed:
        return RunFailed(self.client.account.label, f"{what}.", REMEDY)
