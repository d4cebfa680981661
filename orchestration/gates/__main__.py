"""`python -m orchestration.gates`: judge what arrived and what is published; 1 where a rule is broken."""

from __future__ import annotations

import logging
import sys

from loaders.common import LoaderError
from orchestration.gates import Verdict, judge, mart_gates, raw_gates
from orchestration.platforms import platforms
from rich.console import Console
from warehouse import WarehouseError


def main() -> int:
    """Judge every gate and print a line each."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s", stream=sys.stderr)
    console = Console(highlight=False)
    failed = False
    try:
        # A platform that nobody has an account of has no tables, which is no fault.
        gates = [gate for one in platforms() if one.account_names() for gate in raw_gates(one)] + mart_gates()
        for verdict in judge(gates):
            failed |= verdict.is_error or not verdict.exists
            for line in _lines(verdict):
                console.print(line, soft_wrap=True)
    except (WarehouseError, LoaderError) as error:
        console.print(f"[bold red]error:[/] {error}")
        return 1
    return 1 if failed else 0


def _lines(verdict: Verdict) -> list[str]:
    name = f"{verdict.gate.relation:<36}"
    if not verdict.exists:
        return [f"  [red]✗[/] {name} there is no such table yet"]
    broken = [finding for finding in verdict.findings if not finding.passed]
    mark = "[green]✓[/]" if verdict.passed else "[red]✗[/]" if verdict.is_error else "[yellow]![/]"
    kept = len(verdict.findings) - len(broken)
    lines = [f"  {mark} {name} {verdict.rows:>9,} rows, {kept} of {len(verdict.findings)} rules kept"]
    for finding in broken:
        detail = finding.trouble or f"{finding.broken:,} rows, such as {'; '.join(finding.sample[:2])}"
        lines.append(f"      [dim]{finding.rule.severity}[/] broken: {finding.rule.says}: {detail}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
