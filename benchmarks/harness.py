"""How a benchmark is run and said: side by side, several times in turn, medians, ratios against a limit.

Machines are noisy, so no second is worth much by itself: the subject and its peer run alternately in one
process, and what counts is the ratio of their medians.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

console = Console(highlight=False, width=None if sys.stdout.isatty() else 150)


@dataclass
class Ratio:
    """A subject's time against a peer's, and what it should be."""

    name: str
    subject: list[float]
    peer: list[float]
    peer_name: str
    at_most: float | None = None
    at_least: float | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def value(self) -> float:
        """Subject / peer for an upper limit, peer / subject ("times faster") for a lower one."""
        subject, peer = statistics.median(self.subject), statistics.median(self.peer)
        return peer / subject if self.at_least is not None else subject / peer

    @property
    def met(self) -> bool:
        """Whether the ratio keeps its limit."""
        if self.at_least is not None:
            return self.value >= self.at_least
        return self.at_most is None or self.value <= self.at_most


def in_turn(repeat: int, **runs: Callable[[], float]) -> dict[str, list[float]]:
    """Run each callable once a round, `repeat` rounds; each returns its own seconds."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(1, repeat + 1):
        for name, run in runs.items():
            took = run()
            seconds[name].append(took)
            console.print(f"  [dim]round {number}/{repeat}[/] {name}: {took:.2f} s")
    return seconds


@contextmanager
def stopwatch() -> Iterator[Callable[[], float]]:
    """The seconds since the block began, also after it has ended."""
    began = time.perf_counter()
    ended: list[float] = []
    yield lambda: (ended[0] if ended else time.perf_counter()) - began
    ended.append(time.perf_counter())


def report(ratios: list[Ratio]) -> None:
    """Print every ratio with its seconds and limit."""
    table = Table(show_edge=False, header_style="bold", pad_edge=False)
    for heading, justify in (
        ("what", "left"), ("ratio", "right"), ("limit", "right"), ("", "left"),
        ("median s", "right"), ("peer s", "right"), ("peer", "left"),
    ):  # fmt: skip
        table.add_column(heading, justify=justify)  # type: ignore[arg-type]
    for one in ratios:
        limit = (
            f"≥ {one.at_least}" if one.at_least is not None else f"≤ {one.at_most}" if one.at_most else "-"
        )
        table.add_row(
            one.name,
            f"{one.value:.2f}",
            limit,
            "[green]met[/]" if one.met else "[red]not met[/]",
            _spread(one.subject),
            _spread(one.peer),
            one.peer_name,
        )
    console.print(table)
    for one in ratios:
        for note in one.notes:
            console.print(f"[dim]{one.name}: {note}[/]")


def _spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f}-{max(seconds):.2f})"
