"""What the demo says that a sale cost: ratios of sums, marks of what may still move, what is not known."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from orchestration.cli.ad_costs import Cost, Line, together
from orchestration.cli.advertising import notes, table

FINAL = Cost(
    sales=Decimal("1000"),
    spend=Decimal("200"),
    is_provisional=False,
    counted_sales=Decimal("1000"),
    counted_spend=Decimal("200"),
    new_customers=8,
)
QUIET = Cost(
    sales=Decimal("500"),
    spend=None,
    is_provisional=False,
    counted_sales=Decimal("500"),
    counted_spend=None,
    new_customers=3,
)
# 20 of 30 days are not known: 1,000 a day was sold, 100 a day was spent on the others
UNPRICED = Cost(
    sales=Decimal("30000"),
    spend=Decimal("1000"),
    is_provisional=False,
    counted_sales=Decimal("10000"),
    counted_spend=Decimal("1000"),
    new_customers=20,
)
HARBOUR = Line("Harbour", "EUR", FINAL, replace(FINAL, is_provisional=True), date(2026, 8, 25), [])
LINDEN = Line("Linden & Loom", "EUR", QUIET, QUIET, None, [])
NOBODYS = Line(
    None,
    "EUR",
    replace(FINAL, sales=Decimal(0), counted_sales=None, new_customers=0),
    replace(QUIET, sales=Decimal(0), counted_sales=None, new_customers=0),
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


def test_sales_of_days_whose_spend_is_not_known_make_no_return() -> None:
    partly = replace(HARBOUR, month=UNPRICED, week=replace(UNPRICED, spend=None, counted_spend=None))
    lines = shown(partly, LINDEN)
    assert lines[1] == "Harbour EUR 30,000 1,000 10.00 50.00 - - -"
    assert lines[-1] == "all together EUR 30,500 1,000 10.50 43.48 - - -"


def test_what_no_store_spent_leaves_the_total_without_a_return_where_it_is_not_known() -> None:
    unknown = replace(NOBODYS, month=replace(NOBODYS.month, is_open=True))
    lines = shown(HARBOUR, LINDEN, unknown)
    assert lines[1] == "Harbour EUR 1,000 200 5.00 25.00 ~200 ~5.00 ~25.00"
    assert lines[-1] == "all together EUR 1,500 400 - - ~200 ~7.50 ~18.18"


def test_nothing_spent_is_no_return_and_no_cost() -> None:
    assert (together([QUIET]).spend, together([QUIET]).roas, together([QUIET]).cac) == (None, None, None)
    nothing = replace(FINAL, spend=Decimal(0), counted_spend=Decimal(0))
    assert (nothing.roas, nothing.cac) == (None, Decimal(0))
    assert replace(FINAL, new_customers=0).cac is None
    sold = replace(FINAL, sales=Decimal(0), counted_sales=Decimal(0))
    assert shown(replace(HARBOUR, month=sold))[1] == "Harbour EUR 0 200 0.00 25.00 ~200 ~5.00 ~25.00"


def test_the_marks_are_explained_and_what_is_left_out_is_named() -> None:
    assert notes([LINDEN]) == []
    unpriced = replace(LINDEN, unpriced=[date(2026, 8, 1), date(2026, 8, 2)])
    unread = replace(unpriced, unread=[date(2026, 8, 3)], unread_accounts="meta_ads/linden")
    assert notes([replace(NOBODYS, unpriced=[date(2026, 8, 1)])]) == [
        "(no store): no rate to EUR for 1 day of spend, left out of ad spend, and all together has no "
        "ROAS and CAC; the last is 2026-08-01"
    ]
    assert notes([HARBOUR, unread]) == [
        "~ provisional: the platforms still restate days from 2026-08-25 on",
        "Linden & Loom: no rate to EUR for 2 days of spend, left out of ad spend, ROAS and CAC; "
        "the last is 2026-08-02",
        "Linden & Loom: meta_ads/linden not read for 1 day, left out of ROAS and CAC; the last is 2026-08-03",
    ]
