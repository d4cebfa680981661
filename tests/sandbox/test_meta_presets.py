"""The days that Meta's named ranges are, and how ranges are cut."""

from __future__ import annotations

from datetime import date

import pytest

from sandbox.meta_ads.presets import NAMES, cut, days, months_before

SUNDAY = date(2026, 11, 22)
OLDEST = months_before(SUNDAY, 37)


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        ("today", "2026-11-22", "2026-11-22"),
        ("last_7d", "2026-11-15", "2026-11-21"),
        ("this_month", "2026-11-01", "2026-11-22"),
        ("last_month", "2026-10-01", "2026-10-31"),
        ("this_quarter", "2026-10-01", "2026-11-22"),
        ("last_quarter", "2026-07-01", "2026-09-30"),
        ("last_year", "2025-01-01", "2025-12-31"),
        ("this_week_mon_today", "2026-11-16", "2026-11-22"),
        ("this_week_sun_today", "2026-11-22", "2026-11-22"),
        ("last_week_mon_sun", "2026-11-09", "2026-11-15"),
        ("last_week_sun_sat", "2026-11-15", "2026-11-21"),
        ("maximum", "2023-10-22", "2026-11-22"),
    ],
)
def test_a_preset_is_a_range(preset: str, first: str, last: str) -> None:
    assert days(preset, SUNDAY, oldest=OLDEST) == (date.fromisoformat(first), date.fromisoformat(last))


def test_every_name_is_a_range_and_no_other() -> None:
    assert all(days(name, SUNDAY, oldest=OLDEST) for name in NAMES)
    assert days("last_5d", SUNDAY, oldest=OLDEST) is None


def test_months_end_where_they_are_short() -> None:
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 1, 31), 1) == date(2025, 12, 31)


def test_ranges_are_cut_by_days_by_months_or_not_at_all() -> None:
    first, last = date(2026, 10, 30), date(2026, 11, 2)
    assert list(cut(first, last, 3)) == [(first, date(2026, 11, 1)), (last, last)]
    assert list(cut(first, last, "monthly")) == [(first, date(2026, 10, 31)), (date(2026, 11, 1), last)]
    assert list(cut(first, last, None)) == [(first, last)]
