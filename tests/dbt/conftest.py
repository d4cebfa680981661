"""dbt in process over a raw log written by hand: one database and one parsed project per test worker.

Parsing costs seconds and its result is the same for every test, so the manifest is kept and the database is
emptied between tests instead.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from dbt.cli.main import dbtRunner, dbtRunnerResult
from psycopg2.extensions import connection as Connection

import warehouse
from tests.dbt import rates, rawlog
from warehouse import ROOT, Settings, get_settings

PROJECT = ROOT / "dbt_project"
EMPTY = """
do $$
declare one record;
begin
    for one in
        select n.nspname, c.relname, c.relkind from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('staging', 'intermediate', 'marts', 'bookkeeping') and c.relkind in ('r', 'v')
    loop
        execute format(
            'drop %s if exists %I.%I cascade',
            case one.relkind when 'v' then 'view' else 'table' end, one.nspname, one.relname
        );
    end loop;
end $$
"""


@dataclass
class House:
    """A warehouse with an empty raw log, and dbt over it."""

    environment: dict[str, str]
    urls: dict[str, str]
    target: Path
    manifest: Any = field(default=None, repr=False)
    log: Connection | None = field(default=None, repr=False)

    def dbt(self, *words: str, check: bool = True) -> dbtRunnerResult:
        """Run a dbt command in this process; raises with dbt's own messages unless `check` is off."""
        runner = dbtRunner(manifest=self.manifest)
        places = [
            "--project-dir",
            str(PROJECT),
            "--profiles-dir",
            str(PROJECT),
            "--target-path",
            str(self.target),
        ]
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment.items():
                patch.setenv(name, value)
            result = runner.invoke([*_QUIET, words[0], *places, *words[1:]])
        if check and not result.success:
            raise AssertionError(f"dbt {' '.join(words)}: {result.exception or failures(result)}")
        return result

    def build(self, *words: str, check: bool = True) -> dbtRunnerResult:
        """Models and data tests; unit tests judge the code, whatever landed, and have a run of their own."""
        return self.dbt("build", "--exclude-resource-type", "unit_test", *words, check=check)

    def rows(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """What a query answers, as the owner of everything."""
        connection = psycopg2.connect(self.urls["owner"])
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, parameters or None)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def one(self, statement: str, *parameters: object) -> Any:
        """The single value of a query."""
        ((value,),) = self.rows(statement, *parameters)
        return value

    def empty(self) -> None:
        """Nothing modelled, nothing landed but a year of exchange rates."""
        self.rows(EMPTY)
        for platform in rawlog.RESOURCES:
            rawlog.create(self.raw, platform)
        rates.publish_usual(self.raw)

    @property
    def raw(self) -> Connection:
        """The loader's connection."""
        if self.log is None or self.log.closed:
            self.log = psycopg2.connect(self.urls["loader"])
        return self.log


# Lines that nobody reads and artifacts that nobody opens cost a tenth of a run; failures are raised.
_QUIET = ("--log-level", "none", "--log-level-file", "none", "--no-write-json")


def failures(result: dbtRunnerResult) -> str:
    """Names and messages of what failed."""
    bad = [one for one in nodes(result) if one.status in ("error", "fail")]
    return "; ".join(f"{one.node.name}: {one.message}" for one in bad)


def nodes(result: dbtRunnerResult) -> list[Any]:
    """What a command said about each node."""
    return list(getattr(result.result, "results", []))


@pytest.fixture(scope="session")
def built_house(server: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    name = f"test_dbt_{uuid.uuid4().hex[:12]}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WAREHOUSE_DATABASE", name)
        get_settings.cache_clear()
        warehouse.start()
        environment = warehouse.environment()
        urls = {role: warehouse.url(role) for role in ("owner", "loader", "transformer")}
    get_settings.cache_clear()
    house = House(environment, urls, tmp_path_factory.mktemp("dbt-target"))
    house.manifest = house.dbt("parse").result
    yield house
    if house.log is not None:
        house.log.close()
    admin = warehouse.connect("owner", "postgres")
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"drop database if exists {name} with (force)")
    admin.close()


@pytest.fixture
def house(built_house: House) -> House:
    """The worker's warehouse, emptied."""
    os.environ.setdefault("DO_NOT_TRACK", "1")
    built_house.empty()
    return built_house


@pytest.fixture(scope="module")
def module_house(built_house: House) -> House:
    """The worker's warehouse, emptied once for a module whose tests only read."""
    built_house.empty()
    return built_house
