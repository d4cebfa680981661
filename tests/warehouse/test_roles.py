"""Roles and grants: who may do what, on the embedded server and on one of the user's own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

import warehouse
from tests.conftest import free_port
from warehouse import Settings, UnsupportedServer, WarehouseError


def execute(role: warehouse.Role, statement: str, settings: Settings) -> list[tuple[object, ...]]:
    connection = warehouse.connect(role, settings=settings)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@pytest.fixture
def filled(database: Settings) -> Settings:
    execute("loader", "create schema raw_shop; create table raw_shop.orders as select 1 as id", database)
    execute("transformer", "create table staging.stg as select id from raw_shop.orders", database)
    execute("transformer", "create table marts.fct as select id from staging.stg", database)
    return database


def test_each_role_reaches_its_layer(filled: Settings) -> None:
    assert execute("transformer", "select id from raw_shop.orders", filled) == [(1,)]
    assert execute("reader", "select id from marts.fct", filled) == [(1,)]


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("reader", "select * from staging.stg"),
        ("reader", "select * from raw_shop.orders"),
        ("reader", "set transaction read write; insert into marts.fct values (2)"),
        ("reader", "set transaction read write; create table public.mine (id int)"),
        ("reader", "set transaction read write; create temporary table mine (id int)"),
        ("reader", "set transaction read write; create schema mine"),
        ("transformer", "insert into raw_shop.orders values (2)"),
        ("transformer", "drop table raw_shop.orders"),
        ("loader", "select * from marts.fct"),
    ],
)
def test_no_role_leaves_its_layer(filled: Settings, role: warehouse.Role, statement: str) -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        execute(role, statement, filled)


def test_a_rebuilt_mart_is_readable_again(filled: Settings) -> None:
    execute("transformer", "drop table marts.fct; create table marts.fct as select 7 as id", filled)
    assert execute("reader", "select id from marts.fct", filled) == [(7,)]


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """A cluster that no other test uses: roles and their passwords belong to the whole server."""
    monkeypatch.delenv("WAREHOUSE_DATABASE", raising=False)
    with tempfile.TemporaryDirectory(prefix="countinghouse-own-") as folder:
        Path(folder).chmod(0o755)
        settings = Settings(data_dir=Path(folder), warehouse_port=free_port())
        warehouse.start(settings)
        yield settings
        warehouse.delete(settings)


def own_server(cluster: Settings, user: str, password: str) -> Settings:
    address = f"postgresql://{user}:{password}@127.0.0.1:{cluster.warehouse_port}/own_{user}"
    return Settings(database_url=address, warehouse_database=None)


def test_a_server_of_ones_own_needs_createrole_only(apart: Settings) -> None:
    for role in ("loader", "transformer", "reader"):
        # hand them to the admin as its own server would
        execute("owner", f"grant {role} to current_user", apart)
    admin = warehouse.connect("owner", "postgres", settings=apart)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute("create role landlord login createrole createdb password 'let me in'")
        cursor.execute("grant loader, transformer, reader to landlord with admin option")
        cursor.execute("create database own_landlord owner landlord")
    admin.close()
    settings = own_server(apart, "landlord", "let%20me%20in")
    warehouse.start(settings)
    warehouse.start(settings)
    assert execute("reader", "select current_database()", settings) == [("own_landlord",)]
    password = urlsplit(warehouse.url("reader", settings=settings)).password
    assert password and "let" not in password


def test_too_few_rights_are_said_with_the_remedy(database: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAREHOUSE_DATABASE")
    settings = Settings(database_url=warehouse.url("loader", settings=database), warehouse_database=None)
    with pytest.raises(UnsupportedServer, match="CREATEROLE"):
        warehouse.start(settings)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    settings = Settings(database_url="postgresql://me:hunter2@127.0.0.1:1/x")
    with pytest.raises(WarehouseError, match="DATABASE_URL") as error:
        warehouse.start(settings)
    assert "hunter2" not in str(error.value)
