"""The summary's small bars."""

from __future__ import annotations

from decimal import Decimal

from orchestration.cli.summary import sparkline


def test_bars_rise_from_zero_to_the_greatest() -> None:
    assert sparkline([Decimal(0), Decimal(4), Decimal(8)]) == " ▄█"


def test_negative_days_and_empty_weeks_have_no_bar() -> None:
    assert sparkline([Decimal(-5), Decimal(8)]) == " █"
    assert sparkline([Decimal(0), Decimal(-1)]) == "  "
