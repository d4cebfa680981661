"""What a person wants to know of advertising after the main job: what was spent, and what a sale cost.

Shown where anybody advertises. All money is in the reporting currency: accounts and stores differ in theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from orchestration.cli.ad_costs import MONTH, WEEK, Cost, Line, read, together
from orchestration.cli.console import console, say
from rich.markup import escape
from rich.table import Table

PROVISIONAL = "~"
NOTHING = "-"
OF_NO_STORE = "(no store)"


def show() -> None:
    """Print what advertising cost; nothing where there is none."""
    lines = read()
    if all(line.month.spend is None and not line.unpriced for line in lines):
        return
    say(f"\n[bold]what a sale cost[/]  [dim]the last {MONTH} days, and the last {WEEK}[/]")
    console.print(table(lines))
    for note in notes(lines):
        say(f"  [dim]{note}[/]")


def table(lines: Sequence[Line]) -> Table:
    """A row per store, and one for all of them."""
    made = Table(show_edge=False, header_style="bold", pad_edge=False, box=None)
    headings = ("store", "", "total sales", "ad spend", "ROAS", "CAC", "7 days", "ROAS", "CAC")
    for number, heading in enumerate(headings):
        made.add_column(heading, justify="left" if number < 2 else "right", no_wrap=True)
    for line in lines:
        made.add_row(
            f"[bold]{escape(line.store or OF_NO_STORE)}[/]", line.currency, *_figures(line.month, line.week)
        )
    made.add_section()
    figures = _figures(together([line.month for line in lines]), together([line.week for line in lines]))
    made.add_row("[bold]all together[/]", lines[0].currency, *(f"[bold]{one}[/]" for one in figures))
    return made


def notes(lines: Sequence[Line]) -> list[str]:
    """What the marks mean, and what the figures lack."""
    found = []
    since = [line.open_since for line in lines if line.open_since]
    if since:
        found.append(f"{PROVISIONAL} provisional: the platforms still restate days from {min(since)} on")
    for line in lines:
        name = escape(line.store or OF_NO_STORE)
        if line.unpriced:
            lacking = ", ROAS and CAC" if line.store else ", and all together has no ROAS and CAC"
            found.append(
                f"{name}: no rate to {line.currency} for {_days(line.unpriced)} of spend, left out of ad "
                f"spend{lacking}; the last is {line.unpriced[-1]}"
            )
        if line.unread:
            accounts = escape(line.unread_accounts or "no ad account")
            found.append(
                f"{name}: {accounts} not read for {_days(line.unread)}, left out of ROAS and CAC; "
                f"the last is {line.unread[-1]}"
            )
    return found


def _days(days: Sequence[date]) -> str:
    return f"{len(days)} day{'s' if len(days) > 1 else ''}"


def _figures(month: Cost, week: Cost) -> list[str]:
    return [f"{month.sales:,.0f}", *_cost(month), *_cost(week)]


def _cost(cost: Cost) -> list[str]:
    if cost.spend is None:
        return [NOTHING] * 3
    mark = PROVISIONAL if cost.is_provisional else ""
    roas = f"{mark}{cost.roas:,.2f}" if cost.roas is not None else NOTHING
    return [f"{mark}{cost.spend:,.0f}", roas, f"{mark}{cost.cac:,.2f}" if cost.cac is not None else NOTHING]
