"""`python -m orchestration.tie_out`: ask the vendors again about the days that do not tie out.

Ends with 1 where a vendor could not be asked; what the others answered is landed then.
"""

from __future__ import annotations

import logging
import sys

from orchestration.platforms import platforms
from orchestration.tie_out import ask, questions
from rich.console import Console
from rich.markup import escape
from warehouse import WarehouseError


def main() -> int:
    """Ask what there is to ask, and print a line for each answer."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s", stream=sys.stderr)
    console = Console(highlight=False)
    failed = False
    try:
        for asked in ask(questions(platforms())):
            label = f"{asked.question.label:<44}"
            if asked.error:
                failed = True
                console.print(f"  [red]✗[/] {label} {escape(asked.error.cause)}", soft_wrap=True)
                console.print(f"      {escape(f'remedy: {asked.error.remedy}')}", soft_wrap=True)
            elif asked.report:
                console.print(f"  [green]✓[/] {label} {asked.report.rows:,} documents landed")
    except WarehouseError as error:
        console.print(f"[bold red]error:[/] {error}")
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
