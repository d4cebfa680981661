"""PostgreSQL advisory locks: they end with the connection, so a killed run leaves none behind."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2.extensions import connection as Connection

log = logging.getLogger(__name__)


@contextmanager
def held(connection: Connection, name: str, *, waiting: str | None = None) -> Iterator[None]:
    """Hold the lock called `name` on an autocommit connection; wait for it as long as it takes."""
    key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", (key,))
        row = cursor.fetchone()
        if not (row and row[0]):
            log.info("%s", waiting or f"waiting for {name}")
            cursor.execute("select pg_advisory_lock(%s)", (key,))
    try:
        yield
    finally:
        if not connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_unlock(%s)", (key,))
