"""`make demo` and `make dev`: the house in front of the practice shop."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import warehouse
from orchestration.cli import practice_shop
from orchestration.cli.console import console, say, step
from orchestration.cli.errors import Refused
from orchestration.cli.main_job import PRACTICE_MARK, holds_data, main_job, mark
from warehouse import ROOT, get_settings


def demo(*, orders: int) -> int:
    """Warehouse up, practice shop up, load, build, check, summary."""
    began = time.monotonic()
    shop = _practice_shop_and_warehouse(orders)
    accounts = practice_shop.accounts_file(shop.url)
    code = main_job(practice_shop.environment(shop.url, accounts), accounts_file=accounts)
    say(f"\n[dim]done in {time.monotonic() - began:.0f} s[/]")
    _next_commands(shop.url)
    return code


def dev(*, port: int) -> int:
    """Dagster's web UI: on the accounts file where there is one, on the practice shop otherwise."""
    environment: dict[str, str] = {}
    if get_settings().accounts_file.exists():
        warehouse.start()
    else:
        shop = _practice_shop_and_warehouse(orders=6000)
        environment = practice_shop.environment(shop.url, practice_shop.accounts_file(shop.url))
    words = [sys.executable, "-m", "orchestration.dev", "--port", str(port)]
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode


def _practice_shop_and_warehouse(orders: int) -> practice_shop.PracticeShop:
    step("warehouse", "PostgreSQL: server, roles, grants")
    warehouse.start()
    if mark() != PRACTICE_MARK and holds_data():
        raise Refused(
            f"The database {warehouse.database_name()} holds data of real accounts; the practice shop must "
            "not mix with it. Give the demo its own: WAREHOUSE_DATABASE=countinghouse_demo make demo"
        )
    mark(PRACTICE_MARK)
    say(f"  database [bold]{warehouse.database_name()}[/] is up")
    step("practice shop", "stand-ins for the vendors' APIs")
    with console.status("  opening the shops …"):
        shop = practice_shop.ensure(orders)
    say(f"  listening on [bold]{shop.url}[/], its clock at {shop.health.get('clock', '?')}")
    return shop


def _next_commands(url: str) -> None:
    say("\n[bold]Try next[/]")
    for command, what in (
        ("make dev", "Dagster's web UI on http://127.0.0.1:3000: lineage, runs, checks"),
        ("make psql", "a prompt in the warehouse: select * from marts.agg_daily_summary"),
        (f"curl -X POST {url}/control/clock -d '{{\"advance_days\": 1}}' && make demo", "live one more day"),
        ("make replay DATA=<parquet>", "real transactions through the same job"),
        ("make docs", "every table and column described"),
        ("make stop", "stop the practice shop and the warehouse; nothing is deleted"),
    ):
        say(f"  [cyan]{command}[/]\n      [dim]{what}[/]")
