"""The raw log in the warehouse: its tables and indexes, and what is already in it.

dlt writes the rows. The tables are made here, all of a platform's at once, so that they have exactly the
promised shape, that the models find every one of them from the first load on, and that four accounts
that load for the first time at the same moment do not trip over each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2 import sql
from psycopg2.extensions import connection as Connection

from loaders.common.landing import DELETED, Document
from loaders.common.locks import held

LATEST = "updated_at desc nulls last, observed_at desc, _dlt_load_id desc"
TABLE = """
create table if not exists {table} (
    account_id text not null,
    id text not null,
    updated_at timestamptz,
    observed_at timestamptz not null,
    is_deleted boolean not null,
    document text,
    document_hash text not null,
    _dlt_load_id text not null
)
"""


def dataset(platform: str) -> str:
    """The schema that holds a platform's raw log."""
    return f"raw_{platform}"


def schema_lock(platform: str) -> str:
    """The name of the lock under which a platform's tables are made."""
    return f"countinghouse:tables:{platform}"


def ensure(connection: Connection, platform: str, resources: Iterable[str]) -> None:
    """Make the schema, tables and indexes that are missing; the connection is in autocommit mode."""
    wanted = set(resources)
    if wanted <= _complete(connection, platform):
        return
    with held(connection, schema_lock(platform)), connection.cursor() as cursor:
        cursor.execute("select 1 from pg_namespace where nspname = %s", (dataset(platform),))
        if not cursor.fetchone():
            cursor.execute(sql.SQL("create schema {}").format(sql.Identifier(dataset(platform))))
        for resource in sorted(wanted):
            table = sql.Identifier(dataset(platform), resource)
            cursor.execute(sql.SQL(TABLE).format(table=table))
            for suffix, columns in (("by_id", "account_id, id"), ("by_load", "_dlt_load_id")):
                cursor.execute(
                    sql.SQL("create index if not exists {index} on {table} ({columns})").format(
                        index=sql.Identifier(f"{resource}_{suffix}"), table=table, columns=sql.SQL(columns)
                    )
                )


