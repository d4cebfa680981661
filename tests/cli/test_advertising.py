"""What the demo says that a sale cost: ratios of sums, marks of what may still move, what has no rate."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from orchestration.cli.advertising import Cost, Line, notes, table, together

FINAL = Cost(sales=Decimal("1000"), spend=Decimal("200"), new_customers=8, is_provisional=False)
QUIET = Cost(sales=Decimal("500"), spend=None, new_customers=3, is_provisional=False)
HARBOUR = Line("Harbour", "EUR", FINAL, replace(FINAL, is_provisional=True), date(2026, 8, 25), [])
LINDEN = Line("Linden & Loom", "EUR", QUIET, QUIET, None, [])
NOBODYS = Line(
    None,
    "EUR",
    replace(FINAL, sales=Decimal(0), new_customers=0),
    replace(QUIET, sales=Decimal(0), new_customers=0),
    None,
    [],
)


def shown(*lines: Line, width: int = 80) -> list[str]:
    sink = io.StringIO()
    Console(width=width, file=sink).print(table(lines))
    return [" ".join(line.split()) for line in sink.getvalue().splitlines()]


@pytest.mark.parametrize("width", [80, 120])
def test_what_may_still_move_is_marked_and_who_does_not_advertise_has_no_return(width: int) -> None:
    lines = shown(HARBOUR, LINDEN, width=width)
    assert lines[1] == "Harbour EUR 1,000 200 5.00 25.00 ~200 ~5.00 ~25.00"
    assert lines[2] == "Linden & Loom EUR 500 - - - - - -"


def test_all_together_is_all_that_was_sold_against_all_that_was_spent() -> None:
    lines = shown(HARBOUR, LINDEN, NOBODYS)
    assert lines[3] == "(no store) EUR 0 200 - - - - -"
    assert lines[-1] == "all together EUR 1,500 400 3.75 36.36 ~200 ~7.50 ~18.18"


def test_nothing_spent_is_no_return_and_no_cost() -> None:
    assert (together([QUIET]).spend, together([QUIET]).roas, together([QUIET]).cac) == (None, None, None)
    nothing = replace(FINAL, spend=Decimal(0))
    assert (nothing.roas, nothing.cac) == (None, Decimal(0))
    assert replace(FINAL, new_customers=0).cac is None


def test_the_marks_are_explained_and_spend_without_a_rate_is_named() -> None:
    assert notes([LINDEN]) == []
    unpriced = replace(LINDEN, unpriced=[date(2026, 8, 1), date(2026, 8, 2)])
    assert notes([HARBOUR, unpriced]) == [
        "~ provisional: the platforms still restate days from 2026-08-25 on",
        "Linden & Loom: 2 days of spend have no rate to EUR and are left out, the last is 2026-08-02",
    ]
