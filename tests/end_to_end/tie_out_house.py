"""Practice shops, a warehouse, and a day's work between them: load, build, ask about what is off, build."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests
from dbt.cli.main import dbtRunner

import warehouse
from loaders.common import load
from orchestration.cli import practice_shop
from sandbox.business.world import build_world
from sandbox.running import Running, running
from tests.conftest import new_database
from tests.dbt.again import AGAIN
from warehouse import ROOT

PROJECT = ROOT / "dbt_project"
REPORTS = {"shopify": "sales_reports", "woocommerce": "revenue_reports"}
WRONG = ("fail", "error", "skipped")
OF_THE_TIE_OUT = ("tie_out", "explained")
QUIET = ("--quiet", "--log-level", "none", "--log-level-file", "none", "--no-write-json")
# A parsed project names the database: databases of this process take their names in turn, so that each name's
# is parsed once.
PARSED: dict[str, Any] = {}
IN_USE: set[str] = set()
OFF = """
    select distinct s.platform, s.account_id, t.date_day
    from marts.fct_tie_out t join marts.dim_store s using (store_key)
    where t.status = 'unexplained'
    order by 1, 2, 3
"""
DIFFERENT = """
    select s.account_id, t.date_day, t.measure, t.ours, t.theirs, t.status
    from marts.fct_tie_out t join marts.dim_store s using (store_key)
    where t.status not in ('ok', 'provisional')
    order by 1, 2, 3
"""


@dataclass
class TieOut:
    """What a user has: accounts, loads, builds, marts."""

    here: Running
    target: Path
    accounts: dict[str, tuple[str, ...]]
    database: str
    is_built: bool = False

    def load(self, **wanted: Any) -> None:
        """Every account."""
        for platform, accounts in self.accounts.items():
            for account in accounts:
                load(platform, account, **wanted)

    def load_reports(self) -> None:
        """The stores' own reports, and nothing else of them."""
        for platform, report in REPORTS.items():
            for account in self.accounts.get(platform, ()):
                load(platform, account, resources=[report])

    def build(self, *words: str) -> dict[str, str]:
        """`dbt build`; the status of every node. The tie-out's own tests may fail, nothing else may."""
        return self._dbt("build", *words)

    def run(self, *words: str) -> None:
        """The models without their tests; what the first run made once is not made again."""
        self._dbt("run", *words, *(AGAIN if self.is_built else ()))
        self.is_built = True

    def test(self) -> None:
        """The tests of everything but the tie-out, over all rows."""
        words = ["--exclude", "tag:tie_out", "--exclude-resource-type", "unit_test"]
        self._dbt("test", *words, "--vars", "test_scope: all")

    def _dbt(self, *words: str) -> dict[str, str]:
        places = ["--project-dir", str(PROJECT), "--profiles-dir", str(PROJECT)]
        places += ["--target-path", str(self.target)]
        with pytest.MonkeyPatch.context() as patch:
            for name, value in warehouse.environment().items():
                patch.setenv(name, value)
            if self.database not in PARSED:
                PARSED[self.database] = dbtRunner().invoke([*QUIET, "parse", *places]).result
            runner = dbtRunner(manifest=PARSED[self.database])
            result = runner.invoke([*QUIET, words[0], *places, *words[1:]])
        assert result.exception is None, result.exception
        nodes = {one.node.name: one for one in result.result.results}  # type: ignore[union-attr]
        wrong = {name: one.message for name, one in nodes.items() if one.status in WRONG}
        failed = {name: wrong[name] for name in wrong if not any(word in name for word in OF_THE_TIE_OUT)}
        assert not failed, failed
        return {name: str(one.status) for name, one in nodes.items()}

    def ask(self) -> list[tuple[str, str, date]]:
        """Ask about the days that are off and model the answers; the days asked about."""
        days = [tuple(row) for row in query(OFF)]
        for platform, account, day in days:
            load(platform, account, resources=[REPORTS[platform], "order_reports"], since=day, until=day)
        if days:
            answers = [
                f"source:raw_{one}.{what}+" for one in REPORTS for what in (REPORTS[one], "order_reports")
            ]
            self.run("--select", *answers)
        return days

    def day(self) -> list[tuple[str, str, date]]:
        """Load, model, ask, model the answers."""
        self.load()
        self.run()
        return self.ask()

    def set(self, store: str, **settings: object) -> None:
        """Change how a practice store is installed."""
        requests.post(f"{self.here.url}/control/stores/{store}", json=settings, timeout=60).raise_for_status()

    def live(self, days: float) -> None:
        """Let the practice business live on."""
        self.here.sandbox.advance(self.here.sandbox.now() + timedelta(days=days))


def query(statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    """What the warehouse answers its owner."""
    connection = warehouse.connect("owner")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@contextmanager
def practising(folder: Path, *, orders: int, seed: int, as_of: datetime) -> Iterator[TieOut]:
    """A business of its own, served, and an empty warehouse of its own."""
    with pytest.MonkeyPatch.context() as patch, _name() as database:
        databases = new_database(patch, database)
        next(databases)
        with running(build_world(orders, seed, as_of)) as here:
            file = folder / "accounts.toml"
            file.write_text(practice_shop.accounts(here.url))
            for name, value in practice_shop.environment(here.url, file).items():
                patch.setenv(name, value)
            warehouse.get_settings.cache_clear()
            known = tomllib.loads(file.read_text())
            accounts = {platform: tuple(known[platform]) for platform in (*REPORTS, "ecb")}
            yield TieOut(here, folder / "target", accounts, database)
        next(databases, None)


@contextmanager
def _name() -> Iterator[str]:
    """A name for a database, of this process and not in use."""
    names = (f"test_tie_out_{os.getpid()}_{number}" for number in count())
    name = next(name for name in names if name not in IN_USE)
    IN_USE.add(name)
    try:
        yield name
    finally:
        IN_USE.remove(name)