def _complete(connection: Connection, platform: str) -> set[str]:
    """Resources whose table has both indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select tablename from pg_indexes where schemaname = %s "
            "and indexname in (tablename || '_by_id', tablename || '_by_load') "
            "group by tablename having count(*) = 2",
            (dataset(platform),),
        )
        return {str(row[0]) for row in cursor.fetchall()}


@dataclass
class WarehouseHistory:
    """The landed versions of one account's resource; rows of loads that never completed do not count."""

    connection: Connection
    platform: str
    account_id: str
    resource: str

    def __post_init__(self) -> None:
        table = sql.Identifier(dataset(self.platform), self.resource)
        loads = sql.Identifier(dataset(self.platform), "_dlt_loads")
        self._completed = sql.SQL(
            "{table} r join {loads} l on l.load_id = r._dlt_load_id and l.status = 0"
        ).format(table=table, loads=loads)
        self._is_empty = not self._any(table)

    def latest(self, ids: Sequence[str]) -> Mapping[str, str]:
        """The hash of the latest landed version of each of `ids` that has one."""
        if self._is_empty or not ids:
            return {}
        statement = sql.SQL(
            "select distinct on (r.id) r.id, r.document_hash from {completed} "
            "where r.account_id = %s and r.id = any(%s) order by r.id, {latest}"
        ).format(completed=self._completed, latest=sql.SQL(LATEST))
        return dict(self._rows(statement, self.account_id, list(ids)))

    def tombstone(self, identity: str, at: datetime, *, gone_at: datetime | None = None) -> Document:
        """Later than every version of what it buries, whatever clock each of them was stamped by.

        `gone_at` is given where a version that is not in the log yet may have to be buried as well. Without
        it a thing that comes back as it was is newer than its tombstone.
        """
        updated, observed = self._newest(identity)
        known = [one for one in (updated, gone_at) if one]
        return Document(identity, None, max(known, default=None), max(at, observed or at))

    def _newest(self, identity: str) -> tuple[datetime | None, datetime | None]:
        """The greatest `updated_at` and `observed_at` of one id."""
        statement = sql.SQL(
            "select max(r.updated_at), max(r.observed_at) from {completed} "
            "where r.account_id = %s and r.id = %s"
        ).format(completed=self._completed)
        return self._rows(statement, self.account_id, identity)[0] if not self._is_empty else (None, None)

    def living(self) -> Iterator[str]:
        """Ids whose latest version is no tombstone. Reads the account's whole history: for sweeps only."""
        if self._is_empty:
            return
        statement = sql.SQL(
            "select id from (select distinct on (r.id) r.id, r.document_hash from {completed} "
            "where r.account_id = %s order by r.id, {latest}) v where document_hash <> %s"
        ).format(completed=self._completed, latest=sql.SQL(LATEST))
        for row in self._rows(statement, self.account_id, DELETED):
            yield row[0]

    def ids_like(self, pattern: str) -> list[str]:
        """Ids with a version whose text is like `pattern`. Reads the account's whole history."""
        if self._is_empty:
            return []
        statement = sql.SQL(
            "select distinct r.id from {completed} where r.account_id = %s and r.document like %s"
        ).format(completed=self._completed)
        return [row[0] for row in self._rows(statement, self.account_id, pattern)]

    def documents(self, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(id, document) of the latest version of each of `ids`."""
        if self._is_empty or not ids:
            return
        statement = sql.SQL(
            "select distinct on (r.id) r.id, r.document from {completed} "
            "where r.account_id = %s and r.id = any(%s) and r.document is not null order by r.id, {latest}"
        ).format(completed=self._completed, latest=sql.SQL(LATEST))
        yield from self._rows(statement, self.account_id, list(ids))

    def ids(self, limit: int = 10) -> list[str]:
        """A few of the ids ever landed, for resources that have one document only."""
        if self._is_empty:
            return []
        statement = sql.SQL("select distinct r.id from {completed} where r.account_id = %s limit %s").format(
            completed=self._completed
        )
        return [row[0] for row in self._rows(statement, self.account_id, limit)]

    def _any(self, table: sql.Composable) -> bool:
        with self.connection.cursor() as cursor:
            if not _exists(self.connection, self.platform, "_dlt_loads"):
                return False
            statement = sql.SQL("select exists (select from {} where account_id = %s)").format(table)
            cursor.execute(statement, (self.account_id,))
            row = cursor.fetchone()
            return bool(row and row[0])

    def _rows(self, statement: sql.Composable, *parameters: object) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()


def drop_orphans(connection: Connection, platform: str, account_id: str, resources: Iterable[str]) -> int:
    """Delete the account's rows of loads that never completed; how many there were.

    A run that was killed while it loaded leaves such rows. Nothing reads them; they go before the same
    documents are landed again. The caller holds the account's lock, so no load of it is under way, and
    whatever is older than its last completed state was cleaned by the run that wrote that state.
    """
    schema = sql.Identifier(dataset(platform))
    unfinished: sql.Composable = sql.SQL("")
    dropped = 0
    with connection.cursor() as cursor:
        if _exists(connection, platform, "_dlt_loads"):
            unfinished = sql.SQL(
                "and not exists (select from {}._dlt_loads l where l.load_id = r._dlt_load_id)"
            ).format(schema)
        floor = _last_completed(connection, platform, account_id, "_dlt_load_id") or ""
        for resource in resources:
            statement = sql.SQL("delete from {} r where _dlt_load_id > %s and account_id = %s ").format(
                sql.Identifier(dataset(platform), resource)
            )
            cursor.execute(statement + unfinished, (floor, account_id))
            dropped += cursor.rowcount
    return dropped


def state_version(connection: Connection, platform: str, account_id: str) -> int:
    """The version of the account's state in the warehouse, 0 where there is none; a load adds at most one."""
    return int(_last_completed(connection, platform, account_id, "version") or 0)


def _last_completed(connection: Connection, platform: str, account_id: str, column: str) -> Any:
    """The greatest value of a column among the account's states that were committed; None without any."""
    if not _exists(connection, platform, "_dlt_pipeline_state"):
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "select max(s.{column}) from {schema}._dlt_pipeline_state s "
                "join {schema}._dlt_loads l on l.load_id = s._dlt_load_id where s.pipeline_name = %s"
            ).format(column=sql.Identifier(column), schema=sql.Identifier(dataset(platform))),
            (pipeline_name(platform, account_id),),
        )
        return (cursor.fetchone() or (None,))[0]


def _exists(connection: Connection, platform: str, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s)", (f"{dataset(platform)}.{table}",))
        row = cursor.fetchone()
        return bool(row and row[0] is not None)


def pipeline_name(platform: str, account_id: str) -> str:
    """The dlt pipeline of one account: it owns the account's state."""
    return f"{platform}_{account_id}"
