"""The replay's own reading of the file: what the marts are compared with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from orchestration.cli.replay import Figures, compare, from_the_file
from tests.conftest import shared_path
from warehouse import Settings


def parquet(path: Path, rows: list[tuple[str, str, int, str, float, float | None]]) -> Path:
    names = ("Invoice", "StockCode", "Quantity", "InvoiceDate", "Price", "Customer ID")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    columns |= {"Description": ["x"] * len(rows), "Country": ["UK"] * len(rows)}
    pq.write_table(pa.table(columns), path)
    return path


def test_rounds_every_line_to_the_penny_and_counts_what_was_placed(
    database: Settings, tmp_path: Path
) -> None:
    path = parquet(
        tmp_path / "small.parquet",
        [
            ("100", "A", 3, "2024-01-31 23:59:00", 0.335, 1.0),  # 1.005 is 1.01, not 1.00
            ("C101", "A", -1, "2024-02-01 00:00:00", 0.335, 1.0),  # -0.335 is -0.34
            ("102", "B", 2, "2024-02-01 10:00:00", 2.0, None),
            ("A103", "B", 1, "2024-02-02 10:00:00", -5.5, None),
        ],
    )
    figures = from_the_file(path)
    assert figures.months == {"2024-01": Decimal("1.01"), "2024-02": Decimal("-1.84")}
    assert (figures.orders, figures.customers, figures.lines, figures.units) == (3, 1, 2, 5)


def test_the_real_file_has_the_published_figures(database: Settings) -> None:
    figures = from_the_file(shared_path("data", "online_retail", "online_retail_2009_2010.parquet"))
    assert sum(figures.months.values()) == Decimal("9539484.62")
    assert (figures.orders, figures.customers, figures.lines, figures.units) == (24224, 4383, 513131, 6011584)


def test_a_penny_off_is_a_difference(capsys: pytest.CaptureFixture[str]) -> None:
    file = Figures({"2024-01": Decimal("10.00")}, 1, 1, 1, 3)
    assert compare(file, file)
    assert not compare(file, replace(file, months={"2024-01": Decimal("10.01")}))
    assert "+0.01" in capsys.readouterr().out
    assert not compare(file, replace(file, orders=2))
    assert not compare(file, replace(file, units=4))
