"""Invoice lines written by hand, as the parquet file that a replay reads."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from sandbox.business.invoices import COLUMNS
from sandbox.business.replay import replay_world
from sandbox.business.world import World

NAME = "online-retail"
Row = tuple[str, str, str | None, int, str, float, float | None, str]


def row(
    invoice: str,
    code: str,
    quantity: int,
    price: float,
    *,
    at: str = "2010-03-01 10:00:00",
    customer: int | None = 17850,
    title: str | None = "MUG",
) -> Row:
    """A line of an invoice."""
    return invoice, code, title, quantity, at, price, customer, "United Kingdom"


def replay(*rows: Row, platform: str = "shopify") -> World:
    """The world of these lines."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "lines.parquet")
        columns = zip(*rows, strict=True)
        pq.write_table(
            pa.table({name: list(values) for name, values in zip(COLUMNS, columns, strict=True)}), path
        )
        return replay_world(path, platform)
