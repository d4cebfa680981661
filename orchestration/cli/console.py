"""What the commands print: one console, few kinds of lines."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape

# Without a terminal (a log, a CI run) there is no width to ask for: take one that cuts nothing.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def step(name: str, what: str) -> None:
    """The head of a step."""
    console.print(f"\n[bold cyan]▸ {name}[/]  [dim]{what}[/]")


def say(text: str) -> None:
    """A plain line; rich markup allowed."""
    console.print(text)


def failed(text: str) -> None:
    """A line about something that went wrong."""
    console.print(f"[bold red]✗[/] {escape(text)}")
