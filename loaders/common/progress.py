"""Progress of a load: a callback, and a live table for the terminal (plain lines where there is none)."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Literal, Protocol

from rich.console import Console
from rich.live import Live
from rich.table import Table

log = logging.getLogger(__name__)
Phase = Literal["waiting", "reading", "read", "loading", "done", "failed", "skipped"]


@dataclass(frozen=True)
class Step:
    """How far one resource of an account is. `rows` counts documents read."""

    account: str
    resource: str
    phase: Phase
    rows: int = 0
    rows_per_second: float = 0.0


class Progress(Protocol):
    """Told of every step; must be quick."""

    def __call__(self, step: Step, /) -> None:
        """Take one step in."""


def silent(_step: Step) -> None:
    """For callers that do not look."""


@dataclass
class Meter:
    """Counts the documents of one resource and reports a few times a second."""

    account: str
    resource: str
    progress: Progress
    rows: int = 0
    started: float = field(default_factory=time.monotonic)
    _told: float = 0.0

    def add(self, rows: int = 1) -> None:
        """So many more were read."""
        self.rows += rows
        if self.rows % 100 == 0 and time.monotonic() - self._told > 0.2:
            self.tell("reading")

    def tell(self, phase: Phase, *, rows: int | None = None) -> None:
        """Report now."""
        self._told = time.monotonic()
        count = self.rows if rows is None else rows
        speed = count / max(self._told - self.started, 1e-3)
        self.progress(Step(self.account, self.resource, phase, count, speed))


class PlainProgress:
    """A line when a resource begins to wait, was read, failed."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __call__(self, step: Step) -> None:
        """Print the steps that end something."""
        if step.phase in ("read", "failed", "skipped"):
            line = f"{step.account:<20} {step.resource:<20} {step.phase:<8} {_figures(step)}"
            self._console.print(line.rstrip(), soft_wrap=True, highlight=False)
        elif step.phase == "loading":
            self._console.print(f"{step.account:<20} loading", soft_wrap=True, highlight=False)


class LiveProgress:
    """A table that updates in place."""

    def __init__(self, console: Console) -> None:
        self._steps: dict[tuple[str, str], Step] = {}
        self._live = Live(console=console, refresh_per_second=8, transient=True)

    def __enter__(self) -> LiveProgress:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def __call__(self, step: Step) -> None:
        """Show the step in its row."""
        self._steps[(step.account, step.resource)] = step
        self._live.update(self._table())

    def _table(self) -> Table:
        table = Table("account", "resource", "", "rows", "rows/s", box=None, header_style="bold")
        for column in table.columns[3:]:
            column.justify = "right"
        colours = {"done": "green", "read": "green", "failed": "red", "skipped": "yellow"}
        for step in list(self._steps.values())[-24:]:
            style = colours.get(step.phase, "cyan")
            rows = f"{step.rows:,}" if step.rows else ""
            speed = f"{step.rows_per_second:,.0f}" if step.rows else ""
            table.add_row(step.account, step.resource, f"[{style}]{step.phase}[/]", rows, speed)
        return table


def _figures(step: Step) -> str:
    return f"{step.rows:>8,} rows {step.rows_per_second:>8,.0f} rows/s" if step.rows else ""
