"""What a person wants to know of the tie-out: a line per store, and the orders behind what is off."""

from __future__ import annotations

from decimal import Decimal

from orchestration.cli.console import console, say
from orchestration.tie_out import Gap, StoreVerdict, verdicts
from rich.markup import escape
from rich.table import Table

MARKS = {
    "ok": "[green]✓[/]",
    "provisional": "[green]✓[/]",
    "explained": "[yellow]![/]",
    "unexplained": "[red]✗[/]",
    "not available": "[dim]?[/]",
}
GAPS_SHOWN = 5
ORDERS_SHOWN = 3


def show() -> list[str]:
    """Print the verdict on every store; a sentence for each whose days nobody could explain."""
    stores = verdicts()
    if not stores:
        return []
    say("\n[bold]tie-out[/]  [dim]day by day with the platform's own report[/]")
    table = Table.grid(padding=(0, 2), pad_edge=True)
    for store in stores:
        table.add_row(f" {MARKS[store.status]}", f"[bold]{escape(store.name)}[/]", _sentence(store))
    console.print(table)
    for store in stores:
        for gap in store.gaps[:GAPS_SHOWN]:
            _show_gap(store, gap)
        if len(store.gaps) > GAPS_SHOWN:
            say(f"   [dim]{escape(store.name)}: {len(store.gaps) - GAPS_SHOWN} more in marts.fct_tie_out[/]")
    return [_problem(store) for store in stores if store.status == "unexplained"]


def _sentence(store: StoreVerdict) -> str:
    if not store.compared and store.days.get("not available"):
        return "[dim]nothing to compare with: no report can be read[/]"
    parts = [f"{store.compared:,} days compared"]
    parts += [
        f"{count:,} {status}"
        for status in ("ok", "provisional", "explained", "unexplained", "not available")
        if (count := store.days.get(status))
    ]
    return ", ".join(parts)


def _show_gap(store: StoreVerdict, gap: Gap) -> None:
    measures = "; ".join(
        f"{measure.replace('_', ' ')} {_amount(ours)} here, {_amount(theirs)} there"
        for measure, ours, theirs in gap.measures
    )
    say(f"   {escape(store.name)} [bold]{gap.day}[/] {gap.status}: {measures}")
    for name, cause, residual in gap.orders[:ORDERS_SHOWN]:
        amount = "" if residual is None else f" ({residual:+,.2f} {store.currency})"
        order = f"order {escape(name)}" if name else "no order accounts for the rest"
        say(f"      {order}: {cause}{amount}")
    if len(gap.orders) > ORDERS_SHOWN:
        say(f"      [dim]{len(gap.orders) - ORDERS_SHOWN} more in marts.fct_tie_out_orders[/]")


def _problem(store: StoreVerdict) -> str:
    days = [str(gap.day) for gap in store.gaps if gap.status == "unexplained"]
    listed = ", ".join(days[:3]) + (" …" if len(days) > 3 else "")
    return (
        f"tie-out: {len(days)} days of {store.platform}/{store.account} differ from the platform's own "
        f"report and no order explains it ({listed}): see marts.fct_tie_out and docs/runbook.md"
    )


def _amount(value: Decimal | None) -> str:
    return "nothing" if value is None else f"{value:,.2f}"
