"""What the commands print: one console, few kinds of lines."""

from __future__ import annotations

from rich.console import Console

console = Console(highlight=False)


def step(name: str, what: str) -> None:
    """The head of a step."""
    console.print(f"\n[bold cyan]▸ {name}[/]  [dim]{what}[/]")


def say(text: str) -> None:
    """A plain line; rich markup allowed."""
    console.print(text)


def failed(text: str) -> None:
    """A line about something that went wrong."""
    console.print(f"[bold red]✗[/] {text}", markup=True)
