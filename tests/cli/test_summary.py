"""What the summary shows: small bars, a total in one currency, and what the total lacks."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from orchestration.cli.summary import Line, notes, sparkline, table

WEEK = [Decimal(1)] * 7
HARBOUR = Line(
    store="Harbour",
    currency="GBP",
    orders=10,
    net=Decimal("1000.50"),
    orders_7=2,
    net_7=Decimal("200.00"),
    days=WEEK,
    reporting_currency="EUR",
    total=Decimal("1150.005"),
    total_7=Decimal("230.00"),
    total_days=WEEK,
    unpriced=[],
    first_day=date(2026, 1, 1),
    last_day=date(2026, 1, 31),
)


def shown(*lines: Line, width: int = 80) -> str:
    sink = io.StringIO()
    Console(width=width, file=sink).print(table(lines))
    return sink.getvalue()


def test_bars_rise_from_zero_to_the_greatest() -> None:
    assert sparkline([Decimal(0), Decimal(4), Decimal(8)]) == " ▄█"


def test_negative_days_and_empty_weeks_have_no_bar() -> None:
    assert sparkline([Decimal(-5), Decimal(8)]) == " █"
    assert sparkline([Decimal(0), Decimal(-1)]) == "  "


@pytest.mark.parametrize("width", [80, 120])
def test_every_store_is_in_its_own_currency_and_the_total_in_one(width: int) -> None:
    loom = replace(HARBOUR, store="Linden & Loom", currency="EUR", net=Decimal("50"), total=Decimal("50"))
    lines = [" ".join(line.split()) for line in shown(HARBOUR, loom, width=width).splitlines()]
    assert lines[1].startswith("Harbour GBP 10 1,000.50 200.00 2")
    assert lines[2].startswith("Linden & Loom EUR 10 50.00 200.00 2")
    assert lines[-1].startswith("all together EUR 20 1,200.00 460.00 4")


def test_days_without_a_rate_are_named() -> None:
    days = [date(2026, 1, day) for day in (3, 4, 5, 6)]
    assert notes([HARBOUR]) == []
    assert notes([HARBOUR, replace(HARBOUR, unpriced=days)]) == [
        "the total lacks 4 days of Harbour that have no rate from GBP to EUR: "
        "2026-01-04, 2026-01-05, 2026-01-06 and earlier"
    ]
