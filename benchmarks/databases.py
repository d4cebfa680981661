"""Databases of the benchmarks: made, copied and dropped on the warehouse's own server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2 import sql

import warehouse
from warehouse import get_settings


@contextmanager
def database(name: str, *, template: str | None = None, keep: bool = False) -> Iterator[str]:
    """A database called `name`, a copy of `template` where given; the settings point at it inside the block.

    It is new and dropped at the end; with `keep` it stays as it is, before and after.
    """
    if not keep:
        drop(name)
    if template:
        _admin(
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
        )
    before = os.environ.get("WAREHOUSE_DATABASE")
    _use(name)
    try:
        warehouse.start()
        yield name
    finally:
        if not keep:
            drop(name)
        _use(before)


def drop(name: str) -> None:
    """Drop a database of ours if it is there."""
    warehouse.start()
    _admin(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def checkpoint() -> None:
    """Write what is dirty now, so that one run does not pay for another's writes."""
    _admin(sql.SQL("checkpoint"))


def _use(name: str | None) -> None:
    if name is None:
        os.environ.pop("WAREHOUSE_DATABASE", None)
    else:
        os.environ["WAREHOUSE_DATABASE"] = name
    get_settings.cache_clear()


def _admin(statement: sql.Composable) -> None:
    connection = warehouse.connect("owner", "postgres")
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
