"""Database, schemas, roles and grants, made idempotently.

loader       creates `raw_*` schemas and writes there
transformer  reads `raw_*`, owns staging, intermediate, marts and bookkeeping
reader       can SELECT in marts and nothing else

All of it runs under one advisory lock: two commands at once do the work one after the other.
"""

from __future__ import annotations

import time

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT
from psycopg2.extensions import connection as Connection

from warehouse.connection import Role, connect, database_name, role_password
from warehouse.errors import UnsupportedServer
from warehouse.settings import Settings

ROLES: tuple[Role, ...] = ("loader", "transformer", "reader")
TRANSFORMER_SCHEMAS = ("staging", "intermediate", "marts", "bookkeeping")
MINIMUM_VERSION = 160000
LOCK = 4_271_004_601
ATTEMPTS = 5


def prepare(settings: Settings) -> None:
    """Bring the server to the state described above; raises `UnsupportedServer` where that cannot be."""
    maintenance = "postgres" if settings.is_embedded else None
    with _Autocommit(connect("owner", maintenance, settings=settings)) as admin:
        _check_version(admin)
        _execute(admin, "select pg_advisory_lock(%s)", LOCK)
        try:
            _create_roles(admin, settings)
            _create_database(admin, database_name(settings))
            _grant(settings)
        finally:
            _execute(admin, "select pg_advisory_unlock(%s)", LOCK)


def _check_version(admin: Connection) -> None:
    if admin.server_version < MINIMUM_VERSION:
        raise UnsupportedServer(
            f"The server behind DATABASE_URL is PostgreSQL {admin.server_version // 10000}; "
            "16 or later is needed."
        )


def _create_roles(admin: Connection, settings: Settings) -> None:
    try:
        # The creator becomes a member of what it creates, so that it can hand schemas to the role.
        _execute(admin, "set createrole_self_grant = 'set, inherit'")
        for role in ROLES:
            name, password = sql.Identifier(role), sql.Literal(role_password(role, settings))
            if not _one(admin, "select 1 from pg_roles where rolname = %s", role):
                _execute(admin, sql.SQL("create role {} login").format(name))
            _execute(admin, sql.SQL("alter role {} with login password {}").format(name, password))
    except psycopg2.errors.InsufficientPrivilege as error:
        raise UnsupportedServer(
            "The user in DATABASE_URL may not create the roles loader, transformer and reader: "
            "give it CREATEROLE, or create the roles yourself and grant them to it with ADMIN option."
        ) from error


def _create_database(admin: Connection, name: str) -> None:
    if not _one(admin, "select 1 from pg_database where datname = %s", name):
        _execute(admin, sql.SQL("create database {}").format(sql.Identifier(name)))


def _grant(settings: Settings) -> None:
    name = database_name(settings)
    with _Autocommit(connect("owner", name, settings=settings)) as admin:
        database = sql.Identifier(name)
        statements = [
            sql.SQL("revoke temporary, create on database {} from public").format(database),
            sql.SQL("grant connect on database {} to loader, transformer, reader").format(database),
            sql.SQL("grant create, temporary on database {} to loader, transformer").format(database),
            sql.SQL("alter default privileges for role loader grant usage on schemas to transformer"),
            sql.SQL("alter default privileges for role loader grant select on tables to transformer"),
        ]
        for schema in TRANSFORMER_SCHEMAS:
            statements.append(
                sql.SQL("create schema if not exists {} authorization transformer").format(
                    sql.Identifier(schema)
                )
            )
        statements += [
            sql.SQL("grant usage on schema marts to reader"),
            sql.SQL(
                "alter default privileges for role transformer in schema marts "
                "grant select on tables to reader"
            ),
            sql.SQL("grant select on all tables in schema marts to reader"),
            sql.SQL("alter role reader in database {} set default_transaction_read_only = on").format(
                database
            ),
        ]
        for statement in statements:
            _execute(admin, statement)


class _Autocommit:
    """A connection in autocommit mode that is closed at the end of the block."""

    def __init__(self, connection: Connection) -> None:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        self.connection = connection

    def __enter__(self) -> Connection:
        return self.connection

    def __exit__(self, *_: object) -> None:
        self.connection.close()


def _execute(connection: Connection, statement: str | sql.Composable, *parameters: object) -> None:
    """Run a statement; again where a build swapped the tables, or another start the roles, meanwhile."""
    for attempt in range(ATTEMPTS):
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, parameters or None)
            return
        except (psycopg2.errors.InternalError_, psycopg2.errors.UndefinedTable):
            if attempt == ATTEMPTS - 1:
                raise
            time.sleep(0.2 * (attempt + 1))


def _one(connection: Connection, statement: str, *parameters: object) -> tuple[object, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()
