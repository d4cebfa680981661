"""Landing: from JSONL on disk to committed rows, against plain COPY and against dlt as it comes."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dlt
import orjson

import warehouse
from benchmarks.databases import checkpoint, database
from benchmarks.harness import Ratio, console, in_turn, stopwatch
from benchmarks.shops import Shop, lines
from warehouse import get_settings

DATABASE = "bench_landing"


def run(shop: Shop, *, orders: int, repeat: int) -> list[Ratio]:
    """The two ratios of landing `orders` documents of about 2.9 KB each."""
    path = get_settings().data_dir / "bench" / f"{shop.platform}-{orders}.jsonl"
    path.parent.mkdir(parents=True, exist_ok=True)
    size = shop.write(path, range(1, orders + 1))
    _warm_up(shop, path)
    console.print(f"{shop.platform}: landing {orders:,} documents, {size / 1e6:,.0f} MB")
    seconds = in_turn(
        repeat,
        landing=lambda: _land(shop, path),
        copy=lambda: _copy(path),
        dlt_default=lambda: _dlt_default(path),
    )
    note = f"{orders:,} documents, {size / 1e6:,.0f} MB; hashes, two indexes and dlt's bookkeeping included"
    return [
        Ratio(
            f"{shop.platform}: landing / COPY",
            seconds["landing"],
            seconds["copy"],
            "COPY into one jsonb column",
            at_most=1.6,
        ),
        Ratio(
            f"{shop.platform}: landing, times faster than dlt's default",
            seconds["landing"],
            seconds["dlt_default"],
            "dlt.run of dicts, default settings",
            at_least=7,
            notes=[note],
        ),
    ]


def _warm_up(shop: Shop, path: Path) -> None:
    """Imports and first-time set-up count as process start, which is timed apart from all three."""
    few = path.with_name("orders-few.jsonl")
    shop.write(few, range(1, 500))
    _land(shop, few)
    _copy(few)
    _dlt_default(few)


def _land(shop: Shop, path: Path) -> float:
    with database(DATABASE):
        checkpoint()
        with stopwatch() as seconds:
            report = shop.land(lines(path))
        _expect(report.rows, path)
        return seconds()


def _copy(path: Path) -> float:
    with database(DATABASE):
        connection = warehouse.connect("loader")
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute("create schema peer; create table peer.orders (document jsonb)")
            checkpoint()
            with stopwatch() as seconds, connection, connection.cursor() as cursor, path.open("rb") as source:
                # A quote and a delimiter that JSON cannot hold: every line is one value as it stands.
                cursor.copy_expert(
                    r"copy peer.orders from stdin with (format csv, quote e'\x01', delimiter e'\x02')",
                    source,
                    size=1 << 20,
                )
            return seconds()
        finally:
            connection.close()


def _dlt_default(path: Path) -> float:
    folder = get_settings().data_dir / "bench" / "dlt"
    with database(DATABASE):
        shutil.rmtree(folder, ignore_errors=True)
        checkpoint()
        logging.getLogger("dlt").setLevel(logging.ERROR)
        with stopwatch() as seconds:
            pipeline = dlt.pipeline(
                pipeline_name="peer",
                pipelines_dir=str(folder),
                destination=dlt.destinations.postgres(credentials=warehouse.url("loader")),
                dataset_name="peer",
            )
            pipeline.run(_dicts(path), table_name="orders")
        pipeline.deactivate()
        return seconds()


def _dicts(path: Path) -> Iterator[dict[str, Any]]:
    for line in lines(path):
        yield orjson.loads(line)


def _expect(rows: int, path: Path) -> None:
    with path.open("rb") as source:
        wanted = sum(1 for _ in source)
    if rows != wanted:
        raise RuntimeError(f"{rows} of {wanted} documents landed: the benchmark measures nothing")
