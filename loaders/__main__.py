"""`python -m loaders <platform>`: load its accounts, one after the other; one that fails stops no other."""

from __future__ import annotations

import argparse
import logging
import sys
from contextlib import ExitStack

import warehouse
from rich.console import Console
from rich.logging import RichHandler
from rich.markup import escape
from rich.table import Table

from loaders.common import LoaderError, LoadFailed, LoadReport, accounts, load
from loaders.common.accounts import account
from loaders.common.progress import LiveProgress, PlainProgress, Progress

console = Console()
errors = Console(stderr=True)
INTERRUPTED = 130


def main() -> int:
    """0 when every account was loaded, 1 when one failed, 130 when it was interrupted."""
    arguments = _parse()
    logging.basicConfig(
        level=logging.INFO if arguments.verbose else logging.WARNING,
        format="%(message)s",
        handlers=[RichHandler(console=errors, show_path=False, show_time=False, markup=False)],
    )
    try:
        names = _names(arguments.platform, arguments.account)
        warehouse.start()
    except (LoaderError, warehouse.WarehouseError) as error:
        errors.print(f"[red]error:[/] {escape(str(error))}")
        return 1
    reports: list[LoadReport] = []
    failures: list[LoaderError] = []
    interrupted = False
    with ExitStack() as stack:
        progress: Progress = PlainProgress(console)
        if console.is_terminal:
            progress = stack.enter_context(LiveProgress(console))
        try:
            for name in names:
                _load(arguments, name, progress, reports, failures)
        except KeyboardInterrupt:
            interrupted = True
    _summary(reports, failures)
    if interrupted:
        errors.print("interrupted: the next run completes what was under way")
        return INTERRUPTED
    return 1 if failures else 0


def _load(
    arguments: argparse.Namespace,
    name: str,
    progress: Progress,
    reports: list[LoadReport],
    failures: list[LoaderError],
) -> None:
    label = f"{arguments.platform}/{name}"
    try:
        reports.append(
            load(
                arguments.platform,
                name,
                resources=arguments.resource,
                since=arguments.since,
                until=arguments.until,
                full=arguments.full,
                progress=progress,
            )
        )
    except LoadFailed as error:
        reports.append(error.report)
        failures += error.report.errors
    except LoaderError as error:
        failures.append(error)
    except KeyboardInterrupt:
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("%s failed", label)
        failures.append(
            LoaderError(
                label,
                f"an unexpected failure ({type(error).__name__}); what was under way is not landed.",
                "Load again: the next run repairs it. If it stays, report it with the lines above.",
            )
        )


def _names(platform: str, wanted: list[str] | None) -> list[str]:
    if wanted:
        return [account(platform, name).name for name in wanted]
    names = [one.name for one in accounts(platform)]
    if not names:
        file = warehouse.get_settings().accounts_file.name
        raise LoaderError(
            platform,
            f"there are no accounts in {file}.",
            "Copy accounts.example.toml to accounts.toml and describe your shop there, or try `make demo`.",
        )
    return names


def _summary(reports: list[LoadReport], failures: list[LoaderError]) -> None:
    table = Table("account", "resource", "landed", "unchanged", "gone", "", box=None, header_style="bold")
    for column in table.columns[2:5]:
        column.justify = "right"
    for report in reports:
        label = f"{report.platform}/{report.account}"
        for name, one in report.resources.items():
            note = "[red]failed[/]" if one.error else "[yellow]skipped[/]" if one.skipped else ""
            rows = f"{one.rows - one.tombstones:,}"
            table.add_row(label, name, rows, f"{one.unchanged:,}", f"{one.tombstones:,}", note)
            label = ""
        table.add_row("", "", "", "", "", f"[dim]{report.seconds:.1f} s[/]")
    if reports:
        console.print(table)
    for report in reports:
        for warning in report.warnings:
            console.print(f"[yellow]warning:[/] {report.platform}/{report.account}: {escape(warning)}")
    # A cause that stops an account is the same one for each of its resources: it is said once.
    for failure in dict.fromkeys(failures):
        errors.print(f"[red]error:[/] {escape(f'{failure.account}: {failure.cause}')}")
        errors.print(f"       {escape(f'remedy: {failure.remedy}')}")


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m loaders", description=__doc__)
    parser.add_argument("platform", help="the vendor, as shopify")
    parser.add_argument("--account", action="append", metavar="NAME", help="only this account (repeatable)")
    parser.add_argument("--resource", action="append", metavar="NAME", help="only this resource (repeatable)")
    parser.add_argument("--since", metavar="DATE", help="changes from this day on; leaves the cursor alone")
    parser.add_argument("--until", metavar="DATE", help="changes up to this day")
    parser.add_argument("--full", action="store_true", help="everything again, and a sweep for deletions")
    parser.add_argument("--verbose", "-v", action="store_true", help="log waits and retries")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
